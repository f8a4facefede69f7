/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_LAN966X_H
#define SIM_LAN966X_H

#include "lab/sim/gpio_bank.h"
#include "lab/sim/i2c_bus.h"
#include "lab/sim/pci_function.h"

/* Lines of its GPIO controller. */
#define LAN966X_LINES 78

struct lan966x;

/**
 * lan966x_create() - a LAN966x as a PCIe endpoint
 * @result: it, to be freed with lan966x_destroy()
 * @bus: the I2C bus of its flexcom 0; outlives it
 * @bank: its LAN966X_LINES GPIO lines; outlives it
 *
 * Return: 0, or -ENOMEM.
 */
int lan966x_create(struct lan966x **result, struct i2c_bus *bus, struct gpio_bank *bank);

/** lan966x_destroy() - free it; NULL is fine */
void lan966x_destroy(struct lan966x *device);

/** lan966x_function() - the PCI function that it is */
struct pci_function *lan966x_function(struct lan966x *device);

#endif
