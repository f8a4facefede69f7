/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_WAITER_H
#define SIM_WAITER_H

#include <stddef.h>

/**
 * struct waiter - at most one who waits for something that the hardware does later
 * @done: called once; NULL while nobody waits
 * @data: for @done
 */
struct waiter {
	void (*done)(void *data);
	void *data;
};

/** waiter_tell() - it has happened; whoever waits may wait for something else from now on */
static inline void waiter_tell(struct waiter *waiter)
{
	void (*done)(void *data) = waiter->done;

	waiter->done = NULL;
	if (done)
		done(waiter->data);
}

#endif
