// Twelve independent chains: a multiplier that starts two operations a cycle and takes four or five is kept busy by ten.
#include "CPeak.h"
#include <immintrin.h>

enum { chains = 12 };
static volatile double sink;

#define PEAK(name, features, vector, places, set, step, first)                                                                             \
    __attribute__((target(features), noinline)) static int64_t name(int64_t rounds) {                                                       \
        vector x[chains], a = set(0.999999), b = set(1e-6);                                                                                \
        for (int i = 0; i < chains; i++) x[i] = set(1.0 + i);                                                                              \
        for (int64_t r = 0; r < rounds; r++) {                                                                                             \
            _Pragma("clang loop unroll(full)") for (int i = 0; i < chains; i++) x[i] = step;                                               \
            __asm__ volatile("" : "+x"(x[0]));                                                                                             \
        }                                                                                                                                  \
        vector sum = x[0];                                                                                                                 \
        for (int i = 1; i < chains; i++) sum = first(sum, x[i]);                                                                           \
        double parts[places];                                                                                                              \
        __builtin_memcpy(parts, &sum, sizeof sum);                                                                                         \
        sink = parts[0];                                                                                                                   \
        return rounds * chains * places * 2;                                                                                               \
    }

PEAK(peak512, "avx512f", __m512d, 8, _mm512_set1_pd, _mm512_fmadd_pd(x[i], a, b), _mm512_add_pd)
PEAK(peak256, "avx2,fma", __m256d, 4, _mm256_set1_pd, _mm256_fmadd_pd(x[i], a, b), _mm256_add_pd)
PEAK(peak128, "sse2", __m128d, 2, _mm_set1_pd, _mm_add_pd(_mm_mul_pd(x[i], a), b), _mm_add_pd)

int64_t multiplyAddChains(int32_t width, int64_t rounds) {
    return width == 512 ? peak512(rounds) : width == 256 ? peak256(rounds) : peak128(rounds);
}
