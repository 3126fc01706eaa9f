// libvterm and the pseudo-terminal calls that Swift cannot see: macros, bit fields, and what Glibc's module hides.
#ifndef TWINBOARD_CVTERM_H
#define TWINBOARD_CVTERM_H

#include <stddef.h>
#include <spawn.h>
#include <sys/types.h>
#include <vterm.h>

/* A cell in plain numbers. Colours: -1 the terminal's own, 0–255 the palette, 0x1000000 + RGB direct. */
struct tb_cell {
    unsigned int scalar; /* 0: blank */
    int width;
    int foreground, background;
    int bold, underline, italic, reverse;
};

/* A terminal emulator with an alternate screen; the caller frees it with tb_emulator_free. */
typedef struct tb_emulator tb_emulator;
tb_emulator *tb_emulator_new(int rows, int columns);
void tb_emulator_free(tb_emulator *emulator);
void tb_emulator_resize(tb_emulator *emulator, int rows, int columns);
void tb_emulator_feed(tb_emulator *emulator, const char *bytes, size_t count);
struct tb_cell tb_emulator_cell(const tb_emulator *emulator, int row, int column);
void tb_emulator_cursor(const tb_emulator *emulator, int *row, int *column, int *visible);
/* Whether the alternate screen is shown, what the mouse reports (0 nothing), and how often the bell rang. */
int tb_emulator_alternate(const tb_emulator *emulator);
int tb_emulator_mouse(const tb_emulator *emulator);
int tb_emulator_bells(const tb_emulator *emulator);

/* A new pseudo-terminal: its slave's descriptor (kept by the caller, so that its modes can be read later), or -1. */
int tb_open_pty(int *master, char slave_name[64], int rows, int columns);
int tb_set_size(int master, int rows, int columns);

/* Starts a program as the leader of a session of its own on that terminal, no signal blocked or ignored, standard
 * error into `errors` unless that is -1. 0, or an errno. */
int tb_spawn(pid_t *child, const char *path, char *const arguments[], char *const environment[], const char *slave_name, int errors);

/* How a process ended. */
int tb_exited(int status);
int tb_exit_status(int status);
int tb_killed_by(int status);

#endif
