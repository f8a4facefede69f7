/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hogs on lines of a connector.
 */
#ifndef PLUGTREE_GPIO_HOG_H
#define PLUGTREE_GPIO_HOG_H

int gpio_hog_init(void);
void gpio_hog_exit(void);

#endif
