// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Actions on files, commands and held files of the guest.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/run.h"
#include "lab/verbs.h"

#define FILE_TIMEOUT_MS 10000
#define COMMAND_TIMEOUT_MS 30000
#define SLAB_TIME_MS 20000

/* Like run_request(), but the caller judges the result. */
#define try_request(run, time, ...)                                                                \
	machine_request(&(run)->machine, &(run)->answer, (time) + (run)->settings->answer_timeout, \
			__VA_ARGS__, NULL)

int verb_expect_file(struct run *run, const struct words *words, const char *rest)
{
	int ret;

	if (words->count < 3)
		return run_request(run, 0, "stat", words->word[1]);
	ret = run_request(run, 0, "read", words->word[1]);
	return ret ? ret : run_compare(run, words->word[1], run->answer.text, words->word[2]);
}

int verb_expect_no_file(struct run *run, const struct words *words, const char *rest)
{
	int ret = try_request(run, 0, "stat", words->word[1]);

	if (ret == -ENOENT)
		return 0;
	return ret ? run_answered(run, ret) : run_problem(run, "%s is there", words->word[1]);
}

int verb_wait_file(struct run *run, const struct words *words, const char *rest)
{
	const char *value = words->word[2];
	char time[16];
	int timeout, ret;

	ret = run_time(run, value ? words->word[3] : NULL, FILE_TIMEOUT_MS, &timeout);
	if (ret)
		return ret;
	snprintf(time, sizeof(time), "%d", timeout);
	if (value)
		return run_request(run, timeout, "wait", words->word[1], value, time);
	return run_request(run, timeout, "wait-exists", words->word[1], time);
}

int verb_wait_no_file(struct run *run, const struct words *words, const char *rest)
{
	char time[16];
	int timeout, ret;

	ret = run_time(run, words->word[2], FILE_TIMEOUT_MS, &timeout);
	if (ret)
		return ret;
	snprintf(time, sizeof(time), "%d", timeout);
	return run_request(run, timeout, "wait-gone", words->word[1], time);
}

int verb_write(struct run *run, const struct words *words, const char *rest)
{
	return run_request(run, 0, "write", words->word[1], words->word[2]);
}

/* Judges a result that has to be an error: any one, or the one of that name. */
static int expect_error(struct run *run, int ret, const char *error)
{
	const char *name;

	if (run->machine.state != MACHINE_ANSWERS)
		return run_answered(run, ret);
	if (!ret)
		return run_problem(run, "it succeeded, with \"%s\"", run->answer.text);
	name = strerrorname_np(-ret);
	if (!error || (name && !strcmp(name, error)))
		return 0;
	return run_problem(run, "the error is %s, not %s", name ? name : "unknown", error);
}

int verb_write_fails(struct run *run, const struct words *words, const char *rest)
{
	int ret = try_request(run, 0, "write", words->word[1], words->word[2]);

	return expect_error(run, ret, words->word[3]);
}

int verb_command_ended(struct run *run, int ret, bool should_fail)
{
	const char *status = run->answer.text, *newline;

	if (ret)
		return run_answered(run, ret);
	newline = strchr(status, '\n');
	if (!newline)
		return run_problem(run, "the command has no status");
	free(run->output);
	run->output = strdup(newline + 1);
	if (!strncmp(status, "timeout", 7))
		return run_problem(run, "the command did not end in time:\n%s", newline + 1);
	if (!strncmp(status, "exit 0\n", 7) != should_fail)
		return 0;
	return run_problem(run, "the command ended with %s", status);
}

static int run_command(struct run *run, const char *text, bool should_fail)
{
	int ret = try_request(run, COMMAND_TIMEOUT_MS, "run", "30000", text);

	return verb_command_ended(run, ret, should_fail);
}

int verb_run_command(struct run *run, const struct words *words, const char *rest)
{
	return run_command(run, rest, false);
}

int verb_run_command_fails(struct run *run, const struct words *words, const char *rest)
{
	return run_command(run, rest, true);
}

int verb_expect_output(struct run *run, const struct words *words, const char *rest)
{
	return run_compare(run, "the output", run->output ? run->output : "", words->word[1]);
}

int verb_start(struct run *run, const struct words *words, const char *rest)
{
	const char *text = rest + strcspn(rest, " \t");

	return run_request(run, 0, "start", words->word[1], text);
}

int verb_finish(struct run *run, const struct words *words, const char *rest)
{
	char time[16];
	int timeout, ret;

	ret = run_time(run, words->word[2], COMMAND_TIMEOUT_MS, &timeout);
	if (ret)
		return ret;
	snprintf(time, sizeof(time), "%d", timeout);
	ret = try_request(run, timeout, "finish", words->word[1], time);
	return verb_command_ended(run, ret, false);
}

/* Such a command knows more than a line of the log says: what it has just made the kernel do. */
int verb_finish_judge(struct run *run, const struct words *words, const char *rest)
{
	int ret = verb_finish(run, words, rest);

	return ret ?: run_pass_log(run);
}

int verb_hold(struct run *run, const struct words *words, const char *rest)
{
	return run_request(run, 0, "hold", words->word[1], words->word[2],
			   words->count > 3 ? words->word[3] : "r");
}

static bool is_error_name(const char *word)
{
	return word && word[0] == 'E' && word[1] >= 'A' && word[1] <= 'Z';
}

int verb_held_read(struct run *run, const struct words *words, const char *rest)
{
	const char *expected = words->word[2];
	int ret = try_request(run, 0, "held-read", words->word[1], "4096", "0");

	/* Character devices do not seek, and a bit-banged bus takes milliseconds for a byte. */
	if (ret == -ESPIPE)
		ret = try_request(run, 0, "held-read", words->word[1], "256");
	if (is_error_name(expected))
		return expect_error(run, ret, expected);
	ret = run_answered(run, ret);
	if (ret || !expected)
		return ret;
	return run_compare(run, words->word[1], run->answer.text, expected);
}

int verb_held_write(struct run *run, const struct words *words, const char *rest)
{
	int ret = try_request(run, 0, "held-write", words->word[1], words->word[2]);

	return words->word[3] ? expect_error(run, ret, words->word[3]) : run_answered(run, ret);
}

int verb_release(struct run *run, const struct words *words, const char *rest)
{
	return run_request(run, 0, "release", words->word[1]);
}

int verb_slab_mark(struct run *run, const struct words *words, const char *rest)
{
	int ret = run_request(run, SLAB_TIME_MS, "slab");

	if (ret)
		return ret;
	free(run->slab);
	run->slab = strdup(run->answer.text);
	return 0;
}

/* Finds the count of a cache in a "NAME COUNT" list. Return: it or -1. */
static long slab_count(const char *list, const char *cache, size_t length)
{
	for (; list; list = strchr(list, '\n') ? strchr(list, '\n') + 1 : NULL)
		if (!strncmp(list, cache, length) && list[length] == ' ')
			return strtol(list + length, NULL, 10);
	return -1;
}

/* Compares with slab-mark: no cache may have grown by more than the tolerance. */
int verb_slab_compare(struct run *run, const struct words *words, const char *rest)
{
	unsigned long tolerance = 0;
	const char *line, *blank;
	char *grown = NULL;
	size_t size = 0;
	long before, now;
	FILE *list;
	int ret;

	if (!run->slab)
		return run_problem(run, "there was no slab-mark");
	if (words->count > 1 && words_number(words->word[1], &tolerance))
		return run_problem(run, "%s is not a number of objects", words->word[1]);
	ret = run_request(run, SLAB_TIME_MS, "slab");
	if (ret)
		return ret;
	list = open_memstream(&grown, &size);
	if (!list)
		return -ENOMEM;
	for (line = run->answer.text; (blank = strchr(line, ' ')); line++) {
		now = strtol(blank + 1, NULL, 10);
		before = slab_count(run->slab, line, blank - line);
		if (before >= 0 && now > before + (long)tolerance)
			fprintf(list, "\n%.*s: %ld, now %ld", (int)(blank - line), line, before,
				now);
		line = strchr(line, '\n');
		if (!line)
			break;
	}
	fclose(list);
	if (size)
		ret = run_problem(run, "slab caches have grown:%s", grown);
	free(grown);
	return ret;
}
