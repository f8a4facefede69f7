// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An SPI bus on GPIO lines: follows their edges bit by bit, as the chips do.
 *
 * Chips take a bit at the clock's rising edge and change theirs at the falling one, which is modes
 * 0 and 3: in mode 0 the first bit is there as soon as the chip is selected, in mode 3 the first
 * falling edge sends it again. Bits go most significant first.
 */
#include <stdlib.h>
#include <string.h>

#include "lab/sim/chip.h"
#include "lab/sim/spi_bus.h"

#define BITS_PER_BYTE 8
#define NOBODY -1

/* What the pull-up of the line from the chips reads as. */
#define IDLE_BYTE 0xff

/**
 * struct spi_bus - a bus
 * @base: what every bus has
 * @bank: where its lines are
 * @lines: which
 * @watcher: on @bank
 * @witnesses: who wants to know what went over it
 * @statistics: what went over it
 * @selected: number of the chip select that is active, or NOBODY
 * @answered: a chip was there when the message began
 * @chip: the chip that answers it, as long as it is in contact
 * @message: the message so far
 * @bits: bits of the present byte that were taken
 * @in: those bits
 * @out: the byte that the chip sends meanwhile
 */
struct spi_bus {
	struct bus base;
	struct gpio_bank *bank;
	struct spi_lines lines;
	struct gpio_watcher watcher;
	struct spi_witness *witnesses;
	struct spi_statistics statistics;
	int selected;
	bool answered;
	struct chip *chip;
	struct spi_message message;
	unsigned int bits;
	uint8_t in;
	uint8_t out;
};

static void chip_gone(struct bus *base, struct chip *chip)
{
	struct spi_bus *bus = (struct spi_bus *)base;

	if (bus->chip != chip)
		return;
	bus->chip = NULL;
	bus->out = IDLE_BYTE;
	gpio_bank_release(bus->bank, bus->lines.from_chip);
}

const struct bus_type spi_bus_type = {
	.name = "spi",
	.address_max = SPI_SELECTS_MAX - 1,
	.gone = chip_gone,
};

/* Puts the next bit on the line. */
static void send_bit(struct spi_bus *bus)
{
	if (bus->chip)
		gpio_bank_drive(bus->bank, bus->lines.from_chip,
				bus->out >> (BITS_PER_BYTE - 1 - bus->bits) & 1);
}

static void take_bit(struct spi_bus *bus)
{
	struct spi_message *message = &bus->message;

	bus->statistics.bits++;
	bus->in = bus->in << 1 | gpio_bank_level(bus->bank, bus->lines.to_chip);
	if (++bus->bits < BITS_PER_BYTE)
		return;
	if (message->length < SPI_BYTES_KEPT) {
		message->to_chip[message->length] = bus->in;
		message->from_chip[message->length] = bus->out;
	}
	message->length++;
	bus->statistics.bytes++;
	bus->bits = 0;
	if (bus->chip)
		bus->out = bus->chip->type->spi.exchange(bus->chip, bus->in);
}

static void end_message(struct spi_bus *bus)
{
	struct spi_witness *witness;
	struct chip *chip = bus->chip;

	bus->selected = NOBODY;
	bus->chip = NULL;
	gpio_bank_release(bus->bank, bus->lines.from_chip);
	if (chip && chip->type->spi.deselect)
		chip->type->spi.deselect(chip, bus->bits);
	for (witness = bus->witnesses; witness; witness = witness->next)
		witness->done(witness, &bus->message, bus->answered);
}

static void begin_message(struct spi_bus *bus, unsigned int select)
{
	bus_begin_message(&bus->base);
	bus->chip = bus_answering_chip(&bus->base, select);
	bus->selected = (int)select;
	bus->answered = bus->chip;
	bus->statistics.messages++;
	bus->statistics.refused += !bus->answered;
	memset(&bus->message, 0, sizeof(bus->message));
	bus->message.select = select;
	bus->bits = 0;
	bus->out = bus->chip ? bus->chip->type->spi.select(bus->chip) : IDLE_BYTE;
	send_bit(bus);
}

static void select_changed(struct spi_bus *bus, unsigned int select, bool active)
{
	if (bus->selected != NOBODY && (active || bus->selected == (int)select))
		end_message(bus);
	if (active)
		begin_message(bus, select);
}

static void line_changed(struct gpio_watcher *watcher, unsigned int line, bool level)
{
	struct spi_bus *bus =
		(struct spi_bus *)((char *)watcher - offsetof(struct spi_bus, watcher));
	unsigned int i;

	for (i = 0; i < bus->lines.selects; i++)
		if (line == bus->lines.select[i])
			select_changed(bus, i, !level);
	if (line != bus->lines.clock || bus->selected == NOBODY)
		return;
	if (level)
		take_bit(bus);
	else
		send_bit(bus);
}

struct spi_bus *spi_bus_create(struct gpio_bank *bank, const struct spi_lines *lines)
{
	struct spi_bus *bus = calloc(1, sizeof(*bus));
	unsigned int i;

	if (!bus)
		return NULL;
	bus->base.type = &spi_bus_type;
	bus->bank = bank;
	bus->lines = *lines;
	bus->selected = NOBODY;
	gpio_bank_hush(bank, lines->clock);
	gpio_bank_hush(bank, lines->to_chip);
	gpio_bank_hush(bank, lines->from_chip);
	for (i = 0; i < lines->selects; i++)
		gpio_bank_hush(bank, lines->select[i]);
	bus->watcher.changed = line_changed;
	gpio_bank_watch(bank, &bus->watcher);
	return bus;
}

void spi_bus_destroy(struct spi_bus *bus)
{
	if (!bus)
		return;
	gpio_bank_unwatch(bus->bank, &bus->watcher);
	free(bus);
}

struct bus *spi_bus_base(struct spi_bus *bus)
{
	return &bus->base;
}

void spi_bus_watch(struct spi_bus *bus, struct spi_witness *witness)
{
	witness->next = bus->witnesses;
	bus->witnesses = witness;
}

struct spi_statistics *spi_bus_statistics(struct spi_bus *bus)
{
	return &bus->statistics;
}
