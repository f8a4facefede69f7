/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_GPIO_BANK_H
#define SIM_GPIO_BANK_H

#include <stdbool.h>
#include <stdint.h>

/** enum gpio_direction - as virtio-gpio numbers them */
enum gpio_direction {
	GPIO_NONE = 0,
	GPIO_OUTPUT = 1,
	GPIO_INPUT = 2,
};

/**
 * struct gpio_watcher - somebody who wants to know when a line changes its level
 * @changed: called after the level of @line became @level; may change other lines
 * @next: for the bank
 */
struct gpio_watcher {
	void (*changed)(struct gpio_watcher *watcher, unsigned int line, bool level);
	struct gpio_watcher *next;
};

struct gpio_bank;

/**
 * gpio_bank_create() - a bank of lines, all pulled up and unused
 * @count: number of lines, 1 to 256
 *
 * Return: the bank, or NULL without memory or for another @count. gpio_bank_destroy() frees it.
 */
struct gpio_bank *gpio_bank_create(unsigned int count);

/** gpio_bank_destroy() - free a bank; NULL is fine */
void gpio_bank_destroy(struct gpio_bank *bank);

/** gpio_bank_count() - number of lines */
unsigned int gpio_bank_count(const struct gpio_bank *bank);

/** gpio_bank_watch() - add a watcher, which must outlive the bank or be taken off */
void gpio_bank_watch(struct gpio_bank *bank, struct gpio_watcher *watcher);

/** gpio_bank_unwatch() - take a watcher off */
void gpio_bank_unwatch(struct gpio_bank *bank, struct gpio_watcher *watcher);

/** gpio_bank_level() - level of a line: of the base board's output, else of the hardware, else 1 */
bool gpio_bank_level(const struct gpio_bank *bank, unsigned int line);

/** gpio_bank_direction() - what the base board uses the line as */
enum gpio_direction gpio_bank_direction(const struct gpio_bank *bank, unsigned int line);

/** gpio_bank_hush() - the line belongs to a bus, whose messages tell more than the line's edges */
void gpio_bank_hush(struct gpio_bank *bank, unsigned int line);

/** gpio_bank_is_hushed() - whether it does */
bool gpio_bank_is_hushed(const struct gpio_bank *bank, unsigned int line);

/** gpio_bank_set_direction() - the base board makes the line an output, an input or unused */
void gpio_bank_set_direction(struct gpio_bank *bank, unsigned int line,
			     enum gpio_direction direction);

/** gpio_bank_set_output() - level for when the base board's output is on; kept while it is not */
void gpio_bank_set_output(struct gpio_bank *bank, unsigned int line, bool level);

/** gpio_bank_drive() - the hardware behind the line drives it to a level */
void gpio_bank_drive(struct gpio_bank *bank, unsigned int line, bool level);

/** gpio_bank_release() - the hardware behind the line lets go of it: the pull-up has its way */
void gpio_bank_release(struct gpio_bank *bank, unsigned int line);

#endif
