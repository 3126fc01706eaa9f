// The random generator against its published vectors, and its numbers against their distributions.
import Numerics
import Testing

@Suite("Random numbers")
struct RandomTests {
    @Test("Philox4x32-10 gives the known answers of Random123 (tests/kat_vectors)")
    func knownAnswers() {
        let zero: UInt32 = 0
        let full = UInt32.max
        #expect(
            Philox4x32.block(counter: (zero, zero, zero, zero), key: (zero, zero))
                == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
        #expect(
            Philox4x32.block(counter: (full, full, full, full), key: (full, full))
                == (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
        #expect(
            Philox4x32.block(
                counter: (0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: (0xa409_3822, 0x299f_31d0))
                == (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    }

    @Test("a number depends on its address alone (invariant N8)")
    func addresses() {
        let stream = RandomStream(seed: 99, stream: 5)
        let row = stream.normals(draw: 12, count: 7)
        #expect(row.count == 7)
        for index in (0..<7).reversed() { #expect(stream.normal(draw: 12, index: index) == row[index]) }
        #expect(stream.uniforms(draw: 3, count: 0).isEmpty)
        #expect(RandomStream(seed: 99, stream: 6).normal(draw: 12, index: 0) != row[0])
        #expect(RandomStream(seed: 98, stream: 5).normal(draw: 12, index: 0) != row[0])
        #expect(stream.normal(draw: 13, index: 0) != row[0])
        let many = (0..<1000).flatMap { stream.uniforms(draw: $0, count: 3) }
        #expect(Set(many).count == 3000)
    }

    @Test("uniforms fill the open unit interval evenly")
    func uniforms() {
        let stream = RandomStream(seed: 1, stream: 0)
        let values = (0..<50_000).flatMap { stream.uniforms(draw: $0, count: 4) }
        let inside = values.allSatisfy { $0 > 0 && $0 < 1 }
        #expect(inside)
        #expect((Statistics.mean(values) - 0.5).magnitude < 4 * (1.0 / 12 / 200_000).squareRoot())
        #expect((Statistics.variance(values) - 1.0 / 12).magnitude < 1e-3)
        var bins = [Double](repeating: 0, count: 100)
        for v in values { bins[Int(v * 100)] += 1 }
        let chi = bins.reduce(0) { $0 + ($1 - 2000) * ($1 - 2000) / 2000 }
        #expect(chi > 50 && chi < 160)
    }

    @Test("normals have the moments of the normal distribution, and neighbours are uncorrelated")
    func normals() {
        let stream = RandomStream(seed: 2, stream: 0)
        let values = (0..<50_000).flatMap { stream.normals(draw: $0, count: 4) }
        let n = Double(values.count)
        let mean = Statistics.mean(values)
        let third = values.reduce(0) { $0 + $1 * $1 * $1 } / n
        let fourth = values.reduce(0) { $0 + $1 * $1 * $1 * $1 } / n
        #expect(mean.magnitude < 4 / n.squareRoot())
        #expect((Statistics.variance(values) - 1).magnitude < 4 * (2 / n).squareRoot())
        #expect(third.magnitude < 4 * (15 / n).squareRoot())
        #expect((fourth - 3).magnitude < 4 * (96 / n).squareRoot())
        let lagged = zip(values, values.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / n
        #expect(lagged.magnitude < 4 / n.squareRoot())
    }
}
