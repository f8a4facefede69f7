// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An I2C bus: carries messages to the chips that are in contact, and counts.
 */
#include <errno.h>
#include <stdlib.h>

#include "lab/sim/chip.h"
#include "lab/sim/i2c_bus.h"

/* Eight bits and the acknowledge bit. */
#define BITS_PER_BYTE 9

/**
 * struct i2c_bus - a bus
 * @base: what every bus has
 * @witnesses: who wants to know what went over it
 * @statistics: what went over it
 * @in_transfer: the last message had no stop condition
 */
struct i2c_bus {
	struct bus base;
	struct i2c_witness *witnesses;
	struct i2c_statistics statistics;
	bool in_transfer;
};

const struct bus_type i2c_bus_type = { .name = "i2c", .address_max = 0x7f };

struct i2c_bus *i2c_bus_create(void)
{
	struct i2c_bus *bus = calloc(1, sizeof(*bus));

	if (bus)
		bus->base.type = &i2c_bus_type;
	return bus;
}

void i2c_bus_destroy(struct i2c_bus *bus)
{
	free(bus);
}

struct bus *i2c_bus_base(struct i2c_bus *bus)
{
	return &bus->base;
}

void i2c_bus_watch(struct i2c_bus *bus, struct i2c_witness *witness)
{
	witness->next = bus->witnesses;
	bus->witnesses = witness;
}

struct i2c_statistics *i2c_bus_statistics(struct i2c_bus *bus)
{
	return &bus->statistics;
}

static void count(struct i2c_bus *bus, const struct i2c_message *message, bool answered)
{
	struct i2c_statistics *statistics = &bus->statistics;

	statistics->transfers += !bus->in_transfer;
	statistics->messages++;
	/* Start condition, address; without an answer a stop condition ends it right there. */
	statistics->bits += 1 + BITS_PER_BYTE + (message->stop || !answered);
	bus->in_transfer = answered && !message->stop;
	if (!answered) {
		statistics->refused++;
		return;
	}
	statistics->bits += message->length * BITS_PER_BYTE;
	if (message->read)
		statistics->read += message->length;
	else
		statistics->written += message->length;
}

/* Return: whether a chip of this bus acknowledged. */
static bool deliver(struct i2c_bus *bus, const struct i2c_message *message)
{
	struct chip *chip = bus_answering_chip(&bus->base, message->address);

	if (chip && message->read)
		chip->type->i2c.read(chip, message->data, message->length);
	else if (chip)
		chip->type->i2c.write(chip, message->data, message->length);
	if (chip && message->stop && chip->type->i2c.stop)
		chip->type->i2c.stop(chip);
	return chip;
}

/* Return: whether a chip on a bus behind one of this bus's chips acknowledged. */
static bool pass(struct i2c_bus *bus, const struct i2c_message *message)
{
	struct chip *chip;

	for (chip = bus->base.chips; chip; chip = chip->next)
		if (chip->type->i2c.pass && !chip->type->i2c.pass(chip, message))
			return true;
	return false;
}

int i2c_bus_transfer(struct i2c_bus *bus, const struct i2c_message *message)
{
	struct i2c_witness *witness;
	bool answered;

	bus_begin_message(&bus->base);
	answered = deliver(bus, message) || pass(bus, message);
	count(bus, message, answered);
	for (witness = bus->witnesses; witness; witness = witness->next)
		witness->done(witness, message, answered);
	return answered ? 0 : -ENXIO;
}
