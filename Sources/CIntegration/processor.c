// Asks the processor what it can do: compiler-rt's answer includes whether the operating system keeps the wide registers.
#include "CIntegration.h"

int32_t processorHasAVX2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

int32_t processorHasAVX512(void) {
    return processorHasAVX2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
}
