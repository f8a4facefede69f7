// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * LM70: temperature sensor on SPI (National Semiconductor DS101117).
 *
 * Sends 16 bits as soon as it is selected: a quarter of a degree in the upper eleven, then ones.
 * Its one data pin is wired to the line from the chips, so it cannot be told to shut down.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/chips/chips.h"

#define TRAILING_ONES 0x1f
#define SEND_NOTHING 0xff

/**
 * struct lm70 - the sensor
 * @chip: the chip
 * @value: what it measures
 * @sent: bytes that were sent in this message
 */
struct lm70 {
	struct chip chip;
	uint16_t value;
	unsigned int sent;
};

static uint16_t encode(double celsius)
{
	return (uint16_t)((int16_t)lround(celsius * 4) * 32) | TRAILING_ONES;
}

static int lm70_create(struct chip *chip)
{
	((struct lm70 *)chip)->value = encode(25);
	return 0;
}

static uint8_t lm70_select(struct chip *chip)
{
	struct lm70 *lm70 = (struct lm70 *)chip;

	lm70->sent = 1;
	return lm70->value >> 8;
}

static uint8_t lm70_exchange(struct chip *chip, uint8_t byte)
{
	struct lm70 *lm70 = (struct lm70 *)chip;

	return lm70->sent++ == 1 ? lm70->value & 0xff : SEND_NOTHING;
}

static int lm70_set(struct chip *chip, const char *key, const char *value)
{
	double celsius;
	char *end;

	if (strcmp(key, "temperature"))
		return -ENOENT;
	celsius = strtod(value, &end);
	if (end == value || *end || !(celsius >= -55 && celsius <= 150))
		return -EINVAL;
	((struct lm70 *)chip)->value = encode(celsius);
	return 0;
}

static int lm70_get(struct chip *chip, const char *key, FILE *out)
{
	int16_t value = (int16_t)(((struct lm70 *)chip)->value & ~TRAILING_ONES);

	if (key && strcmp(key, "temperature"))
		return -ENOENT;
	fprintf(out, "%s%.2f", key ? "" : "temperature=", value / 128.0);
	return 0;
}

const struct chip_type chip_lm70 = {
	.name = "lm70",
	.bus = &spi_bus_type,
	.size = sizeof(struct lm70),
	.create = lm70_create,
	.spi = { .select = lm70_select, .exchange = lm70_exchange },
	.set = lm70_set,
	.get = lm70_get,
};
