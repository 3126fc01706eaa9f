// For tests: a layer over SQLite's file system that counts syncs and can pretend that the disk is full.
#ifndef TWINBOARD_COUNTING_VFS_H
#define TWINBOARD_COUNTING_VFS_H

/// Makes the layer the default for every connection opened from now on. Call it as often as you like. 0 if it worked.
int counting_vfs_install(void);

/// Watches the files whose path begins with a prefix; returns a number for the functions below, or -1 if there are too many.
int counting_vfs_watch(const char *prefix);

/// How many times a watched file was synced.
long counting_vfs_syncs(int watch);

/// From now on every write to a watched file fails with one of SQLite's codes (13: disk full, 10: I/O error); 0: writes work.
void counting_vfs_fail_writes(int watch, int code);

#endif
