// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Records for benchmarks: the output of the last command, under a label.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "lab/run.h"
#include "lab/verbs.h"

int verb_record(struct run *run, const struct words *words, const char *rest)
{
	const char *path = run->settings->record;
	FILE *file;

	if (!path)
		return 0;
	if (!run->output)
		return run_problem(run, "there is no output to be recorded");
	file = fopen(path, "ae");
	if (!file)
		return run_problem(run, "cannot write %s: %s", path, strerror(errno));
	fprintf(file, "## %s\n%s\n", words->word[1], run->output);
	return fclose(file) ? run_problem(run, "cannot write %s", path) : 0;
}
