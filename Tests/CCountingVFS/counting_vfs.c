// A layer over SQLite's default file system: every call goes through, syncs are counted, writes can be made to fail.
#include "counting_vfs.h"
#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>

enum { most = 64 };
static struct { char prefix[512]; atomic_long syncs; atomic_int code; } watched[most];
static atomic_int count;
static sqlite3_vfs *real_vfs;
static sqlite3_vfs layer;

typedef struct { sqlite3_file base; int watch; sqlite3_file *real; } layered;
static sqlite3_file *real(sqlite3_file *file) { return ((layered *)file)->real; }
#define CALL(name, ...) real(file)->pMethods->name(real(file), ##__VA_ARGS__)

static int l_close(sqlite3_file *file) { return real(file)->pMethods ? CALL(xClose) : SQLITE_OK; }
static int l_read(sqlite3_file *file, void *to, int size, sqlite3_int64 at) { return CALL(xRead, to, size, at); }
static int l_write(sqlite3_file *file, const void *from, int size, sqlite3_int64 at) {
    int watch = ((layered *)file)->watch;
    int code = watch < 0 ? 0 : atomic_load(&watched[watch].code);
    return code ? code : CALL(xWrite, from, size, at);
}
static int l_truncate(sqlite3_file *file, sqlite3_int64 size) { return CALL(xTruncate, size); }
static int l_sync(sqlite3_file *file, int flags) {
    int watch = ((layered *)file)->watch;
    if (watch >= 0) atomic_fetch_add(&watched[watch].syncs, 1);
    return CALL(xSync, flags);
}
static int l_size(sqlite3_file *file, sqlite3_int64 *size) { return CALL(xFileSize, size); }
static int l_lock(sqlite3_file *file, int level) { return CALL(xLock, level); }
static int l_unlock(sqlite3_file *file, int level) { return CALL(xUnlock, level); }
static int l_reserved(sqlite3_file *file, int *result) { return CALL(xCheckReservedLock, result); }
static int l_control(sqlite3_file *file, int what, void *argument) { return CALL(xFileControl, what, argument); }
static int l_sector(sqlite3_file *file) { return CALL(xSectorSize); }
static int l_device(sqlite3_file *file) { return CALL(xDeviceCharacteristics); }
static int l_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **at) {
    return CALL(xShmMap, page, size, extend, at);
}
static int l_shm_lock(sqlite3_file *file, int offset, int n, int flags) { return CALL(xShmLock, offset, n, flags); }
static void l_shm_barrier(sqlite3_file *file) { CALL(xShmBarrier); }
static int l_shm_unmap(sqlite3_file *file, int remove) { return CALL(xShmUnmap, remove); }
static int l_fetch(sqlite3_file *file, sqlite3_int64 at, int size, void **page) { return CALL(xFetch, at, size, page); }
static int l_unfetch(sqlite3_file *file, sqlite3_int64 at, void *page) { return CALL(xUnfetch, at, page); }

static const sqlite3_io_methods methods = {
    3, l_close, l_read, l_write, l_truncate, l_sync, l_size, l_lock, l_unlock, l_reserved, l_control, l_sector, l_device,
    l_shm_map, l_shm_lock, l_shm_barrier, l_shm_unmap, l_fetch, l_unfetch,
};

static int l_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
    layered *mine = (layered *)file;
    (void)vfs;
    mine->real = (sqlite3_file *)(mine + 1);
    mine->watch = -1;
    for (int i = 0; name && i < atomic_load(&count) && i < most; i++)
        if (strncmp(name, watched[i].prefix, strlen(watched[i].prefix)) == 0) mine->watch = i;
    int code = real_vfs->xOpen(real_vfs, name, mine->real, flags, out);
    mine->base.pMethods = mine->real->pMethods ? &methods : 0;
    return code;
}

static int install(void) {
    real_vfs = sqlite3_vfs_find(0);
    if (!real_vfs) return SQLITE_ERROR;
    layer = *real_vfs;
    layer.zName = "counting";
    layer.pNext = 0;
    layer.szOsFile = (int)sizeof(layered) + real_vfs->szOsFile;
    layer.xOpen = l_open;
    return sqlite3_vfs_register(&layer, 1);
}

int counting_vfs_install(void) {
    static atomic_int state; // 0 not yet, 1 being done, 2 done
    int expected = 0;
    if (atomic_compare_exchange_strong(&state, &expected, 1)) {
        int code = install();
        atomic_store(&state, code == SQLITE_OK ? 2 : 0);
        return code;
    }
    while (atomic_load(&state) == 1) {}
    return atomic_load(&state) == 2 ? 0 : 1;
}

int counting_vfs_watch(const char *prefix) {
    // The text is in place before the count says so.
    static atomic_flag busy = ATOMIC_FLAG_INIT;
    while (atomic_flag_test_and_set(&busy)) {}
    int watch = atomic_load(&count);
    if (watch >= most || strlen(prefix) >= sizeof watched[0].prefix) watch = -1;
    else {
        strcpy(watched[watch].prefix, prefix);
        atomic_store(&count, watch + 1);
    }
    atomic_flag_clear(&busy);
    return watch;
}

long counting_vfs_syncs(int watch) { return watch < 0 ? -1 : atomic_load(&watched[watch].syncs); }
void counting_vfs_fail_writes(int watch, int code) { if (watch >= 0) atomic_store(&watched[watch].code, code); }
