/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The slot of a UART: what keeps its serdev port for add-ons that come and go.
 */
#ifndef PLUGTREE_UART_SLOT_H
#define PLUGTREE_UART_SLOT_H

#include <linux/kconfig.h>

#include "common/reasons.h"

/* In the base tree, the permanent child of a UART that leads to a connector. */
#define UART_SLOT_COMPATIBLE "plugtree,uart-slot"

struct device;
struct device_node;
struct serdev_device;

struct device *uart_slot_controller(const struct device_node *uart);
struct serdev_device *uart_slot_plug(const struct device_node *uart, struct device_node *extension,
				     struct plugtree_refusal *refusal);
void uart_slot_unplug(struct serdev_device *addon);

#if IS_ENABLED(CONFIG_SERIAL_DEV_BUS)
int uart_slot_init(void);
void uart_slot_exit(void);
#else
static inline int uart_slot_init(void)
{
	return 0;
}

static inline void uart_slot_exit(void)
{
}
#endif

#endif
