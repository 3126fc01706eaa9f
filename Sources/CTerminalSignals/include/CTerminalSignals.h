// Signal-safe code that Swift cannot promise to be: the self-pipe, the crash guard, the diverted standard error.
#ifndef TWINBOARD_CTERMINALSIGNALS_H
#define TWINBOARD_CTERMINALSIGNALS_H

/* Opens the self-pipe and routes WINCH, TSTP, CONT, HUP, TERM, INT into it, one byte (the signal's number)
 * each; what was ignored (nohup) stays ignored. Returns the descriptor to poll, or -1 with errno.
 * Call it before newterm: ncurses then leaves these signals alone, since they are no longer SIG_DFL. */
int tb_signals_open(void);
/* Puts back the dispositions found by tb_signals_open and closes the pipe. */
void tb_signals_close(void);
/* Says that the signals so far were read. A third INT or TERM that nobody reads ends a hung program. */
void tb_signals_heeded(void);

/* Remembers the terminal's modes: before newterm, which changes them. 0, or -1 with errno. */
int tb_guard_remember(int tty);
/* From now on a fatal signal or exit() first writes these bytes, puts the modes back and replays standard error. */
void tb_guard_arm(const char *restore_bytes);
void tb_guard_disarm(void);

/* Lets typed ^S, ^Q, ^V and ^O through as keys (ncurses' cbreak leaves them to the line discipline). */
void tb_free_control_keys(int tty);

/* While the terminal is ours, what is said on standard error (a Swift trap's message above all) is kept
 * aside, and its end said again once the screen is restored. 0, or -1 with errno. */
int tb_stderr_divert(void);
void tb_stderr_replay(void);

/* Rows and columns of the terminal: 1, or 0 when it does not know. */
int tb_window_size(int tty, int *rows, int *columns);

/* A pipe whose ends neither block nor outlive exec. 0, or -1 with errno. */
int tb_pipe(int ends[2]);

/* A file in memory, and a descriptor led elsewhere; neither outlives exec. Negative on failure. Not seen by Swift: GNU extensions. */
int tb_memory_file(void);
int tb_lead(int from, int to);

/* Stops this process group as the shell's Ctrl-Z would; returns once it is continued. */
void tb_suspend_self(void);

/* Columns the C library gives a scalar: -1 for what it cannot print. */
int tb_width(unsigned int scalar);

#endif
