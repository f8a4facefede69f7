// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Actions on connectors and on the devices behind them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/run.h"
#include "lab/verbs.h"

#define STATE_TIMEOUT_MS 10000
#define PATH_SIZE 512

static void attribute_path(char *path, const char *connector, const char *attribute)
{
	snprintf(path, PATH_SIZE, "/sys/class/plugtree/%s/%s", connector, attribute);
}

/* Adds to a problem why the connector is where it is. */
static int explain(struct run *run, const char *connector, int ret)
{
	static const char *const attributes[] = { "reason", "error", "timeline" };
	char path[PATH_SIZE], *problem = run->problem ? strdup(run->problem) : NULL;
	unsigned int i;

	for (i = 0; problem && i < sizeof(attributes) / sizeof(attributes[0]); i++) {
		attribute_path(path, connector, attributes[i]);
		if (machine_request(&run->machine, &run->answer, run->settings->answer_timeout,
				    "read", path, NULL))
			continue;
		run_problem(run, "%s\n%s: %s", problem, attributes[i], run->answer.text);
		free(problem);
		problem = strdup(run->problem);
	}
	free(problem);
	return ret;
}

int verb_wait(struct run *run, const struct words *words, const char *rest)
{
	char path[PATH_SIZE], time[16];
	int timeout, ret;

	ret = run_time(run, words->word[3], STATE_TIMEOUT_MS, &timeout);
	if (ret)
		return ret;
	snprintf(time, sizeof(time), "%d", timeout);
	attribute_path(path, words->word[1], "state");
	ret = run_request(run, timeout, "wait", path, words->word[2], time);
	if (ret)
		return explain(run, words->word[1], ret);
	run->ready += !strcmp(words->word[2], "ready");
	run->refused += !strcmp(words->word[2], "failed");
	return 0;
}

int verb_wait_for(struct run *run, const char *connector, const char *state)
{
	const struct words words = { .count = 3,
				     .word = { "wait", (char *)connector, (char *)state } };

	return verb_wait(run, &words, "");
}

int verb_expect(struct run *run, const struct words *words, const char *rest)
{
	char path[PATH_SIZE], what[PATH_SIZE];
	int ret;

	attribute_path(path, words->word[1], words->word[2]);
	ret = run_request(run, 0, "read", path);
	if (ret)
		return ret;
	snprintf(what, sizeof(what), "%s of %s", words->word[2], words->word[1]);
	ret = run_compare(run, what, run->answer.text, words->word[3]);
	return ret ? explain(run, words->word[1], ret) : 0;
}

static int write_attribute(struct run *run, const char *connector, const char *attribute,
			   const char *text)
{
	char path[PATH_SIZE];

	attribute_path(path, connector, attribute);
	return run_request(run, 0, "write", path, text);
}

int verb_load(struct run *run, const struct words *words, const char *rest)
{
	return write_attribute(run, words->word[1], "load", words->word[2]);
}

int verb_eject(struct run *run, const struct words *words, const char *rest)
{
	return write_attribute(run, words->word[1], "eject", "1");
}

int verb_rescan(struct run *run, const struct words *words, const char *rest)
{
	return write_attribute(run, words->word[1], "rescan", "1");
}

static int device_path(struct run *run, char *path, const char *word)
{
	const char *colon = strchr(word, ':');

	if (!colon)
		return run_problem(run, "%s is not BUS:DEVICE", word);
	snprintf(path, PATH_SIZE, "/sys/bus/%.*s/devices/%s", (int)(colon - word), word, colon + 1);
	return 0;
}

int verb_expect_device(struct run *run, const struct words *words, const char *rest)
{
	char path[PATH_SIZE], driver[PATH_SIZE + 8], what[PATH_SIZE];
	int ret = device_path(run, path, words->word[1]);

	if (!ret)
		ret = run_request(run, 0, "stat", path);
	if (ret || words->count < 3)
		return ret;
	snprintf(driver, sizeof(driver), "%s/driver", path);
	snprintf(what, sizeof(what), "driver of %s", words->word[1]);
	if (strcmp(words->word[2], "none")) {
		ret = run_request(run, 0, "link", driver);
		return ret ? ret : run_compare(run, what, run->answer.text, words->word[2]);
	}
	ret = machine_request(&run->machine, &run->answer, run->settings->answer_timeout, "link",
			      driver, NULL);
	if (ret == -ENOENT)
		return 0;
	return ret ? run_answered(run, ret) : run_problem(run, "%s is %s", what, run->answer.text);
}

int verb_expect_no_device(struct run *run, const struct words *words, const char *rest)
{
	char path[PATH_SIZE];
	int ret = device_path(run, path, words->word[1]);

	if (ret)
		return ret;
	ret = machine_request(&run->machine, &run->answer, run->settings->answer_timeout, "stat",
			      path, NULL);
	if (ret == -ENOENT)
		return 0;
	return ret ? run_answered(run, ret) :
		     run_problem(run, "the device %s is there", words->word[1]);
}
