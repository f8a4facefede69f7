// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Deadlines.
 */
#include <limits.h>
#include <time.h>

#include "deadline.h"

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

/**
 * deadline_in() - a deadline counted from now
 * @milliseconds: how far away it is; negative: never
 *
 * Return: the deadline.
 */
deadline_t deadline_in(long long milliseconds)
{
	return milliseconds < 0 ? -1 : now() + milliseconds;
}

/**
 * deadline_poll_timeout() - the timeout for poll(2)
 * @deadline: the deadline
 *
 * Return: milliseconds until then, 0 when it is past, -1 for never.
 */
int deadline_poll_timeout(deadline_t deadline)
{
	long long left;

	if (deadline < 0)
		return -1;
	left = deadline - now();
	if (left < 0)
		return 0;
	return left > INT_MAX ? INT_MAX : (int)left;
}
