// What a core's multipliers can do at most, for the benchmarks.
#pragma once
#include <stdint.h>

// Chains of fused multiply-adds that wait for nothing but their own last result: enough of them to keep every multiplier busy.
// Returns the floating-point operations done (a multiply-add counts as two). `width`: 512, 256 or 128 bits, of which 128 multiplies and
// adds apart, as every x86-64 can; the processor must have the instructions.
int64_t multiplyAddChains(int32_t width, int64_t rounds);
