// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Waits of a channel: bounded, and time that does not count is not counted.
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "lab/channel.h"

#define SHORT_MS 20

static long long excused;
static unsigned int looks;
static int peer;

/* All of the time until the second look, and then none. */
static long long two_looks(void)
{
	if (looks++ < 2)
		excused += 2LL * SHORT_MS;
	return excused;
}

/* The other side speaks when the deadline is over. */
static long long speaks_late(void)
{
	if (looks++ && write(peer, "late\n", 5) == 5)
		excused += 1000;
	return excused;
}

static int read_with(long long (*excuse)(void))
{
	struct channel channel;
	int ends[2], ret;
	char line[16];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	peer = ends[1];
	looks = 0;
	channel_open(&channel, ends[0]);
	if (excuse)
		channel_begin_wait(&channel, excuse);
	ret = channel_read_line(&channel, line, sizeof(line), channel_now() + SHORT_MS);
	channel_close(&channel);
	close(ends[1]);
	return ret;
}

static void a_wait_ends_at_its_deadline(void **state)
{
	assert_int_equal(read_with(NULL), -ETIMEDOUT);
}

static void excused_time_is_added_once(void **state)
{
	long long before = channel_now();

	assert_int_equal(read_with(two_looks), -ETIMEDOUT);
	assert_true(channel_now() - before >= 3 * SHORT_MS);
	assert_in_range(looks, 3, 10);
}

static void what_comes_in_excused_time_is_read(void **state)
{
	assert_int_equal(read_with(speaks_late), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_wait_ends_at_its_deadline),
		cmocka_unit_test(excused_time_is_added_once),
		cmocka_unit_test(what_comes_in_excused_time_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
