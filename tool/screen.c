// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The sequences are those of ECMA-48, and xterm's for the second screen, which every terminal has that
 * is not dumb.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "screen.h"

#define HEIGHT_DEFAULT 24

static volatile sig_atomic_t ended;
static struct sigaction before_int, before_term;

static void end(int signal)
{
	ended = 1;
}

/**
 * screen_is_there() - can the output be a screen?
 *
 * Return: true on a terminal that is not dumb.
 */
bool screen_is_there(void)
{
	const char *terminal = getenv("TERM");

	return isatty(STDOUT_FILENO) && terminal && *terminal && strcmp(terminal, "dumb");
}

/**
 * screen_begin() - take the terminal
 *
 * Until screen_end() SIGINT and SIGTERM only set what screen_is_ended() says.
 */
void screen_begin(void)
{
	/* Without SA_RESTART, so that whoever waits notices. */
	struct sigaction action = { .sa_handler = end };

	sigaction(SIGINT, &action, &before_int);
	sigaction(SIGTERM, &action, &before_term);
	fputs("\033[?1049h\033[?25l", stdout);
}

/**
 * screen_show() - show a text instead of what is shown
 * @text: the text; what has no room is not seen
 */
void screen_show(const char *text)
{
	int left = screen_height();
	const char *line_end;

	fputs("\033[H", stdout);
	for (; *text && left > 0; left--) {
		line_end = strchrnul(text, '\n');
		/* Each line wipes what was behind it; nothing flickers. */
		printf("%.*s\033[K%s", (int)(line_end - text), text, left > 1 ? "\n" : "");
		text = *line_end ? line_end + 1 : line_end;
	}
	fputs("\033[J", stdout);
	fflush(stdout);
}

/**
 * screen_height() - how many lines there is room for
 *
 * Return: the lines of the terminal.
 */
int screen_height(void)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || !size.ws_row)
		return HEIGHT_DEFAULT;
	return size.ws_row;
}

/**
 * screen_is_ended() - does the user want to end?
 *
 * Return: true after SIGINT or SIGTERM.
 */
bool screen_is_ended(void)
{
	return ended;
}

/**
 * screen_end() - give the terminal back as it was
 */
void screen_end(void)
{
	fputs("\033[?25h\033[?1049l", stdout);
	fflush(stdout);
	sigaction(SIGTERM, &before_term, NULL);
	sigaction(SIGINT, &before_int, NULL);
}
