// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The role "rebind=BUS/DRIVER/DEVICE": takes the driver away from a device of the base board, and gives
 * it back.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "storm.h"

enum { UNBOUND, ABSENT };

/* Return: 0, or a negative errno of the attribute. */
static int ask_driver(struct actor *actor, const char *attribute)
{
	char bus[32], driver[32], device[64], path[192];

	if (sscanf(actor->argument, "%31[^/]/%31[^/]/%63s", bus, driver, device) != 3) {
		storm_problem(actor, "%s is no BUS/DRIVER/DEVICE", actor->argument);
		return 0;
	}
	snprintf(path, sizeof(path), "/sys/bus/%s/drivers/%s/%s", bus, driver, attribute);
	return storm_write(path, device);
}

static void rebind(struct actor *actor)
{
	int ret = ask_driver(actor, actor->away ? "bind" : "unbind");

	if (!ret) {
		actor->counts[UNBOUND] += !actor->away;
		actor->away = !actor->away;
	} else {
		/* It waits for another one that is away, or its driver's module is. */
		actor->counts[ABSENT]++;
	}
}

/* Whoever waits for something of another one is bound by the kernel when that is back. */
static void end(struct actor *actor)
{
	int ret = actor->away ? ask_driver(actor, "bind") : 0;

	if (ret && ret != -EBUSY)
		storm_problem(actor, "%s cannot be bound again: %s", actor->argument,
			      strerror(-ret));
}

const struct role rebind_role = {
	.name = "rebind",
	.counts = { "times unbound", "was not there" },
	.act = rebind,
	.end = end,
	.pause_ms = 16000,
};
