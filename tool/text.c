// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Text for people. What comes from sysfs, the command line or the environment is outside data:
 * everything in it that could steer a terminal is shown as an escape sequence in readable form.
 */
#include <langinfo.h>
#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <syslog.h>
#include <unistd.h>
#include <wchar.h>
#include <wctype.h>

#include "text.h"

/* Narrower than this no layout is good; wider than this no eye follows a line. */
#define TERMINAL_WIDTH_MIN 40
#define TERMINAL_WIDTH_MAX 160
#define TERMINAL_WIDTH_DEFAULT 80

static struct {
	bool utf8;
	/* indexed by whether the stream is stderr */
	bool color[2];
	bool syslog;
} setup;

static const char *const style_codes[] = {
	[STYLE_PLAIN] = "",	   [STYLE_BOLD] = "\033[1m",   [STYLE_DIM] = "\033[2m",
	[STYLE_RED] = "\033[31m",  [STYLE_GREEN] = "\033[32m", [STYLE_YELLOW] = "\033[33m",
	[STYLE_CYAN] = "\033[36m",
};

static bool wants_color(enum color_mode mode, int fd)
{
	const char *no_color = getenv("NO_COLOR");
	const char *terminal = getenv("TERM");

	if (mode != COLOR_AUTO)
		return mode == COLOR_ALWAYS;
	if (no_color && *no_color)
		return false;
	return isatty(fd) && terminal && strcmp(terminal, "dumb");
}

/**
 * text_setup() - take up the locale and decide on colour
 * @mode: what the user wants
 *
 * May be called again when more is known.
 */
void text_setup(enum color_mode mode)
{
	setlocale(LC_CTYPE, "");
	setup.utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8");
	setup.color[0] = wants_color(mode, STDOUT_FILENO);
	setup.color[1] = wants_color(mode, STDERR_FILENO);
}

/**
 * text_use_syslog() - complain in the system log, too
 *
 * For a caller that drops what is printed.
 */
void text_use_syslog(void)
{
	openlog("plugtree", LOG_PID, LOG_DAEMON);
	setup.syslog = true;
}

/**
 * text_is_utf8() - may characters beyond ASCII be printed?
 *
 * Return: true in a UTF-8 locale.
 */
bool text_is_utf8(void)
{
	return setup.utf8;
}

/**
 * text_choose() - the better of two renderings
 * @utf8: for a UTF-8 locale
 * @ascii: for any other
 *
 * Return: one of them.
 */
const char *text_choose(const char *utf8, const char *ascii)
{
	return setup.utf8 ? utf8 : ascii;
}

/**
 * text_terminal_width() - how wide the output may be
 *
 * Return: columns of the terminal on stdout, else $COLUMNS, else 80; bounded either way.
 */
int text_terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long width = 0;

	if (!ioctl(STDOUT_FILENO, TIOCGWINSZ, &size))
		width = size.ws_col;
	if (!width && columns)
		width = strtol(columns, NULL, 10);
	if (width <= 0)
		return TERMINAL_WIDTH_DEFAULT;
	if (width < TERMINAL_WIDTH_MIN)
		return TERMINAL_WIDTH_MIN;
	return width > TERMINAL_WIDTH_MAX ? TERMINAL_WIDTH_MAX : (int)width;
}

/**
 * text_copy() - copy a text as far as it fits
 * @copy: the copy, NUL-terminated
 * @size: size of @copy in bytes, at least 1
 * @text: the text
 */
void text_copy(char *copy, size_t size, const char *text)
{
	size_t length = strnlen(text, size - 1);

	memcpy(copy, text, length);
	copy[length] = '\0';
}

/* Marks that reorder or hide the text around them are no control characters for iswprint(). */
static bool steers_text(wchar_t character)
{
	return (character >= 0x80 && character < 0xa0) || character == 0xad ||
	       (character >= 0x200b && character <= 0x200f) ||
	       (character >= 0x2028 && character <= 0x202e) ||
	       (character >= 0x2060 && character <= 0x206f) || character == 0xfeff ||
	       (character >= 0xe0000 && character <= 0xe0fff);
}

/*
 * Looks at the character at the start of @text. Returns its length in bytes; @width is its width in
 * columns, or 0 when its bytes have to be escaped.
 */
static size_t next_character(const char *text, int *width)
{
	wchar_t character;
	mbstate_t state = {};
	size_t length;

	*width = 0;
	if (!((unsigned char)*text & 0x80)) {
		*width = *text >= ' ' && *text < 0x7f && *text != '\\';
		return 1;
	}
	length = mbrtowc(&character, text, strlen(text), &state);
	if (!setup.utf8 || length == 0 || length > strlen(text))
		return 1;
	if (iswprint((wint_t)character) && !steers_text(character))
		*width = wcwidth(character) > 0 ? wcwidth(character) : 0;
	return length;
}

static int put_escaped(FILE *stream, unsigned char byte)
{
	if (stream && byte == '\\')
		fputs("\\\\", stream);
	else if (stream)
		fprintf(stream, "\\x%02x", byte);
	return byte == '\\' ? 2 : 4;
}

/**
 * text_put() - print outside data
 * @stream: where to; NULL to measure only
 * @text: bytes that may be anything; what a terminal could take for more than a printable
 *	character is shown as \xNN, a backslash as two
 *
 * Return: columns that it takes.
 */
int text_put(FILE *stream, const char *text)
{
	size_t length, i;
	int columns = 0;
	int width;

	for (; *text; text += length) {
		length = next_character(text, &width);
		if (width && stream)
			fwrite(text, 1, length, stream);
		for (i = 0; !width && i < length; i++)
			columns += put_escaped(stream, (unsigned char)text[i]);
		columns += width;
	}
	return columns;
}

/**
 * text_width() - how many columns text_put() needs
 * @text: the text
 *
 * Return: columns.
 */
int text_width(const char *text)
{
	return text_put(NULL, text);
}

/**
 * text_put_padded() - print outside data in a column
 * @stream: where to
 * @text: the text
 * @width: columns to fill with blanks; longer text is not cut
 */
void text_put_padded(FILE *stream, const char *text, int width)
{
	int columns = text_put(stream, text);

	if (columns < width)
		fprintf(stream, "%*s", width - columns, "");
}

/**
 * text_style_begin() - what is printed from here on has a style
 * @stream: stdout or stderr
 * @style: the style
 */
void text_style_begin(FILE *stream, enum style style)
{
	if (setup.color[stream == stderr])
		fputs(style_codes[style], stream);
}

/**
 * text_style_end() - end what text_style_begin() began
 * @stream: stdout or stderr
 * @style: the same style
 */
void text_style_end(FILE *stream, enum style style)
{
	if (setup.color[stream == stderr] && style != STYLE_PLAIN)
		fputs("\033[0m", stream);
}

/**
 * text_put_styled() - print outside data in a style
 * @stream: stdout or stderr
 * @style: the style
 * @text: the text
 */
void text_put_styled(FILE *stream, enum style style, const char *text)
{
	text_style_begin(stream, style);
	text_put(stream, text);
	text_style_end(stream, style);
}

static void put_in_syslog(const char *line)
{
	char *harmless = NULL;
	size_t size;
	FILE *stream = open_memstream(&harmless, &size);

	if (!stream)
		return;
	text_put(stream, line);
	fclose(stream);
	syslog(LOG_WARNING, "%s", harmless);
	free(harmless);
}

/**
 * text_complain() - print one line about what went wrong, on stderr
 * @format: a sentence, printf-style; may quote outside data
 */
void text_complain(const char *format, ...)
{
	va_list arguments;
	char *line;
	int ret;

	va_start(arguments, format);
	ret = vasprintf(&line, format, arguments);
	va_end(arguments);
	if (ret < 0)
		return;
	fflush(stdout);
	text_put_styled(stderr, STYLE_BOLD, "plugtree: ");
	text_put(stderr, line);
	fputc('\n', stderr);
	if (setup.syslog)
		put_in_syslog(line);
	free(line);
}
