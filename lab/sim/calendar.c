// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Virtual time: the calendar of User-Mode Linux's "time-travel=ext", by shared memory.
 *
 * The guest computes in no time. When it has nothing to do until some later time it says so and
 * waits; then either a timer of the hardware comes first, or the guest goes on at its time. Time
 * passes only while somebody is owed an answer: while the launcher waits for the guest or for the
 * hardware. So two runs of the same scenario are the same to the nanosecond.
 *
 * Contract: time_travel.h, and arch/um/kernel/time.c of Linux 6.12. The guest
 * must not be told to run before the time that it asked for: who wants it to look at something
 * interrupts it, and by that it asks for the present time.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/sim/calendar.h"
#include "lab/sim/hardware_time.h"
#include "lab/sim/listener.h"
#include "lab/sim/time_travel.h"

#define container(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

/* Who is who in the shared memory. */
enum { ID_HARDWARE, ID_GUEST, IDS };

#define SHARED_SIZE (sizeof(struct time_travel_memory) + IDS * sizeof(union time_travel_client))

/* The guest's word for "no timer". */
#define NEVER ((uint64_t)INT64_MAX)

/**
 * struct calendar - virtual time
 * @idle: asked by the loop when nothing else is to be done
 * @loop: where the hardware's timers are
 * @listener: for the guest
 * @guest: connection to the guest; fd -1 while there is none
 * @answers: a byte for each answer of the guest
 * @points: of the hardware
 * @shared: memory that the guest sees, too
 * @memory: its descriptor
 * @start: when the guest started, which counts from there, nanoseconds
 * @waiting: the guest has said that it waits
 * @guest_owes: the guest has not answered yet
 * @owed: answers that the hardware owes
 * @rest: who waits for the guest to wait
 * @timer: until @passed
 * @passed: who waits for time to pass
 */
struct calendar {
	struct event_idle idle;
	struct event_loop *loop;
	struct listener listener;
	struct event_source guest;
	struct event_source answers;
	struct points *points;
	struct time_travel_memory *shared;
	int memory;
	uint64_t start;
	bool waiting;
	bool guest_owes;
	unsigned int owed;
	struct waiter rest;
	struct event_timer timer;
	struct waiter passed;
};

static void disconnect(struct calendar *calendar, const char *why)
{
	if (why)
		fprintf(stderr, "calendar: connection closed: %s\n", why);
	event_loop_remove(calendar->loop, &calendar->guest);
	close(calendar->guest.fd);
	calendar->guest.fd = -1;
	calendar->waiting = false;
	calendar->guest_owes = false;
	waiter_tell(&calendar->rest);
}

static int send_message(struct calendar *calendar, struct time_travel_message *message)
{
	ssize_t length = send(calendar->guest.fd, message, sizeof(*message), MSG_NOSIGNAL);

	return length == sizeof(*message) ? 0 : -EPIPE;
}

/* The first answer brings the memory, and a file for a log that the guest does not write. */
static int answer_start(struct calendar *calendar, struct time_travel_message *message)
{
	union {
		char space[CMSG_SPACE(sizeof(int) * TIME_TRAVEL_FILES)];
		struct cmsghdr header;
	} control = { 0 };
	struct iovec vector = { message, sizeof(*message) };
	struct msghdr header = {
		.msg_iov = &vector,
		.msg_iovlen = 1,
		.msg_control = control.space,
		.msg_controllen = sizeof(control.space),
	};
	int log = open("/dev/null", O_WRONLY | O_CLOEXEC);
	const int files[TIME_TRAVEL_FILES] = { calendar->memory, log };
	ssize_t length;

	message->operation = TIME_TRAVEL_ACK;
	message->time = ID_GUEST;
	calendar->start = hardware_time_now();
	calendar->shared->now = calendar->start;
	/* It never goes on by itself, so each look at the clock is a point. */
	calendar->shared->free_until = calendar->start;
	calendar->shared->running = ID_GUEST;
	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(files));
	memcpy(CMSG_DATA(&control.header), files, sizeof(files));
	length = sendmsg(calendar->guest.fd, &header, MSG_NOSIGNAL);
	close(log);
	return length == sizeof(*message) ? 0 : -EPIPE;
}

static int answer(struct calendar *calendar, struct time_travel_message *message, uint64_t time)
{
	message->operation = TIME_TRAVEL_ACK;
	message->time = time;
	return send_message(calendar, message);
}

static void guest_waits(struct calendar *calendar)
{
	calendar->shared->running = ID_HARDWARE;
	calendar->waiting = true;
	points_begin(calendar->points);
	waiter_tell(&calendar->rest);
}

/* What else a guest may ask for it finds in the shared memory. */
static int handle(struct calendar *calendar, struct time_travel_message *message)
{
	switch (message->operation) {
	case TIME_TRAVEL_START:
		return answer_start(calendar, message);
	case TIME_TRAVEL_WAIT:
		guest_waits(calendar);
		return 0;
	case TIME_TRAVEL_GET_TOD:
		return answer(calendar, message, hardware_time_date());
	default:
		return -EPROTO;
	}
}

static void guest_ready(struct event_source *source, uint32_t events)
{
	struct calendar *calendar = container(source, struct calendar, guest);
	struct time_travel_message message;
	ssize_t length = recv(source->fd, &message, sizeof(message), MSG_WAITALL);

	if (length != sizeof(message))
		disconnect(calendar, length ? "a message is cut off" : NULL);
	else if (handle(calendar, &message))
		disconnect(calendar, "the guest does not keep to the protocol");
}

static void guest_connected(struct listener *listener, int file)
{
	struct calendar *calendar = container(listener, struct calendar, listener);

	if (calendar->guest.fd >= 0) {
		fputs("calendar: a second guest is refused\n", stderr);
		close(file);
		return;
	}
	calendar->guest.fd = file;
	calendar->guest_owes = true;
	if (event_loop_add(calendar->loop, &calendar->guest))
		disconnect(calendar, "out of memory");
}

static void guest_answered(struct event_source *source, uint32_t events)
{
	struct calendar *calendar = container(source, struct calendar, answers);
	char bytes[64];

	if (read(source->fd, bytes, sizeof(bytes)) > 0)
		calendar->guest_owes = false;
	else
		event_loop_remove(calendar->loop, source);
}

static uint64_t guest_request(const struct calendar *calendar)
{
	const union time_travel_client *guest = &calendar->shared->clients[ID_GUEST];

	if (!(guest->flags & TIME_TRAVEL_WANTS_TO_RUN))
		return NEVER;
	return guest->request;
}

static void run_guest(struct calendar *calendar)
{
	struct time_travel_message message = { .operation = TIME_TRAVEL_RUN,
					       .time = hardware_time_now() - calendar->start };

	calendar->waiting = false;
	calendar->shared->running = ID_GUEST;
	if (send_message(calendar, &message))
		disconnect(calendar, "the guest is gone");
}

/* Nothing else is to be done: let time pass up to what comes next, the hardware's timers first. */
static bool pass(struct event_idle *idle)
{
	struct calendar *calendar = container(idle, struct calendar, idle);
	uint64_t hardware = event_loop_next_timer(calendar->loop);
	uint64_t guest;

	if (calendar->guest.fd < 0) {
		if (hardware == NEVER || !calendar->owed)
			return false;
		hardware_time_advance(hardware);
		return true;
	}
	if (!calendar->waiting)
		return false;
	guest = guest_request(calendar);
	if (guest > hardware_time_now() && !calendar->guest_owes && !calendar->owed)
		return false;
	if (guest == NEVER && hardware == NEVER)
		return false;
	hardware_time_advance(hardware < guest ? hardware : guest);
	calendar->shared->now = hardware_time_now();
	if (hardware > hardware_time_now())
		run_guest(calendar);
	return true;
}

void calendar_catch_up(struct calendar *calendar)
{
	hardware_time_advance(calendar->shared->now);
}

void calendar_owe(struct calendar *calendar)
{
	calendar->owed++;
}

void calendar_settle_debt(struct calendar *calendar)
{
	calendar->owed--;
}

bool calendar_run_guest(struct calendar *calendar)
{
	calendar->guest_owes = calendar->guest.fd >= 0;
	return calendar->waiting;
}

static void time_passed(struct event_timer *timer)
{
	waiter_tell(&container(timer, struct calendar, timer)->passed);
}

struct waiter *calendar_await_time(struct calendar *calendar, uint64_t microseconds)
{
	if (!calendar->passed.done)
		event_timer_start(calendar->loop, &calendar->timer, microseconds);
	return &calendar->passed;
}

struct waiter *calendar_await_rest(struct calendar *calendar)
{
	if (calendar->guest.fd < 0)
		return NULL;
	if (calendar->waiting && guest_request(calendar) > hardware_time_now())
		return NULL;
	return &calendar->rest;
}

static int share_memory(struct calendar *calendar)
{
	struct time_travel_memory *shared;

	calendar->memory = memfd_create("calendar", MFD_CLOEXEC);
	if (calendar->memory < 0 || ftruncate(calendar->memory, SHARED_SIZE))
		return -errno;
	shared = mmap(NULL, SHARED_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, calendar->memory, 0);
	if (shared == MAP_FAILED)
		return -errno;
	shared->version = TIME_TRAVEL_MEMORY_VERSION;
	shared->size = SHARED_SIZE;
	shared->client_count = IDS;
	shared->clients[ID_HARDWARE].abilities = TIME_TRAVEL_SHARES_TIME;
	calendar->shared = shared;
	return 0;
}

int calendar_create(struct calendar **result, struct event_loop *loop, const char *path,
		    int answers, struct points *points)
{
	struct calendar *calendar = calloc(1, sizeof(*calendar));
	int ret;

	if (!calendar)
		return -ENOMEM;
	calendar->loop = loop;
	calendar->points = points;
	calendar->idle.idle = pass;
	calendar->timer.expired = time_passed;
	calendar->guest.fd = -1;
	calendar->guest.ready = guest_ready;
	calendar->answers.fd = answers;
	calendar->answers.ready = guest_answered;
	calendar->listener.connected = guest_connected;
	ret = share_memory(calendar);
	if (ret)
		goto err_free;
	ret = event_loop_add(loop, &calendar->answers);
	if (ret)
		goto err_unmap;
	ret = listener_open(&calendar->listener, loop, path);
	if (ret)
		goto err_remove;
	hardware_time_make_virtual();
	event_loop_set_idle(loop, &calendar->idle);
	points->calendar = calendar;
	*result = calendar;
	return 0;

err_remove:
	event_loop_remove(loop, &calendar->answers);
err_unmap:
	munmap(calendar->shared, SHARED_SIZE);
err_free:
	if (calendar->memory >= 0)
		close(calendar->memory);
	free(calendar);
	return ret;
}

void calendar_destroy(struct calendar *calendar)
{
	if (!calendar)
		return;
	calendar->points->calendar = NULL;
	event_timer_cancel(&calendar->timer);
	event_loop_set_idle(calendar->loop, NULL);
	listener_close(&calendar->listener);
	if (calendar->guest.fd >= 0)
		disconnect(calendar, NULL);
	event_loop_remove(calendar->loop, &calendar->answers);
	close(calendar->answers.fd);
	munmap(calendar->shared, SHARED_SIZE);
	close(calendar->memory);
	free(calendar);
}
