// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * DS2482-100: master of a 1-Wire bus (Maxim 19-4930), with a DS18B20 on that.
 *
 * The first byte of a write is a command, the second one its parameter. What a read gives is chosen
 * by a pointer, which most commands set. Nothing takes time.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/chips/chips.h"
#include "lab/sim/chips/ds18b20.h"

enum {
	SINGLE_BIT = 0x87,
	READ_BYTE = 0x96,
	TRIPLET = 0x78,
	WRITE_BYTE = 0xa5,
	RESET_WIRE = 0xb4,
	WRITE_CONFIGURATION = 0xd2,
	SET_POINTER = 0xe1,
	RESET = 0xf0,
};

/* Values of the pointer. */
enum { CONFIGURATION = 0xc3, DATA = 0xe1, STATUS = 0xf0 };

#define STATUS_PRESENCE 0x02
#define STATUS_HIGH 0x08
#define STATUS_RESET 0x10
#define STATUS_BIT 0x20
#define STATUS_SECOND_BIT 0x40
#define STATUS_DIRECTION 0x80

#define SERIAL_DEFAULT 0x5a17

/**
 * struct ds2482 - the master
 * @chip: the chip
 * @pointer: what is read next
 * @configuration: its register
 * @data: the byte that was read from the wire last
 * @status: its register
 * @sensor: what is on the wire
 */
struct ds2482 {
	struct chip chip;
	uint8_t pointer;
	uint8_t configuration;
	uint8_t data;
	uint8_t status;
	struct ds18b20 sensor;
};

static int ds2482_create(struct chip *chip)
{
	ds18b20_create(&((struct ds2482 *)chip)->sensor, SERIAL_DEFAULT);
	return 0;
}

static void reset(struct ds2482 *ds2482)
{
	ds2482->pointer = STATUS;
	ds2482->configuration = 0;
	ds2482->data = 0;
	ds2482->status = STATUS_HIGH | STATUS_RESET;
}

static void ds2482_power(struct chip *chip, bool on)
{
	reset((struct ds2482 *)chip);
}

static void reset_wire(struct ds2482 *ds2482)
{
	ds18b20_reset(&ds2482->sensor);
	ds2482->status |= STATUS_PRESENCE;
}

static uint8_t exchange_byte(struct ds2482 *ds2482, uint8_t byte)
{
	uint8_t result = 0;
	unsigned int i;

	for (i = 0; i < 8; i++)
		result |= ds18b20_slot(&ds2482->sensor, byte >> i & 1) << i;
	return result;
}

static void set_bit(struct ds2482 *ds2482, uint8_t bit, bool value)
{
	ds2482->status = (uint8_t)(value ? ds2482->status | bit : ds2482->status & ~bit);
}

/* Reads two bits, and writes one: that which all say that have read, else what was asked for. */
static void triplet(struct ds2482 *ds2482, bool wanted)
{
	bool bit = ds18b20_slot(&ds2482->sensor, true);
	bool complement = ds18b20_slot(&ds2482->sensor, true);
	bool direction = bit || (!complement && wanted);

	ds18b20_slot(&ds2482->sensor, direction);
	set_bit(ds2482, STATUS_BIT, bit);
	set_bit(ds2482, STATUS_SECOND_BIT, complement);
	set_bit(ds2482, STATUS_DIRECTION, direction);
}

static void configure(struct ds2482 *ds2482, uint8_t value)
{
	ds2482->pointer = CONFIGURATION;
	/* The upper half says the opposite of the lower one. */
	if ((value >> 4) != (~value & 0xf))
		return;
	ds2482->configuration = value & 0xf;
	set_bit(ds2482, STATUS_RESET, false);
}

static void command(struct ds2482 *ds2482, uint8_t code, uint8_t parameter)
{
	ds2482->pointer = STATUS;
	switch (code) {
	case RESET:
		reset(ds2482);
		break;
	case SET_POINTER:
		ds2482->pointer = parameter;
		break;
	case WRITE_CONFIGURATION:
		configure(ds2482, parameter);
		break;
	case RESET_WIRE:
		reset_wire(ds2482);
		break;
	case SINGLE_BIT:
		set_bit(ds2482, STATUS_BIT, ds18b20_slot(&ds2482->sensor, parameter >> 7));
		break;
	case WRITE_BYTE:
		exchange_byte(ds2482, parameter);
		break;
	case READ_BYTE:
		ds2482->data = exchange_byte(ds2482, 0xff);
		break;
	case TRIPLET:
		triplet(ds2482, parameter >> 7);
		break;
	}
}

static void ds2482_write(struct chip *chip, const uint8_t *data, size_t length)
{
	if (length)
		command((struct ds2482 *)chip, data[0], length > 1 ? data[1] : 0);
}

static void ds2482_read(struct chip *chip, uint8_t *data, size_t length)
{
	const struct ds2482 *ds2482 = (struct ds2482 *)chip;
	uint8_t value = ds2482->pointer == DATA ? ds2482->data :
			ds2482->pointer == CONFIGURATION ? ds2482->configuration : ds2482->status;

	memset(data, value, length);
}

static int ds2482_set(struct chip *chip, const char *key, const char *value)
{
	double celsius;
	char *end;

	if (strcmp(key, "temperature"))
		return -ENOENT;
	celsius = strtod(value, &end);
	if (*end || end == value || !(celsius >= -55 && celsius <= 125))
		return -EINVAL;
	ds18b20_measure(&((struct ds2482 *)chip)->sensor, celsius);
	return 0;
}

static int ds2482_get(struct chip *chip, const char *key, FILE *out)
{
	const struct ds2482 *ds2482 = (struct ds2482 *)chip;
	unsigned int i;

	if (key)
		return -ENOENT;
	fprintf(out, "configuration=0x%x, on the wire:", ds2482->configuration);
	for (i = 0; i < DS18B20_ROM_BYTES; i++)
		fprintf(out, " %02x", ds2482->sensor.rom[i]);
	return 0;
}

const struct chip_type chip_ds2482 = {
	.name = "ds2482",
	.bus = &i2c_bus_type,
	.size = sizeof(struct ds2482),
	.create = ds2482_create,
	.power = ds2482_power,
	.i2c = { .write = ds2482_write, .read = ds2482_read },
	.set = ds2482_set,
	.get = ds2482_get,
};
