// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Writing an identity: the counterpart of the decoders. User space only.
 */
#include "encode.h"
#include "formats.h"
#include "rpi_hat.h"

/**
 * struct encoder - how one format is written
 * @name: the format
 * @encode: writes @identity into @window of @size bytes; 0, -ENOSPC, -EINVAL
 */
struct encoder {
	const char *name;
	int (*encode)(const struct id_identity *identity, uint8_t *window, size_t size);
};

static void write_le16(uint8_t *bytes, unsigned int value)
{
	bytes[0] = (uint8_t)value;
	bytes[1] = (uint8_t)(value >> 8);
}

static void write_le32(uint8_t *bytes, uint32_t value)
{
	write_le16(bytes, value & 0xffff);
	write_le16(bytes + 2, value >> 16);
}

static bool is_printable_text(const char *text)
{
	for (; *text; text++) {
		if (!is_printable_ascii((unsigned char)*text))
			return false;
	}
	return true;
}

/* A decimal number not above @limit and nothing else; an empty text is 0 where @optional. */
static int parse_decimal(const char *text, unsigned long limit, bool optional, uint32_t *value)
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

static int encode_raw(const struct id_identity *identity, uint8_t *window, size_t size)
{
	size_t length = strlen(identity->model);

	if (!length)
		return -EINVAL;
	if (length > size)
		return -ENOSPC;
	memset(window, 0, size);
	memcpy(window, identity->model, length);
	return 0;
}

static int encode_number(const struct id_identity *identity, uint8_t *window, size_t size)
{
	uint32_t number;
	size_t index;
	int error;

	if (!size || size > 4)
		return -EINVAL;
	error = parse_decimal(identity->model, 0xffffffffUL, false, &number);
	if (error)
		return error;
	if (size < 4 && number >> (8 * size))
		return -ENOSPC;
	for (index = 0; index < size; index++)
		window[index] = (uint8_t)(number >> (8 * (size - 1 - index)));
	return 0;
}

static int hexadecimal_digit(char character)
{
	if (is_decimal_digit(character))
		return character - '0';
	if (character >= 'a' && character <= 'f')
		return character - 'a' + 10;
	if (character >= 'A' && character <= 'F')
		return character - 'A' + 10;
	return -1;
}

/* "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx", or nothing for all zero, into four words. */
static int encode_uuid(const char *text, uint8_t *uuid)
{
	uint32_t words[4] = { 0 };
	int digits = 0;

	memset(uuid, 0, HAT_VENDOR_UUID_SIZE);
	if (!*text)
		return 0;
	for (; *text; text++) {
		int digit = hexadecimal_digit(*text);

		if (*text == '-' && (digits == 8 || digits == 12 || digits == 16 || digits == 20))
			continue;
		if (digit < 0 || digits == 32)
			return -EINVAL;
		words[digits / 8] = words[digits / 8] << 4 | (uint32_t)digit;
		digits++;
	}
	if (digits != 32)
		return -EINVAL;
	write_le32(uuid, words[3]);
	write_le32(uuid + 4, words[2]);
	write_le32(uuid + 8, words[1]);
	write_le32(uuid + 12, words[0]);
	return 0;
}

/* Header and checksum around @length bytes of data that are in place. The bytes of the atom. */
static size_t finish_atom(uint8_t *atom, unsigned int type, unsigned int count, size_t length)
{
	size_t end = HAT_ATOM_HEADER_SIZE + length;

	write_le16(atom + HAT_ATOM_TYPE, type);
	write_le16(atom + HAT_ATOM_COUNT, count);
	write_le32(atom + HAT_ATOM_LENGTH, (uint32_t)(length + HAT_CRC_SIZE));
	write_le16(atom + end, id_crc16(atom, end, 0));
	return end + HAT_CRC_SIZE;
}

static int write_vendor_data(const struct id_identity *identity, uint8_t *data)
{
	size_t vendor_length = strlen(identity->vendor);
	size_t product_length = strlen(identity->model);
	uint32_t revision;
	int error;

	error = parse_decimal(identity->revision, 0xffff, true, &revision);
	if (error)
		return error;
	error = encode_uuid(identity->serial, data + HAT_VENDOR_UUID);
	if (error)
		return error;
	write_le16(data + HAT_VENDOR_VERSION - 2, 0);
	write_le16(data + HAT_VENDOR_VERSION, revision);
	data[HAT_VENDOR_VENDOR_LENGTH] = (uint8_t)vendor_length;
	data[HAT_VENDOR_PRODUCT_LENGTH] = (uint8_t)product_length;
	memcpy(data + HAT_VENDOR_STRINGS, identity->vendor, vendor_length);
	memcpy(data + HAT_VENDOR_STRINGS + vendor_length, identity->model, product_length);
	return 0;
}

static int encode_hat(const struct id_identity *identity, uint8_t *window, size_t size,
		      unsigned int version)
{
	size_t vendor_size =
		HAT_VENDOR_STRINGS + strlen(identity->vendor) + strlen(identity->model);
	size_t total = HAT_HEADER_SIZE + HAT_ATOM_OVERHEAD + vendor_size;
	uint8_t *atom = window + HAT_HEADER_SIZE;
	int error;

	if (version == HAT_VERSION_V1)
		total += HAT_ATOM_OVERHEAD + HAT_GPIO_MAP_SIZE;
	if (!*identity->model)
		return -EINVAL;
	if (total > size)
		return -ENOSPC;
	error = write_vendor_data(identity, atom + HAT_ATOM_HEADER_SIZE);
	if (error)
		return error;
	atom += finish_atom(atom, HAT_TYPE_VENDOR, 0, vendor_size);
	if (version == HAT_VERSION_V1) {
		memset(atom + HAT_ATOM_HEADER_SIZE, 0, HAT_GPIO_MAP_SIZE);
		finish_atom(atom, HAT_TYPE_GPIO_MAP, 1, HAT_GPIO_MAP_SIZE);
	}
	memcpy(window, HAT_SIGNATURE, strlen(HAT_SIGNATURE));
	window[HAT_HEADER_VERSION] = (uint8_t)version;
	window[HAT_HEADER_VERSION + 1] = 0;
	write_le16(window + HAT_HEADER_ATOMS, version == HAT_VERSION_V1 ? 2 : 1);
	write_le32(window + HAT_HEADER_LENGTH, (uint32_t)total);
	return 0;
}

static int encode_hat_plus(const struct id_identity *identity, uint8_t *window, size_t size)
{
	return encode_hat(identity, window, size, HAT_VERSION_PLUS);
}

static int encode_hat_v1(const struct id_identity *identity, uint8_t *window, size_t size)
{
	return encode_hat(identity, window, size, HAT_VERSION_V1);
}

static const struct encoder encoders[] = {
	{ "raw", encode_raw },
	{ "number", encode_number },
	{ "rpi-hat", encode_hat_plus },
	{ "rpi-hat-v1", encode_hat_v1 },
};

/**
 * id_encode() - write an identity into the image of a memory
 * @format: "raw", "number", "rpi-hat" (HAT+) or "rpi-hat-v1" (decoded by "rpi-hat" as well)
 * @identity: what to write; raw and number have room for the model only, and "number" wants a
 *	decimal number; rpi-hat wants a decimal revision up to 65535 or none, and a UUID as serial
 *	or none
 * @offset: where the identity's window begins in @image, in bytes
 * @size: size of the window in bytes, 0 for all that is left of @image
 * @image: the memory's content, changed in the window only
 * @image_size: size of @image in bytes
 *
 * Return: 0; -ENOENT when there is no such format; -ENOSPC when the identity does not fit into the
 * window, or the window not into the image; -EINVAL when the format cannot express the identity.
 * After an error the content of the window is undefined.
 */
int id_encode(const char *format, const struct id_identity *identity, unsigned int offset,
	      unsigned int size, void *image, size_t image_size)
{
	size_t index;

	for (index = 0; index < ARRAY_SIZE(encoders); index++) {
		if (strcmp(encoders[index].name, format))
			continue;
		if (offset > image_size || size > image_size - offset)
			return -ENOSPC;
		if (!is_printable_text(identity->vendor) || !is_printable_text(identity->model))
			return -EINVAL;
		return encoders[index].encode(identity, (uint8_t *)image + offset,
					      size ? size : image_size - offset);
	}
	return -ENOENT;
}
