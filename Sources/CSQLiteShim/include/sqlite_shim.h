// What Swift cannot call of SQLite by itself: sqlite3_db_config is variadic, and the setting below is a pointer to an integer.
#ifndef TWINBOARD_SQLITE_SHIM_H
#define TWINBOARD_SQLITE_SHIM_H
#include <sqlite3.h>

/// Refuses writes to the schema table and to shadow tables of full-text search; returns SQLite's code.
static inline int twinboard_set_defensive(sqlite3 *connection) {
    return sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

/// Keeps the write-ahead log file when the last connection closes; returns SQLite's code.
static inline int twinboard_persist_wal(sqlite3 *connection) {
    int on = 1;
    return sqlite3_file_control(connection, "main", SQLITE_FCNTL_PERSIST_WAL, &on);
}

/// 1 if the write-ahead log file stays when the last connection closes, 0 if not.
static inline int twinboard_persists_wal(sqlite3 *connection) {
    int state = -1;
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_PERSIST_WAL, &state);
    return state;
}

#endif
