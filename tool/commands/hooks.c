// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree hooks: what udev calls when a connector changes.
 */
#include "command.h"
#include "hooks.h"
#include "text.h"

static enum exit_code hooks(const struct context *context, int count, char **operands)
{
	const struct settings *settings = context->settings;
	long long limit = settings->limit_ms < 0 ? HOOKS_LIMIT_MS : settings->limit_ms;

	if (settings->syslog)
		text_use_syslog();
	return hooks_run(settings->sysroot, limit) ? EXIT_CODE_FAILED : EXIT_CODE_OK;
}

static const struct option_description *const hooks_options[] = {
	&option_limit,
	&option_syslog,
	NULL,
};

const struct command hooks_command = {
	.name = "hooks",
	.operands = "",
	.completion = "",
	.summary = "run what is to be done about a change",
	.description =
		"Run each program in hooks.d, in the order of their names, with the PLUGTREE_* that udev\n"
		"got from the kernel in the environment: CONNECTOR, STATE, REASON, OVERLAY and so on. The\n"
		"udev rule calls this when an add-on is ready, has failed or goes, and eject calls them\n"
		"with the state ejecting before it asks the kernel. One that takes too long is ended.",
	.options = hooks_options,
	.standalone = true,
	.run = hooks,
};
