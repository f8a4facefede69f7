// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Identity format "ipmi-fru": board and product area of an IPMI FRU memory. Layout: ipmi_fru.h.
 *
 * The board area says who it is; the product area says what the board area does not: the version,
 * and all of it where there is no board area. An area is read once and in pieces, since it may be
 * as large as a kernel stack likes to see in use, and no other area is read at all.
 */
#include "formats.h"
#include "ipmi_fru.h"

#define CHUNK_SIZE 32
#define BOARD_TEXTS 4
#define PRODUCT_TEXTS 5

/**
 * struct fru_area - an area on its way through the decoder
 * @source: where its bytes come from
 * @problem: what is wrong with it
 * @start: offset of its first byte
 * @size: its size in bytes with the checksum; 0 as long as it is not known
 * @position: how many bytes are taken
 * @filled: how many bytes have been read
 * @sum: sum of the bytes taken
 * @chunk: the latest of the bytes read
 * @chunk_start: which one is the first in @chunk
 */
struct fru_area {
	const struct id_source *source;
	struct id_problem *problem;
	unsigned int start;
	unsigned int size;
	unsigned int position;
	unsigned int filled;
	uint8_t sum;
	uint8_t chunk[CHUNK_SIZE];
	unsigned int chunk_start;
};

static enum id_verdict corrupt_at(const struct fru_area *area, unsigned int position,
				  const char *what)
{
	return id_problem_at(area->problem, ID_CORRUPT, area->start + position, what);
}

static enum id_verdict read_chunk(struct fru_area *area, unsigned int length)
{
	enum id_verdict verdict = id_read(area->source, area->start + area->filled, area->chunk,
					  length, area->problem);

	area->chunk_start = area->filled;
	area->filled += length;
	return verdict;
}

/* The next byte; there must be one. */
static enum id_verdict take_byte(struct fru_area *area, uint8_t *byte)
{
	unsigned int left = area->size - area->position;
	enum id_verdict verdict;

	if (area->position == area->filled) {
		verdict = read_chunk(area, left < CHUNK_SIZE ? left : CHUNK_SIZE);
		if (verdict != ID_GOOD)
			return verdict;
	}
	*byte = area->chunk[area->position - area->chunk_start];
	area->sum = (uint8_t)(area->sum + *byte);
	area->position++;
	return ID_GOOD;
}

/* Reads the first bytes of an area that begins inside the source, and finds out its size. */
static enum id_verdict open_area(struct fru_area *area)
{
	unsigned int room = area->source->size - area->start;
	enum id_verdict verdict;

	if (room < FRU_UNIT)
		return corrupt_at(area, room, "an area begins too near to the end");
	verdict = read_chunk(area, FRU_UNIT);
	if (verdict != ID_GOOD)
		return verdict;
	area->size = area->chunk[FRU_AREA_LENGTH] * FRU_UNIT;
	if (!area->size || area->size > room)
		return corrupt_at(area, FRU_AREA_LENGTH, "the length of an area is not plausible");
	return ID_GOOD;
}

static unsigned int field_characters(unsigned int type, unsigned int length)
{
	switch (type) {
	case FRU_FIELD_BINARY:
	case FRU_FIELD_BCD_PLUS:
		return length * 2;
	case FRU_FIELD_SIX_BIT:
		return length * 8 / 6;
	default:
		return length;
	}
}

static unsigned int six_bits(const uint8_t *bytes, unsigned int index)
{
	unsigned int bit = index * 6;
	unsigned int value = bytes[bit / 8] >> bit % 8;

	if (bit % 8 > 2)
		value |= (unsigned int)bytes[bit / 8 + 1] << (8 - bit % 8);
	return value & 0x3f;
}

/* Latin-1 beyond ASCII is right here, but has no place in an identity. */
static char latin1(uint8_t byte)
{
	if (byte >= 0xa0)
		return '?';
	return is_printable_ascii(byte) ? (char)byte : '\0';
}

/* One character of a field as ASCII; NUL if it is none. */
static char field_character(unsigned int type, const uint8_t *bytes, unsigned int index)
{
	unsigned int half = index % 2 ? bytes[index / 2] & 0xf : bytes[index / 2] >> 4;

	switch (type) {
	case FRU_FIELD_BINARY:
		return "0123456789abcdef"[half];
	case FRU_FIELD_BCD_PLUS:
		return half < 13 ? "0123456789 -."[half] : '\0';
	case FRU_FIELD_SIX_BIT:
		return (char)(0x20 + six_bits(bytes, index));
	default:
		return latin1(bytes[index]);
	}
}

/* The field of @length bytes that ends at the area's position. */
static enum id_verdict decode_field(const struct fru_area *area, unsigned int type,
				    const uint8_t *bytes, unsigned int length, char *text)
{
	unsigned int start = area->position - length;
	unsigned int count, index;

	if (type == FRU_FIELD_TEXT)
		length = (unsigned int)id_trim_text(bytes, length);
	count = field_characters(type, length);
	for (index = 0; index < count; index++) {
		char character = field_character(type, bytes, index);

		if (!character)
			return corrupt_at(area, start + index * length / count,
					  "a character is not printable");
		if (index < ID_TEXT_SIZE - 1)
			text[index] = character;
	}
	if (count > ID_TEXT_SIZE - 1)
		count = ID_TEXT_SIZE - 1;
	while (count && text[count - 1] == ' ')
		count--;
	text[count] = '\0';
	return ID_GOOD;
}

/* Takes the fields until their end; the first @count become @texts, where that is not NULL. */
static enum id_verdict take_fields(struct fru_area *area, char *const *texts, unsigned int count)
{
	uint8_t type_length, bytes[FRU_FIELD_LENGTH_MASK];
	unsigned int number, length, index;
	enum id_verdict verdict;

	for (number = 0;; number++) {
		if (area->position >= area->size - 1)
			return corrupt_at(area, area->size - 1, "the end of the fields is missing");
		verdict = take_byte(area, &type_length);
		if (verdict != ID_GOOD || type_length == FRU_FIELDS_END)
			return verdict;
		length = type_length & FRU_FIELD_LENGTH_MASK;
		if (length > area->size - 1 - area->position)
			return corrupt_at(area, area->position - 1,
					  "a field is longer than its area");
		for (index = 0; verdict == ID_GOOD && index < length; index++)
			verdict = take_byte(area, &bytes[index]);
		if (verdict == ID_GOOD && number < count && texts[number])
			verdict = decode_field(area, type_length >> FRU_FIELD_TYPE_SHIFT, bytes,
					       length, texts[number]);
		if (verdict != ID_GOOD)
			return verdict;
	}
}

static enum id_verdict take_area(struct fru_area *area, unsigned int fields, char *const *texts,
				 unsigned int count)
{
	unsigned int language = area->chunk[FRU_AREA_LANGUAGE];
	enum id_verdict verdict = ID_GOOD;
	uint8_t byte;

	if (area->chunk[0] != FRU_VERSION)
		return id_problem_at(area->problem, ID_UNKNOWN_FORMAT, area->start,
				     "the format version of an area is not known");
	/* Text in other languages has two bytes for each character. */
	if (language != FRU_LANGUAGE_DEFAULT && language != FRU_LANGUAGE_ENGLISH)
		return id_problem_at(area->problem, ID_UNKNOWN_FORMAT,
				     area->start + FRU_AREA_LANGUAGE,
				     "the language of an area is not English");
	while (verdict == ID_GOOD && area->position < fields)
		verdict = take_byte(area, &byte);
	return verdict == ID_GOOD ? take_fields(area, texts, count) : verdict;
}

/*
 * Reads the area that begins at @unit. What is wrong with its content counts only if its checksum
 * is right: else its content is not what was written.
 */
static enum id_verdict read_area(struct fru_area *area, uint8_t unit, unsigned int fields,
				 char *const *texts, unsigned int count)
{
	enum id_verdict verdict, content;
	struct id_problem problem;
	uint8_t byte;

	area->start = (unsigned int)unit * FRU_UNIT;
	if (area->start >= area->source->size)
		return id_problem_at(area->problem, ID_CORRUPT,
				     fields == FRU_BOARD_FIELDS ? FRU_HEADER_BOARD :
								  FRU_HEADER_PRODUCT,
				     "an area is said to begin behind the end");
	verdict = open_area(area);
	if (verdict != ID_GOOD)
		return verdict;
	content = take_area(area, fields, texts, count);
	if (content == ID_ABSENT)
		return content;
	problem = *area->problem;
	while (area->position < area->size) {
		verdict = take_byte(area, &byte);
		if (verdict != ID_GOOD)
			return verdict;
	}
	if (area->sum)
		return corrupt_at(area, area->size - 1, "the checksum of an area is wrong");
	*area->problem = problem;
	return content;
}

static enum id_verdict read_header(const struct id_source *source, uint8_t *header,
				   struct id_problem *problem)
{
	size_t length = source->size < FRU_HEADER_SIZE ? source->size : FRU_HEADER_SIZE;
	enum id_verdict verdict;
	uint8_t sum = 0;
	size_t index;

	if (!length)
		return id_problem_at(problem, ID_UNKNOWN_FORMAT, 0, "the window is empty");
	verdict = id_read(source, 0, header, length, problem);
	if (verdict == ID_GOOD)
		verdict = id_check_signature(header, length, (const char[]){ FRU_VERSION, 0 },
					     problem);
	if (verdict != ID_GOOD)
		return verdict;
	if (length < FRU_HEADER_SIZE)
		return id_problem_at(problem, ID_CORRUPT, (unsigned int)length,
				     "the image is cut off");
	for (index = 0; index < FRU_HEADER_SIZE; index++)
		sum = (uint8_t)(sum + header[index]);
	if (sum)
		return id_problem_at(problem, ID_CORRUPT, FRU_HEADER_CHECKSUM,
				     "the checksum of the header is wrong");
	return ID_GOOD;
}

static void fill(char *text, const char *other)
{
	if (!text[0])
		memcpy(text, other, ID_TEXT_SIZE);
}

static enum id_verdict read_board(const struct id_source *source, uint8_t unit,
				  struct id_identity *identity, struct id_problem *problem)
{
	struct fru_area area = { .source = source, .problem = problem };
	char part_number[ID_TEXT_SIZE] = "";
	char *const texts[BOARD_TEXTS] = { identity->vendor, identity->model, identity->serial,
					   part_number };
	enum id_verdict verdict = read_area(&area, unit, FRU_BOARD_FIELDS, texts, BOARD_TEXTS);

	fill(identity->model, part_number);
	return verdict;
}

static enum id_verdict read_product(const struct id_source *source, uint8_t unit,
				    struct id_identity *identity, struct id_problem *problem)
{
	struct fru_area area = { .source = source, .problem = problem };
	struct id_identity product = { .vendor = "" };
	char part_number[ID_TEXT_SIZE] = "";
	char *const texts[PRODUCT_TEXTS] = { product.vendor, product.model, part_number,
					     product.revision, product.serial };
	enum id_verdict verdict = read_area(&area, unit, FRU_PRODUCT_FIELDS, texts, PRODUCT_TEXTS);

	fill(product.model, part_number);
	fill(identity->vendor, product.vendor);
	fill(identity->model, product.model);
	fill(identity->revision, product.revision);
	fill(identity->serial, product.serial);
	return verdict;
}

static enum id_verdict decode(const struct id_source *source, struct id_identity *identity,
			      struct id_problem *problem)
{
	uint8_t header[FRU_HEADER_SIZE];
	enum id_verdict verdict = read_header(source, header, problem);

	if (verdict == ID_GOOD && header[FRU_HEADER_BOARD])
		verdict = read_board(source, header[FRU_HEADER_BOARD], identity, problem);
	if (verdict == ID_GOOD && header[FRU_HEADER_PRODUCT])
		verdict = read_product(source, header[FRU_HEADER_PRODUCT], identity, problem);
	if (verdict == ID_GOOD && !identity->model[0])
		return id_problem_at(problem, ID_CORRUPT, FRU_HEADER_BOARD, "no area names it");
	return verdict;
}

static enum id_verdict fru_decode(const struct id_source *source, struct id_identity *identity,
				  struct id_problem *problem)
{
	enum id_verdict verdict;

	memset(identity, 0, sizeof(*identity));
	verdict = decode(source, identity, problem);
	if (verdict != ID_GOOD)
		memset(identity, 0, sizeof(*identity));
	return verdict;
}

const struct id_format id_format_ipmi_fru = {
	.name = "ipmi-fru",
	.decode = fru_decode,
};
