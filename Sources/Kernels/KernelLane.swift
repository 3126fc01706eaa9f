// The lane that this build of the kernels is made of.
import Integration

// These sources are compiled three times (docs/solver.md): for every x86-64 in the baseline arithmetic, linked into the program; and
// for AVX2 and for AVX-512 in the fused arithmetic, as libraries of which one is loaded at start. A lane is two registers wide, so that one
// can be computed while the other waits; a narrow one serves where more is done place by place, and in steps of fixed length.
#if WIDE
    typealias KernelLane = FusedSixteen
    typealias NarrowLane = FusedEight
#elseif FUSED
    typealias KernelLane = FusedEight
    typealias NarrowLane = FusedEight
#else
    typealias KernelLane = SIMD8<Double>
    typealias NarrowLane = SIMD8<Double>
#endif
