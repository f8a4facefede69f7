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
 * @chips: chips in contact
 * @listeners: who looks at it
 * @statistics: what went over it
 * @in_transfer: the last message had no stop condition
 */
struct i2c_bus {
	struct chip *chips;
	struct i2c_listener *listeners;
	struct i2c_statistics statistics;
	bool in_transfer;
};

struct i2c_bus *i2c_bus_create(void)
{
	return calloc(1, sizeof(struct i2c_bus));
}

void i2c_bus_destroy(struct i2c_bus *bus)
{
	free(bus);
}

void i2c_bus_attach(struct i2c_bus *bus, struct chip *chip)
{
	chip->next = bus->chips;
	bus->chips = chip;
}

void i2c_bus_detach(struct i2c_bus *bus, struct chip *chip)
{
	struct chip **at;

	for (at = &bus->chips; *at; at = &(*at)->next) {
		if (*at == chip) {
			*at = chip->next;
			return;
		}
	}
}

void i2c_bus_listen(struct i2c_bus *bus, struct i2c_listener *listener)
{
	listener->next = bus->listeners;
	bus->listeners = listener;
}

struct i2c_statistics *i2c_bus_statistics(struct i2c_bus *bus)
{
	return &bus->statistics;
}

static struct chip *answering_chip(const struct i2c_bus *bus, unsigned int address)
{
	struct chip *chip;

	for (chip = bus->chips; chip && chip->address != address; chip = chip->next)
		;
	if (chip && chip->deaf) {
		if (chip->deaf > 0)
			chip->deaf--;
		return NULL;
	}
	return chip;
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

int i2c_bus_transfer(struct i2c_bus *bus, const struct i2c_message *message)
{
	struct i2c_listener *listener;
	struct chip *chip;

	for (listener = bus->listeners; listener; listener = listener->next)
		if (listener->message)
			listener->message(listener);
	chip = answering_chip(bus, message->address);
	count(bus, message, chip);
	if (chip && message->read)
		chip->type->read(chip, message->data, message->length);
	else if (chip)
		chip->type->write(chip, message->data, message->length);
	for (listener = bus->listeners; listener; listener = listener->next)
		if (listener->done)
			listener->done(listener, message, chip);
	return chip ? 0 : -ENXIO;
}
