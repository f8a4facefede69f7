// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An action that plugs and pulls at random for a long time, in virtual time the same for the same seed.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lab/run.h"
#include "lab/verbs.h"

#define SHOWN_EVERY 1000
#define LOG_EVERY 100
#define BOUNCES_MAX 8
#define GAP_US_MAX 5000
/* Long enough for an add-on to become ready, short enough to be in the middle most of the time. */
#define PAUSE_US_MAX 150000
/* The same for hardware that is emulated, in real time. */
#define REAL_PAUSE_US_MAX 800000

/**
 * struct place - a socket, and what goes into it
 * @socket: its name, and that of its connector
 * @carrier: of a socket on an add-on, the name of that
 * @outer: where that has to be in
 * @addons: names of add-ons
 * @count: number of @addons
 * @current: the add-on that is in, or NULL
 */
struct place {
	const char *socket;
	const char *carrier;
	struct place *outer;
	char *addons[RUN_ROUNDS_MAX];
	unsigned int count;
	const char *current;
};

/**
 * struct endurance - plugging and pulling at random
 * @run: the run
 * @cycles: how often something is plugged, or 0 if only the time counts
 * @end: when it ends if @cycles is 0, on the monotonic clock
 * @seed: of what is random
 * @places: where
 * @count: number of @places
 */
struct endurance {
	struct run *run;
	unsigned long cycles;
	time_t end;
	unsigned int seed;
	struct place places[RUN_SOCKETS_MAX];
	unsigned int count;
};

static unsigned long below(unsigned long limit)
{
	return random() % limit;
}

static time_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

/* OUTER.NAME@CARRIER: a socket of an add-on, which is there while that is in OUTER. */
static int read_carrier(struct endurance *endurance, struct place *place, char *socket)
{
	size_t length = strcspn(socket, ".");
	unsigned int i;

	place->carrier = strchr(socket, '@');
	if (!place->carrier)
		return 0;
	socket[strcspn(socket, "@")] = '\0';
	place->carrier++;
	for (i = 0; i < endurance->count; i++)
		if (strlen(endurance->places[i].socket) == length &&
		    !strncmp(endurance->places[i].socket, socket, length))
			place->outer = &endurance->places[i];
	return place->outer ? 0 : run_problem(endurance->run, "%s comes before its outer", socket);
}

/* SOCKET[@CARRIER]=ADDON,ADDON… */
static int read_place(struct endurance *endurance, char *word)
{
	struct place *place = &endurance->places[endurance->count];
	char *rest = strchr(word, '=');

	if (!rest || endurance->count == RUN_SOCKETS_MAX)
		return run_problem(endurance->run, "%s is no SOCKET=ADDON,ADDON…", word);
	*rest++ = '\0';
	place->socket = word;
	if (read_carrier(endurance, place, word))
		return -EINVAL;
	while (place->count < RUN_ROUNDS_MAX && (place->addons[place->count] = strsep(&rest, ",")))
		place->count++;
	endurance->count++;
	return rest ? run_problem(endurance->run, "too many add-ons for %s", word) : 0;
}

static int read_endurance(struct endurance *endurance, struct run *run, const struct words *words)
{
	char *end;
	int i, ret = 0;

	*endurance = (struct endurance){ .run = run };
	endurance->cycles = strtoul(words->word[1], &end, 10);
	if (!strcmp(end, "s") && endurance->cycles && !run->simulator.virtual_time) {
		endurance->end = now() + endurance->cycles;
		endurance->cycles = 0;
	} else if (*end || !endurance->cycles) {
		return run_problem(run, "%s is no number of cycles, nor of real seconds",
				   words->word[1]);
	}
	endurance->seed = strtoul(words->word[2], &end, 10);
	if (!strcmp(words->word[2], "any"))
		endurance->seed = time(NULL);
	else if (*end)
		return run_problem(run, "%s is no seed", words->word[2]);
	for (i = 3; !ret && i < words->count; i++)
		ret = read_place(endurance, words->word[i]);
	return ret;
}

static int change(struct endurance *endurance, struct place *place)
{
	unsigned long bounces = below(BOUNCES_MAX), gap = 1 + below(GAP_US_MAX);
	unsigned int i;

	if (!place->current) {
		place->current = place->addons[below(place->count)];
		return run_hardware(endurance->run, "plug %s %s bounce=%lu gap_us=%lu",
				    place->socket, place->current, bounces, gap);
	}
	place->current = NULL;
	/* What is in it goes with it. */
	for (i = 0; i < endurance->count; i++)
		if (endurance->places[i].outer == place)
			endurance->places[i].current = NULL;
	return run_hardware(endurance->run, "unplug %s bounce=%lu gap_us=%lu", place->socket,
			    bounces, gap);
}

static bool is_there(const struct place *place)
{
	return !place->outer || (place->outer->current && !strcmp(place->outer->current,
								   place->carrier));
}

static struct place *choose_place(struct endurance *endurance)
{
	struct place *place;

	do
		place = &endurance->places[below(endurance->count)];
	while (!is_there(place));
	return place;
}

static int pass_time(struct endurance *endurance)
{
	if (endurance->run->simulator.virtual_time)
		return run_hardware(endurance->run, "time pass %lu", below(PAUSE_US_MAX));
	usleep(below(REAL_PAUSE_US_MAX));
	return 0;
}

/* Return: 1 if something was plugged, 0, or a negative errno. */
static int one_step(struct endurance *endurance)
{
	struct place *place = choose_place(endurance);
	int ret = change(endurance, place);

	if (!ret)
		ret = pass_time(endurance);
	return ret ? ret : !!place->current;
}

static bool go_on(const struct endurance *endurance, unsigned long cycle)
{
	return endurance->cycles ? cycle < endurance->cycles : now() < endurance->end;
}

static int go_through_cycles(struct endurance *endurance)
{
	unsigned long cycle = 0, step = 0;
	int ret = 0;

	while (ret >= 0 && go_on(endurance, cycle)) {
		ret = one_step(endurance);
		if (ret >= 0 && ++step % LOG_EVERY == 0 && run_check_log(endurance->run))
			ret = -EINVAL;
		if (ret != 1 || ++cycle % SHOWN_EVERY)
			continue;
		printf("    # %lu cycles\n", cycle);
		fflush(stdout);
	}
	if (!endurance->cycles)
		printf("    # %lu cycles\n", cycle);
	return ret < 0 ? ret : 0;
}

/* In real time others may be at work, so the connectors are what the scenario looks after. */
static int empty_all(struct endurance *endurance)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; !ret && i < endurance->count; i++) {
		const struct place *place = &endurance->places[i];

		if (place->outer)
			continue;
		ret = run_hardware(endurance->run, "unplug %s", place->socket);
		if (!ret && endurance->run->simulator.virtual_time)
			ret = verb_wait_for(endurance->run, place->socket, "empty");
	}
	return ret;
}

int verb_endure(struct run *run, const struct words *words, const char *rest)
{
	struct endurance endurance;
	char *problem;
	int ret = read_endurance(&endurance, run, words);

	if (ret)
		return ret;
	printf("    # from seed %u\n", endurance.seed);
	srandom(endurance.seed);
	ret = go_through_cycles(&endurance);
	if (!ret)
		ret = empty_all(&endurance);
	if (!ret)
		return 0;
	problem = run->problem;
	run->problem = NULL;
	run_problem(run, "with seed %u: %s", endurance.seed, problem ? problem : "");
	free(problem);
	return ret;
}
