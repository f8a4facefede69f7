// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * PCA9555: 16 lines with an interrupt output (NXP PCA9555 Rev. 10), and TCA6416, the same with a
 * reset input (TI TCA6416A SCPS194).
 *
 * Registers in pairs, low byte first: 0-1 input, 2-3 output, 4-5 polarity, 6-7 direction (1 is
 * input). Within a transfer the register alternates between the two of its pair. The interrupt is
 * active while an input differs from what was last read.
 */
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#include "lab/sim/chips/chips.h"
#include "lab/words.h"

enum { PAIR_INPUT, PAIR_OUTPUT, PAIR_POLARITY, PAIR_DIRECTION, PAIRS };

#define LINES 16

/**
 * struct pca9555 - the expander
 * @chip: the chip
 * @bank: its lines, which are pulled up
 * @watcher: on @bank
 * @pairs: the registers; the input pair is what was last read
 * @pointer: register to be read next
 */
struct pca9555 {
	struct chip chip;
	struct gpio_bank *bank;
	struct gpio_watcher watcher;
	uint16_t pairs[PAIRS];
	unsigned int pointer;
};

static uint16_t levels(const struct pca9555 *pca9555)
{
	uint16_t levels = 0;
	unsigned int line;

	for (line = 0; line < LINES; line++)
		levels |= gpio_bank_level(pca9555->bank, line) << line;
	return levels;
}

static void update_lines(struct pca9555 *pca9555)
{
	unsigned int line;

	for (line = 0; line < LINES; line++) {
		gpio_bank_set_output(pca9555->bank, line, pca9555->pairs[PAIR_OUTPUT] >> line & 1);
		gpio_bank_set_direction(pca9555->bank, line,
					pca9555->pairs[PAIR_DIRECTION] >> line & 1 ? GPIO_INPUT :
										     GPIO_OUTPUT);
	}
}

static void update_interrupt(struct pca9555 *pca9555)
{
	uint16_t changed =
		(levels(pca9555) ^ pca9555->pairs[PAIR_INPUT]) & pca9555->pairs[PAIR_DIRECTION];

	chip_set_interrupt(&pca9555->chip, changed);
}

static void line_changed(struct gpio_watcher *watcher, unsigned int line, bool level)
{
	update_interrupt((struct pca9555 *)((char *)watcher - offsetof(struct pca9555, watcher)));
}

static int pca9555_create(struct chip *chip)
{
	struct pca9555 *pca9555 = (struct pca9555 *)chip;

	pca9555->bank = gpio_bank_create(LINES);
	if (!pca9555->bank)
		return -ENOMEM;
	pca9555->watcher.changed = line_changed;
	gpio_bank_watch(pca9555->bank, &pca9555->watcher);
	return 0;
}

static void pca9555_destroy(struct chip *chip)
{
	gpio_bank_destroy(((struct pca9555 *)chip)->bank);
}

static struct gpio_bank *pca9555_bank(struct chip *chip)
{
	return ((struct pca9555 *)chip)->bank;
}

static void pca9555_reset(struct chip *chip)
{
	struct pca9555 *pca9555 = (struct pca9555 *)chip;

	pca9555->pairs[PAIR_OUTPUT] = 0xffff;
	pca9555->pairs[PAIR_POLARITY] = 0;
	pca9555->pairs[PAIR_DIRECTION] = 0xffff;
	update_lines(pca9555);
	pca9555->pairs[PAIR_INPUT] = levels(pca9555);
	pca9555->pointer = 0;
	update_interrupt(pca9555);
}

static void pca9555_power(struct chip *chip, bool on)
{
	pca9555_reset(chip);
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
	update_lines(pca9555);
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

static int pca9555_set(struct chip *chip, const char *key, const char *value)
{
	struct pca9555 *pca9555 = (struct pca9555 *)chip;
	unsigned long line, level;

	if (chip_key_number(key, "input", LINES, &line))
		return -ENOENT;
	if (words_number(value, &level) || level > 1)
		return -EINVAL;
	gpio_bank_drive(pca9555->bank, line, level);
	return 0;
}

static int pca9555_get(struct chip *chip, const char *key, FILE *out)
{
	const struct pca9555 *pca9555 = (struct pca9555 *)chip;
	unsigned long line;

	if (!key)
		fprintf(out, "levels=0x%04x outputs=0x%04x", levels(pca9555),
			(uint16_t)~pca9555->pairs[PAIR_DIRECTION]);
	else if (!chip_key_number(key, "input", LINES, &line) ||
		 !chip_key_number(key, "output", LINES, &line))
		fprintf(out, "%u", levels(pca9555) >> line & 1);
	else
		return -ENOENT;
	return 0;
}

#define PCA9555_TYPE(model, reset_input)                                                     \
	{                                                                                    \
		.name = (model), .bus = &i2c_bus_type, .size = sizeof(struct pca9555),       \
		.create = pca9555_create, .power = pca9555_power, .reset = (reset_input),    \
		.i2c = { .write = pca9555_write, .read = pca9555_read }, .set = pca9555_set, \
		.get = pca9555_get, .bank = pca9555_bank, .destroy = pca9555_destroy,        \
	}

const struct chip_type chip_pca9555 = PCA9555_TYPE("pca9555", NULL);
const struct chip_type chip_tca6416 = PCA9555_TYPE("tca6416", pca9555_reset);
