// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lines of words: the syntax of scenario files and of the guest channel.
 */
#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "lab/words.h"

static int hex_digit(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	return -1;
}

/* Reads the escape after a backslash at *from; moves *from past it. */
static int read_escape(const char **from, char *to)
{
	const char *at = *from;
	int high, low;

	switch (*at) {
	case 'n':
		*to = '\n';
		break;
	case 't':
		*to = '\t';
		break;
	case '"':
	case '\\':
		*to = *at;
		break;
	case 'x':
		high = hex_digit(at[1]);
		low = high < 0 ? -1 : hex_digit(at[2]);
		if (low < 0 || !(high | low))
			return -EINVAL;
		*to = high << 4 | low;
		at += 2;
		break;
	default:
		return -EINVAL;
	}
	*from = at + 1;
	return 0;
}

static int read_quoted(const char **from, char **to)
{
	const char *in = *from + 1;
	char *out = *to;
	int ret;

	while (*in != '"') {
		if (!*in)
			return -EINVAL;
		if (*in == '\\') {
			in++;
			ret = read_escape(&in, out++);
			if (ret)
				return ret;
		} else {
			*out++ = *in++;
		}
	}
	*from = in + 1;
	*to = out;
	return 0;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

int words_split(char *line, struct words *words)
{
	const char *in = line;
	char *out;
	bool more;
	int ret;

	memset(words, 0, sizeof(*words));
	for (;;) {
		while (is_blank(*in))
			in++;
		if (!*in || *in == '#')
			return 0;
		if (words->count == WORDS_MAX)
			return -E2BIG;
		/* Unquoting only shortens, so the word can be written over its own source. */
		out = line + (in - line);
		words->word[words->count++] = out;
		while (*in && !is_blank(*in)) {
			if (*in == '"') {
				ret = read_quoted(&in, &out);
				if (ret)
					return ret;
			} else {
				*out++ = *in++;
			}
		}
		more = *in;
		*out = '\0';
		if (!more)
			return 0;
		in++;
	}
}

void words_quote(FILE *out, const char *word)
{
	fputc('"', out);
	for (; *word; word++) {
		if (*word == '"' || *word == '\\')
			fprintf(out, "\\%c", *word);
		else if (iscntrl((unsigned char)*word))
			fprintf(out, "\\x%02x", (unsigned char)*word);
		else
			fputc(*word, out);
	}
	fputc('"', out);
}

int words_number(const char *word, unsigned long *number)
{
	char *end;

	if (!isdigit((unsigned char)*word))
		return -EINVAL;
	errno = 0;
	*number = strtoul(word, &end, 0);
	if (*end)
		return -EINVAL;
	return errno ? -ERANGE : 0;
}
