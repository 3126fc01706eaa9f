// The few LAPACK routines and the thread switch that Numerics calls, declared as OpenBLAS exports them.
// Declared here rather than included, so that neither lapacke.h nor a particular cblas.h has to be installed.
#ifndef TWINBOARD_COPENBLAS_H
#define TWINBOARD_COPENBLAS_H

#include <stdint.h>

// Debian's libopenblas uses 32-bit Fortran integers; character arguments carry a hidden length, one each, at the end.
typedef int32_t twinboard_blas_int;

void openblas_set_num_threads(int count);

// One wrapper for each routine: scalars by value, the hidden lengths supplied. Each returns LAPACK's `info`.

/// Cholesky factor of the lower triangle of a column-major symmetric matrix, in place.
twinboard_blas_int twinboard_dpotrf_lower(twinboard_blas_int n, double *a);

/// Solves with a factor made by `twinboard_dpotrf_lower`, in place of the right-hand sides.
twinboard_blas_int twinboard_dpotrs_lower(twinboard_blas_int n, twinboard_blas_int columns, const double *factor, double *b);

/// Inverse (lower triangle) from a factor made by `twinboard_dpotrf_lower`, in place.
twinboard_blas_int twinboard_dpotri_lower(twinboard_blas_int n, double *factor);

/// Eigenvalues ascending, eigenvectors as columns in place of `a`.
twinboard_blas_int twinboard_dsyev_vectors(twinboard_blas_int n, double *a, double *w, double *work, twinboard_blas_int lwork);

/// Solves a general square system by pivoted LU, in place of the right-hand sides.
twinboard_blas_int twinboard_dgesv(
    twinboard_blas_int n, twinboard_blas_int columns, double *a, twinboard_blas_int *pivots, double *b);

#endif
