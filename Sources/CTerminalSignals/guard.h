// Shared between signals.c and guard.c only.
#ifndef TWINBOARD_GUARD_H
#define TWINBOARD_GUARD_H

/* Puts the terminal back and replays standard error, once; does nothing when not armed. Async-signal-safe. */
void guard_restore(void);

#endif
