/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_HISTORY_H
#define SIM_HISTORY_H

#include <stdio.h>

#include "lab/sim/gpio_bank.h"
#include "lab/sim/i2c_bus.h"
#include "lab/sim/serial_bus.h"
#include "lab/sim/spi_bus.h"

#define HISTORY_EVENTS 256

struct history;

/**
 * history_create() - remember what happens on buses and lines, the latest HISTORY_EVENTS of it
 *
 * Return: the history, or NULL without memory. history_destroy() frees it.
 */
struct history *history_create(void);

/** history_destroy() - forget; after the buses and banks it looked at are gone; NULL is fine */
void history_destroy(struct history *history);

/**
 * history_watch_bus() - look at a bus from now on
 * @name: of the bus; must stay where it is
 *
 * Return: 0 or -ENOMEM.
 */
int history_watch_bus(struct history *history, const char *name, struct i2c_bus *bus);

/** history_watch_spi() - the same for an SPI bus */
int history_watch_spi(struct history *history, const char *name, struct spi_bus *bus);

/** history_watch_serial() - the same for a serial line */
int history_watch_serial(struct history *history, const char *name, struct serial_bus *bus);

/** history_watch_bank() - the same for a bank of GPIO lines, but for those of buses */
int history_watch_bank(struct history *history, const char *name, struct gpio_bank *bank);

/** history_note() - remember a text, cut if it is long; NULL for @history is fine */
void history_note(struct history *history, const char *text);

/**
 * history_print() - print the latest events, the oldest of them first
 * @history: NULL prints nothing
 * @events: how many at most
 * @out: one line each, "- SECONDS WHAT", seconds since history_create()
 */
void history_print(const struct history *history, unsigned int events, FILE *out);

#endif
