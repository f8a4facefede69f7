/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A moment by which something has to have happened.
 */
#ifndef TOOL_DEADLINE_H
#define TOOL_DEADLINE_H

/* In milliseconds of CLOCK_MONOTONIC; negative: never. */
typedef long long deadline_t;

deadline_t deadline_in(long long milliseconds);
int deadline_poll_timeout(deadline_t deadline);

#endif
