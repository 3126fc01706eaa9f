// A whole number from any figure, without a trap.
import Testing
import Twins

@Suite("Whole numbers from figures")
struct WholeNumberTests {
    @Test("a huge, infinite or missing figure becomes a whole number all the same")
    func clamped() {
        #expect(Int(clamping: Double.nan) == 0)
        #expect(Int(clamping: Double.infinity) == .max && Int(clamping: -Double.infinity) == .min)
        #expect(Int(clamping: 0x1p63) == .max && Int(clamping: -0x1p63) == .min && Int(clamping: 1e300) == .max)
        #expect(Int(clamping: 0x1p63.nextDown) == 0x7fff_ffff_ffff_fc00)
        #expect(Int(clamping: 2.9) == 2 && Int(clamping: -2.9) == -2)
    }
}
