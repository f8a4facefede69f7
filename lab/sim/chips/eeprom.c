// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * 24C02 and 24C64: serial EEPROMs with one and two address bytes (Microchip DS21709, DS21189).
 *
 * Reading goes on at the chip's end with its first byte; writing stays in the page. What is written
 * is taken over at the stop condition; a repeated start instead of it drops it.
 */
#include <errno.h>
#include <string.h>

#include "lab/sim/chips/chips.h"
#include "lab/sim/chips/memory.h"
#include "lab/words.h"

#define EEPROM_SIZE_MAX 8192
#define EEPROM_PAGE_MAX 32
#define EEPROM_BUSY_MAX 1000

/**
 * struct eeprom - an EEPROM
 * @chip: the chip
 * @bytes: its memory; survives without power
 * @at: its address counter
 * @latch: bytes on their way into the page at @latch_page
 * @latched: which of them, a bit each
 * @latch_page: first byte of that page
 * @protected: its write-protect pin is high: it acknowledges data and forgets them
 * @busy: for how many messages it does not answer after each write, since it is writing
 */
struct eeprom {
	struct chip chip;
	uint8_t bytes[EEPROM_SIZE_MAX];
	unsigned int at;
	uint8_t latch[EEPROM_PAGE_MAX];
	uint32_t latched;
	unsigned int latch_page;
	bool protected;
	unsigned int busy;
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
	((struct eeprom *)chip)->latched = 0;
}

static void eeprom_write(struct chip *chip, const uint8_t *data, size_t length)
{
	const struct eeprom_shape *shape = shape_of(chip);
	struct eeprom *eeprom = (struct eeprom *)chip;
	unsigned int i, at = 0, page;

	eeprom->latched = 0;
	if (length < shape->address_bytes)
		return;
	for (i = 0; i < shape->address_bytes; i++)
		at = at << 8 | data[i];
	at %= shape->size;
	page = at - at % shape->page;
	for (; i < length; i++) {
		eeprom->latch[at - page] = data[i];
		eeprom->latched |= 1u << (at - page);
		at = page + (at + 1 - page) % shape->page;
	}
	eeprom->at = at;
	eeprom->latch_page = page;
}

static void eeprom_read(struct chip *chip, uint8_t *data, size_t length)
{
	const struct eeprom_shape *shape = shape_of(chip);
	struct eeprom *eeprom = (struct eeprom *)chip;

	eeprom->latched = 0;
	while (length--) {
		*data++ = eeprom->bytes[eeprom->at];
		eeprom->at = (eeprom->at + 1) % shape->size;
	}
}

static void eeprom_stop(struct chip *chip)
{
	struct eeprom *eeprom = (struct eeprom *)chip;
	unsigned int i;

	if (!eeprom->latched)
		return;
	for (i = 0; !eeprom->protected && i < EEPROM_PAGE_MAX; i++)
		if (eeprom->latched & 1u << i)
			eeprom->bytes[eeprom->latch_page + i] = eeprom->latch[i];
	eeprom->latched = 0;
	chip->deaf = eeprom->busy;
}

static int eeprom_set(struct chip *chip, const char *key, const char *value)
{
	struct eeprom *eeprom = (struct eeprom *)chip;
	unsigned long number;

	if (strcmp(key, "protected") && strcmp(key, "busy"))
		return memory_set_key(eeprom->bytes, shape_of(chip)->size, key, value);
	if (words_number(value, &number))
		return -EINVAL;
	if (!strcmp(key, "protected")) {
		eeprom->protected = number;
		return number > 1 ? -EINVAL : 0;
	}
	eeprom->busy = number;
	return number > EEPROM_BUSY_MAX ? -EINVAL : 0;
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

#define EEPROM_TYPE(model)                                                                  \
	{                                                                                   \
		.name = (model), .bus = &i2c_bus_type, .size = sizeof(struct eeprom),       \
		.create = eeprom_create, .power = eeprom_power,                             \
		.i2c = { .write = eeprom_write, .read = eeprom_read, .stop = eeprom_stop }, \
		.set = eeprom_set, .get = eeprom_get, .memory = eeprom_memory,              \
	}

const struct chip_type chip_24c02 = EEPROM_TYPE("24c02");
const struct chip_type chip_24c64 = EEPROM_TYPE("24c64");
