// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree eject: take an add-on out of service before it is pulled.
 */
#include <string.h>

#include "command.h"
#include "connector.h"
#include "hooks.h"
#include "request.h"
#include "selection.h"

/* Only of an add-on that is in service; whatever the hooks do, the user's word stands. */
static void announce(const struct context *context, const char *name)
{
	struct connector connector;

	if (connector_read(&connector, context->class, name) || strcmp(connector.state, "ready"))
		return;
	hooks_describe(&connector, "ejecting");
	hooks_run(context->settings->sysroot, HOOKS_LIMIT_MS);
}

static enum exit_code eject(const struct context *context, int count, char **operands)
{
	static const struct request request = {
		.attribute = "eject",
		.value = "1",
		.goal = "empty",
		.nothing_there = "no add-on is in service",
	};
	struct selection selection;
	enum exit_code code = selection_make_one(&selection, context, count ? operands[0] : NULL);

	if (code)
		return code;
	announce(context, selection.names[0]);
	code = request_do(context, &request, selection.names[0]);
	selection_free(&selection);
	return code;
}

const struct command eject_command = {
	.name = "eject",
	.operands = "[CONNECTOR]",
	.completion = "connector",
	.summary = "take an add-on out of service",
	.description =
		"Run the programs of hooks.d with the state ejecting, so that whoever uses the add-on\n"
		"may let go. Then remove the devices of the add-on in CONNECTOR and switch it off, and wait until\n"
		"that is done. It comes back by 'plugtree rescan', when it is plugged again, or, where\n"
		"it cannot be detected, by 'plugtree load'.\n"
		"CONNECTOR may be left out when the board has only one.",
	.operands_max = 1,
	.options = request_options,
	.run = eject,
};
