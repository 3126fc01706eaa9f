// The crash guard: whatever ends this process, the terminal is given back as it was found.
#define _GNU_SOURCE
#include "CTerminalSignals.h"
#include "guard.h"
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

enum { fatal_count = 7, replayed_at_most = 65536 };
static const int fatal[fatal_count] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGQUIT};
static struct sigaction found[fatal_count];
static int guarded_tty = -1;
static struct termios modes;
static char restore[512];
static size_t restore_length;
static atomic_int armed;
static int traced;

static int aside = -1, stderr_kept = -1;

int tb_stderr_divert(void) {
    aside = memfd_create("stderr", MFD_CLOEXEC);
    stderr_kept = fcntl(2, F_DUPFD_CLOEXEC, 10);
    if (aside >= 0 && stderr_kept >= 0 && dup2(aside, 2) >= 0) return 0;
    if (aside >= 0) close(aside);
    if (stderr_kept >= 0) close(stderr_kept);
    aside = stderr_kept = -1;
    return -1;
}

void tb_stderr_replay(void) {
    if (aside < 0) return;
    char chunk[4096];
    ssize_t count;
    dup2(stderr_kept, 2);
    off_t length = lseek(aside, 0, SEEK_END);
    lseek(aside, length > replayed_at_most ? length - replayed_at_most : 0, SEEK_SET);
    while ((count = read(aside, chunk, sizeof chunk)) > 0)
        if (write(2, chunk, (size_t)count) < 0) break;
    close(aside);
    close(stderr_kept);
    aside = stderr_kept = -1;
}

void guard_restore(void) {
    if (!atomic_exchange(&armed, 0)) return;
    signal(SIGTTOU, SIG_IGN); /* in the background tcsetattr would stop a process that is about to end */
    ssize_t ignored = write(guarded_tty, restore, restore_length);
    (void)ignored;
    tcsetattr(guarded_tty, TCSANOW, &modes); /* async-signal-safe by POSIX */
    tb_stderr_replay();
}

static void on_crash(int number) {
    guard_restore();
    /* The signal comes again once this handler returns: to the runtime's backtracer where somebody asked for it,
     * else to the end. (Unasked, it would halt a person's terminal for half a minute and a question.) */
    for (int i = 0; i < fatal_count; i++)
        if (fatal[i] == number && traced) sigaction(number, &found[i], NULL);
    if (!traced) signal(number, SIG_DFL);
    raise(number);
}

int tb_guard_remember(int tty) {
    guarded_tty = tty;
    return tcgetattr(tty, &modes);
}

void tb_guard_arm(const char *restore_bytes) {
    static char stack[65536];
    static int registered;
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&alternate, NULL); /* per thread: the terminal's own thread calls this */
    restore_length = strnlen(restore_bytes, sizeof restore);
    memcpy(restore, restore_bytes, restore_length);
    if (!registered) registered = atexit(guard_restore) == 0;
    traced = getenv("SWIFT_BACKTRACE") != NULL;
    struct sigaction act;
    memset(&act, 0, sizeof act);
    act.sa_handler = on_crash;
    act.sa_flags = SA_ONSTACK;
    sigemptyset(&act.sa_mask);
    atomic_store(&armed, 1);
    for (int i = 0; i < fatal_count; i++) {
        sigaction(fatal[i], NULL, &found[i]);
        if (found[i].sa_handler != SIG_IGN) sigaction(fatal[i], &act, NULL);
    }
}

void tb_guard_disarm(void) {
    if (!atomic_exchange(&armed, 0)) return;
    for (int i = 0; i < fatal_count; i++) sigaction(fatal[i], &found[i], NULL);
}

void tb_free_control_keys(int tty) {
    struct termios now;
    if (tcgetattr(tty, &now) != 0) return;
    now.c_iflag &= ~(tcflag_t)IXON;
    now.c_lflag &= ~(tcflag_t)IEXTEN;
    tcsetattr(tty, TCSANOW, &now);
}
