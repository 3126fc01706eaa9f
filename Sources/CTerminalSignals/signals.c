// Signals as bytes in a pipe, so that the terminal's poll sees them in turn with keys.
#define _GNU_SOURCE
#define _XOPEN_SOURCE 700
#include "CTerminalSignals.h"
#include "guard.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <wchar.h>

enum { routed_count = 6, patience = 3 };
static const int routed[routed_count] = {SIGWINCH, SIGTSTP, SIGCONT, SIGHUP, SIGTERM, SIGINT};
static struct sigaction found[routed_count];
static int pipe_ends[2] = {-1, -1};
static atomic_int unheeded;

int tb_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC | O_NONBLOCK); }

int tb_memory_file(void) { return memfd_create("screen", MFD_CLOEXEC); }

int tb_lead(int from, int to) { return dup3(to, from, O_CLOEXEC); }

static void on_signal(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t ignored = write(pipe_ends[1], &byte, 1);
    (void)ignored;
    if ((number == SIGINT || number == SIGTERM) && atomic_fetch_add(&unheeded, 1) + 1 >= patience) {
        guard_restore();
        signal(number, SIG_DFL);
        raise(number);
    }
    errno = saved;
}

void tb_signals_heeded(void) { atomic_store(&unheeded, 0); }

int tb_signals_open(void) {
    if (tb_pipe(pipe_ends) != 0) return -1;
    tb_signals_heeded();
    struct sigaction act;
    memset(&act, 0, sizeof act);
    act.sa_handler = on_signal;
    act.sa_flags = SA_RESTART;
    sigemptyset(&act.sa_mask);
    sigset_t ours;
    sigemptyset(&ours);
    for (int i = 0; i < routed_count; i++) {
        sigaction(routed[i], NULL, &found[i]);
        if (found[i].sa_handler != SIG_IGN) sigaction(routed[i], &act, NULL);
        sigaddset(&ours, routed[i]);
    }
    /* A program spawned from a Dispatch thread inherits these blocked. */
    sigprocmask(SIG_UNBLOCK, &ours, NULL);
    return pipe_ends[0];
}

void tb_signals_close(void) {
    for (int i = 0; i < routed_count; i++) sigaction(routed[i], &found[i], NULL);
    for (int i = 0; i < 2; i++) {
        close(pipe_ends[i]);
        pipe_ends[i] = -1;
    }
}

int tb_window_size(int tty, int *rows, int *columns) {
    struct winsize size;
    if (ioctl(tty, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return 0;
    *rows = size.ws_row;
    *columns = size.ws_col;
    return 1;
}

void tb_suspend_self(void) {
    /* SIGCONT goes to its default meanwhile: our own return is not an event of its own. */
    struct sigaction plain, stop, go;
    memset(&plain, 0, sizeof plain);
    plain.sa_handler = SIG_DFL;
    sigaction(SIGCONT, &plain, &go);
    sigaction(SIGTSTP, &plain, &stop);
    kill(0, SIGTSTP);
    sigaction(SIGTSTP, &stop, NULL);
    sigaction(SIGCONT, &go, NULL);
}

int tb_width(unsigned int scalar) { return wcwidth((wchar_t)scalar); }
