// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Actions on the emulated hardware.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lab/run.h"
#include "lab/verbs.h"

#define MACHINE_TIME_MS 10000

static int find_plugged(const struct run *run, const char *socket)
{
	unsigned int i;

	for (i = 0; i < run->plugged_count; i++)
		if (!strcmp(run->plugged[i], socket))
			return i;
	return -ENOENT;
}

static int join_and_send(struct run *run, const struct words *words)
{
	char text[1024] = "";
	size_t used = 0;
	int i;

	for (i = 0; i < words->count && used < sizeof(text); i++)
		used += snprintf(text + used, sizeof(text) - used, "%s%s", i ? " " : "",
				 words->word[i]);
	if (used >= sizeof(text))
		return run_problem(run, "the command is too long");
	return run_hardware(run, "%s", text);
}

int verb_plug(struct run *run, const struct words *words, const char *rest)
{
	const char *socket = words->word[1];

	/* Noted first: whatever becomes of the command, the end takes the add-on out. */
	if (find_plugged(run, socket) < 0) {
		if (run->plugged_count == RUN_SOCKETS_MAX)
			return run_problem(run, "more than %d sockets", RUN_SOCKETS_MAX);
		run->plugged[run->plugged_count++] = strdup(socket);
	}
	return join_and_send(run, words);
}

int verb_unplug(struct run *run, const struct words *words, const char *rest)
{
	int at = find_plugged(run, words->word[1]);

	if (at >= 0) {
		free(run->plugged[at]);
		run->plugged[at] = run->plugged[--run->plugged_count];
	}
	return join_and_send(run, words);
}

int verb_sim(struct run *run, const struct words *words, const char *rest)
{
	return run_hardware(run, "%s", rest);
}

int verb_machine(struct run *run, const struct words *words, const char *rest)
{
	char problem[512];
	int ret = machine_change(&run->machine, words->word[1], words->word + 2,
				 words->count - 2, problem, sizeof(problem), MACHINE_TIME_MS);

	return ret ? run_problem(run, "%s: %s", words->word[1], problem) : 0;
}

/* For what needs a time, such as pulling out in the middle; never for waiting until something is. */
int verb_pause(struct run *run, const struct words *words, const char *rest)
{
	struct timespec time;
	int ms, ret = run_time(run, words->word[1], 0, &ms);

	if (ret)
		return ret;
	if (run->simulator.virtual_time)
		return run_hardware(run, "time pass %ld", ms * 1000L);
	time.tv_sec = ms / 1000;
	time.tv_nsec = ms % 1000 * 1000000L;
	while (nanosleep(&time, &time) && errno == EINTR)
		;
	return 0;
}
