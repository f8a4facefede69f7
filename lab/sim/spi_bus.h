/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_SPI_BUS_H
#define SIM_SPI_BUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lab/sim/bus.h"
#include "lab/sim/gpio_bank.h"

#define SPI_SELECTS_MAX 8
#define SPI_BYTES_KEPT 16

extern const struct bus_type spi_bus_type;

/**
 * struct spi_lines - the lines of a bank that an SPI bus consists of
 * @clock: SCK
 * @to_chip: MOSI
 * @from_chip: MISO
 * @select: chip selects, active low; the address of a chip is its number here
 * @selects: number of @select
 */
struct spi_lines {
	unsigned int clock;
	unsigned int to_chip;
	unsigned int from_chip;
	unsigned int select[SPI_SELECTS_MAX];
	unsigned int selects;
};

/**
 * struct spi_message - what went over the bus while a chip select was active
 * @select: its number
 * @length: whole bytes in each direction
 * @to_chip: the first of them
 * @from_chip: the first of those that came back
 */
struct spi_message {
	unsigned int select;
	size_t length;
	uint8_t to_chip[SPI_BYTES_KEPT];
	uint8_t from_chip[SPI_BYTES_KEPT];
};

/**
 * struct spi_statistics - what went over a bus
 * @messages: messages, from active to inactive chip select
 * @bytes: bytes in each direction
 * @refused: messages with no chip in contact
 * @bits: clock periods
 */
struct spi_statistics {
	unsigned long messages;
	unsigned long bytes;
	unsigned long refused;
	unsigned long bits;
};

struct spi_bus;

/**
 * spi_bus_create() - a bus with no chip on it, on lines of a bank
 * @bank: the bank; stays the caller's and must live longer
 * @lines: which lines; all of them different
 *
 * Return: the bus, or NULL without memory. spi_bus_destroy() frees it.
 */
struct spi_bus *spi_bus_create(struct gpio_bank *bank, const struct spi_lines *lines);

/** spi_bus_destroy() - free a bus; its chips stay their owners'; NULL is fine */
void spi_bus_destroy(struct spi_bus *bus);

/** spi_bus_base() - what it has in common with other buses */
struct bus *spi_bus_base(struct spi_bus *bus);

/**
 * struct spi_witness - somebody who wants to know what went over an SPI bus
 * @done: called after each message, with whether a chip was there
 * @next: for the bus
 */
struct spi_witness {
	void (*done)(struct spi_witness *witness, const struct spi_message *message, bool answered);
	struct spi_witness *next;
};

/** spi_bus_watch() - add a witness, which must outlive the bus */
void spi_bus_watch(struct spi_bus *bus, struct spi_witness *witness);

/** spi_bus_statistics() - what went over the bus; the owner may set it to zero */
struct spi_statistics *spi_bus_statistics(struct spi_bus *bus);

#endif
