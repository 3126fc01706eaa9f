// Large tables cost page faults: 8,192 for one of 32 MB in small pages, and again whenever freed memory has gone back to the system.
#include "CIntegration.h"
#include <malloc.h>
#include <sys/mman.h>

void preferLargePages(void *memory, int64_t size) {
    const uintptr_t page = 2 << 20, start = ((uintptr_t)memory + page - 1) & ~(page - 1), end = ((uintptr_t)memory + (uintptr_t)size) & ~(page - 1);
    if (end > start) madvise((void *)start, end - start, MADV_HUGEPAGE);
}

void keepFreedMemory(void) {
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 32 << 20);
    mallopt(M_ARENA_MAX, 4);
}
