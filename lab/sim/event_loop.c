// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One thread waits for descriptors and timers.
 *
 * A callback may remove any source; events of the same wait that are due for it are dropped.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include "lab/sim/event_loop.h"
#include "lab/sim/hardware_time.h"

#define EVENTS_AT_ONCE 16

/**
 * struct event_loop - the loop
 * @epoll: descriptor
 * @timers: armed timers, the earliest first
 * @due: events of the present wait that were not handled yet
 * @due_count: number of @due
 * @idle: who lets time pass, or NULL
 * @stopped: event_loop_run() is to return
 */
struct event_loop {
	int epoll;
	struct event_timer *timers;
	struct epoll_event due[EVENTS_AT_ONCE];
	int due_count;
	struct event_idle *idle;
	bool stopped;
};

struct event_loop *event_loop_create(void)
{
	struct event_loop *loop = calloc(1, sizeof(*loop));

	if (!loop)
		return NULL;
	loop->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (loop->epoll < 0) {
		free(loop);
		return NULL;
	}
	return loop;
}

void event_loop_destroy(struct event_loop *loop)
{
	if (!loop)
		return;
	close(loop->epoll);
	free(loop);
}

int event_loop_add(struct event_loop *loop, struct event_source *source)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = source };

	return epoll_ctl(loop->epoll, EPOLL_CTL_ADD, source->fd, &event) ? -errno : 0;
}

void event_loop_remove(struct event_loop *loop, struct event_source *source)
{
	int i;

	epoll_ctl(loop->epoll, EPOLL_CTL_DEL, source->fd, NULL);
	for (i = 0; i < loop->due_count; i++)
		if (loop->due[i].data.ptr == source)
			loop->due[i].data.ptr = NULL;
}

void event_timer_start(struct event_loop *loop, struct event_timer *timer, uint64_t microseconds)
{
	struct event_timer **at;

	event_timer_cancel(timer);
	timer->loop = loop;
	timer->at = hardware_time_now() + microseconds * 1000;
	timer->armed = true;
	for (at = &loop->timers; *at && (*at)->at <= timer->at; at = &(*at)->next)
		;
	timer->next = *at;
	*at = timer;
}

void event_timer_cancel(struct event_timer *timer)
{
	struct event_timer **at;

	if (!timer->armed)
		return;
	for (at = &timer->loop->timers; *at != timer; at = &(*at)->next)
		;
	*at = timer->next;
	timer->armed = false;
}

static void run_timers(struct event_loop *loop)
{
	uint64_t time = hardware_time_now();
	struct event_timer *timer;

	while (loop->timers && loop->timers->at <= time) {
		timer = loop->timers;
		event_timer_cancel(timer);
		timer->expired(timer);
	}
}

void event_loop_set_idle(struct event_loop *loop, struct event_idle *idle)
{
	loop->idle = idle;
}

uint64_t event_loop_next_timer(const struct event_loop *loop)
{
	return loop->timers ? loop->timers->at : INT64_MAX;
}

/* Return: events; 0 after a while or when time has passed; or a negative errno. */
static int ask_for_events(struct event_loop *loop)
{
	int count = epoll_wait(loop->epoll, loop->due, EVENTS_AT_ONCE, 0);

	if (!count && !loop->idle->idle(loop->idle))
		count = epoll_wait(loop->epoll, loop->due, EVENTS_AT_ONCE, -1);
	if (count < 0)
		return errno == EINTR ? 0 : -errno;
	return count;
}

/* Return: events, 0 when a timer is due, or a negative errno. */
static int wait_for_events(struct event_loop *loop)
{
	struct timespec timeout = { 0 };
	uint64_t time;
	int count;

	if (loop->timers) {
		time = hardware_time_now();
		if (loop->timers->at > time) {
			time = loop->timers->at - time;
			timeout.tv_sec = time / 1000000000;
			timeout.tv_nsec = time % 1000000000;
		}
	}
	count = epoll_pwait2(loop->epoll, loop->due, EVENTS_AT_ONCE, loop->timers ? &timeout : NULL,
			     NULL);
	if (count < 0)
		return errno == EINTR ? 0 : -errno;
	return count;
}

int event_loop_run(struct event_loop *loop)
{
	struct event_source *source;
	int i, count;

	loop->stopped = false;
	while (!loop->stopped) {
		count = loop->idle ? ask_for_events(loop) : wait_for_events(loop);
		if (count < 0)
			return count;
		loop->due_count = count;
		for (i = 0; i < count && !loop->stopped; i++) {
			source = loop->due[i].data.ptr;
			if (source)
				source->ready(source, loop->due[i].events);
		}
		loop->due_count = 0;
		run_timers(loop);
	}
	return 0;
}

void event_loop_stop(struct event_loop *loop)
{
	loop->stopped = true;
}
