// Checks of survival and markers in closed form.
import Numerics
import Twins

extension OncologyFormulaEvidence {
    /// Claret 2014's survival, Ribba 2022's courses, Desmée 2015's marker and survival.
    public static func markers() -> [EvidenceCheck] {
        let demo = "structural demo (lung): Claret 2014, figures computed independently"
        let time = ClaretSet.lung2014.timeToGrowth(exposure: 1)
        let smoker = try? LungSurvival2014(baseline: 90, timeToGrowth: time, isAsian: false, isSmoker: true)
        let late = try? LungSurvival2014(baseline: 90, timeToGrowth: -100, isAsian: false, isSmoker: true)
        let desmee = "Desmée 2015, figures computed independently"
        return [
            check("NSCLC, median survival, days", 363.245552753017, smoker?.median, source: demo),
            check("NSCLC, alive at a year", 0.49755639314480704, smoker?.survival(at: 365), source: demo),
            EvidenceCheck(
                name: "NSCLC, time to growth of −100 days: reported as undefined", expected: 1, obtained: late == nil ? 1 : 0, tolerance: 0,
                source: demo),
            check(
                "ctDNA: the typical patient's lesions grow from the start (time to growth, days)",
                -44.510464208174206, CirculatingDNA.lesions.timeToGrowth, source: "Ribba 2022: ln(d/g)/(g + d) of its rates"),
            check("PSA on the day of escape, ng/mL", 18.011928156421842, MarkerSurvival2015.noLink.marker(at: 140), source: desmee),
            check("PSA, day 735, ng/mL", 182.14167680671866, MarkerSurvival2015.noLink.marker(at: 735), source: desmee),
            check("no link, alive at day 735", 0.24013437036421986, MarkerSurvival2015.noLink.survival(at: 735), source: desmee),
            check("low link, alive at day 735", 0.24451809776338587, MarkerSurvival2015.lowLink.survival(at: 735), source: desmee),
            check("high link, alive at day 735", 0.23571963559823858, MarkerSurvival2015.highLink.survival(at: 735), source: desmee),
            check("high link, median survival, days", 654.7565229028661, MarkerSurvival2015.highLink.median, source: desmee),
        ]
    }
}
