/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_I2C_BUS_H
#define SIM_I2C_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lab/sim/bus.h"

extern const struct bus_type i2c_bus_type;

/**
 * struct i2c_message - one message of an I2C transfer, from start condition to the next
 * @address: 7-bit address
 * @read: the chip sends
 * @stop: a stop condition follows, not a repeated start
 * @data: bytes to send, or room for those received; NULL if @length is 0
 * @length: number of bytes
 */
struct i2c_message {
	unsigned int address;
	bool read;
	bool stop;
	uint8_t *data;
	size_t length;
};

struct i2c_bus;

/**
 * struct i2c_statistics - what went over a bus
 * @transfers: transfers, from start to stop condition
 * @messages: messages in them
 * @written: bytes to chips that acknowledged, without addresses
 * @read: bytes from chips
 * @refused: messages that nobody acknowledged
 * @bits: clock periods, with start and stop conditions and acknowledge bits
 */
struct i2c_statistics {
	unsigned long transfers;
	unsigned long messages;
	unsigned long written;
	unsigned long read;
	unsigned long refused;
	unsigned long bits;
};

/**
 * i2c_bus_create() - a bus with no chip on it
 *
 * Return: the bus, or NULL without memory. i2c_bus_destroy() frees it.
 */
struct i2c_bus *i2c_bus_create(void);

/** i2c_bus_destroy() - free a bus; its chips stay their owners'; NULL is fine */
void i2c_bus_destroy(struct i2c_bus *bus);

/** i2c_bus_base() - what it has in common with other buses */
struct bus *i2c_bus_base(struct i2c_bus *bus);

/**
 * struct i2c_witness - somebody who wants to know what went over an I2C bus
 * @done: called after each message, with whether a chip acknowledged it
 * @next: for the bus
 */
struct i2c_witness {
	void (*done)(struct i2c_witness *witness, const struct i2c_message *message, bool answered);
	struct i2c_witness *next;
};

/** i2c_bus_watch() - add a witness, which must outlive the bus */
void i2c_bus_watch(struct i2c_bus *bus, struct i2c_witness *witness);

/** i2c_bus_statistics() - what went over the bus; the owner may set it to zero */
struct i2c_statistics *i2c_bus_statistics(struct i2c_bus *bus);

/**
 * i2c_bus_transfer() - carry one message to the chip that answers to its address, on the bus itself
 *	or on one that a chip of the bus leads to
 * @bus: the bus
 * @message: the message; received bytes land in its data
 *
 * Return: 0, or -ENXIO if no chip acknowledged; then no received byte is valid.
 */
int i2c_bus_transfer(struct i2c_bus *bus, const struct i2c_message *message);

#endif
