// Working memory of a fixed-step run, and what its loops have in common.
import CIntegration

/// One allocation of numbers that starts on a cache line; the owner frees it.
@usableFromInline
struct FixedStepMemory {
    private let bytes: UnsafeMutableRawPointer
    @usableFromInline let base: UnsafeMutablePointer<Double>

    /// So many numbers, all 0.
    @usableFromInline
    init(count: Int) {
        bytes = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * MemoryLayout<Double>.stride, alignment: 64)
        base = bytes.initializeMemory(as: Double.self, repeating: 0, count: max(count, 1))
    }

    @usableFromInline
    func free() { bytes.deallocate() }
}

extension NumberLane {
    /// Room for so many lanes on whole cache lines; the caller deallocates it.
    @inlinable
    static func allocate(_ count: Int) -> UnsafeMutablePointer<Self> {
        let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(count, 1) * MemoryLayout<Self>.stride, alignment: 64)
        return bytes.initializeMemory(as: Self.self, repeating: Self(0), count: max(count, 1))
    }
}

extension FixedStepWork {
    /// Whether the caller has asked to stop.
    @inlinable @inline(__always)
    var isStopped: Bool { kernelIsRaised(stop) != 0 }

    @inlinable @inline(__always)
    func time(_ number: Int) -> Double { start + Double(number) * step }

    @inlinable @inline(__always)
    var recordCount: Int { Int(stepCount / stride) + 1 }

    /// Whether the state after so many steps is recorded.
    @inlinable @inline(__always)
    func isRecorded(_ number: Int) -> Bool { number % Int(stride) == 0 }

    @inlinable @inline(__always)
    var noiseKey: NoiseKey { NoiseKey(bits: noise) }
}

/// Read-only and writable views of plain memory, as the systems' functions take them.
@inlinable @inline(__always)
func viewed<T>(_ start: UnsafeMutablePointer<T>, _ count: Int) -> UnsafeBufferPointer<T> {
    UnsafeBufferPointer(start: start, count: count)
}
@inlinable @inline(__always)
func written<T>(_ start: UnsafeMutablePointer<T>, _ count: Int) -> UnsafeMutableBufferPointer<T> {
    UnsafeMutableBufferPointer(start: start, count: count)
}
