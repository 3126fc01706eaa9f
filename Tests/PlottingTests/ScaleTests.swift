// Scales, ticks and figures: round, never too many, total for any input.
import Plotting
import Surface
import Testing

@Suite("Scales and figures")
struct ScaleTests {
    @Test("Ends lie in the middle of the first and last cell, and positions turn back into values")
    func linear() {
        let scale = Scale(from: 0, to: 100, over: 11)
        #expect(scale.position(of: 0) == 0.5)
        #expect(scale.position(of: 100) == 10.5)
        #expect(scale.cell(of: 50) == 5)
        #expect(scale.cell(of: 120) == nil)
        #expect(abs(scale.value(at: scale.position(of: 37)) - 37) < 1e-9)
        let log = Scale(.logarithmic, from: 1, to: 1000, over: 31)
        #expect(abs(log.position(of: 10) - 10.5) < 1e-9)
        #expect(abs(log.value(at: 20.5) - 100) < 1e-6)
        #expect(log.position(of: -1).isNaN)
    }

    static let oddities = [0, -0.0, 1, -1, Double.leastNonzeroMagnitude, 1e308, -1e308, .infinity, -.infinity, .nan, 5e-5, 123_456_789]

    @Test("Nothing traps: NaN, infinities, empty and reversed ranges, huge and tiny numbers", arguments: oddities, oddities)
    func total(from: Double, to: Double) {
        for kind in [Scale.Kind.linear, .logarithmic] {
            let scale = Scale(kind, from: from, to: to, over: 20)
            #expect(scale.from < scale.to && scale.from.isFinite && scale.to.isFinite)
            for value in Self.oddities {
                let position = scale.position(of: value)
                #expect(position.isNaN || abs(position) <= 1e6)
            }
            #expect(!scale.value(at: 3).isNaN)
        }
        for most in [0, 1, 2, 5, 12] {
            let ticks = Ticks.nice(from: from, to: to, atMost: most)
            #expect(ticks.count <= most)
            #expect(ticks.allSatisfy { $0.isFinite })
            #expect(NumberText.labels(ticks).count == ticks.count)
            #expect(Ticks.logarithmic(from: from, to: to, atMost: most).count <= most)
        }
        for axis in [HorizontalAxis.time(), .time(.days), .age, .plain("s")] {
            for columns in [0, 3, 30] {
                let labels = axis.ticks(from: from, to: to, columns: columns).map(\.label)
                #expect(labels.count <= max(1, columns))
            }
        }
    }

    @Test(
        "Ticks are multiples of 1, 2 or 5 and fit", arguments: [(0.0, 137.0, 4), (0, 1, 6), (-3, 3, 7), (0.02, 0.31, 5), (1990, 2026, 3)])
    func nice(from: Double, to: Double, most: Int) {
        let ticks = Ticks.nice(from: from, to: to, atMost: most)
        #expect(ticks.count >= 2 && ticks.count <= most)
        #expect(ticks.allSatisfy { $0 >= from - 1e-9 && $0 <= to + 1e-9 })
    }

    @Test("Time reads in the unit that suits it, from now")
    func time() {
        let month = 365.25 / 12
        #expect(HorizontalAxis.time().ticks(from: 0, to: 24 * month, columns: 40).map(\.label) == ["now", "6", "12", "18", "24 mo"])
        #expect(
            HorizontalAxis.time().ticks(from: -6 * month, to: 12 * month, columns: 40).map(\.label) == [
                "−6", "−3", "now", "3", "6", "9", "12 mo",
            ])
        #expect(
            HorizontalAxis.time().ticks(from: 0, to: 7305, columns: 40, words: .french).map(\.label) == ["auj.", "5", "10", "15", "20 ans"])
        #expect(HorizontalAxis.time().ticks(from: 0, to: 14, columns: 30).last?.label == "14 d")
        #expect(HorizontalAxis.age.ticks(from: 52, to: 78, columns: 40).first?.label == "age 60")
    }

    @Test("Figures have few digits, the language's point, and a true minus")
    func figures() {
        #expect(NumberText.format(3.14159) == "3.14")
        #expect(NumberText.format(3.14159, words: .french) == "3,14")
        #expect(NumberText.format(-0.5) == "−0.5")
        #expect(NumberText.format(1234.6) == "1235")
        #expect(NumberText.format(123_456) == "123 456")
        #expect(NumberText.format(1.2e12) == "1.2e12")
        #expect(NumberText.format(3e-9) == "3e−9")
        #expect(NumberText.format(.nan) == "—")
        #expect(NumberText.format(-.infinity) == "−∞")
        #expect(NumberText.format(0.000_12) == "0.00012")
        #expect(NumberText.format(.leastNonzeroMagnitude) == "4.94e−324")
        #expect(NumberText.estimate(62, (51, 72), unit: "%") == "62 % [51–72]")
        #expect(NumberText.estimate(-8, (-19, 4), unit: "mm") == "−8 mm [−19, 4]")
        #expect(NumberText.labels([0, 0.1, 0.2, 0.30000000000000004]) == ["0.0", "0.1", "0.2", "0.3"])
        for value in Self.oddities { #expect(!NumberText.format(value).isEmpty) }
    }
}
