/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_SERIAL_BUS_H
#define SIM_SERIAL_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lab/sim/bus.h"
#include "lab/sim/event_loop.h"

extern const struct bus_type serial_bus_type;

struct serial_bus;

/**
 * struct serial_port - the board's end of a serial line
 * @receive: takes what a chip sent
 */
struct serial_port {
	void (*receive)(struct serial_port *port, const uint8_t *data, size_t length);
};

/**
 * struct serial_statistics - what went over a serial line
 * @to_chip: bytes that a chip received
 * @from_chip: bytes that the board's end received
 * @unheard: bytes that the board sent to nobody
 * @garbled: bytes lost in either direction since the two ends have different speeds
 */
struct serial_statistics {
	unsigned long to_chip;
	unsigned long from_chip;
	unsigned long unheard;
	unsigned long garbled;
};

/**
 * struct serial_message - bytes that one end sent
 * @from_chip: which end
 * @received: the other end could read them
 * @data: the bytes
 * @length: their number
 */
struct serial_message {
	bool from_chip;
	bool received;
	const uint8_t *data;
	size_t length;
};

/**
 * struct serial_witness - somebody who wants to know what went over a serial line
 * @done: called after each message
 * @next: for the bus
 */
struct serial_witness {
	void (*done)(struct serial_witness *witness, const struct serial_message *message);
	struct serial_witness *next;
};

/**
 * serial_bus_create() - a serial line with no chip on it
 *
 * Its speed at the board's end is 0 until it is set, and fits any chip.
 *
 * Return: the bus, or NULL without memory. serial_bus_destroy() frees it.
 */
struct serial_bus *serial_bus_create(void);

/** serial_bus_destroy() - free a line; its chip stays its owner's; NULL is fine */
void serial_bus_destroy(struct serial_bus *bus);

/** serial_bus_start() - where its chip's alarm runs; without it there is none */
void serial_bus_start(struct serial_bus *bus, struct event_loop *loop);

/** serial_bus_base() - what it has in common with other buses */
struct bus *serial_bus_base(struct serial_bus *bus);

/** serial_bus_watch() - add a witness, which must outlive the bus */
void serial_bus_watch(struct serial_bus *bus, struct serial_witness *witness);

/** serial_bus_statistics() - what went over the line; the owner may set it to zero */
struct serial_statistics *serial_bus_statistics(struct serial_bus *bus);

/** serial_bus_set_port() - connect the board's end; NULL disconnects it */
void serial_bus_set_port(struct serial_bus *bus, struct serial_port *port);

/** serial_bus_set_speed() - bits per second at the board's end */
void serial_bus_set_speed(struct serial_bus *bus, unsigned int speed);

/** serial_bus_is_clear_to_send() - is there a chip that takes what the board sends? */
bool serial_bus_is_clear_to_send(const struct serial_bus *bus);

/** serial_bus_write() - the board's end sends */
void serial_bus_write(struct serial_bus *bus, const uint8_t *data, size_t length);

/** serial_bus_send() - for chips: send to the board's end; lost without contact */
void serial_bus_send(struct chip *chip, const void *data, size_t length);

/** serial_bus_set_alarm() - for chips: call serial.due later, once; forgotten without contact */
void serial_bus_set_alarm(struct chip *chip, uint64_t microseconds);

#endif
