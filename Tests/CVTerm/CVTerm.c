// The emulator and the pseudo-terminal behind CVTerm.h.
#define _GNU_SOURCE
#include "CVTerm.h"
#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef POSIX_SPAWN_SETSID
#define POSIX_SPAWN_SETSID 0x80 /* hidden without _GNU_SOURCE, and by some headers with it */
#endif

struct tb_emulator {
    VTerm *terminal;
    VTermScreen *screen;
    int row, column, visible, alternate, mouse, bells;
    char held[16]; /* the start of a sequence that may turn out to be REP */
    size_t held_count;
    char last; /* what REP repeats */
};

static int on_cursor(VTermPos place, VTermPos before, int visible, void *user) {
    (void)before;
    tb_emulator *emulator = user;
    emulator->row = place.row;
    emulator->column = place.col;
    emulator->visible = visible;
    return 1;
}

static int on_property(VTermProp property, VTermValue *value, void *user) {
    tb_emulator *emulator = user;
    if (property == VTERM_PROP_ALTSCREEN) emulator->alternate = value->boolean;
    if (property == VTERM_PROP_CURSORVISIBLE) emulator->visible = value->boolean;
    if (property == VTERM_PROP_MOUSE) emulator->mouse = value->number;
    return 1;
}

static int on_bell(void *user) {
    ((tb_emulator *)user)->bells += 1;
    return 1;
}

static const VTermScreenCallbacks callbacks = {.movecursor = on_cursor, .settermprop = on_property, .bell = on_bell};

tb_emulator *tb_emulator_new(int rows, int columns) {
    tb_emulator *emulator = calloc(1, sizeof *emulator);
    if (!emulator) return NULL;
    emulator->terminal = vterm_new(rows, columns);
    emulator->visible = 1;
    vterm_set_utf8(emulator->terminal, 1);
    emulator->screen = vterm_obtain_screen(emulator->terminal);
    vterm_screen_set_callbacks(emulator->screen, &callbacks, emulator);
    vterm_screen_enable_altscreen(emulator->screen, 1);
    vterm_screen_reset(emulator->screen, 1);
    return emulator;
}

void tb_emulator_free(tb_emulator *emulator) {
    if (!emulator) return;
    vterm_free(emulator->terminal);
    free(emulator);
}

void tb_emulator_resize(tb_emulator *emulator, int rows, int columns) { vterm_set_size(emulator->terminal, rows, columns); }

/* libvterm 0.1 does not know REP (CSI n b), which terminfo's xterm says and ncurses therefore sends: it is spelt out here. */
static void pass(tb_emulator *emulator, const char *bytes, size_t count) { vterm_input_write(emulator->terminal, bytes, count); }

static void flush_held(tb_emulator *emulator) {
    pass(emulator, emulator->held, emulator->held_count);
    emulator->held_count = 0;
}

static void take(tb_emulator *emulator, char byte) {
    size_t place = emulator->held_count;
    int digit = byte >= '0' && byte <= '9';
    if (place == 0 ? byte == 27 : place == 1 ? byte == '[' : digit && place < sizeof emulator->held - 1) {
        emulator->held[emulator->held_count++] = byte;
    } else if (place > 2 && byte == 'b') {
        emulator->held[place] = 0;
        emulator->held_count = 0;
        for (int left = atoi(emulator->held + 2); left > 0; left--) pass(emulator, &emulator->last, 1);
    } else {
        flush_held(emulator);
        if (place > 0 && byte == 27) {
            take(emulator, byte);
            return;
        }
        if (place == 0 && byte >= 32 && byte < 127) emulator->last = byte;
        pass(emulator, &byte, 1);
    }
}

void tb_emulator_feed(tb_emulator *emulator, const char *bytes, size_t count) {
    for (size_t i = 0; i < count; i++) take(emulator, bytes[i]);
}

static int number(const VTermColor *colour) {
    if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour)) return -1;
    if (VTERM_COLOR_IS_INDEXED(colour)) return colour->indexed.idx;
    return 0x1000000 | colour->rgb.red << 16 | colour->rgb.green << 8 | colour->rgb.blue;
}

struct tb_cell tb_emulator_cell(const tb_emulator *emulator, int row, int column) {
    struct tb_cell plain = {.width = 1, .foreground = -1, .background = -1};
    VTermScreenCell cell;
    VTermPos place = {.row = row, .col = column};
    if (!vterm_screen_get_cell(emulator->screen, place, &cell)) return plain;
    plain.scalar = cell.chars[0] == (uint32_t)-1 ? 0 : cell.chars[0];
    plain.width = cell.width > 0 ? cell.width : 1;
    plain.foreground = number(&cell.fg);
    plain.background = number(&cell.bg);
    plain.bold = cell.attrs.bold;
    plain.underline = cell.attrs.underline != 0;
    plain.italic = cell.attrs.italic;
    plain.reverse = cell.attrs.reverse;
    return plain;
}

void tb_emulator_cursor(const tb_emulator *emulator, int *row, int *column, int *visible) {
    *row = emulator->row;
    *column = emulator->column;
    *visible = emulator->visible;
}

int tb_emulator_alternate(const tb_emulator *emulator) { return emulator->alternate; }
int tb_emulator_mouse(const tb_emulator *emulator) { return emulator->mouse; }
int tb_emulator_bells(const tb_emulator *emulator) { return emulator->bells; }

int tb_open_pty(int *master, char slave_name[64], int rows, int columns) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    int slave;
    if (openpty(master, &slave, slave_name, NULL, &size) != 0) return -1;
    fcntl(*master, F_SETFD, FD_CLOEXEC);
    fcntl(slave, F_SETFD, FD_CLOEXEC);
    fcntl(*master, F_SETFL, O_NONBLOCK);
    return slave;
}

int tb_set_size(int master, int rows, int columns) {
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    return ioctl(master, TIOCSWINSZ, &size);
}

int tb_spawn(pid_t *child, const char *path, char *const arguments[], char *const environment[], const char *slave_name, int errors) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    /* Dispatch's threads block signals and a child inherits that; so does what this process ignores. */
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawn_file_actions_addopen(&actions, 0, slave_name, O_RDWR, 0); /* the first terminal a leader opens is its own */
    posix_spawn_file_actions_adddup2(&actions, 0, 1);
    posix_spawn_file_actions_adddup2(&actions, errors < 0 ? 0 : errors, 2);
    int outcome = posix_spawn(child, path, &actions, &attributes, arguments, environment);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return outcome;
}

int tb_exited(int status) { return WIFEXITED(status); }
int tb_exit_status(int status) { return WEXITSTATUS(status); }
int tb_killed_by(int status) { return WIFSIGNALED(status) ? WTERMSIG(status) : 0; }
