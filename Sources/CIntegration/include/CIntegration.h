// The door between the program and its kernel libraries, in plain C: what is to be integrated, and what a library offers.
#pragma once
#include <stdint.h>

#include "FixedStep.h"
#include "KernelSources.h"

#pragma clang assume_nonnull begin

// A stretch of time with constant input; the event happens at its start, unless the segment merely continues the one before.
typedef struct {
    double start, end;
    int64_t event;
    int32_t hasEvent, continues;
} KernelSegment;

// Some draws to be taken through a plan. All pointers belong to the caller and outlive the call. The plan has been checked: segments
// follow each other without gap, output times ascend and lie within them.
typedef struct {
    // `parameterCount` numbers a draw; `stateCount` numbers every `initialStride` (0: the same for all).
    const double *parameters;
    const double *initial;
    int64_t initialStride;
    // The number of the first draw in the ensemble, for reports; how many there are.
    int64_t firstDraw, drawCount;
    const KernelSegment *segments;
    int64_t segmentCount;
    // `inputCount` numbers a segment.
    const double *inputs;
    const double *outputs;
    int64_t outputCount;
    // Error allowed a step, the longest step, attempted steps allowed a draw.
    double relative, absolute, maximumStep;
    int64_t stepLimit;
    // Looked at before every step: the block is given up, half done, as soon as it is not zero. NULL: never. See kernelRaise.
    const int32_t *_Nullable cancelled;
    // Of each draw, output by output, the states that are kept, in rising order; NaN from a draw's failure on. A draw's next number stands
    // `numberStride` further, the same number of the next draw `drawStride`.
    double *values;
    int64_t drawStride, numberStride;
    // A bit for each of the first 64 states, 1 if it is kept. Further states are kept.
    uint64_t kept;
    // Who is told of located crossings and of draws that failed (reason: see IntegrationError.init(reason:draw:time:limit:)).
    void *receiver;
    void (*crossed)(void *receiver, int64_t draw, int64_t surface, double time);
    void (*failed)(void *receiver, int32_t reason, int64_t draw, double time);
    // Whether an explicit method gives up a draw whose steps its stability limits, not accuracy (reason 3); 0 for no.
    int32_t refusesStiffness;
} KernelBlock;

typedef void (*KernelSolve)(const KernelBlock *block);

// Raises a flag that another thread's kernel looks at.
static inline void kernelRaise(int32_t *flag) { __atomic_store_n(flag, 1, __ATOMIC_RELAXED); }
static inline int32_t kernelIsRaised(const int32_t *_Nullable flag) { return flag && __atomic_load_n(flag, __ATOMIC_RELAXED); }

// What both sides of the door must have in common: the sources of the kernels, and the sizes of what goes through. A program uses only a
// library whose `twinboardKernelDoor` gives the program's own number.
static inline uint64_t kernelDoor(void) {
    return (KERNEL_SOURCES * 31 + sizeof(KernelBlock)) * 31 + sizeof(KernelSegment);
}

// Whether this processor and its operating system have the instructions that a kernel library was compiled for.
int32_t processorHasAVX2(void);
int32_t processorHasAVX512(void);

// Asks the system to map a large piece of memory in large pages; only advice.
void preferLargePages(void *memory, int64_t size);

#pragma clang assume_nonnull end
