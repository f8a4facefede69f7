// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing beyond U+10FFFF.
 */
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

/* U+FFFD */
#define REPLACEMENT "\xef\xbf\xbd"

/**
 * utf8_decode() - decode one character
 * @text: NUL-terminated, not empty
 * @character: the character; left alone after an error
 *
 * Return: how many bytes it has; 0 when the bytes at @text are no character.
 */
size_t utf8_decode(const char *text, uint32_t *character)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char first = (unsigned char)*text;
	size_t length = first < 0x80 ? 1 :
			first < 0xc0 ? 0 :
			first < 0xe0 ? 2 :
			first < 0xf0 ? 3 :
				       4;
	uint32_t value = length == 1 ? first : length ? first & (0xff >> (length + 1)) : 0;
	size_t i;

	if (first >= 0xf8)
		return 0;
	for (i = 1; i < length; i++) {
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (text[i] & 0x3f);
	}
	if (!length || value < smallest[length] || value > 0x10ffff || (value >> 11) == 0x1b)
		return 0;
	*character = value;
	return length;
}

/**
 * utf8_clean() - a copy that is UTF-8 without characters that steer a terminal
 * @text: NUL-terminated bytes
 *
 * Each byte that belongs to no character, DEL, and each C1 control character becomes U+FFFD. The C0
 * ones stay, since JSON escapes them.
 *
 * Return: the copy, to be freed; NULL when out of memory.
 */
char *utf8_clean(const char *text)
{
	char *clean = malloc(strlen(text) * strlen(REPLACEMENT) + 1);
	size_t length, filled = 0;
	uint32_t character;

	if (!clean)
		return NULL;
	for (; *text; text += length ? length : 1) {
		length = utf8_decode(text, &character);
		if (length && !(character >= 0x7f && character < 0xa0)) {
			memcpy(clean + filled, text, length);
			filled += length;
		} else {
			memcpy(clean + filled, REPLACEMENT, strlen(REPLACEMENT));
			filled += strlen(REPLACEMENT);
		}
	}
	clean[filled] = '\0';
	return clean;
}
