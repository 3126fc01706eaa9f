// The units that a record can hold, as UCUM writes them, and which quantities can never be negative.

import Twins

/// A small table of UCUM units; what is not in it is kept and flagged, never guessed.
enum UCUM {
    /// The unit, if it is known: its UCUM code, with the few spellings that are the same unit brought to one.
    static func known(_ text: String) -> Unit? {
        if units.contains(text) { return Unit(text) }
        if let other = spellings[text] { return Unit(other) }
        return nil
    }

    /// Whether a negative value is impossible in a unit: masses, lengths, counts and amounts of a substance in a volume.
    ///
    /// Base excess is the one common laboratory value below zero; it is in `mmol/L` or `meq/L`, which are therefore not here.
    static func neverNegative(_ unit: Unit) -> Bool { positive.contains(unit.ucum) }

    private static let positive: Set<String> = [
        "mm", "cm", "m", "[in_i]", "um", "g", "kg", "mg", "ug", "[lb_av]", "uL", "mL", "dL", "L", "cm3", "mm3", "cm2", "m2", "fL", "pg",
        "kg/m2", "mg/dL", "g/dL", "g/L", "mg/L", "ug/L", "ug/mL", "ug/dL", "ng/mL", "ng/dL", "ng/L", "pg/mL", "umol/L", "nmol/L", "pmol/L",
        "10*3/uL", "10*6/uL", "10*9/L", "10*12/L", "/uL", "/mm3", "U/L", "[iU]/L", "k[iU]/L", "[IU]/L", "mm[Hg]", "/min", "{beats}/min",
        "{breaths}/min", "mL/min", "mL/min/{1.73_m2}", "{count}", "mg/g", "mm/h", "a", "mo", "wk", "d", "h", "min", "s", "ms",
    ]

    private static let units: Set<String> = positive.union([
        "1", "%", "{score}", "{index}", "{nominal}", "{ratio}", "{INR}", "[pH]", "mmol/L", "meq/L", "mmol/mol", "mmol/mmol", "mosm/kg",
        "Cel", "[degF]",
        "kPa", "cm[H2O]", "L/min", "mL/s", "m/s", "cm/s", "{mm}", "/d", "/wk", "/mo", "{#}/d", "{#}/wk", "{#}/mo", "10*3", "10*6", "mg/d",
        "mg/kg", "mg/kg/d", "mg/m2", "g/m2", "g/wk", "/g", "Hz", "uV", "mV", "deg", "dB", "mL/kg", "mL/m2", "L/min/m2", "J/m2", "Gy",
        "{titer}", "{T-score}", "{Z-score}", "mg/mmol", "ug/mg", "ng/mL/h", "[arb'U]/mL", "{copies}/mL", "%{Total}", "{#}",
    ])

    /// UCUM takes `l` and `L` for the litre alike; the others are what systems write when they mean the unit on the right.
    private static let spellings: [String: String] = [
        "mg/dl": "mg/dL", "g/dl": "g/dL", "ng/ml": "ng/mL", "ug/l": "ug/L", "mmol/l": "mmol/L", "umol/l": "umol/L", "g/l": "g/L",
        "mg/l": "mg/L",
        "ml": "mL", "l": "L", "dl": "dL", "ul": "uL", "ug/ml": "ug/mL", "pg/ml": "pg/mL", "u/L": "U/L", "10*9/l": "10*9/L",
        "10*3/ul": "10*3/uL",
        "µg/L": "ug/L", "µmol/L": "umol/L", "mmHg": "mm[Hg]", "kg/m²": "kg/m2", "m²": "m2", "cm³": "cm3", "°C": "Cel", "bpm": "/min",
        "years": "a", "months": "mo", "weeks": "wk", "days": "d", "year": "a", "month": "mo", "week": "wk", "day": "d", "points": "{score}",
        "score": "{score}", "mL/min/1.73m2": "mL/min/{1.73_m2}", "mL/min/{1.73m2}": "mL/min/{1.73_m2}", "10^9/L": "10*9/L",
        "10^3/uL": "10*3/uL",
        "IU/L": "[iU]/L", "{Points}": "{score}", "{points}": "{score}",
        // Synthea 2.4 writes the annotation with round brackets.
        "(score)": "{score}",
    ]
}
