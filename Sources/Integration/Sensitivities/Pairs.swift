// Numbers that alternate with their derivatives, read as duals where they lie.

/// A span of `2n` numbers as a span of `n` duals: a ``Dual`` is nothing but two numbers side by side.
@usableFromInline
enum Pairs {
    @inlinable @inline(__always)
    static func read<L: Lane, Result>(_ numbers: Span<L>, _ body: (Span<Dual<L>>) -> Result) -> Result {
        numbers.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: Dual<L>.self) { body($0.span) }
        }
    }

    @inlinable @inline(__always)
    static func write<L: Lane>(_ numbers: inout MutableSpan<L>, _ body: (inout MutableSpan<Dual<L>>) -> Void) {
        numbers.withUnsafeMutableBufferPointer { buffer in
            buffer.withMemoryRebound(to: Dual<L>.self) {
                var pairs = $0.mutableSpan
                body(&pairs)
            }
        }
    }
}
