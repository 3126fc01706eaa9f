// What Swift cannot see of ncursesw: macros, mutable globals and variadic functions, each as a plain function or constant.
#ifndef TWINBOARD_CNCURSESW_H
#define TWINBOARD_CNCURSESW_H

/* Wide-character prototypes and cchar_t: must come before the include. */
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
/* Real functions instead of function-like macros: Swift sees only functions. */
#define NCURSES_NOMACROS 1

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <wchar.h>
#include <curses.h>
#include <term.h>

/* Mutable globals, stdin and stdout among them, are errors in the Swift 6 language mode; accessors are not. */
static inline WINDOW *tb_stdscr(void) { return stdscr; }
static inline int tb_lines(void) { return LINES; }
static inline int tb_columns(void) { return COLS; }
static inline int tb_color_pairs(void) { return COLOR_PAIRS; }
static inline SCREEN *tb_newterm(FILE *output) { return newterm(NULL, output, stdin); }

/* Whether terminfo knows this type: 1 yes, 0 unknown or not a display, -1 no database at all. */
static inline int tb_terminal_known(const char *type) {
    int verdict = 0;
    return setupterm(type, 1, &verdict) == OK ? 1 : verdict < 0 ? -1 : 0;
}
static inline void tb_terminal_forget(void) { del_curterm(cur_term); }

/* Whether the locale in force writes UTF-8. */
static inline int tb_locale_is_utf8(void) {
    const char *codeset = nl_langinfo(CODESET);
    return codeset && codeset[0] == 'U' && codeset[1] == 'T' && codeset[2] == 'F' && codeset[3] == '-' && codeset[4] == '8';
}

/* Macros with casts are not imported; static constants are. */
static const attr_t tb_attr_normal = A_NORMAL;
static const attr_t tb_attr_bold = A_BOLD;
static const attr_t tb_attr_dim = A_DIM;
static const attr_t tb_attr_reverse = A_REVERSE;
static const attr_t tb_attr_underline = A_UNDERLINE;
static const attr_t tb_attr_italic = A_ITALIC;

/* The key codes the application can name (the rest are KEY_F). */
static inline int tb_key_f(int n) { return KEY_F(n); }

/* One scalar in one cell, in any colour pair: beyond 255 the pair must go through setcchar's last
 * argument, since attr_t has room for only 8 bits of it (COLOR_PAIR(300) silently becomes 44). */
static inline int tb_put(WINDOW *window, int row, int column, unsigned int scalar, attr_t attributes, int pair) {
    const wchar_t text[2] = {(wchar_t)scalar, 0};
    cchar_t cell;
    if (setcchar(&cell, text, attributes, 0, &pair) == ERR) return ERR;
    return mvwadd_wch(window, row, column, &cell);
}

#endif
