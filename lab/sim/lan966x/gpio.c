// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The GPIO controller: 78 lines, three words of each register. Any edge of a line is an event; the
 * interrupt is active as long as there is one that is enabled.
 */
#include <stddef.h>
#include <string.h>

#include "lab/sim/lan966x/blocks.h"

enum gpio_register {
	GPIO_SET,
	GPIO_CLEAR,
	GPIO_OUTPUT_LEVEL,
	GPIO_INPUT_LEVEL,
	GPIO_DIRECTION,
	GPIO_EVENT,
	GPIO_EVENT_ENABLE,
	GPIO_EVENT_IDENTITY,
	GPIO_FUNCTION,
	GPIO_REGISTERS = GPIO_FUNCTION + 3,
};

static uint32_t input(const struct gpio_block *gpio, unsigned int word)
{
	unsigned int line;
	uint32_t value = 0;

	for (line = word * 32; line < GPIO_LINES && line < word * 32 + 32; line++)
		value |= (uint32_t)gpio_bank_level(gpio->bank, line) << line % 32;
	return value;
}

static void update_interrupt(struct gpio_block *gpio)
{
	bool active = false;
	int word;

	for (word = 0; word < GPIO_WORDS; word++)
		active |= gpio->event[word] & gpio->enabled[word];
	oic_set(gpio->oic, OIC_GPIO, active);
}

static void drive(struct gpio_block *gpio)
{
	unsigned int line;

	for (line = 0; line < GPIO_LINES; line++) {
		gpio_bank_set_output(gpio->bank, line, gpio->output[line / 32] >> line % 32 & 1);
		gpio_bank_set_direction(gpio->bank, line,
					gpio->direction[line / 32] >> line % 32 & 1 ? GPIO_OUTPUT :
										     GPIO_INPUT);
	}
}

static uint64_t gpio_read(struct mmio_region *region, uint64_t offset, unsigned int size)
{
	struct gpio_block *gpio = (struct gpio_block *)region;
	unsigned int word = offset / 4 % GPIO_WORDS;

	switch (offset / 4 / GPIO_WORDS) {
	case GPIO_OUTPUT_LEVEL:
		return gpio->output[word];
	case GPIO_INPUT_LEVEL:
		return input(gpio, word);
	case GPIO_DIRECTION:
		return gpio->direction[word];
	case GPIO_EVENT:
		return gpio->event[word];
	case GPIO_EVENT_ENABLE:
		return gpio->enabled[word];
	case GPIO_EVENT_IDENTITY:
		return gpio->event[word] & gpio->enabled[word];
	case GPIO_SET:
	case GPIO_CLEAR:
		return 0;
	default:
		return gpio->function[offset / 4 - GPIO_FUNCTION * GPIO_WORDS];
	}
}

static void gpio_write(struct mmio_region *region, uint64_t offset, unsigned int size,
		       uint64_t value)
{
	struct gpio_block *gpio = (struct gpio_block *)region;
	unsigned int word = offset / 4 % GPIO_WORDS;

	switch (offset / 4 / GPIO_WORDS) {
	case GPIO_SET:
		gpio->output[word] |= value;
		break;
	case GPIO_CLEAR:
		gpio->output[word] &= ~(uint32_t)value;
		break;
	case GPIO_OUTPUT_LEVEL:
		gpio->output[word] = value;
		break;
	case GPIO_DIRECTION:
		gpio->direction[word] = value;
		break;
	case GPIO_EVENT:
		gpio->event[word] &= ~(uint32_t)value;
		break;
	case GPIO_EVENT_ENABLE:
		gpio->enabled[word] = value;
		break;
	case GPIO_INPUT_LEVEL:
	case GPIO_EVENT_IDENTITY:
		return;
	default:
		gpio->function[offset / 4 - GPIO_FUNCTION * GPIO_WORDS] = value;
		return;
	}
	drive(gpio);
	update_interrupt(gpio);
}

static void line_changed(struct gpio_watcher *watcher, unsigned int line, bool level)
{
	struct gpio_block *gpio =
		(struct gpio_block *)((char *)watcher - offsetof(struct gpio_block, watcher));

	gpio->event[line / 32] |= 1U << line % 32;
	update_interrupt(gpio);
}

void gpio_block_reset(struct gpio_block *gpio)
{
	memset(gpio->output, 0, sizeof(gpio->output));
	memset(gpio->direction, 0, sizeof(gpio->direction));
	memset(gpio->enabled, 0, sizeof(gpio->enabled));
	memset(gpio->function, 0, sizeof(gpio->function));
	drive(gpio);
	memset(gpio->event, 0, sizeof(gpio->event));
	update_interrupt(gpio);
}

void gpio_block_init(struct gpio_block *gpio, struct gpio_bank *bank, struct oic *oic)
{
	gpio->region.start = 0x4064;
	gpio->region.size = 4 * GPIO_WORDS * GPIO_REGISTERS;
	gpio->region.read = gpio_read;
	gpio->region.write = gpio_write;
	gpio->bank = bank;
	gpio->oic = oic;
	gpio->watcher.changed = line_changed;
	gpio_bank_watch(bank, &gpio->watcher);
	gpio_block_reset(gpio);
}
