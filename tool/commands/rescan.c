// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree rescan: look at an add-on afresh.
 */
#include "command.h"
#include "request.h"

static enum exit_code rescan(const struct context *context, int count, char **operands)
{
	static const struct request request = {
		.attribute = "rescan",
		.value = "1",
		.goal = "ready",
		.nothing_there = "there is no add-on in the connector",
	};

	return request_do(context, &request, count ? operands[0] : NULL);
}

const struct command rescan_command = {
	.name = "rescan",
	.operands = "[CONNECTOR]",
	.completion = "connector",
	.summary = "identify and load an add-on afresh",
	.description =
		"Identify the add-on in CONNECTOR afresh and bring it into service, whether it is in\n"
		"service, has failed or was ejected, and wait until that is done. CONNECTOR may be\n"
		"left out when the board has only one.",
	.operands_max = 1,
	.options = request_options,
	.run = rescan,
};
