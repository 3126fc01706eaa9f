// The lane that this build of the kernels is made of.
import Integration

// These sources are compiled three times (docs/solver.md): for every x86-64 in the baseline arithmetic, linked into the program; and
// for AVX2 and for AVX-512 in the fused arithmetic, as libraries of which one is loaded at start.
#if FUSED
    typealias KernelLane = FusedEight
#else
    typealias KernelLane = SIMD8<Double>
#endif
