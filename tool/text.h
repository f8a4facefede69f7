/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Text for people: colour, columns, and outside data that must not reach a terminal as it is.
 */
#ifndef TOOL_TEXT_H
#define TOOL_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/**
 * enum color_mode - what --color says
 * @COLOR_AUTO: colour on a terminal, unless NO_COLOR is set or the terminal is dumb
 * @COLOR_ALWAYS: colour
 * @COLOR_NEVER: no colour
 */
enum color_mode {
	COLOR_AUTO,
	COLOR_ALWAYS,
	COLOR_NEVER,
};

/**
 * enum style - how a piece of text looks
 */
enum style {
	STYLE_PLAIN,
	STYLE_BOLD,
	STYLE_DIM,
	STYLE_RED,
	STYLE_GREEN,
	STYLE_YELLOW,
	STYLE_CYAN,
};

void text_setup(enum color_mode mode);
void text_use_syslog(void);
bool text_is_utf8(void);
const char *text_choose(const char *utf8, const char *ascii);
int text_terminal_width(void);

void text_copy(char *copy, size_t size, const char *text);
int text_width(const char *text);
int text_put(FILE *stream, const char *text);
void text_put_padded(FILE *stream, const char *text, int width);
void text_style_begin(FILE *stream, enum style style);
void text_style_end(FILE *stream, enum style style);
void text_put_styled(FILE *stream, enum style style, const char *text);
void text_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
