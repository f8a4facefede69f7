/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_EVENT_LOOP_H
#define SIM_EVENT_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct event_loop;

/**
 * struct event_source - a descriptor and who is called when it is ready
 * @fd: the descriptor, owned by the one who adds the source
 * @ready: called with EPOLLIN and the like; may remove and free its own source or any other
 */
struct event_source {
	int fd;
	void (*ready)(struct event_source *source, uint32_t events);
};

/**
 * struct event_timer - something to do once, later
 * @expired: called when the time has come; may start the timer again
 * @loop: where it runs
 * @at: time of the hardware in nanoseconds
 * @armed: it will expire
 * @next: for the loop
 */
struct event_timer {
	void (*expired)(struct event_timer *timer);
	struct event_loop *loop;
	uint64_t at;
	bool armed;
	struct event_timer *next;
};

/**
 * struct event_idle - who is asked when nothing is ready, in the place of waiting for a timer
 * @idle: lets time pass if it may. Return: true if it did something, false to wait for input
 */
struct event_idle {
	bool (*idle)(struct event_idle *idle);
};

/**
 * event_loop_create() - a loop with nothing in it
 *
 * Return: the loop, or NULL with errno. event_loop_destroy() frees it.
 */
struct event_loop *event_loop_create(void);

/** event_loop_destroy() - free a loop; sources and timers stay their owners' */
void event_loop_destroy(struct event_loop *loop);

/**
 * event_loop_add() - watch a descriptor for input
 *
 * Return: 0 or a negative errno.
 */
int event_loop_add(struct event_loop *loop, struct event_source *source);

/** event_loop_remove() - stop watching; no call comes after this, not even one that is due */
void event_loop_remove(struct event_loop *loop, struct event_source *source);

/** event_timer_start() - arm a timer; an armed one is moved */
void event_timer_start(struct event_loop *loop, struct event_timer *timer, uint64_t microseconds);

/** event_timer_cancel() - disarm a timer; one that is not armed is fine */
void event_timer_cancel(struct event_timer *timer);

/** event_loop_set_idle() - ask somebody about time; NULL for nobody, then it passes by itself */
void event_loop_set_idle(struct event_loop *loop, struct event_idle *idle);

/** event_loop_next_timer() - when the next timer expires, nanoseconds; INT64_MAX if there is none */
uint64_t event_loop_next_timer(const struct event_loop *loop);

/**
 * event_loop_run() - serve until event_loop_stop()
 *
 * Return: 0, or a negative errno of waiting.
 */
int event_loop_run(struct event_loop *loop);

/** event_loop_stop() - let event_loop_run() return after the present event */
void event_loop_stop(struct event_loop *loop);

#endif
