// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Actions for people who watch a scenario.
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

/* Prints a text line by line, each behind the same characters. */
static void print_lines(const char *before, const char *text)
{
	int length;

	for (; *text; text += length + (text[length] == '\n')) {
		length = strcspn(text, "\n");
		printf("    %s%.*s\n", before, length, text);
	}
	fflush(stdout);
}

/* Prints what a command in the guest says, as comments if no story was asked for. */
int verb_show(struct run *run, const struct words *words, const char *rest)
{
	int ret = verb_run_command(run, words, rest);

	if (ret)
		return ret;
	if (run->settings->story)
		printf("\n    %s# %s%s\n", style("\033[2m"), rest, style("\033[0m"));
	print_lines(run->settings->story ? "" : "# ", run->output);
	return 0;
}
