// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree eject: take an add-on out of service before it is pulled.
 */
#include "command.h"
#include "request.h"

static enum exit_code eject(const struct context *context, int count, char **operands)
{
	static const struct request request = {
		.attribute = "eject",
		.value = "1",
		.goal = "empty",
		.nothing_there = "no add-on is in service",
	};

	return request_do(context, &request, count ? operands[0] : NULL);
}

const struct command eject_command = {
	.name = "eject",
	.operands = "[CONNECTOR]",
	.completion = "connector",
	.summary = "take an add-on out of service",
	.description =
		"Remove the devices of the add-on in CONNECTOR and switch it off, and wait until\n"
		"that is done. It comes back by 'plugtree rescan', when it is plugged again, or, where\n"
		"it cannot be detected, by 'plugtree load'.\n"
		"CONNECTOR may be left out when the board has only one.",
	.operands_max = 1,
	.options = request_options,
	.run = eject,
};
