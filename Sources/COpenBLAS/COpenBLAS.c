// Thin wrappers over the Fortran symbols of OpenBLAS's LAPACK: scalars by value, hidden string lengths supplied.
#include "COpenBLAS.h"
#include <stddef.h>

typedef twinboard_blas_int fint;

extern void dpotrf_(const char *, const fint *, double *, const fint *, fint *, size_t);
extern void dpotrs_(
    const char *, const fint *, const fint *, const double *, const fint *, double *, const fint *, fint *, size_t);
extern void dpotri_(const char *, const fint *, double *, const fint *, fint *, size_t);
extern void dsyev_(
    const char *, const char *, const fint *, double *, const fint *, double *, double *, const fint *, fint *, size_t, size_t);
extern void dgesv_(const fint *, const fint *, double *, const fint *, fint *, double *, const fint *, fint *);

fint twinboard_dpotrf_lower(fint n, double *a) {
    fint info = 0;
    dpotrf_("L", &n, a, &n, &info, 1);
    return info;
}

fint twinboard_dpotrs_lower(fint n, fint columns, const double *factor, double *b) {
    fint info = 0;
    dpotrs_("L", &n, &columns, factor, &n, b, &n, &info, 1);
    return info;
}

fint twinboard_dpotri_lower(fint n, double *factor) {
    fint info = 0;
    dpotri_("L", &n, factor, &n, &info, 1);
    return info;
}

fint twinboard_dsyev_vectors(fint n, double *a, double *w, double *work, fint lwork) {
    fint info = 0;
    dsyev_("V", "L", &n, a, &n, w, work, &lwork, &info, 1, 1);
    return info;
}

fint twinboard_dgesv(fint n, fint columns, double *a, fint *pivots, double *b) {
    fint info = 0;
    dgesv_(&n, &columns, a, &n, pivots, b, &n, &info);
    return info;
}
