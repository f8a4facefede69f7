/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_WIRE_H
#define SIM_WIRE_H

#include <stdbool.h>

#include "lab/sim/gpio_bank.h"

/**
 * struct wire - a pin of a socket, wired to a GPIO of the base board
 * @bank: the GPIO's bank; NULL if there is no such pin
 * @line: the GPIO
 * @active_low: active is level 0
 */
struct wire {
	struct gpio_bank *bank;
	unsigned int line;
	bool active_low;
};

/** wire_drive() - the add-on's side makes it active or inactive; fine if there is no such pin */
void wire_drive(const struct wire *wire, bool active);

/** wire_release() - the add-on's side lets go of it; fine if there is no such pin */
void wire_release(const struct wire *wire);

/** wire_is_active() - its present state; false if there is no such pin */
bool wire_is_active(const struct wire *wire);

#endif
