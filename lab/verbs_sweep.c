// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Actions that repeat a plug or a removal, and let the opposite happen at each point of it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/run.h"
#include "lab/verbs.h"

/* Virtual, and so free: longer than any insertion, with its retries, and any removal. */
#define QUIET_US 3000000
#define SHOWN_EVERY 100

/**
 * struct sweep - points of a plug or a removal, one after the other
 * @run: the run
 * @socket: the socket, and the connector of that name
 * @addon: what goes in
 * @every: only each so many points
 * @total: points that an undisturbed one has
 */
struct sweep {
	struct run *run;
	const char *socket;
	const char *addon;
	unsigned long every;
	unsigned long total;
};

static int wait_for(struct sweep *sweep, const char *state)
{
	const struct words words = { .count = 3,
				     .word = { "wait", (char *)sweep->socket, (char *)state } };

	return verb_wait(sweep->run, &words, "");
}

static int plug(struct sweep *sweep)
{
	return run_hardware(sweep->run, "plug %s %s", sweep->socket, sweep->addon);
}

static int unplug(struct sweep *sweep)
{
	return run_hardware(sweep->run, "unplug %s", sweep->socket);
}

/* The points since the last time. @waiting: something was to happen at one that did not come. */
static int count_points(struct sweep *sweep, unsigned long *count, bool *waiting)
{
	int ret = run_hardware(sweep->run, "points reset");

	if (ret)
		return ret;
	*count = strtoul(sweep->run->output, NULL, 10);
	*waiting = strstr(sweep->run->output, "waiting");
	return 0;
}

/* What was to happen has happened, and everything that followed from it. */
static int let_settle(struct sweep *sweep)
{
	unsigned long count;
	bool waiting;
	int ret = run_hardware(sweep->run, "time pass %d", QUIET_US);

	if (!ret)
		ret = count_points(sweep, &count, &waiting);
	if (!ret && waiting)
		ret = run_problem(sweep->run, "the point did not come");
	return ret;
}

static int plug_undisturbed(struct sweep *sweep)
{
	int ret = plug(sweep);

	return ret ? ret : wait_for(sweep, "ready");
}

static int unplug_undisturbed(struct sweep *sweep)
{
	int ret = unplug(sweep);

	return ret ? ret : wait_for(sweep, "empty");
}

static int pull_at(struct sweep *sweep, unsigned long point)
{
	int ret = run_hardware(sweep->run, "unplug-at %s points=%lu", sweep->socket, point);

	if (!ret)
		ret = plug(sweep);
	if (!ret)
		ret = let_settle(sweep);
	if (!ret)
		ret = wait_for(sweep, "empty");
	if (!ret)
		ret = plug_undisturbed(sweep);
	return ret ? ret : unplug_undisturbed(sweep);
}

static int push_at(struct sweep *sweep, unsigned long point)
{
	int ret = plug_undisturbed(sweep);

	if (!ret)
		ret = run_hardware(sweep->run, "plug-at %s %s points=%lu", sweep->socket,
				   sweep->addon, point);
	if (!ret)
		ret = unplug(sweep);
	if (!ret)
		ret = let_settle(sweep);
	if (!ret)
		ret = wait_for(sweep, "ready");
	return ret ? ret : unplug_undisturbed(sweep);
}

static int sweep_points(struct sweep *sweep, int (*pass)(struct sweep *sweep, unsigned long point))
{
	unsigned long point, passes = 0;
	char *problem;
	int ret = 0;

	for (point = 1; point <= sweep->total; point += sweep->every) {
		ret = pass(sweep, point);
		if (!ret)
			ret = run_check_log(sweep->run);
		if (ret)
			break;
		if (++passes % SHOWN_EVERY == 0)
			printf("    # %s: point %lu of %lu\n", sweep->socket, point, sweep->total);
		fflush(stdout);
	}
	if (!ret) {
		printf("    # %s in %s: %lu points, %lu passes\n", sweep->addon, sweep->socket,
		       sweep->total, passes);
		return 0;
	}
	problem = sweep->run->problem;
	sweep->run->problem = NULL;
	run_problem(sweep->run, "at point %lu of %lu: %s", point, sweep->total,
		    problem ? problem : "");
	free(problem);
	return ret;
}

static int read_sweep(struct sweep *sweep, struct run *run, const struct words *words)
{
	const char *every = words->count > 3 ? words->word[3] : "1";
	char *end;

	*sweep = (struct sweep){ .run = run, .socket = words->word[1], .addon = words->word[2] };
	sweep->every = strtoul(every, &end, 10);
	if (*end || !sweep->every)
		return run_problem(run, "%s is no number of points", every);
	if (!run->scenario->virtual_time)
		return run_problem(run, "points are exact only in virtual time");
	return 0;
}

int verb_sweep_unplug(struct run *run, const struct words *words, const char *rest)
{
	struct sweep sweep;
	bool waiting;
	int ret = read_sweep(&sweep, run, words);

	if (!ret)
		ret = count_points(&sweep, &sweep.total, &waiting);
	if (!ret)
		ret = plug_undisturbed(&sweep);
	if (!ret)
		ret = count_points(&sweep, &sweep.total, &waiting);
	if (!ret)
		ret = unplug_undisturbed(&sweep);
	return ret ? ret : sweep_points(&sweep, pull_at);
}

int verb_sweep_plug(struct run *run, const struct words *words, const char *rest)
{
	struct sweep sweep;
	bool waiting;
	int ret = read_sweep(&sweep, run, words);

	if (!ret)
		ret = plug_undisturbed(&sweep);
	if (!ret)
		ret = count_points(&sweep, &sweep.total, &waiting);
	if (!ret)
		ret = unplug_undisturbed(&sweep);
	if (!ret)
		ret = count_points(&sweep, &sweep.total, &waiting);
	return ret ? ret : sweep_points(&sweep, push_at);
}
