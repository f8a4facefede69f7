// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Writing an identity: the table of encoders and what they share. User space only.
 */
#include "encode.h"

static const struct id_encoder *const encoders[] = {
#define X(name) &id_encoder_##name,
	ID_ENCODERS(X)
#undef X
};

static bool is_printable_text(const char *text)
{
	for (; *text; text++) {
		if (!is_printable_ascii((unsigned char)*text))
			return false;
	}
	return true;
}

static bool is_printable_identity(const struct id_identity *identity)
{
	return is_printable_text(identity->vendor) && is_printable_text(identity->model) &&
	       is_printable_text(identity->revision) && is_printable_text(identity->serial);
}

/**
 * id_parse_decimal() - for encoders: a decimal number and nothing else
 * @text: the text
 * @limit: the largest number that there is room for
 * @optional: whether an empty text is right, and 0
 * @value: the number
 *
 * Return: 0 or -EINVAL.
 */
int id_parse_decimal(const char *text, unsigned long limit, bool optional, uint32_t *value)
{
	uint64_t number = 0;

	if (!*text && !optional)
		return -EINVAL;
	for (; *text; text++) {
		if (!is_decimal_digit(*text))
			return -EINVAL;
		number = number * 10 + (uint64_t)(*text - '0');
		if (number > limit)
			return -EINVAL;
	}
	*value = (uint32_t)number;
	return 0;
}

/**
 * id_write_field() - for encoders: a text field of fixed size
 * @field: the field, padded with NUL
 * @size: its size in bytes
 * @text: the text
 *
 * Return: 0, or -ENOSPC when @text is longer.
 */
int id_write_field(uint8_t *field, size_t size, const char *text)
{
	size_t length = strlen(text);

	if (length > size)
		return -ENOSPC;
	memset(field, 0, size);
	memcpy(field, text, length);
	return 0;
}

/**
 * id_encoder_find() - look an encoder up
 * @name: its name
 *
 * Return: the encoder, NULL if there is none of that name.
 */
const struct id_encoder *id_encoder_find(const char *name)
{
	size_t index;

	for (index = 0; index < ARRAY_SIZE(encoders); index++) {
		if (!strcmp(encoders[index]->name, name))
			return encoders[index];
	}
	return NULL;
}

/**
 * id_encode() - write an identity into the image of a memory
 * @format: name of an encoder
 * @identity: what to write, printable ASCII
 * @offset: where the identity's window begins in @image, in bytes
 * @size: size of the window in bytes, 0 for all that is left of @image
 * @image: the memory's content, changed in the window only
 * @image_size: size of @image in bytes
 *
 * Return: how many bytes of the window were written, from its beginning; -ENOENT when there is no
 * such format; -ENOSPC when the identity does not fit into the window, or the window not into the
 * image; -EINVAL when the format cannot express the identity. After an error the content of the
 * window is undefined.
 */
int id_encode(const char *format, const struct id_identity *identity, unsigned int offset,
	      unsigned int size, void *image, size_t image_size)
{
	const struct id_encoder *encoder = id_encoder_find(format);

	if (!encoder)
		return -ENOENT;
	if (offset > image_size || size > image_size - offset)
		return -ENOSPC;
	if (!is_printable_identity(identity))
		return -EINVAL;
	return encoder->encode(identity, (uint8_t *)image + offset,
			       size ? size : image_size - offset);
}
