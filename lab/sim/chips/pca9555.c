// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * PCA9555: 16 lines with an interrupt output (NXP PCA9555 Rev. 10).
 *
 * Registers in pairs, low byte first: 0-1 input, 2-3 output, 4-5 polarity, 6-7 direction (1 is
 * input). Within a transfer the register alternates between the two of its pair. The interrupt is
 * active while an input differs from what was last read.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/chips/chips.h"
#include "lab/words.h"

enum { PAIR_INPUT, PAIR_OUTPUT, PAIR_POLARITY, PAIR_DIRECTION, PAIRS };

#define LINES 16

/**
 * struct pca9555 - the expander
 * @chip: the chip
 * @pairs: the registers; the input pair is what was last read
 * @outside: levels that the lines are driven to from outside; they are pulled up
 * @pointer: register to be read next
 */
struct pca9555 {
	struct chip chip;
	uint16_t pairs[PAIRS];
	uint16_t outside;
	unsigned int pointer;
};

static uint16_t levels(const struct pca9555 *pca9555)
{
	uint16_t inputs = pca9555->pairs[PAIR_DIRECTION];

	return (pca9555->outside & inputs) | (pca9555->pairs[PAIR_OUTPUT] & ~inputs);
}

static void update_interrupt(struct pca9555 *pca9555)
{
	uint16_t changed =
		(levels(pca9555) ^ pca9555->pairs[PAIR_INPUT]) & pca9555->pairs[PAIR_DIRECTION];

	chip_set_interrupt(&pca9555->chip, changed);
}

static int pca9555_create(struct chip *chip)
{
	((struct pca9555 *)chip)->outside = 0xffff;
	return 0;
}

static void pca9555_power(struct chip *chip, bool on)
{
	struct pca9555 *pca9555 = (struct pca9555 *)chip;

	pca9555->pairs[PAIR_OUTPUT] = 0xffff;
	pca9555->pairs[PAIR_POLARITY] = 0;
	pca9555->pairs[PAIR_DIRECTION] = 0xffff;
	pca9555->pairs[PAIR_INPUT] = levels(pca9555);
	pca9555->pointer = 0;
}

static void pca9555_write(struct chip *chip, const uint8_t *data, size_t length)
{
	struct pca9555 *pca9555 = (struct pca9555 *)chip;
	unsigned int pair, shift;
	size_t i;

	if (!length)
		return;
	pca9555->pointer = data[0] & 7;
	for (i = 1; i < length; i++) {
		pair = pca9555->pointer / 2;
		shift = pca9555->pointer % 2 * 8;
		if (pair != PAIR_INPUT)
			pca9555->pairs[pair] =
				(pca9555->pairs[pair] & ~(0xff << shift)) | data[i] << shift;
		pca9555->pointer ^= 1;
	}
	update_interrupt(pca9555);
}

static void pca9555_read(struct chip *chip, uint8_t *data, size_t length)
{
	struct pca9555 *pca9555 = (struct pca9555 *)chip;
	unsigned int pair = pca9555->pointer / 2, shift;
	uint16_t value, mask;

	while (length--) {
		shift = pca9555->pointer % 2 * 8;
		mask = 0xff << shift;
		value = pca9555->pairs[pair];
		if (pair == PAIR_INPUT) {
			value = levels(pca9555);
			pca9555->pairs[PAIR_INPUT] =
				(pca9555->pairs[PAIR_INPUT] & ~mask) | (value & mask);
			value ^= pca9555->pairs[PAIR_POLARITY];
		}
		*data++ = value >> shift;
		pca9555->pointer ^= 1;
	}
	update_interrupt(pca9555);
}

static int line_of_key(const char *key, const char *prefix, unsigned long *line)
{
	size_t length = strlen(prefix);

	if (strncmp(key, prefix, length) || words_number(key + length, line) || *line >= LINES)
		return -ENOENT;
	return 0;
}

static int pca9555_set(struct chip *chip, const char *key, const char *value)
{
	struct pca9555 *pca9555 = (struct pca9555 *)chip;
	unsigned long line, level;

	if (line_of_key(key, "input", &line))
		return -ENOENT;
	if (words_number(value, &level) || level > 1)
		return -EINVAL;
	pca9555->outside = (pca9555->outside & ~(1 << line)) | level << line;
	update_interrupt(pca9555);
	return 0;
}

static int pca9555_get(struct chip *chip, const char *key, FILE *out)
{
	const struct pca9555 *pca9555 = (struct pca9555 *)chip;
	unsigned long line;

	if (!key)
		fprintf(out, "levels=0x%04x outputs=0x%04x", levels(pca9555),
			(uint16_t)~pca9555->pairs[PAIR_DIRECTION]);
	else if (!line_of_key(key, "input", &line) || !line_of_key(key, "output", &line))
		fprintf(out, "%u", levels(pca9555) >> line & 1);
	else
		return -ENOENT;
	return 0;
}

const struct chip_type chip_pca9555 = {
	.name = "pca9555",
	.bus = &i2c_bus_type,
	.size = sizeof(struct pca9555),
	.create = pca9555_create,
	.power = pca9555_power,
	.i2c = { .write = pca9555_write, .read = pca9555_read },
	.set = pca9555_set,
	.get = pca9555_get,
};
