// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An action that plugs and pulls at random for a long time, the same for the same seed.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lab/run.h"
#include "lab/verbs.h"

#define SHOWN_EVERY 1000
#define LOG_EVERY 100
#define BOUNCES_MAX 8
#define GAP_US_MAX 5000
/* Long enough for an add-on to become ready, short enough to be in the middle most of the time. */
#define PAUSE_US_MAX 150000

/**
 * struct place - a socket, and what goes into it
 * @socket: its name, and that of its connector
 * @addons: names of add-ons
 * @count: number of @addons
 * @occupied: an add-on is in
 */
struct place {
	const char *socket;
	char *addons[RUN_ROUNDS_MAX];
	unsigned int count;
	bool occupied;
};

/**
 * struct endurance - plugging and pulling at random
 * @run: the run
 * @cycles: how often something is plugged
 * @seed: of what is random
 * @places: where
 * @count: number of @places
 */
struct endurance {
	struct run *run;
	unsigned long cycles;
	unsigned int seed;
	struct place places[RUN_SOCKETS_MAX];
	unsigned int count;
};

static unsigned long below(unsigned long limit)
{
	return random() % limit;
}

/* SOCKET=ADDON,ADDON… */
static int read_place(struct endurance *endurance, char *word)
{
	struct place *place = &endurance->places[endurance->count];
	char *rest = strchr(word, '=');

	if (!rest || endurance->count == RUN_SOCKETS_MAX)
		return run_problem(endurance->run, "%s is no SOCKET=ADDON,ADDON…", word);
	*rest++ = '\0';
	place->socket = word;
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
	if (*end || !endurance->cycles)
		return run_problem(run, "%s is no number of cycles", words->word[1]);
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
	int ret;

	if (place->occupied)
		ret = run_hardware(endurance->run, "unplug %s bounce=%lu gap_us=%lu", place->socket,
				   bounces, gap);
	else
		ret = run_hardware(endurance->run, "plug %s %s bounce=%lu gap_us=%lu",
				   place->socket, place->addons[below(place->count)], bounces, gap);
	place->occupied = !place->occupied;
	return ret;
}

/* Return: 1 if something was plugged, 0, or a negative errno. */
static int one_step(struct endurance *endurance)
{
	struct place *place = &endurance->places[below(endurance->count)];
	int ret = change(endurance, place);

	if (!ret)
		ret = run_hardware(endurance->run, "time pass %lu", below(PAUSE_US_MAX));
	return ret ? ret : place->occupied;
}

static int go_through_cycles(struct endurance *endurance)
{
	unsigned long cycle = 0, step = 0;
	int ret = 0;

	while (ret >= 0 && cycle < endurance->cycles) {
		ret = one_step(endurance);
		if (ret >= 0 && ++step % LOG_EVERY == 0 && run_check_log(endurance->run))
			ret = -EINVAL;
		if (ret != 1 || ++cycle % SHOWN_EVERY)
			continue;
		printf("    # %lu of %lu cycles\n", cycle, endurance->cycles);
		fflush(stdout);
	}
	return ret < 0 ? ret : 0;
}

static int empty_all(struct endurance *endurance)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; !ret && i < endurance->count; i++) {
		const struct place *place = &endurance->places[i];

		ret = run_hardware(endurance->run, "unplug %s", place->socket);
		if (!ret)
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
	if (!run->scenario->virtual_time)
		return run_problem(run, "random times are exact only in virtual time");
	printf("    # %lu cycles from seed %u\n", endurance.cycles, endurance.seed);
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
