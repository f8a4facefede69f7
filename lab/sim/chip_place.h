/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_CHIP_PLACE_H
#define SIM_CHIP_PLACE_H

#include "lab/sim/chip.h"
#include "lab/sim/data_file.h"

#define CHIP_PLACES_MAX 256
#define CHIP_NAME_SIZE 64
#define CHIP_OPTIONS_MAX 48

struct identity;

/**
 * struct chip_place - a chip on a board, and what its pins go to
 * @bus: name of the bus that it is on
 * @name: its own name, empty if it has none
 * @chip: the chip
 * @line: line of the connector that its interrupt output pulls down, or -1
 * @reset: line of the connector that holds it in reset while it is low, or -1
 */
struct chip_place {
	char bus[CHIP_NAME_SIZE];
	char name[CHIP_NAME_SIZE];
	struct chip *chip;
	int line;
	int reset;
};

/**
 * struct chip_places - the chips of a board
 * @at: each of them
 * @count: number of them
 */
struct chip_places {
	struct chip_place at[CHIP_PLACES_MAX];
	unsigned int count;
};

/**
 * chip_place_read() - read "chip BUS ADDRESS MODEL …"
 * @file: the file
 * @words: the line
 * @places: where the chip goes
 * @identity: what "id" writes into a memory chip; NULL on a base board, whose chips have neither an
 *	identity nor pins that go to a connector
 *
 * Return: 0 or -EINVAL with the mistake said.
 */
int chip_place_read(struct data_file *file, const struct words *words, struct chip_places *places,
		    const struct identity *identity);

/** chip_places_power() - power of all of them */
void chip_places_power(struct chip_places *places, bool on);

/** chip_places_destroy() - free all of them; they are on no bus */
void chip_places_destroy(struct chip_places *places);

/**
 * chip_places_find() - find a chip by its name or by "model@address"
 *
 * Return: the chip or NULL.
 */
struct chip *chip_places_find(const struct chip_places *places, const char *name);

/**
 * chip_places_bus() - the bus behind a chip, called "<name of the chip>.<channel>"
 *
 * Return: the bus or NULL.
 */
struct bus *chip_places_bus(const struct chip_places *places, const char *name);

#endif
