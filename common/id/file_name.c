// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * From an identity to the name of a firmware file. The identity is outside data, the name must not
 * be: it can select a file below one directory and nothing else.
 */
#include "id.h"

/**
 * struct name_writer - a name that grows in a buffer
 * @name: the buffer, NUL-terminated after each step
 * @size: its size in bytes
 * @length: characters in it so far
 */
struct name_writer {
	char *name;
	size_t size;
	size_t length;
};

static int append(struct name_writer *writer, char character)
{
	if (writer->length + 1 >= writer->size)
		return -ENOSPC;
	writer->name[writer->length++] = character;
	writer->name[writer->length] = '\0';
	return 0;
}

static char reduce(char character)
{
	if (character >= 'A' && character <= 'Z')
		return (char)(character - 'A' + 'a');
	if ((character >= 'a' && character <= 'z') || is_decimal_digit(character) ||
	    character == '.' || character == '_')
		return character;
	return '-';
}

/*
 * Appends @text reduced to [a-z0-9._-]: no '.' or '-' at its beginning, no '-' at its end and never
 * two of them in a row. -ENOENT when nothing is left of it.
 */
static int append_part(struct name_writer *writer, const char *text)
{
	bool written = false;
	bool dash = false;
	int error;

	for (; *text; text++) {
		char character = reduce(*text);

		if (character == '-') {
			dash = written;
			continue;
		}
		if (character == '.' && !written)
			continue;
		if (dash) {
			error = append(writer, '-');
			if (error)
				return error;
			dash = false;
		}
		error = append(writer, character);
		if (error)
			return error;
		written = true;
	}
	return written ? 0 : -ENOENT;
}

static int append_all(struct name_writer *writer, const struct id_identity *identity,
		      enum id_specificity specificity)
{
	int error = 0;

	if (specificity != ID_MODEL) {
		error = append_part(writer, identity->vendor);
		if (!error)
			error = append(writer, '-');
	}
	if (!error)
		error = append_part(writer, identity->model);
	if (!error && specificity == ID_VENDOR_MODEL_REVISION) {
		error = append(writer, '@');
		if (!error)
			error = append_part(writer, identity->revision);
	}
	return error;
}

/**
 * id_file_name() - the stem of the firmware file that describes an add-on
 * @identity: what the add-on says of itself
 * @specificity: how much of it to use
 * @name: where the stem goes
 * @size: size of @name in bytes
 *
 * Each part is put into lower case; each run of characters outside [a-z0-9._] becomes one '-'; a
 * part neither begins with '.' or '-' nor ends with '-'. So the stem consists of [a-z0-9._-] and
 * at most one '@', never begins with '.', and holds no '/'.
 *
 * Return: 0; -ENOENT when the identity lacks a part that this name needs, nothing usable is left of
 * that part, or the stem would be "id", which is the ID overlay's; -ENOSPC when @size is too small.
 * @name is empty after an error, if @size is not 0.
 */
int id_file_name(const struct id_identity *identity, enum id_specificity specificity, char *name,
		 size_t size)
{
	struct name_writer writer = { .name = name, .size = size };
	int error;

	if (!size)
		return -ENOSPC;
	name[0] = '\0';
	error = append_all(&writer, identity, specificity);
	if (!error && !strcmp(name, "id"))
		error = -ENOENT;
	if (error)
		name[0] = '\0';
	return error;
}

/**
 * id_is_model() - can this text name a model, when it is given instead of read?
 * @text: outside data
 *
 * User space reads the name again as it was written, so it must be printable ASCII.
 *
 * Return: true if it is printable, fits struct id_identity, and has a file name of its own.
 */
bool id_is_model(const char *text)
{
	struct id_identity identity = {};
	char name[ID_TEXT_SIZE];
	size_t length = strlen(text);
	size_t i;

	if (length >= sizeof(identity.model))
		return false;
	for (i = 0; i < length; i++) {
		if (!is_printable_ascii((unsigned char)text[i]))
			return false;
	}
	memcpy(identity.model, text, length + 1);
	return !id_file_name(&identity, ID_MODEL, name, sizeof(name));
}
