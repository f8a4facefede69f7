// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The loop: order of timers, sources that go while they are due.
 */
#include <string.h>
#include <unistd.h>

#include "lab/sim/event_loop.h"
#include "tests/sim/test.h"

static char order[16];

#define TIMER(letter)                                         \
	static void timer_##letter(struct event_timer *timer) \
	{                                                     \
		strcat(order, #letter);                       \
		if (#letter[0] == 'c')                        \
			event_loop_stop(timer->loop);         \
	}
TIMER(a)
TIMER(b)
TIMER(c)

static void timers_expire_in_order(void **state)
{
	struct event_loop *loop = event_loop_create();
	struct event_timer a = { .expired = timer_a }, b = { .expired = timer_b },
			   c = { .expired = timer_c }, never = { .expired = timer_a };

	order[0] = '\0';
	event_timer_start(loop, &c, 3000);
	event_timer_start(loop, &b, 2000);
	event_timer_start(loop, &a, 1000);
	event_timer_start(loop, &never, 1500);
	event_timer_cancel(&never);
	event_timer_cancel(&never);
	/* Starting again moves it. */
	event_timer_start(loop, &b, 500);
	assert_int_equal(event_loop_run(loop), 0);
	assert_string_equal(order, "bac");
	event_loop_destroy(loop);
}

static struct event_loop *the_loop;
static struct event_source sources[2];
static unsigned int calls;

/* Both are due in the same wait; the first one that is called takes the other one away. */
static void take_the_other_away(struct event_source *source, uint32_t events)
{
	calls++;
	event_loop_remove(the_loop, &sources[source == &sources[0]]);
	event_loop_stop(the_loop);
}

static void a_source_that_went_is_not_called(void **state)
{
	int pipes[2][2], i;

	the_loop = event_loop_create();
	for (i = 0; i < 2; i++) {
		assert_int_equal(pipe(pipes[i]), 0);
		assert_int_equal(write(pipes[i][1], "", 1), 1);
		sources[i] = (struct event_source){ pipes[i][0], take_the_other_away };
		assert_int_equal(event_loop_add(the_loop, &sources[i]), 0);
	}
	assert_int_equal(event_loop_run(the_loop), 0);
	assert_int_equal(calls, 1);
	event_loop_destroy(the_loop);
	for (i = 0; i < 2; i++) {
		close(pipes[i][0]);
		close(pipes[i][1]);
	}
}

static void a_bad_descriptor_is_refused(void **state)
{
	struct event_loop *loop = event_loop_create();
	struct event_source source = { .fd = -1 };

	assert_true(event_loop_add(loop, &source) < 0);
	event_loop_destroy(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(timers_expire_in_order),
		cmocka_unit_test(a_source_that_went_is_not_called),
		cmocka_unit_test(a_bad_descriptor_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
