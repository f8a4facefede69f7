/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The steps of an insertion, from the "timeline" attribute.
 */
#ifndef TOOL_STEPS_H
#define TOOL_STEPS_H

#include <stdbool.h>
#include <stddef.h>

/* The kernel keeps 32; what is beyond this is not looked at. */
#define STEPS_MAX 256
#define STEP_NAME_SIZE 64

/**
 * struct step - a step of an insertion or of its removal
 * @name: its name
 * @result: "ok" or the name of a reason, empty while it runs
 * @start: when it began, in microseconds since the presence edge
 * @end: when it ended; meaningless while it runs
 * @waited: how much of it was deliberate waiting, in microseconds; never more than it took
 * @running: it has not ended yet
 */
struct step {
	char name[STEP_NAME_SIZE];
	char result[STEP_NAME_SIZE];
	long long start;
	long long end;
	long long waited;
	bool running;
};

/**
 * struct phase - the plug or the removal: steps in a row
 * @first: index of the first step
 * @count: how many there are, may be 0
 * @start: when it began, in microseconds since the presence edge
 * @end: when its last step ended; while that runs, as far as it is known to have got
 * @waited: deliberate waiting in it, in microseconds
 * @running: its last step still runs
 */
struct phase {
	size_t first;
	size_t count;
	long long start;
	long long end;
	long long waited;
	bool running;
};

/**
 * struct steps - a timeline
 * @steps: the steps in the order in which they began
 * @count: how many there are
 * @ignored: lines that were not understood
 * @plug: what brought the add-on into service, or tried to
 * @removal: what took it out again
 */
struct steps {
	struct step steps[STEPS_MAX];
	size_t count;
	size_t ignored;
	struct phase plug;
	struct phase removal;
};

void steps_parse(struct steps *steps, char *text);
int steps_read(struct steps *steps, int class, const char *connector);

#endif
