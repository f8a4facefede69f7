// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Writing identity format "rpi-hat": HAT+ as "rpi-hat", V1 as "rpi-hat-v1". User space only.
 */
#include "encode.h"
#include "formats.h"
#include "rpi_hat.h"

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

	error = id_parse_decimal(identity->revision, 0xffff, true, &revision);
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
	return (int)total;
}

static int encode_hat_plus(const struct id_identity *identity, uint8_t *window, size_t size)
{
	return encode_hat(identity, window, size, HAT_VERSION_PLUS);
}

static int encode_hat_v1(const struct id_identity *identity, uint8_t *window, size_t size)
{
	return encode_hat(identity, window, size, HAT_VERSION_V1);
}

const struct id_encoder id_encoder_rpi_hat = {
	.name = "rpi-hat",
	.encode = encode_hat_plus,
};

const struct id_encoder id_encoder_rpi_hat_v1 = {
	.name = "rpi-hat-v1",
	.encode = encode_hat_v1,
};
