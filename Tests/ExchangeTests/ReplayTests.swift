// A decision's figures computed again: the same, of another machine's arithmetic, or wrong.
import Meetings
import Testing
import Twins

@testable import Exchange

@Suite("A decision's figures, computed again")
struct ReplayTests {
    private func seen(_ value: Double, _ arithmetic: Arithmetic?, endpoint: String = "Size") -> SimulationSeen {
        SimulationSeen(
            model: "m", modelVersion: "1", drawsSHA256: "d", seed: 7, reference: Instant(milliseconds: 0), scenarios: [],
            figures: [
                SeenFigure(
                    scenario: "FOLFOX", endpoint: endpoint, unit: .millimetre, value: value, lower: value - 8, upper: value + 8, words: "",
                    notes: [], decimals: 0)
            ], arithmetic: arithmetic)
    }

    @Test("the same bits in either arithmetic are the same figure")
    func same() {
        #expect(Replay(seen(40, .fused), again: seen(40, .fused)) == .same)
        #expect(Replay(seen(40, .baseline), again: seen(40, .fused)) == .same)
        #expect(Replay(seen(40, nil), again: seen(40, .fused)) == .same)
    }

    @Test("a machine of the other arithmetic says so and calls nothing a mismatch")
    func otherMachine() {
        let last = Replay(seen(40, .fused), again: seen(40.0.nextUp, .baseline))
        #expect(last == .otherArithmetic(seen: .fused, here: .baseline, readsAlike: true))
        #expect(last.description.contains("baseline") && last.description.contains("read alike"))
        let more = Replay(seen(40, .fused), again: seen(41, .baseline))
        #expect(more == .otherArithmetic(seen: .fused, here: .baseline, readsAlike: false))
        #expect(!more.description.contains("NOT"))
    }

    @Test("in the same arithmetic one bit is a mismatch, and so is a figure that is gone")
    func mismatch() {
        let bit = Replay(seen(40, .fused), again: seen(40.0.nextUp, .fused))
        #expect(bit.description.hasPrefix("NOT reproduced: 1 of 1"))
        let gone = Replay(seen(40, .fused), again: seen(40, .fused, endpoint: "Volume"))
        #expect(gone == .differs(count: 2, of: 2, was: "Size, FOLFOX: 40 mm [32 to 48]", is: "no figure"))
    }

    private func bytes(_ digests: [String]?, _ arithmetic: Arithmetic) -> SimulationSeen {
        var seen = seen(40, arithmetic)
        seen.scenarios = [Scenario(name: "FOLFOX", interventions: []), Scenario(name: "FOLFIRI", interventions: [])]
        seen.forecastSHA256 = digests
        return seen
    }

    @Test("where every figure agrees the forecasts' bytes are held against each other too; an older decision keeps none")
    func digests() {
        #expect(Replay(bytes(["a", "b"], .fused), again: bytes(["a", "b"], .fused)) == .sameBytes(forecasts: 2))
        #expect(Replay(bytes(nil, .fused), again: bytes(["a", "b"], .fused)) == .same)
        let other = Replay(bytes(["a", "b"], .fused), again: bytes(["a", "c"], .fused))
        #expect(other == .otherBytes(count: 1, of: 2, scenario: "FOLFIRI") && other.description.hasPrefix("NOT reproduced"))
        #expect(Replay(bytes(["a", "b"], .fused), again: bytes(["a"], .fused)) == .otherBytes(count: 1, of: 2, scenario: "FOLFIRI"))
        #expect(Replay(bytes(["", "b"], .fused), again: bytes(["", "b"], .fused)) == .otherBytes(count: 1, of: 2, scenario: "FOLFOX"))
        #expect(
            Replay(bytes(["a", "b"], .fused), again: bytes(["c", "d"], .baseline))
                == .otherArithmetic(seen: .fused, here: .baseline, readsAlike: true))
    }
}
