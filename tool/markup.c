// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What an add-on says of itself may be anything: here it is text, never markup.
 */
#include <stdlib.h>

#include "markup.h"
#include "utf8.h"

static void put_character(FILE *stream, char character)
{
	switch (character) {
	case '&':
		fputs("&amp;", stream);
		break;
	case '<':
		fputs("&lt;", stream);
		break;
	case '>':
		fputs("&gt;", stream);
		break;
	case '"':
		fputs("&quot;", stream);
		break;
	case '\n':
		fputc(' ', stream);
		break;
	default:
		/* Control characters are in no XML document. */
		fputc((unsigned char)character < 0x20 || character == 0x7f ? '?' : character,
		      stream);
	}
}

/**
 * markup_put() - write outside data as text of a document
 * @stream: where to
 * @text: the data; bytes that are no UTF-8 become U+FFFD
 */
void markup_put(FILE *stream, const char *text)
{
	char *clean = utf8_clean(text);
	const char *position;

	for (position = clean; position && *position; position++)
		put_character(stream, *position);
	free(clean);
}

/**
 * markup_put_element() - write an element with text in it
 * @stream: where to
 * @element: its name
 * @class: its class
 * @text: outside data
 */
void markup_put_element(FILE *stream, const char *element, const char *class, const char *text)
{
	fprintf(stream, "<%s class=\"%s\">", element, class);
	markup_put(stream, text);
	fprintf(stream, "</%s>", element);
}
