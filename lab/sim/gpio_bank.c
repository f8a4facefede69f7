// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A bank of GPIO lines between a controller of the base board and the hardware behind it.
 */
#include <stdlib.h>

#include "lab/sim/gpio_bank.h"

#define LINES_MAX 256

/**
 * struct gpio_line - a line
 * @direction: what the base board uses it as
 * @output: level that the base board's output has, or would have
 * @driven: the hardware behind it drives it
 * @level: level to which the hardware drives it
 * @hushed: it belongs to a bus
 */
struct gpio_line {
	enum gpio_direction direction;
	bool output;
	bool driven;
	bool level;
	bool hushed;
};

/**
 * struct gpio_bank - a bank
 * @count: number of lines
 * @watchers: who wants to know of changes
 * @lines: its lines
 */
struct gpio_bank {
	unsigned int count;
	struct gpio_watcher *watchers;
	struct gpio_line lines[];
};

struct gpio_bank *gpio_bank_create(unsigned int count)
{
	struct gpio_bank *bank;

	if (!count || count > LINES_MAX)
		return NULL;
	bank = calloc(1, sizeof(*bank) + count * sizeof(bank->lines[0]));
	if (bank)
		bank->count = count;
	return bank;
}

void gpio_bank_destroy(struct gpio_bank *bank)
{
	free(bank);
}

unsigned int gpio_bank_count(const struct gpio_bank *bank)
{
	return bank->count;
}

void gpio_bank_watch(struct gpio_bank *bank, struct gpio_watcher *watcher)
{
	watcher->next = bank->watchers;
	bank->watchers = watcher;
}

void gpio_bank_unwatch(struct gpio_bank *bank, struct gpio_watcher *watcher)
{
	struct gpio_watcher **at;

	for (at = &bank->watchers; *at; at = &(*at)->next) {
		if (*at == watcher) {
			*at = watcher->next;
			return;
		}
	}
}

bool gpio_bank_level(const struct gpio_bank *bank, unsigned int line)
{
	const struct gpio_line *at = &bank->lines[line];

	if (at->direction == GPIO_OUTPUT)
		return at->output;
	return at->driven ? at->level : true;
}

enum gpio_direction gpio_bank_direction(const struct gpio_bank *bank, unsigned int line)
{
	return bank->lines[line].direction;
}

void gpio_bank_hush(struct gpio_bank *bank, unsigned int line)
{
	bank->lines[line].hushed = true;
}

bool gpio_bank_is_hushed(const struct gpio_bank *bank, unsigned int line)
{
	return bank->lines[line].hushed;
}

static void tell(struct gpio_bank *bank, unsigned int line, bool before)
{
	bool level = gpio_bank_level(bank, line);
	struct gpio_watcher *watcher, *next;

	if (level == before)
		return;
	for (watcher = bank->watchers; watcher; watcher = next) {
		next = watcher->next;
		watcher->changed(watcher, line, level);
	}
}

void gpio_bank_set_direction(struct gpio_bank *bank, unsigned int line,
			     enum gpio_direction direction)
{
	bool before = gpio_bank_level(bank, line);

	bank->lines[line].direction = direction;
	tell(bank, line, before);
}

void gpio_bank_set_output(struct gpio_bank *bank, unsigned int line, bool level)
{
	bool before = gpio_bank_level(bank, line);

	bank->lines[line].output = level;
	tell(bank, line, before);
}

void gpio_bank_drive(struct gpio_bank *bank, unsigned int line, bool level)
{
	bool before = gpio_bank_level(bank, line);

	bank->lines[line].driven = true;
	bank->lines[line].level = level;
	tell(bank, line, before);
}

void gpio_bank_release(struct gpio_bank *bank, unsigned int line)
{
	bool before = gpio_bank_level(bank, line);

	bank->lines[line].driven = false;
	tell(bank, line, before);
}
