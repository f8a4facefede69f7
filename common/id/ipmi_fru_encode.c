// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Writing identity format "ipmi-fru". User space only.
 *
 * The board area has vendor, model and serial number; only where there is a revision does a
 * product area follow, which has it. Text is eight-bit ASCII; the time of manufacture is left
 * unspecified.
 */
#include "encode.h"
#include "ipmi_fru.h"

/**
 * struct fru_writer - an area that grows
 * @area: its first byte
 * @room: how many bytes there are for it
 * @length: how many are used
 */
struct fru_writer {
	uint8_t *area;
	size_t room;
	size_t length;
};

static void put_byte(struct fru_writer *writer, unsigned int byte)
{
	if (writer->length < writer->room)
		writer->area[writer->length] = (uint8_t)byte;
	writer->length++;
}

/* A single character gets a blank behind it: with length 1 it would be the end of the fields. */
static void put_text(struct fru_writer *writer, const char *text)
{
	size_t length = strlen(text);
	size_t padding = length == 1;

	put_byte(writer, FRU_FIELD_TEXT << FRU_FIELD_TYPE_SHIFT | (unsigned int)(length + padding));
	for (; *text; text++)
		put_byte(writer, (unsigned char)*text);
	if (padding)
		put_byte(writer, ' ');
}

static void write_checksum(uint8_t *bytes, size_t length)
{
	uint8_t sum = 0;
	size_t index;

	for (index = 0; index < length - 1; index++)
		sum = (uint8_t)(sum + bytes[index]);
	bytes[length - 1] = (uint8_t)-sum;
}

/* The area's size in units, or -ENOSPC. */
static int write_area(uint8_t *area, size_t room, unsigned int fields, const char *const *texts,
		      size_t count)
{
	struct fru_writer writer = { .area = area, .room = room };
	size_t index, units;

	put_byte(&writer, FRU_VERSION);
	while (writer.length < fields)
		put_byte(&writer, 0);
	for (index = 0; index < count; index++)
		put_text(&writer, texts[index]);
	put_byte(&writer, FRU_FIELDS_END);
	units = writer.length / FRU_UNIT + 1;
	while (writer.length < units * FRU_UNIT)
		put_byte(&writer, 0);
	if (writer.length > room)
		return -ENOSPC;
	area[FRU_AREA_LENGTH] = (uint8_t)units;
	write_checksum(area, writer.length);
	return (int)units;
}

static int encode_fru(const struct id_identity *identity, uint8_t *window, size_t size)
{
	/* Part number and file id are empty. */
	const char *const board[] = { identity->vendor, identity->model, identity->serial, "", "" };
	const char *const product[] = {
		identity->vendor, identity->model, "", identity->revision, identity->serial, "", ""
	};
	size_t start = FRU_HEADER_SIZE;
	int units;

	if (!*identity->model)
		return -EINVAL;
	if (size < start)
		return -ENOSPC;
	memset(window, 0, FRU_HEADER_SIZE);
	window[0] = FRU_VERSION;
	window[FRU_HEADER_BOARD] = (uint8_t)(start / FRU_UNIT);
	units = write_area(window + start, size - start, FRU_BOARD_FIELDS, board,
			   ARRAY_SIZE(board));
	if (units < 0)
		return units;
	start += (size_t)units * FRU_UNIT;
	if (*identity->revision) {
		window[FRU_HEADER_PRODUCT] = (uint8_t)(start / FRU_UNIT);
		units = write_area(window + start, size - start, FRU_PRODUCT_FIELDS, product,
				   ARRAY_SIZE(product));
		if (units < 0)
			return units;
		start += (size_t)units * FRU_UNIT;
	}
	write_checksum(window, FRU_HEADER_SIZE);
	return (int)start;
}

const struct id_encoder id_encoder_ipmi_fru = {
	.name = "ipmi-fru",
	.encode = encode_fru,
};
