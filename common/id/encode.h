/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Writing an identity, for the emulated hardware and the tool. User space only.
 *
 * An encoder is one struct id_encoder beside its decoder and one line in ID_ENCODERS().
 */
#ifndef PLUGTREE_ID_ENCODE_H
#define PLUGTREE_ID_ENCODE_H

#include "id.h"

/**
 * struct id_encoder - how one format is written
 * @name: the format, or a variant of one
 * @encode: writes @identity, all of it printable ASCII, into @window of @size bytes; how many it
 *	wrote, -ENOSPC when it does not fit, -EINVAL when the format cannot express it
 */
struct id_encoder {
	const char *name;
	int (*encode)(const struct id_identity *identity, uint8_t *window, size_t size);
};

/* clang-format off */
/* X(name): a file defines id_encoder_<name>. */
#define ID_ENCODERS(X) \
	X(raw) \
	X(number) \
	X(rpi_hat) \
	X(rpi_hat_v1) \
	X(beaglebone_cape) \
	X(ipmi_fru) \
	X(mikrobus_click)
/* clang-format on */

#define X(name) extern const struct id_encoder id_encoder_##name;
ID_ENCODERS(X)
#undef X

int id_parse_decimal(const char *text, unsigned long limit, bool optional, uint32_t *value);
int id_write_field(uint8_t *field, size_t size, const char *text);
const struct id_encoder *id_encoder_find(const char *name);
int id_encode(const char *format, const struct id_identity *identity, unsigned int offset,
	      unsigned int size, void *image, size_t image_size);

static inline void write_le16(uint8_t *bytes, unsigned int value)
{
	bytes[0] = (uint8_t)value;
	bytes[1] = (uint8_t)(value >> 8);
}

static inline void write_le32(uint8_t *bytes, uint32_t value)
{
	write_le16(bytes, value & 0xffff);
	write_le16(bytes + 2, value >> 16);
}

#endif
