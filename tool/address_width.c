// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Does an EEPROM want one address byte or two? Found out without sending it a byte of data.
 *
 * A second byte is part of the address for one kind of part and data to be written for the other,
 * so that nobody may send it who does not know. One byte is safe: where two are expected, it is
 * half an address. Hence only one byte is sent here, followed by reading. If the same byte always
 * gives the same data and another byte gives them from another place, as it should be with 8-bit
 * addresses, then it has those. If it does not, the byte selects nothing: the part waits for a
 * second one. A part with 16-bit addresses either goes on reading where it was, or takes the byte
 * for the upper half; both differ from that, unless what is stored is alike in all places.
 */
#include <errno.h>
#include <string.h>

#include "address_width.h"

#define BLOCK 256
/* All of the largest part, in case that most of it is empty. */
#define ROUNDS_MAX 256
#define ROUNDS_MIN 3
#define PROBE 16
#define PROBES_MAX 16

static bool is_uniform(const uint8_t *bytes)
{
	return !memcmp(bytes, bytes + 1, BLOCK - 1);
}

/* Does address 0 always give the same? 1, 0 or negative errno. */
static int repeats(struct i2c_part *part, uint8_t *block)
{
	uint8_t again[BLOCK];
	unsigned int round;
	int error = i2c_part_read8(part, 0, block, BLOCK);

	for (round = 1; !error && round < ROUNDS_MAX; round++) {
		if (round >= ROUNDS_MIN && !is_uniform(block))
			break;
		error = i2c_part_read8(part, 0, again, BLOCK);
		if (!error && memcmp(block, again, BLOCK))
			return 0;
	}
	return error ? error : 1;
}

/*
 * Does an address select its place? Tried where neighbours differ, from the last such place to the
 * first, since a part that just goes on reading gives them the other way round. 1; 0; -ENODATA when
 * there is no such place; another negative errno.
 */
static int selects(struct i2c_part *part, const uint8_t *block)
{
	unsigned int at, probes = 0;
	uint8_t bytes[PROBE];
	int error;

	for (at = BLOCK - PROBE; at > 0 && probes < PROBES_MAX; at--) {
		if (block[at] == block[at + 1])
			continue;
		error = i2c_part_read8(part, at, bytes, PROBE);
		if (error)
			return error;
		if (memcmp(bytes, block + at, PROBE))
			return 0;
		probes++;
	}
	return probes ? 1 : -ENODATA;
}

static int find_once(struct i2c_part *part, struct address_width *width)
{
	uint8_t block[BLOCK];
	int ret = repeats(part, block);

	*width = (struct address_width){ .bits = 0 };
	if (ret > 0 && is_uniform(block)) {
		width->uniform = true;
		width->filler = block[0];
		return 0;
	}
	if (ret > 0)
		ret = selects(part, block);
	if (ret < 0)
		return ret == -ENODATA ? 0 : ret;
	width->bits = ret ? 8 : 16;
	return 0;
}

/**
 * address_width_find() - find out the width of a part's addresses
 * @part: the part, which nobody else may use meanwhile
 * @width: filled
 *
 * No data are written into the part, whichever it is. It has to be an EEPROM; what it holds must
 * not change by itself.
 *
 * Return: 0, also when it cannot be told; negative errno when the part does not answer.
 */
int address_width_find(struct i2c_part *part, struct address_width *width)
{
	struct address_width again;
	int error = find_once(part, width);

	/* That it has no 8-bit addresses could be a disturbance, too; that comes but once. */
	if (error || width->bits != 16)
		return error;
	error = find_once(part, &again);
	if (!error && again.bits != width->bits)
		width->bits = 0;
	return error;
}

/**
 * address_width_prove16() - prove that an empty part has 16-bit addresses, by writing one byte
 * @part: the part, all of whose bytes are alike
 * @filler: what they are
 *
 * A byte is written at an address whose lower half is @filler. In a part with 8-bit addresses that
 * lower half would land as data where the same stands already, and the byte behind it; it is then
 * seen there, and put back.
 *
 * Return: 0; -EPROTO when it has 8-bit addresses; -EROFS when nothing can be written; another
 * negative errno.
 */
int address_width_prove16(struct i2c_part *part, uint8_t filler)
{
	const uint8_t mark = (uint8_t)~filler;
	const uint8_t message[] = { 0, filler, mark };
	const uint8_t restored16[] = { 0, filler, filler };
	const uint8_t restored8[] = { 1, filler };
	uint8_t byte;
	int error = i2c_part_write(part, message, sizeof(message));

	if (!error)
		error = i2c_part_read8(part, 1, &byte, 1);
	if (error)
		return error;
	if (byte == mark) {
		error = i2c_part_write(part, restored8, sizeof(restored8));
		return error ? error : -EPROTO;
	}
	error = i2c_part_read16(part, filler, &byte, 1);
	if (error)
		return error;
	if (byte != mark)
		return -EROFS;
	return i2c_part_write(part, restored16, sizeof(restored16));
}
