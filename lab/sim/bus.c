// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What all kinds of buses have: chips that make and lose contact, and listeners.
 */
#include <stddef.h>

#include "lab/sim/bus.h"
#include "lab/sim/chip.h"

void bus_attach(struct bus *bus, struct chip *chip)
{
	chip->next = bus->chips;
	bus->chips = chip;
	chip->bus = bus;
	if (bus->type->attached)
		bus->type->attached(bus, chip);
}

void bus_detach(struct bus *bus, struct chip *chip)
{
	struct chip **at;

	for (at = &bus->chips; *at; at = &(*at)->next) {
		if (*at == chip) {
			*at = chip->next;
			chip->bus = NULL;
			if (bus->type->gone)
				bus->type->gone(bus, chip);
			return;
		}
	}
}

struct chip *bus_answering_chip(const struct bus *bus, unsigned int address)
{
	struct chip *chip;

	for (chip = bus->chips; chip && chip->contact != address; chip = chip->next)
		;
	if (chip && chip->in_reset)
		return NULL;
	if (chip && chip->deaf) {
		if (chip->deaf > 0)
			chip->deaf--;
		return NULL;
	}
	return chip;
}

void bus_listen(struct bus *bus, struct bus_listener *listener)
{
	listener->next = bus->listeners;
	bus->listeners = listener;
}

void bus_unlisten(struct bus *bus, struct bus_listener *listener)
{
	struct bus_listener **at;

	/* Pulling an add-on out at a message takes the listeners on it off. */
	if (bus->next_listener == listener)
		bus->next_listener = listener->next;
	for (at = &bus->listeners; *at; at = &(*at)->next) {
		if (*at == listener) {
			*at = listener->next;
			return;
		}
	}
}

void bus_begin_message(struct bus *bus)
{
	struct bus_listener *listener;

	for (listener = bus->listeners; listener; listener = bus->next_listener) {
		bus->next_listener = listener->next;
		listener->message(listener);
	}
}
