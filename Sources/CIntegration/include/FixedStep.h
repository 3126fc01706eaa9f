// The door of the fixed-step kernels, in plain C: noise-driven systems, networks and grids.
#pragma once
#include <stdint.h>

#pragma clang assume_nonnull begin

// What every fixed-step run is told. All pointers belong to the caller and outlive the call.
typedef struct {
    // Step number n lies at start + n·step.
    double start, step;
    int64_t stepCount;
    // The state is recorded at the start and after each so many steps; divides stepCount.
    int64_t stride;
    // Where the run's noise stands (NoiseKey).
    uint64_t noise;
    // The number of the first draw in the ensemble, for its noise and for reports; how many there are.
    int64_t firstDraw, drawCount;
    // A row a draw.
    const double *parameters;
    // Raised by another thread to make the run stop early; what it leaves is then of no use.
    const int32_t *_Nullable stop;
    // Who is told of draws that stop being finite, once each, at the first record that shows it; the rest of their values stay as they are.
    void *receiver;
    void (*failed)(void *receiver, int64_t draw, double time);
    // Record by record within a draw; filled with NaN by the caller.
    double *values;
} FixedStepWork;

// Stochastic differential equations; values: (draw, record, state).
typedef struct {
    FixedStepWork work;
    // `stateCount` numbers every `initialStride` (0: the same for all).
    const double *initial;
    int64_t initialStride;
    // A step's noise is the sum of so many finer increments.
    int64_t incrementsPerStep;
} StochasticBlock;

// Coupled nodes; values: (draw, record, state, node). Nodes stand in groups of eight, the last one filled up.
typedef struct {
    FixedStepWork work;
    int64_t nodeCount;
    // (parameter, node), `8 · groups` numbers a row.
    const double *nodeParameters;
    // The edges into group g are the rows groupStarts[g] ..< groupStarts[g + 1], each of eight: weight, source, delay in steps.
    const int64_t *groupStarts;
    const double *weights;
    const int32_t *sources;
    const int32_t *delays;
    int64_t longestDelay;
    // The states at start − k·step/2 for k = 0 ... 2·longestDelay, (k, state, node) with `nodeCount` numbers a row; or k = 0 alone.
    const double *history;
    int64_t historyCount;
} NetworkBlock;

// A field on cells of a box; values: (draw, record, field, cell), x fastest.
typedef struct {
    FixedStepWork work;
    // Cells along x, y, z; rows of cells are `rowStride` apart in the arrays below, which have `margin` numbers before and after.
    int64_t x, y, z, rowStride, margin;
    // 1 in the tissue, 0 outside.
    const double *open;
    // Relative diffusivity of the face towards the next cell, over the squared spacing; 0 where one of the two is outside.
    const double *faceX, *faceY, *faceZ;
    // (parameter, cell).
    const double *cellParameters;
    // (field, cell).
    const double *initial;
} GridBlock;

typedef void (*StochasticSolve)(const StochasticBlock *block);
typedef void (*NetworkSolve)(const NetworkBlock *block);
typedef void (*GridSolve)(const GridBlock *block);

#pragma clang assume_nonnull end
