// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree load: name the model of an add-on that cannot tell it itself.
 */
#include "command.h"
#include "request.h"

static enum exit_code load(const struct context *context, int count, char **operands)
{
	return request_load(context, count > 1 ? operands[0] : NULL, operands[count - 1]);
}

const struct command load_command = {
	.name = "load",
	.operands = "[CONNECTOR] MODEL",
	.completion = "connector model",
	.summary = "load the overlay of a model",
	.description =
		"Load the overlay of MODEL for the add-on in CONNECTOR, for connectors that cannot\n"
		"detect or identify an add-on, and wait until it is in service. CONNECTOR may be\n"
		"left out when the board has only one.",
	.operands_min = 1,
	.operands_max = 2,
	.options = request_options,
	.run = load,
};
