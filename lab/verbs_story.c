// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Actions for people who watch a scenario: they say something only if a story was asked for.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lab/run.h"
#include "lab/verbs.h"

static const char *style(const char *sequence)
{
	return isatty(STDOUT_FILENO) ? sequence : "";
}

int verb_say(struct run *run, const struct words *words, const char *rest)
{
	if (!run->settings->story)
		return 0;
	if (*rest)
		printf("  %s%s%s\n", style("\033[1m"), rest, style("\033[0m"));
	else
		putchar('\n');
	fflush(stdout);
	return 0;
}

/* Prints what a command in the guest says; the command must succeed either way. */
int verb_show(struct run *run, const struct words *words, const char *rest)
{
	const char *line;
	int length, ret = verb_run_command(run, words, rest);

	if (ret || !run->settings->story)
		return ret;
	printf("\n    %s# %s%s\n", style("\033[2m"), rest, style("\033[0m"));
	for (line = run->output; *line; line += length + (line[length] == '\n')) {
		length = strcspn(line, "\n");
		printf("    %.*s\n", length, line);
	}
	fflush(stdout);
	return 0;
}
