// Large pages for large tables: a table of 32 MB costs 8,192 page faults without them.
#include "CIntegration.h"
#include <sys/mman.h>

void preferLargePages(void *memory, int64_t size) {
    const uintptr_t page = 2 << 20, start = ((uintptr_t)memory + page - 1) & ~(page - 1), end = ((uintptr_t)memory + (uintptr_t)size) & ~(page - 1);
    if (end > start) madvise((void *)start, end - start, MADV_HUGEPAGE);
}
