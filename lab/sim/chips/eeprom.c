// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * 24C02 and 24C64: serial EEPROMs with one and two address bytes (Microchip DS21709, DS21189).
 *
 * Reading goes on at the chip's end with its first byte; writing stays in the page.
 */
#include <string.h>

#include "lab/sim/chips/chips.h"
#include "lab/sim/chips/memory.h"

#define EEPROM_SIZE_MAX 8192

/**
 * struct eeprom - an EEPROM
 * @chip: the chip
 * @bytes: its memory; survives without power
 * @at: its address counter
 */
struct eeprom {
	struct chip chip;
	uint8_t bytes[EEPROM_SIZE_MAX];
	unsigned int at;
};

/**
 * struct eeprom_shape - what differs
 * @size: bytes
 * @page: bytes of a page
 * @address_bytes: bytes of an address
 */
struct eeprom_shape {
	unsigned int size;
	unsigned int page;
	unsigned int address_bytes;
};

static const struct eeprom_shape shape_24c02 = { 256, 8, 1 };
static const struct eeprom_shape shape_24c64 = { 8192, 32, 2 };

static const struct eeprom_shape *shape_of(const struct chip *chip)
{
	return chip->type == &chip_24c02 ? &shape_24c02 : &shape_24c64;
}

static int eeprom_create(struct chip *chip)
{
	memset(((struct eeprom *)chip)->bytes, 0xff, EEPROM_SIZE_MAX);
	return 0;
}

static void eeprom_power(struct chip *chip, bool on)
{
	((struct eeprom *)chip)->at = 0;
}

static void eeprom_write(struct chip *chip, const uint8_t *data, size_t length)
{
	const struct eeprom_shape *shape = shape_of(chip);
	struct eeprom *eeprom = (struct eeprom *)chip;
	unsigned int i, at = 0, page;

	if (length < shape->address_bytes)
		return;
	for (i = 0; i < shape->address_bytes; i++)
		at = at << 8 | data[i];
	at %= shape->size;
	page = at - at % shape->page;
	for (; i < length; i++) {
		eeprom->bytes[at] = data[i];
		at = page + (at + 1 - page) % shape->page;
	}
	eeprom->at = at;
}

static void eeprom_read(struct chip *chip, uint8_t *data, size_t length)
{
	const struct eeprom_shape *shape = shape_of(chip);
	struct eeprom *eeprom = (struct eeprom *)chip;

	while (length--) {
		*data++ = eeprom->bytes[eeprom->at];
		eeprom->at = (eeprom->at + 1) % shape->size;
	}
}

static int eeprom_set(struct chip *chip, const char *key, const char *value)
{
	return memory_set_key(((struct eeprom *)chip)->bytes, shape_of(chip)->size, key, value);
}

static int eeprom_get(struct chip *chip, const char *key, FILE *out)
{
	return memory_get_key(((struct eeprom *)chip)->bytes, shape_of(chip)->size, key, out);
}

static uint8_t *eeprom_memory(struct chip *chip, size_t *size)
{
	*size = shape_of(chip)->size;
	return ((struct eeprom *)chip)->bytes;
}

#define EEPROM_TYPE(model)                                                                \
	{                                                                                 \
		.name = (model), .bus = &i2c_bus_type, .size = sizeof(struct eeprom),     \
		.create = eeprom_create, .power = eeprom_power,                           \
		.i2c = { .write = eeprom_write, .read = eeprom_read }, .set = eeprom_set, \
		.get = eeprom_get, .memory = eeprom_memory,                               \
	}

const struct chip_type chip_24c02 = EEPROM_TYPE("24c02");
const struct chip_type chip_24c64 = EEPROM_TYPE("24c64");
