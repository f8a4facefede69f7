// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is kept: the output of the last command, under a label, for benchmarks; files of the guest.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
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

static int save_text(struct run *run, const char *path)
{
	FILE *file = fopen(path, "we");
	bool bad;

	if (!file)
		return run_problem(run, "cannot write %s: %s", path, strerror(errno));
	bad = fwrite(run->answer.text, 1, run->answer.length, file) != run->answer.length;
	bad |= fclose(file);
	return bad ? run_problem(run, "cannot write %s", path) : 0;
}

int verb_save(struct run *run, const struct words *words, const char *rest)
{
	const char *folder = run->settings->save;
	char *path;
	int ret;

	if (strchr(words->word[2], '/'))
		return run_problem(run, "%s is no name", words->word[2]);
	ret = run_request(run, 0, "read", words->word[1]);
	if (ret || !folder)
		return ret;
	if (asprintf(&path, "%s/%s", folder, words->word[2]) < 0)
		return run_problem(run, "no memory");
	ret = save_text(run, path);
	free(path);
	return ret;
}
