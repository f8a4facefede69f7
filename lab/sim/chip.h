/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_CHIP_H
#define SIM_CHIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "lab/sim/bus.h"
#include "lab/sim/gpio_bank.h"

struct chip;
struct i2c_message;

/**
 * struct chip_type - a model of a chip
 * @name: as in add-on files
 * @bus: the kind of bus that it is on
 * @size: bytes of the chip's structure, whose first member is a struct chip
 * @create: initialises what is not zero. Return: 0 or a negative errno. May be NULL
 * @power: power came (as after manufacture, but for what is not volatile) or went. May be NULL
 * @reset: its reset input became active: all is as after power came. NULL if it has no such input
 * @i2c: on an I2C bus; write: bytes after the address with the write bit, read: bytes after the
 *	address with the read bit, stop: the transfer ended with a stop condition, not with a
 *	repeated start. stop may be NULL. pass: carry a message that nobody on the chip's own bus
 *	answered to the buses behind the chip. Return: 0, or -ENXIO if nobody acknowledged. NULL if
 *	there are none
 * @spi: on an SPI bus; select: its chip select became active, exchange: a byte came, both return
 *	the byte that goes out next; deselect: the chip select became inactive when @bits of another
 *	byte had come. May be NULL
 * @serial: on a serial line; speed: in bits per second, receive: bytes that arrive, due: the time
 *	of serial_bus_set_alarm() has come, or the chip made contact. The last may be NULL
 * @channel: the bus behind the chip of this number; NULL if there is none. May be NULL
 * @set: changes what the chip measures or holds. Return: 0, -ENOENT for an unknown key, -EINVAL for
 *	a bad value
 * @get: prints the value of a key, or of all if @key is NULL. Return: 0 or -ENOENT
 * @memory: the bytes of a memory chip, their number in *size; NULL for others
 * @bank: the lines of a GPIO expander; NULL for others
 * @destroy: frees what @create made. May be NULL
 */
struct chip_type {
	const char *name;
	const struct bus_type *bus;
	size_t size;
	int (*create)(struct chip *chip);
	void (*power)(struct chip *chip, bool on);
	void (*reset)(struct chip *chip);
	struct {
		void (*write)(struct chip *chip, const uint8_t *data, size_t length);
		void (*read)(struct chip *chip, uint8_t *data, size_t length);
		void (*stop)(struct chip *chip);
		int (*pass)(struct chip *chip, const struct i2c_message *message);
	} i2c;
	struct {
		uint8_t (*select)(struct chip *chip);
		uint8_t (*exchange)(struct chip *chip, uint8_t byte);
		void (*deselect)(struct chip *chip, unsigned int bits);
	} spi;
	struct {
		unsigned int (*speed)(struct chip *chip);
		void (*receive)(struct chip *chip, const uint8_t *data, size_t length);
		void (*due)(struct chip *chip);
	} serial;
	struct bus *(*channel)(struct chip *chip, unsigned int number);
	int (*set)(struct chip *chip, const char *key, const char *value);
	int (*get)(struct chip *chip, const char *key, FILE *out);
	uint8_t *(*memory)(struct chip *chip, size_t *size);
	struct gpio_bank *(*bank)(struct chip *chip);
	void (*destroy)(struct chip *chip);
};

/**
 * struct chip - a chip
 * @type: its model
 * @address: its address on the bus; that of an I2C chip has 7 bits, of an SPI chip it is the chip
 *	select
 * @contact: the same as the bus counts, where a socket translates
 * @bus: where it is in contact; NULL without
 * @powered: it has power; without, its interrupt output cannot be active
 * @in_reset: its reset input is active: it does not answer
 * @interrupt: its interrupt output is active
 * @interrupt_changed: called when @interrupt changed; NULL if it goes nowhere
 * @owner: for the one who set @interrupt_changed
 * @deaf: number of transfers that it will not answer; -1 for all until it is set again
 * @next: on its bus
 */
struct chip {
	const struct chip_type *type;
	unsigned int address;
	unsigned int contact;
	struct bus *bus;
	bool powered;
	bool in_reset;
	bool interrupt;
	void (*interrupt_changed)(struct chip *chip);
	void *owner;
	int deaf;
	struct chip *next;
};

/**
 * chip_create() - make a chip without power
 * @name: name of its model
 * @address: its address on the bus
 * @chip: the result
 *
 * Return: 0, -ENOENT for an unknown model, -ENOMEM.
 */
int chip_create(const char *name, unsigned int address, struct chip **chip);

/** chip_destroy() - free a chip that is on no bus; NULL is fine */
void chip_destroy(struct chip *chip);

/** chip_power() - switch the chip's power */
void chip_power(struct chip *chip, bool on);

/** chip_set_reset() - the level at the chip's reset input changes; only for chips that have one */
void chip_set_reset(struct chip *chip, bool active);

/** chip_set_interrupt() - for models: the interrupt output becomes active, if it has power, or not */
void chip_set_interrupt(struct chip *chip, bool active);

/**
 * chip_key_number() - for models: the number in a key such as "input3"
 * @key: the key
 * @prefix: what comes before the number
 * @count: how many numbers there are, from 0
 * @number: the result
 *
 * Return: 0, or -ENOENT for another key or number.
 */
int chip_key_number(const char *key, const char *prefix, unsigned long count,
		    unsigned long *number);

/** chip_types_print() - print the names of all models */
void chip_types_print(FILE *out);

#endif
