// SPDX-License-Identifier: GPL-2.0-only
/*
 * The timeline of an insertion. Its owner's lock protects it.
 */
#include <kunit/visibility.h>
#include <linux/kernel.h>

#include "timeline.h"

/**
 * timeline_start() - forget the last insertion, count from a new presence edge
 * @timeline: the timeline
 * @origin: time of the presence edge
 */
void timeline_start(struct timeline *timeline, ktime_t origin)
{
	timeline->origin = origin;
	timeline->count = 0;
}
EXPORT_SYMBOL_IF_KUNIT(timeline_start);

/**
 * timeline_begin() - a step begins now
 * @timeline: the timeline; a full one keeps its last entry for the newest step
 * @step: name of the step, a string constant
 */
void timeline_begin(struct timeline *timeline, const char *step)
{
	struct timeline_entry *entry;

	if (timeline->count < TIMELINE_MAX_ENTRIES)
		timeline->count++;
	entry = &timeline->entries[timeline->count - 1];
	*entry = (struct timeline_entry){ .step = step, .begin = ktime_get() };
}
EXPORT_SYMBOL_IF_KUNIT(timeline_begin);

/**
 * timeline_waited() - the step that runs now has waited on purpose
 * @timeline: the timeline
 * @nanoseconds: for how long
 */
void timeline_waited(struct timeline *timeline, s64 nanoseconds)
{
	if (timeline->count)
		timeline->entries[timeline->count - 1].waited += nanoseconds;
}
EXPORT_SYMBOL_IF_KUNIT(timeline_waited);

/**
 * timeline_end() - the step that runs now has ended
 * @timeline: the timeline
 * @result: PLUGTREE_NONE when it went well
 */
void timeline_end(struct timeline *timeline, enum plugtree_reason result)
{
	struct timeline_entry *entry;

	if (!timeline->count)
		return;
	entry = &timeline->entries[timeline->count - 1];
	entry->end = ktime_get();
	entry->result = result;
}
EXPORT_SYMBOL_IF_KUNIT(timeline_end);

/**
 * timeline_print() - the timeline as text, a line a step
 * @timeline: the timeline
 * @text: where the text goes
 * @size: size of @text in bytes
 *
 * Return: length of the text in bytes.
 */
int timeline_print(const struct timeline *timeline, char *text, size_t size)
{
	unsigned int i;
	int length = 0;

	for (i = 0; i < timeline->count; i++) {
		const struct timeline_entry *entry = &timeline->entries[i];
		s64 begin = ktime_us_delta(entry->begin, timeline->origin);

		length += scnprintf(text + length, size - length, "%s %lld ", entry->step, begin);
		if (!entry->end) {
			length += scnprintf(text + length, size - length, "- %lld -\n",
					    div_s64(entry->waited, NSEC_PER_USEC));
			continue;
		}
		length += scnprintf(text + length, size - length, "%lld %lld %s\n",
				    ktime_us_delta(entry->end, timeline->origin),
				    div_s64(entry->waited, NSEC_PER_USEC),
				    entry->result ? plugtree_reason_name(entry->result) : "ok");
	}
	return length;
}
EXPORT_SYMBOL_IF_KUNIT(timeline_print);
