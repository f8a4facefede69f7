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
/*
 * The undisturbed one may have more points than the passes: what is made once is made in it, and timers
 * of the kernel that come once in a while put points at the end, or do not. But not many.
 */
#define CERTAIN_PERCENT 75

/* Not an errno. */
#define END 1

/**
 * struct sweep - points of a plug or a removal, one after the other
 * @run: the run
 * @socket: the socket, and the connector of that name
 * @addon: what goes in
 * @outer: the socket that is pulled out while something happens in @socket, which is on the add-on in
 *	it; NULL if it is @socket itself
 * @carrier: what goes into @outer
 * @every: only each so many points
 * @total: points that an undisturbed one has
 */
struct sweep {
	struct run *run;
	const char *socket;
	const char *addon;
	const char *outer;
	const char *carrier;
	unsigned long every;
	unsigned long total;
};

static int wait_at(struct sweep *sweep, const char *connector, const char *state)
{
	return verb_wait_for(sweep->run, connector, state);
}

static int wait_for(struct sweep *sweep, const char *state)
{
	return wait_at(sweep, sweep->socket, state);
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

/*
 * What was to happen has happened, and everything that followed from it. Return: 0; END if there was
 * no such point, at the end; or a negative errno.
 */
static int let_settle(struct sweep *sweep, unsigned long point)
{
	unsigned long count;
	bool waiting;
	int ret = run_hardware(sweep->run, "time pass %d", QUIET_US);

	if (!ret)
		ret = count_points(sweep, &count, &waiting);
	if (ret || !waiting)
		return ret;
	ret = run_hardware(sweep->run, "points forget");
	if (ret)
		return ret;
	if (point * 100 > sweep->total * CERTAIN_PERCENT)
		return END;
	return run_problem(sweep->run, "the point did not come");
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

/* What the passes have in common: they leave everything as before. Return: as let_settle(). */
static int pull_at(struct sweep *sweep, unsigned long point)
{
	int ret = run_hardware(sweep->run, "unplug-at %s points=%lu", sweep->socket, point);

	if (!ret)
		ret = plug(sweep);
	if (!ret)
		ret = let_settle(sweep, point);
	if (ret == END)
		return unplug_undisturbed(sweep) ?: END;
	if (!ret)
		ret = wait_for(sweep, "empty");
	if (!ret)
		ret = plug_undisturbed(sweep);
	return ret ? ret : unplug_undisturbed(sweep);
}

static int count_insertions(struct sweep *sweep, unsigned long *count)
{
	char path[256];
	int ret;

	snprintf(path, sizeof(path), "/sys/class/plugtree/%s/insertions", sweep->socket);
	ret = run_request(sweep->run, 0, "read", path);
	if (!ret)
		*count = strtoul(sweep->run->answer.text, NULL, 10);
	return ret;
}

/* However short it was away: what is in now has been read and made anew. */
static int expect_another_insertion(struct sweep *sweep, unsigned long before)
{
	unsigned long after = 0;
	int ret = count_insertions(sweep, &after);

	if (!ret && after != before + 1)
		ret = run_problem(sweep->run, "%lu insertions, and before %lu", after, before);
	return ret;
}

static int push_at(struct sweep *sweep, unsigned long point)
{
	unsigned long insertions = 0;
	int ret = plug_undisturbed(sweep);

	if (!ret)
		ret = count_insertions(sweep, &insertions);
	if (!ret)
		ret = run_hardware(sweep->run, "plug-at %s %s points=%lu", sweep->socket,
				   sweep->addon, point);
	if (!ret)
		ret = unplug(sweep);
	if (!ret)
		ret = let_settle(sweep, point);
	if (ret == END)
		return wait_for(sweep, "empty") ?: END;
	if (!ret)
		ret = wait_for(sweep, "ready");
	if (!ret)
		ret = expect_another_insertion(sweep, insertions);
	return ret ? ret : unplug_undisturbed(sweep);
}

static int sweep_points(struct sweep *sweep, int (*pass)(struct sweep *sweep, unsigned long point))
{
	unsigned long point, passes = 0;
	char *problem;
	int ret = 0;

	for (point = 1; !ret && point <= sweep->total; point += sweep->every) {
		ret = pass(sweep, point);
		if (ret == END)
			sweep->total = point - 1;
		if (!ret)
			ret = run_check_log(sweep->run);
		if (!ret && ++passes % SHOWN_EVERY == 0)
			printf("    # %s: point %lu of %lu\n", sweep->socket, point, sweep->total);
		fflush(stdout);
	}
	if (ret == END || !ret) {
		printf("    # %s in %s: %lu points, %lu passes\n", sweep->addon, sweep->socket,
		       sweep->total, passes);
		return 0;
	}
	point -= sweep->every;
	problem = sweep->run->problem;
	sweep->run->problem = NULL;
	run_problem(sweep->run, "at point %lu of %lu: %s", point, sweep->total,
		    problem ? problem : "");
	free(problem);
	return ret;
}

static int plug_outer(struct sweep *sweep)
{
	int ret = run_hardware(sweep->run, "plug %s %s", sweep->outer, sweep->carrier);

	if (!ret)
		ret = wait_at(sweep, sweep->outer, "ready");
	return ret ? ret : wait_for(sweep, "empty");
}

static int unplug_outer(struct sweep *sweep)
{
	int ret = run_hardware(sweep->run, "unplug %s", sweep->outer);

	return ret ? ret : wait_at(sweep, sweep->outer, "empty");
}

static int pull_outer_at(struct sweep *sweep, unsigned long point)
{
	int ret = plug_outer(sweep);

	if (!ret)
		ret = run_hardware(sweep->run, "unplug-at %s points=%lu", sweep->outer, point);
	if (!ret)
		ret = plug(sweep);
	if (!ret)
		ret = let_settle(sweep, point);
	if (ret == END)
		return unplug_outer(sweep) ?: END;
	return ret ? ret : wait_at(sweep, sweep->outer, "empty");
}

/* @at: index of the socket's name; the add-on's and perhaps a number come behind it */
static int read_sweep(struct sweep *sweep, struct run *run, const struct words *words, int at)
{
	const char *every = words->count > at + 2 ? words->word[at + 2] : "1";
	char *end;

	*sweep = (struct sweep){
		.run = run,
		.socket = words->word[at],
		.addon = words->word[at + 1],
	};
	sweep->every = strtoul(every, &end, 10);
	if (*end || !sweep->every)
		return run_problem(run, "%s is no number of points", every);
	if (!run->simulator.virtual_time)
		return run_problem(run, "points are exact only in virtual time");
	return 0;
}

/* Modules that are loaded, and what is made once, have points that do not come again. */
static int warm_up(struct sweep *sweep)
{
	int ret = plug_undisturbed(sweep);

	return ret ? ret : unplug_undisturbed(sweep);
}

/* Counted as each pass goes, without the guest being asked anything: so that each point comes. */
static int measure(struct sweep *sweep, int (*begin)(struct sweep *sweep), const char *state)
{
	unsigned long before;
	bool waiting;
	int ret = count_points(sweep, &before, &waiting);

	if (!ret)
		ret = begin(sweep);
	if (!ret)
		ret = run_hardware(sweep->run, "time pass %d", QUIET_US);
	if (!ret)
		ret = count_points(sweep, &sweep->total, &waiting);
	return ret ? ret : wait_for(sweep, state);
}

int verb_sweep_unplug(struct run *run, const struct words *words, const char *rest)
{
	struct sweep sweep;
	int ret = read_sweep(&sweep, run, words, 1);

	if (!ret)
		ret = warm_up(&sweep);
	if (!ret)
		ret = measure(&sweep, plug, "ready");
	if (!ret)
		ret = unplug_undisturbed(&sweep);
	return ret ? ret : sweep_points(&sweep, pull_at);
}

int verb_sweep_plug(struct run *run, const struct words *words, const char *rest)
{
	struct sweep sweep;
	int ret = read_sweep(&sweep, run, words, 1);

	if (!ret)
		ret = warm_up(&sweep);
	if (!ret)
		ret = plug_undisturbed(&sweep);
	if (!ret)
		ret = measure(&sweep, unplug, "empty");
	return ret ? ret : sweep_points(&sweep, push_at);
}

int verb_sweep_unplug_outer(struct run *run, const struct words *words, const char *rest)
{
	struct sweep sweep;
	int ret = read_sweep(&sweep, run, words, 3);

	sweep.outer = words->word[1];
	sweep.carrier = words->word[2];
	if (!ret)
		ret = plug_outer(&sweep);
	if (!ret)
		ret = warm_up(&sweep);
	if (!ret)
		ret = measure(&sweep, plug, "ready");
	if (!ret)
		ret = unplug_outer(&sweep);
	return ret ? ret : sweep_points(&sweep, pull_outer_at);
}
