// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * LM75: temperature sensor (National Semiconductor DS012658).
 *
 * Registers: 0 temperature, 1 configuration (one byte), 2 hysteresis, 3 overtemperature; 16 bits,
 * big-endian, half a degree in the upper nine.
 */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/chips/chips.h"

enum { REGISTER_TEMPERATURE, REGISTER_CONFIGURATION, REGISTER_HYSTERESIS, REGISTER_LIMIT };

/**
 * struct lm75 - the sensor
 * @chip: the chip
 * @registers: its registers; the configuration in the lower byte
 * @pointer: which register is read next
 */
struct lm75 {
	struct chip chip;
	uint16_t registers[4];
	unsigned int pointer;
};

static uint16_t encode(double celsius)
{
	return (uint16_t)((int16_t)lround(celsius * 2) * 128);
}

static int lm75_create(struct chip *chip)
{
	((struct lm75 *)chip)->registers[REGISTER_TEMPERATURE] = encode(25);
	return 0;
}

static void lm75_power(struct chip *chip, bool on)
{
	struct lm75 *lm75 = (struct lm75 *)chip;

	lm75->pointer = 0;
	lm75->registers[REGISTER_CONFIGURATION] = 0;
	lm75->registers[REGISTER_HYSTERESIS] = encode(75);
	lm75->registers[REGISTER_LIMIT] = encode(80);
}

static void lm75_write(struct chip *chip, const uint8_t *data, size_t length)
{
	struct lm75 *lm75 = (struct lm75 *)chip;

	if (!length)
		return;
	lm75->pointer = data[0] & 3;
	if (lm75->pointer == REGISTER_CONFIGURATION && length >= 2)
		lm75->registers[lm75->pointer] = data[1];
	else if (lm75->pointer >= REGISTER_HYSTERESIS && length >= 3)
		lm75->registers[lm75->pointer] = (data[1] << 8 | data[2]) & 0xff80;
}

static void lm75_read(struct chip *chip, uint8_t *data, size_t length)
{
	const struct lm75 *lm75 = (struct lm75 *)chip;
	uint16_t value = lm75->registers[lm75->pointer];
	size_t i;

	for (i = 0; i < length; i++) {
		if (lm75->pointer == REGISTER_CONFIGURATION)
			data[i] = value;
		else
			data[i] = i % 2 ? value & 0xff : value >> 8;
	}
}

static int lm75_set(struct chip *chip, const char *key, const char *value)
{
	struct lm75 *lm75 = (struct lm75 *)chip;
	double celsius;
	char *end;

	if (strcmp(key, "temperature"))
		return -ENOENT;
	celsius = strtod(value, &end);
	if (end == value || *end || !(celsius >= -55 && celsius <= 125))
		return -EINVAL;
	lm75->registers[REGISTER_TEMPERATURE] = encode(celsius);
	return 0;
}

static int lm75_get(struct chip *chip, const char *key, FILE *out)
{
	const struct lm75 *lm75 = (struct lm75 *)chip;

	if (key && strcmp(key, "temperature"))
		return -ENOENT;
	fprintf(out, "%s%.1f",
		key ? "" : "temperature=", (int16_t)lm75->registers[REGISTER_TEMPERATURE] / 256.0);
	return 0;
}

const struct chip_type chip_lm75 = {
	.name = "lm75",
	.bus = &i2c_bus_type,
	.size = sizeof(struct lm75),
	.create = lm75_create,
	.power = lm75_power,
	.i2c = { .write = lm75_write, .read = lm75_read },
	.set = lm75_set,
	.get = lm75_get,
};
