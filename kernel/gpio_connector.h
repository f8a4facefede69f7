/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The front end for connectors with presence, power-good, reset and strap lines.
 */
#ifndef PLUGTREE_GPIO_CONNECTOR_H
#define PLUGTREE_GPIO_CONNECTOR_H

int gpio_connector_init(void);
void gpio_connector_exit(void);

#endif
