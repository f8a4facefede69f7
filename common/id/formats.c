// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The table of identity formats and what the formats share.
 */
#include "formats.h"

static const struct id_format *const formats[] = {
#define X(name) &id_format_##name,
	ID_FORMATS(X)
#undef X
};

/**
 * id_format_at() - walk the table of formats
 * @index: which one, from 0
 *
 * Return: the format, NULL behind the last.
 */
const struct id_format *id_format_at(unsigned int index)
{
	return index < ARRAY_SIZE(formats) ? formats[index] : NULL;
}

/**
 * id_format_find() - look a format up
 * @name: its name, as in a device tree after "plugtree,id-"
 *
 * Return: the format, NULL if there is none of that name.
 */
const struct id_format *id_format_find(const char *name)
{
	unsigned int index;

	for (index = 0; index < ARRAY_SIZE(formats); index++) {
		if (!strcmp(formats[index]->name, name))
			return formats[index];
	}
	return NULL;
}

/**
 * id_verdict_name() - the word for a verdict
 * @verdict: the verdict
 *
 * Return: "good", "absent", "blank", "corrupt" or "unknown-format"; "invalid" for anything else.
 */
const char *id_verdict_name(enum id_verdict verdict)
{
	switch (verdict) {
	case ID_GOOD:
		return "good";
	case ID_ABSENT:
		return "absent";
	case ID_BLANK:
		return "blank";
	case ID_CORRUPT:
		return "corrupt";
	case ID_UNKNOWN_FORMAT:
		return "unknown-format";
	}
	return "invalid";
}

/**
 * id_problem_at() - note what is wrong
 * @problem: filled
 * @verdict: the verdict it leads to
 * @offset: first wrong byte
 * @what: a few words, a string constant
 *
 * Return: @verdict, so that a decoder can end with it.
 */
enum id_verdict id_problem_at(struct id_problem *problem, enum id_verdict verdict,
			      unsigned int offset, const char *what)
{
	problem->offset = offset;
	problem->what = what;
	return verdict;
}

/**
 * id_read() - read bytes of an identity
 * @source: where they come from
 * @offset: the first one
 * @buffer: filled
 * @length: how many, at least 1; they must all be in the source
 * @problem: filled on failure
 *
 * Return: ID_GOOD or ID_ABSENT.
 */
enum id_verdict id_read(const struct id_source *source, unsigned int offset, void *buffer,
			size_t length, struct id_problem *problem)
{
	if (source->read(source->context, offset, buffer, length))
		return id_problem_at(problem, ID_ABSENT, offset, "reading failed");
	return ID_GOOD;
}

/**
 * id_check_signature() - do the first bytes of a memory say that it is of a format?
 * @bytes: its first bytes
 * @length: how many there are, at least 1; fewer than the signature's do not match it
 * @signature: what they should be, NUL-terminated
 * @problem: filled unless it is that
 *
 * Return: ID_GOOD, ID_BLANK when all of @bytes are, or ID_UNKNOWN_FORMAT.
 */
enum id_verdict id_check_signature(const uint8_t *bytes, size_t length, const char *signature,
				   struct id_problem *problem)
{
	unsigned int index;

	if (id_is_blank(bytes, length))
		return id_problem_at(problem, ID_BLANK, 0, "no byte is written");
	for (index = 0; signature[index]; index++) {
		if (index >= length || bytes[index] != (uint8_t)signature[index])
			return id_problem_at(problem, ID_UNKNOWN_FORMAT, index,
					     "the signature is another one");
	}
	return ID_GOOD;
}

/**
 * id_take_text() - take a padded text field into a member of struct id_identity
 * @text: ID_TEXT_SIZE bytes, NUL-terminated afterwards
 * @bytes: the field
 * @length: its size in bytes
 * @offset: where it is in the memory
 * @problem: filled on failure
 *
 * Return: ID_GOOD, or ID_CORRUPT when a character is no printable ASCII.
 */
enum id_verdict id_take_text(char *text, const uint8_t *bytes, size_t length, unsigned int offset,
			     struct id_problem *problem)
{
	int wrong = id_copy_text(text, bytes, id_trim_text(bytes, length));

	if (wrong < 0)
		return ID_GOOD;
	return id_problem_at(problem, ID_CORRUPT, offset + (unsigned int)wrong,
			     "a character is not printable ASCII");
}

/**
 * id_is_blank() - were these bytes never written?
 * @bytes: the bytes
 * @length: how many, at least 1
 *
 * Return: true when all are 0xff (erased) or all are 0x00 (zeroed, or a data line stuck low).
 */
bool id_is_blank(const uint8_t *bytes, size_t length)
{
	size_t index;

	if (bytes[0] != 0xff && bytes[0] != 0x00)
		return false;
	for (index = 1; index < length; index++) {
		if (bytes[index] != bytes[0])
			return false;
	}
	return true;
}

static bool is_padding(uint8_t byte)
{
	return byte == 0x00 || byte == 0xff || byte == ' ' || byte == '\t' || byte == '\r' ||
	       byte == '\n';
}

/**
 * id_trim_text() - length of a text field without its padding
 * @bytes: the field
 * @length: its size in bytes
 *
 * Return: how many bytes are left without the trailing NUL, 0xff, blank, tab, CR and LF.
 */
size_t id_trim_text(const uint8_t *bytes, size_t length)
{
	while (length && is_padding(bytes[length - 1]))
		length--;
	return length;
}

/**
 * id_copy_text() - copy outside bytes into a member of struct id_identity
 * @text: ID_TEXT_SIZE bytes, NUL-terminated afterwards
 * @bytes: the text, without padding
 * @length: its length in bytes; what does not fit is checked, then cut off
 *
 * Return: -1, or the index of the first byte that is no printable ASCII; @text is empty then.
 */
int id_copy_text(char *text, const uint8_t *bytes, size_t length)
{
	size_t index;

	text[0] = '\0';
	for (index = 0; index < length; index++) {
		if (!is_printable_ascii(bytes[index]))
			return (int)index;
	}
	if (length > ID_TEXT_SIZE - 1)
		length = ID_TEXT_SIZE - 1;
	memcpy(text, bytes, length);
	text[length] = '\0';
	return -1;
}

/**
 * id_crc16() - CRC-16/ARC: reflected polynomial 0xa001, initial value 0, no final xor
 * @bytes: the bytes
 * @length: how many
 * @crc: 0, or the result for the bytes before these
 *
 * Return: the checksum.
 */
uint16_t id_crc16(const uint8_t *bytes, size_t length, uint16_t crc)
{
	size_t index;
	int bit;

	for (index = 0; index < length; index++) {
		crc ^= bytes[index];
		for (bit = 0; bit < 8; bit++)
			crc = (uint16_t)(crc & 1 ? crc >> 1 ^ 0xa001 : crc >> 1);
	}
	return crc;
}
