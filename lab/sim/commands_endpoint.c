// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Commands about PCIe endpoints.
 */
#include <errno.h>
#include <string.h>

#include "lab/sim/command.h"

static int set_link(struct pci_function *function, const char *value)
{
	if (strcmp(value, "up") && strcmp(value, "down"))
		return -EINVAL;
	pci_function_set_link(function, !strcmp(value, "up"));
	return 0;
}

static int set_msi(struct pci_function *function, const char *value)
{
	if (strcmp(value, "on") && strcmp(value, "off"))
		return -EINVAL;
	function->has_msi = !strcmp(value, "on");
	return 0;
}

static int set_pin(struct pci_function *function, const char *value)
{
	if (strcmp(value, "on") && strcmp(value, "off"))
		return -EINVAL;
	function->has_pin = !strcmp(value, "on");
	return 0;
}

static int set_breaks_after(struct pci_function *function, const char *value)
{
	return words_number(value, &function->breaks_after) ? -EINVAL : 0;
}

/* A smaller chip of the same family: the rest of its registers is not there. */
static int set_bar1(struct pci_function *function, const char *value)
{
	unsigned long size;

	if (words_number(value, &size) || size < 4096 || size > 16UL << 20 || size & (size - 1))
		return -EINVAL;
	function->sizes[1] = size;
	return 0;
}

static const struct {
	const char *key;
	int (*set)(struct pci_function *function, const char *value);
} settings[] = {
	{ "link=", set_link },
	{ "breaks-after=", set_breaks_after },
	{ "msi=", set_msi },
	{ "pin=", set_pin },
	{ "bar1=", set_bar1 },
};

static struct pci_function *find_function(struct board *board, const char *name)
{
	struct board_device *device =
		board->device_count ?
			board_device_find(&board->devices[board->device_count - 1], name) :
			NULL;

	return device && device->lan966x ? lan966x_function(device->lan966x) : NULL;
}

int command_endpoint(struct commands *commands, const struct words *words)
{
	struct pci_function *function = find_function(commands->board, words->word[1]);
	size_t i, length;
	int ret = -EINVAL;

	if (!function)
		return commands_refuse(commands, "there is no endpoint %.64s", words->word[1]);
	for (i = 0; i < sizeof(settings) / sizeof(settings[0]); i++) {
		length = strlen(settings[i].key);
		if (!strncmp(words->word[2], settings[i].key, length))
			ret = settings[i].set(function, words->word[2] + length);
	}
	return ret ? commands_refuse(commands, "%.64s is no setting of an endpoint",
				     words->word[2]) :
		     0;
}
