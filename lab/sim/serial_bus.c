// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A serial line between the board and one chip, whatever is at the board's end of it.
 *
 * A message is what one end sends at once. Who listens hears of it before anything is handed on,
 * so that a chip may lose contact, and be freed, then, but never in the middle of its own code.
 */
#include <stdlib.h>

#include "lab/sim/chip.h"
#include "lab/sim/serial_bus.h"

#define container(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

/**
 * struct serial_bus - a serial line
 * @base: what every bus has
 * @port: the board's end
 * @speed: bits per second there; 0 fits any chip
 * @loop: where @alarm runs
 * @alarm: the chip has something to do then
 * @witnesses: who wants to know what went over it
 * @statistics: what went over it
 */
struct serial_bus {
	struct bus base;
	struct serial_port *port;
	unsigned int speed;
	struct event_loop *loop;
	struct event_timer alarm;
	struct serial_witness *witnesses;
	struct serial_statistics statistics;
};

static void chip_attached(struct bus *base, struct chip *chip)
{
	if (chip->type->serial.due)
		chip->type->serial.due(chip);
}

static void chip_gone(struct bus *base, struct chip *chip)
{
	event_timer_cancel(&((struct serial_bus *)base)->alarm);
}

const struct bus_type serial_bus_type = {
	.name = "serial",
	.address_max = 0,
	.attached = chip_attached,
	.gone = chip_gone,
};

static void alarm_expired(struct event_timer *timer)
{
	struct serial_bus *bus = container(timer, struct serial_bus, alarm);

	bus_begin_message(&bus->base);
	if (bus->base.chips)
		bus->base.chips->type->serial.due(bus->base.chips);
}

struct serial_bus *serial_bus_create(void)
{
	struct serial_bus *bus = calloc(1, sizeof(*bus));

	if (!bus)
		return NULL;
	bus->base.type = &serial_bus_type;
	bus->alarm.expired = alarm_expired;
	return bus;
}

void serial_bus_destroy(struct serial_bus *bus)
{
	if (bus)
		event_timer_cancel(&bus->alarm);
	free(bus);
}

void serial_bus_start(struct serial_bus *bus, struct event_loop *loop)
{
	bus->loop = loop;
}

struct bus *serial_bus_base(struct serial_bus *bus)
{
	return &bus->base;
}

void serial_bus_watch(struct serial_bus *bus, struct serial_witness *witness)
{
	witness->next = bus->witnesses;
	bus->witnesses = witness;
}

struct serial_statistics *serial_bus_statistics(struct serial_bus *bus)
{
	return &bus->statistics;
}

void serial_bus_set_port(struct serial_bus *bus, struct serial_port *port)
{
	bus->port = port;
}

void serial_bus_set_speed(struct serial_bus *bus, unsigned int speed)
{
	bus->speed = speed;
}

bool serial_bus_is_clear_to_send(const struct serial_bus *bus)
{
	return bus->base.chips;
}

static bool has_same_speed(const struct serial_bus *bus, struct chip *chip)
{
	return !bus->speed || bus->speed == chip->type->serial.speed(chip);
}

static void tell(struct serial_bus *bus, const struct serial_message *message)
{
	struct serial_witness *witness;

	for (witness = bus->witnesses; witness; witness = witness->next)
		witness->done(witness, message);
}

void serial_bus_write(struct serial_bus *bus, const uint8_t *data, size_t length)
{
	struct serial_message message = { .data = data, .length = length };
	struct chip *chip;

	bus_begin_message(&bus->base);
	chip = bus_answering_chip(&bus->base, 0);
	message.received = chip && has_same_speed(bus, chip);
	if (!chip)
		bus->statistics.unheard += length;
	else if (!message.received)
		bus->statistics.garbled += length;
	else
		bus->statistics.to_chip += length;
	tell(bus, &message);
	if (message.received)
		chip->type->serial.receive(chip, data, length);
}

void serial_bus_send(struct chip *chip, const void *data, size_t length)
{
	struct serial_bus *bus = (struct serial_bus *)chip->bus;
	struct serial_message message = { .from_chip = true, .data = data, .length = length };

	if (!bus)
		return;
	message.received = bus->port && has_same_speed(bus, chip);
	if (message.received)
		bus->statistics.from_chip += length;
	else
		bus->statistics.garbled += length;
	tell(bus, &message);
	if (message.received)
		bus->port->receive(bus->port, data, length);
}

void serial_bus_set_alarm(struct chip *chip, uint64_t microseconds)
{
	struct serial_bus *bus = (struct serial_bus *)chip->bus;

	if (bus && bus->loop)
		event_timer_start(bus->loop, &bus->alarm, microseconds);
}
