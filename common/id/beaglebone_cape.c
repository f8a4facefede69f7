// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Identity format "beaglebone-cape": the ID EEPROM of a BeagleBone cape, A0 or A1. Layout:
 * beaglebone_cape.h.
 *
 * The model is the part number, as for the names of the overlays of capes. Six bytes are read to
 * see what it is, then version to serial number; neither the board's long name nor the pins.
 */
#include "beaglebone_cape.h"
#include "formats.h"

#define START_SIZE (CAPE_FORMAT + CAPE_FORMAT_SIZE)
#define TEXTS CAPE_VERSION
#define TEXTS_SIZE (CAPE_SERIAL + CAPE_SERIAL_SIZE - TEXTS)

/**
 * struct cape_texts - the text fields of a cape
 * @bytes: version to serial number
 * @problem: what is wrong with them
 */
struct cape_texts {
	uint8_t bytes[TEXTS_SIZE];
	struct id_problem *problem;
};

/* Something with the signature of a cape, but another format behind it: what? */
static const char *name_of_other(uint8_t byte)
{
	if (byte == CAPE_K3_BOARD_ID)
		return "a board of TI's K3 family, no cape";
	if (is_printable_ascii(byte))
		return "a base board by TI, no cape, or a format later than A1";
	return "the format is neither A0 nor A1";
}

static enum id_verdict check_start(const uint8_t *start, size_t length, struct id_problem *problem)
{
	enum id_verdict verdict;

	if (length >= CAPE_SIGNATURE_SIZE &&
	    !memcmp(start, CAPE_SIGNATURE_REVERSED, CAPE_SIGNATURE_SIZE))
		return id_problem_at(problem, ID_UNKNOWN_FORMAT, 0,
				     "a base board of TI's DRA7 family, no cape");
	verdict = id_check_signature(start, length, CAPE_SIGNATURE, problem);
	if (verdict != ID_GOOD)
		return verdict;
	if (length < START_SIZE)
		return id_problem_at(problem, ID_CORRUPT, (unsigned int)length,
				     "the image is cut off");
	if (memcmp(start + CAPE_FORMAT, CAPE_FORMAT_A0, CAPE_FORMAT_SIZE) &&
	    memcmp(start + CAPE_FORMAT, CAPE_FORMAT_A1, CAPE_FORMAT_SIZE))
		return id_problem_at(problem, ID_UNKNOWN_FORMAT, CAPE_FORMAT,
				     name_of_other(start[CAPE_FORMAT]));
	return ID_GOOD;
}

static enum id_verdict read_texts(const struct id_source *source, struct cape_texts *texts)
{
	uint8_t start[START_SIZE];
	size_t length = source->size < sizeof(start) ? source->size : sizeof(start);
	enum id_verdict verdict;

	if (!length)
		return id_problem_at(texts->problem, ID_UNKNOWN_FORMAT, 0, "the window is empty");
	verdict = id_read(source, 0, start, length, texts->problem);
	if (verdict == ID_GOOD)
		verdict = check_start(start, length, texts->problem);
	if (verdict != ID_GOOD)
		return verdict;
	if (source->size < TEXTS + TEXTS_SIZE)
		return id_problem_at(texts->problem, ID_CORRUPT, source->size,
				     "the image is cut off");
	return id_read(source, TEXTS, texts->bytes, TEXTS_SIZE, texts->problem);
}

static enum id_verdict take(const struct cape_texts *texts, char *text, unsigned int offset,
			    size_t length)
{
	return id_take_text(text, texts->bytes + offset - TEXTS, length, offset, texts->problem);
}

/* Padded with dots besides what pads any text, since the manual writes it so. */
static enum id_verdict take_part_number(const struct cape_texts *texts, char *text)
{
	const uint8_t *field = texts->bytes + CAPE_PART_NUMBER - TEXTS;
	size_t length = id_trim_text(field, CAPE_PART_NUMBER_SIZE);

	while (length && field[length - 1] == '.')
		length = id_trim_text(field, length - 1);
	if (!length)
		return id_problem_at(texts->problem, ID_CORRUPT, CAPE_PART_NUMBER,
				     "the part number is empty");
	return take(texts, text, CAPE_PART_NUMBER, length);
}

static enum id_verdict take_all(const struct cape_texts *texts, struct id_identity *identity)
{
	enum id_verdict verdict;

	verdict = take(texts, identity->revision, CAPE_VERSION, CAPE_VERSION_SIZE);
	if (verdict == ID_GOOD)
		verdict = take(texts, identity->vendor, CAPE_MANUFACTURER, CAPE_MANUFACTURER_SIZE);
	if (verdict == ID_GOOD)
		verdict = take_part_number(texts, identity->model);
	if (verdict == ID_GOOD)
		verdict = take(texts, identity->serial, CAPE_SERIAL, CAPE_SERIAL_SIZE);
	return verdict;
}

static enum id_verdict cape_decode(const struct id_source *source, struct id_identity *identity,
				   struct id_problem *problem)
{
	struct cape_texts texts = { .problem = problem };
	enum id_verdict verdict;

	memset(identity, 0, sizeof(*identity));
	verdict = read_texts(source, &texts);
	if (verdict == ID_GOOD)
		verdict = take_all(&texts, identity);
	if (verdict != ID_GOOD)
		memset(identity, 0, sizeof(*identity));
	return verdict;
}

const struct id_format id_format_beaglebone_cape = {
	.name = "beaglebone-cape",
	.decode = cape_decode,
};
