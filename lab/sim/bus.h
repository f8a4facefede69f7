/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_BUS_H
#define SIM_BUS_H

#include <stdbool.h>

struct bus;
struct chip;

/**
 * struct bus_type - a kind of bus
 * @name: as in board files
 * @address_max: largest address that a chip on it can have
 * @attached: a chip made contact. May be NULL
 * @gone: a chip has lost contact, maybe in the middle of a message. May be NULL
 */
struct bus_type {
	const char *name;
	unsigned int address_max;
	void (*attached)(struct bus *bus, struct chip *chip);
	void (*gone)(struct bus *bus, struct chip *chip);
};

/**
 * struct bus_listener - somebody who looks at a bus
 * @message: called before each message is carried out; may attach and detach chips, and take listeners
 *	off
 * @next: for the bus
 */
struct bus_listener {
	void (*message)(struct bus_listener *listener);
	struct bus_listener *next;
};

/**
 * struct bus - what every bus has, first in the structure of each kind
 * @type: its kind
 * @chips: chips in contact
 * @listeners: who looks at it
 * @next_listener: who is told next
 */
struct bus {
	const struct bus_type *type;
	struct chip *chips;
	struct bus_listener *listeners;
	struct bus_listener *next_listener;
};

/** bus_attach() - the pins of a chip of this kind of bus make contact */
void bus_attach(struct bus *bus, struct chip *chip);

/** bus_detach() - a chip's pins lose contact; one that is not there is fine */
void bus_detach(struct bus *bus, struct chip *chip);

/**
 * bus_answering_chip() - who answers a message; call it once per message
 *
 * Return: the chip in contact at @address, NULL if there is none, it is in reset or does not hear (chip.deaf).
 */
struct chip *bus_answering_chip(const struct bus *bus, unsigned int address);

/** bus_listen() - add a listener, which must outlive the bus or be taken off */
void bus_listen(struct bus *bus, struct bus_listener *listener);

/** bus_unlisten() - take a listener off; one that is not there is fine */
void bus_unlisten(struct bus *bus, struct bus_listener *listener);

/** bus_begin_message() - for kinds of buses: tell the listeners that a message comes */
void bus_begin_message(struct bus *bus);

#endif
