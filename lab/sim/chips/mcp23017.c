// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * MCP23017: 16 lines with switchable pull-ups (Microchip DS20001952).
 *
 * Registers in pairs for ports A and B, as they are numbered after power-on (IOCON.BANK is 0). The
 * interrupts are not modelled: what is written to their registers is kept, none is ever pending.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/chips/chips.h"
#include "lab/words.h"

enum {
	PAIR_DIRECTION,
	PAIR_POLARITY,
	PAIR_INTERRUPT_ENABLE,
	PAIR_DEFAULT,
	PAIR_INTERRUPT_CONTROL,
	PAIR_CONFIGURATION,
	PAIR_PULL_UP,
	PAIR_INTERRUPT_FLAG,
	PAIR_INTERRUPT_CAPTURE,
	PAIR_PORT,
	PAIR_OUTPUT,
	PAIRS
};

#define LINES 16
#define CONFIGURATION_SEQUENTIAL_OFF 0x20
#define CONFIGURATION_BITS 0x7e

/**
 * struct mcp23017 - the expander
 * @chip: the chip
 * @pairs: the registers, port A in the low byte
 * @driven: lines that are driven from outside
 * @outside: levels that they are driven to
 * @pointer: register that is read or written next
 */
struct mcp23017 {
	struct chip chip;
	uint16_t pairs[PAIRS];
	uint16_t driven;
	uint16_t outside;
	unsigned int pointer;
};

static void mcp23017_reset(struct chip *chip)
{
	struct mcp23017 *mcp23017 = (struct mcp23017 *)chip;

	memset(mcp23017->pairs, 0, sizeof(mcp23017->pairs));
	mcp23017->pairs[PAIR_DIRECTION] = 0xffff;
	mcp23017->pointer = 0;
}

static void mcp23017_power(struct chip *chip, bool on)
{
	mcp23017_reset(chip);
}

/* A line that nobody drives and no pull-up holds floats; it reads as low. */
static uint16_t levels(const struct mcp23017 *mcp23017)
{
	uint16_t inputs = mcp23017->pairs[PAIR_DIRECTION];
	uint16_t outside = (mcp23017->outside & mcp23017->driven) |
			   (mcp23017->pairs[PAIR_PULL_UP] & ~mcp23017->driven);

	return (outside & inputs) | (mcp23017->pairs[PAIR_OUTPUT] & ~inputs);
}

static void write_register(struct mcp23017 *mcp23017, uint8_t value)
{
	unsigned int pair = mcp23017->pointer / 2, shift = mcp23017->pointer % 2 * 8;

	if (pair == PAIR_INTERRUPT_FLAG || pair == PAIR_INTERRUPT_CAPTURE)
		return;
	/* One register with two addresses. */
	if (pair == PAIR_CONFIGURATION) {
		mcp23017->pairs[pair] = (value & CONFIGURATION_BITS) * 0x101;
		return;
	}
	if (pair == PAIR_PORT)
		pair = PAIR_OUTPUT;
	mcp23017->pairs[pair] = (mcp23017->pairs[pair] & ~(0xff << shift)) | value << shift;
}

static uint8_t read_register(const struct mcp23017 *mcp23017)
{
	unsigned int pair = mcp23017->pointer / 2, shift = mcp23017->pointer % 2 * 8;
	uint16_t value = mcp23017->pairs[pair];

	if (pair == PAIR_PORT)
		value = levels(mcp23017) ^
			(mcp23017->pairs[PAIR_POLARITY] & mcp23017->pairs[PAIR_DIRECTION]);
	return value >> shift;
}

static void advance(struct mcp23017 *mcp23017)
{
	if (mcp23017->pairs[PAIR_CONFIGURATION] & CONFIGURATION_SEQUENTIAL_OFF)
		mcp23017->pointer ^= 1;
	else
		mcp23017->pointer = (mcp23017->pointer + 1) % (2 * PAIRS);
}

static void mcp23017_write(struct chip *chip, const uint8_t *data, size_t length)
{
	struct mcp23017 *mcp23017 = (struct mcp23017 *)chip;
	size_t i;

	if (!length)
		return;
	mcp23017->pointer = data[0] % (2 * PAIRS);
	for (i = 1; i < length; i++) {
		write_register(mcp23017, data[i]);
		advance(mcp23017);
	}
}

static void mcp23017_read(struct chip *chip, uint8_t *data, size_t length)
{
	struct mcp23017 *mcp23017 = (struct mcp23017 *)chip;

	while (length--) {
		*data++ = read_register(mcp23017);
		advance(mcp23017);
	}
}

static int mcp23017_set(struct chip *chip, const char *key, const char *value)
{
	struct mcp23017 *mcp23017 = (struct mcp23017 *)chip;
	unsigned long line, level;

	if (chip_key_number(key, "input", LINES, &line))
		return -ENOENT;
	if (words_number(value, &level) || level > 1)
		return -EINVAL;
	mcp23017->driven |= 1 << line;
	mcp23017->outside = (mcp23017->outside & ~(1 << line)) | level << line;
	return 0;
}

static int mcp23017_get(struct chip *chip, const char *key, FILE *out)
{
	const struct mcp23017 *mcp23017 = (struct mcp23017 *)chip;
	unsigned long line;

	if (!key)
		fprintf(out, "levels=0x%04x outputs=0x%04x pull-ups=0x%04x", levels(mcp23017),
			(uint16_t)~mcp23017->pairs[PAIR_DIRECTION], mcp23017->pairs[PAIR_PULL_UP]);
	else if (!chip_key_number(key, "pullup", LINES, &line))
		fprintf(out, "%u", mcp23017->pairs[PAIR_PULL_UP] >> line & 1);
	else if (!chip_key_number(key, "input", LINES, &line) ||
		 !chip_key_number(key, "output", LINES, &line))
		fprintf(out, "%u", levels(mcp23017) >> line & 1);
	else
		return -ENOENT;
	return 0;
}

const struct chip_type chip_mcp23017 = {
	.name = "mcp23017",
	.bus = &i2c_bus_type,
	.size = sizeof(struct mcp23017),
	.power = mcp23017_power,
	.reset = mcp23017_reset,
	.i2c = { .write = mcp23017_write, .read = mcp23017_read },
	.set = mcp23017_set,
	.get = mcp23017_get,
};
