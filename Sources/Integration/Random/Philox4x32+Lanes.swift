// The generator for several counters at once.

extension Philox4x32 {
    /// The four random words that belong to each place's counter; all words below 2³².
    @inlinable @inline(__always)
    public static func block<Words: LaneWords>(
        counter: (Words, Words, Words, Words), key: (UInt32, UInt32)
    ) -> (Words, Words, Words, Words) {
        var (c0, c1, c2, c3) = counter
        var (k0, k1) = key
        // Said again before each product, so that the compiler takes the multiplication of halves that every processor has.
        let low = Words.repeating(0xffff_ffff)
        for round in 0..<10 {
            if round > 0 {
                k0 &+= 0x9E37_79B9
                k1 &+= 0xBB67_AE85
            }
            let first = (c0 & low) &* Words.repeating(0xD251_1F53)
            let second = (c2 & low) &* Words.repeating(0xCD9E_8D57)
            (c0, c1, c2, c3) = (
                second.shiftedRight(32) ^ c1 ^ Words.repeating(UInt64(k0)), second & low,
                first.shiftedRight(32) ^ c3 ^ Words.repeating(UInt64(k1)), first & low
            )
        }
        return (c0, c1, c2, c3)
    }
}
