/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The timeline: when each step of an insertion began, how long it waited, when and how it ended.
 */
#ifndef PLUGTREE_TIMELINE_H
#define PLUGTREE_TIMELINE_H

#include <linux/ktime.h>

#include "common/reasons.h"

/* Every step once and its reverse once, with room for both stages. */
#define TIMELINE_MAX_ENTRIES 32

/**
 * struct timeline_entry - one step
 * @step: its name, a string constant
 * @begin: when it began
 * @end: when it ended, 0 while it runs
 * @waited: how much of it was deliberate waiting, in nanoseconds
 * @result: how it ended
 */
struct timeline_entry {
	const char *step;
	ktime_t begin;
	ktime_t end;
	s64 waited;
	enum plugtree_reason result;
};

/**
 * struct timeline - the steps of the current or last insertion
 * @origin: the presence edge that all times are counted from
 * @count: how many entries there are
 * @entries: the steps in the order in which they began
 */
struct timeline {
	ktime_t origin;
	unsigned int count;
	struct timeline_entry entries[TIMELINE_MAX_ENTRIES];
};

void timeline_start(struct timeline *timeline, ktime_t origin);
void timeline_begin(struct timeline *timeline, const char *step);
void timeline_waited(struct timeline *timeline, s64 nanoseconds);
void timeline_end(struct timeline *timeline, enum plugtree_reason result);
int timeline_print(const struct timeline *timeline, char *text, size_t size);

#endif
