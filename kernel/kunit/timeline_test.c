// SPDX-License-Identifier: GPL-2.0-only
/* The timeline. */
#include <kunit/test.h>

#include "../timeline.h"

static void finished_steps_have_a_result(struct kunit *test)
{
	struct timeline *timeline = kunit_kzalloc(test, sizeof(*timeline), GFP_KERNEL);
	char text[128];

	timeline_start(timeline, 0);
	timeline_begin(timeline, "settle");
	timeline->entries[0].begin = ms_to_ktime(1);
	timeline_waited(timeline, 2000);
	timeline_end(timeline, PLUGTREE_NONE);
	timeline->entries[0].end = ms_to_ktime(3);
	timeline_begin(timeline, "power");
	timeline->entries[1].begin = ms_to_ktime(4);
	timeline_print(timeline, text, sizeof(text));
	KUNIT_EXPECT_STREQ(test, text, "settle 1000 3000 2 ok\npower 4000 - 0 -\n");
}

static void failed_steps_have_a_reason(struct kunit *test)
{
	struct timeline *timeline = kunit_kzalloc(test, sizeof(*timeline), GFP_KERNEL);
	char text[128];

	timeline_start(timeline, 0);
	timeline_begin(timeline, "find");
	timeline_end(timeline, PLUGTREE_UNKNOWN_MODEL);
	timeline->entries[0].begin = 0;
	timeline->entries[0].end = ms_to_ktime(1);
	timeline_print(timeline, text, sizeof(text));
	KUNIT_EXPECT_STREQ(test, text, "find 0 1000 0 unknown-model\n");
}

static void a_full_timeline_keeps_the_newest_step(struct kunit *test)
{
	struct timeline *timeline = kunit_kzalloc(test, sizeof(*timeline), GFP_KERNEL);
	unsigned int i;

	timeline_start(timeline, 0);
	for (i = 0; i < TIMELINE_MAX_ENTRIES + 5; i++)
		timeline_begin(timeline, i < TIMELINE_MAX_ENTRIES + 4 ? "old" : "new");
	KUNIT_EXPECT_EQ(test, timeline->count, TIMELINE_MAX_ENTRIES);
	KUNIT_EXPECT_STREQ(test, timeline->entries[TIMELINE_MAX_ENTRIES - 1].step, "new");
}

static struct kunit_case timeline_cases[] = {
	KUNIT_CASE(finished_steps_have_a_result),
	KUNIT_CASE(failed_steps_have_a_reason),
	KUNIT_CASE(a_full_timeline_keeps_the_newest_step),
	{}
};

static struct kunit_suite timeline_suite = {
	.name = "plugtree-timeline",
	.test_cases = timeline_cases,
};

kunit_test_suite(timeline_suite);
