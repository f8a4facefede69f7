// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reading a timeline. Its format: docs/abi/sysfs-class-plugtree.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "connector.h"
#include "steps.h"
#include "sysfs.h"
#include "text.h"

/* More than a month: no clock of ours gets there, and sums of these cannot overflow. */
#define MICROSECONDS_MAX 3000000000000LL

static int parse_microseconds(const char *word, long long *microseconds)
{
	char *end;

	if (!word || *word < '0' || *word > '9')
		return -EINVAL;
	errno = 0;
	*microseconds = strtoll(word, &end, 10);
	return errno || *end || *microseconds > MICROSECONDS_MAX ? -EINVAL : 0;
}

static int parse_step(struct step *step, char *line)
{
	char *position;
	char *name = strtok_r(line, " ", &position);
	char *start = strtok_r(NULL, " ", &position);
	char *end = strtok_r(NULL, " ", &position);
	char *waited = strtok_r(NULL, " ", &position);
	char *result = strtok_r(NULL, " ", &position);

	*step = (struct step){};
	if (!result || parse_microseconds(start, &step->start) ||
	    parse_microseconds(waited, &step->waited))
		return -EINVAL;
	step->running = !strcmp(end, "-");
	if (!step->running && (parse_microseconds(end, &step->end) || step->end < step->start))
		return -EINVAL;
	if (!step->running && step->waited > step->end - step->start)
		step->waited = step->end - step->start;
	text_copy(step->name, sizeof(step->name), name);
	if (!step->running)
		text_copy(step->result, sizeof(step->result), result);
	return 0;
}

/* The names of the steps that undo others are interface; all other names are not looked at. */
static bool is_removal(const struct step *step)
{
	return !strncmp(step->name, "remove-", strlen("remove-")) ||
	       !strcmp(step->name, "power-off");
}

static void phase_sum_up(struct phase *phase, const struct steps *steps)
{
	const struct step *step = &steps->steps[phase->first];
	const struct step *end = step + phase->count;

	if (!phase->count)
		return;
	phase->start = step->start;
	for (; step < end; step++) {
		long long reached = step->running ? step->start + step->waited : step->end;

		if (reached > phase->end)
			phase->end = reached;
		if (step->start < phase->start)
			phase->start = step->start;
		phase->waited += step->waited;
		phase->running = step->running;
	}
}

/**
 * steps_parse() - understand a timeline
 * @steps: filled
 * @text: the attribute, which may be anything; written to
 *
 * The removal is the run of undoing steps at the end.
 */
void steps_parse(struct steps *steps, char *text)
{
	char *position;
	char *line;

	*steps = (struct steps){};
	for (line = strtok_r(text, "\n", &position); line; line = strtok_r(NULL, "\n", &position)) {
		if (steps->count == STEPS_MAX || parse_step(&steps->steps[steps->count], line))
			steps->ignored++;
		else
			steps->count++;
	}
	steps->plug.count = steps->count;
	while (steps->plug.count && is_removal(&steps->steps[steps->plug.count - 1]))
		steps->plug.count--;
	steps->removal.first = steps->plug.count;
	steps->removal.count = steps->count - steps->plug.count;
	phase_sum_up(&steps->plug, steps);
	phase_sum_up(&steps->removal, steps);
}

/**
 * steps_read() - read the timeline of a connector
 * @steps: filled
 * @class: the class directory
 * @connector: name of the connector
 *
 * Without the attribute there are no steps.
 *
 * Return: 0; -ENOENT when there is no such connector; another negative errno.
 */
int steps_read(struct steps *steps, int class, const char *connector)
{
	int fd = connector_open(class, connector);
	char *text;
	int ret;

	if (fd < 0)
		return fd;
	text = malloc(SYSFS_VALUE_MAX + 1);
	if (!text) {
		close(fd);
		return -ENOMEM;
	}
	ret = sysfs_read(fd, "timeline", text, SYSFS_VALUE_MAX + 1);
	if (ret == -ENOENT)
		ret = 0;
	if (!ret)
		steps_parse(steps, text);
	free(text);
	close(fd);
	return ret;
}
