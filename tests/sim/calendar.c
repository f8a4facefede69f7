// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Virtual time, with the test in the place of the guest.
 *
 * The calendar runs in a thread of its own; what is done to it is done there, by in_loop().
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab/sim/calendar.h"
#include "lab/sim/hardware_time.h"
#include "lab/sim/time_travel.h"
#include "tests/sim/test.h"

enum { HARDWARE, GUEST };

static char directory[] = "/tmp/calendar-XXXXXX";
static char path[64];
static struct event_loop *loop;
static struct points points;
static struct calendar *calendar;
static int answers[2], orders[2], done[2];
static struct event_source order_source;
static pthread_t thread;
static int guest;
static struct time_travel_memory *memory;

static void take_order(struct event_source *source, uint32_t events)
{
	void (*order)(void);

	assert_int_equal(read(source->fd, &order, sizeof(order)), sizeof(order));
	order();
	assert_int_equal(write(done[1], "", 1), 1);
}

static void in_loop(void (*order)(void))
{
	char byte;

	assert_int_equal(write(orders[1], &order, sizeof(order)), sizeof(order));
	assert_int_equal(read(done[0], &byte, 1), 1);
}

static void *serve(void *data)
{
	event_loop_run(loop);
	return NULL;
}

static void stop(void)
{
	event_loop_stop(loop);
}

static int setup(void **state)
{
	assert_non_null(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/calendar", directory);
	points = (struct points){ 0 };
	loop = event_loop_create();
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, answers), 0);
	assert_int_equal(pipe(orders), 0);
	assert_int_equal(pipe(done), 0);
	assert_int_equal(calendar_create(&calendar, loop, path, answers[0], &points), 0);
	order_source = (struct event_source){ orders[0], take_order };
	assert_int_equal(event_loop_add(loop, &order_source), 0);
	return pthread_create(&thread, NULL, serve, NULL);
}

static int teardown(void **state)
{
	in_loop(stop);
	pthread_join(thread, NULL);
	if (guest >= 0)
		close(guest);
	if (memory)
		munmap(memory, memory->size);
	memory = NULL;
	calendar_destroy(calendar);
	event_loop_destroy(loop);
	close(answers[1]);
	close(orders[0]);
	close(orders[1]);
	close(done[0]);
	close(done[1]);
	rmdir(directory);
	strcpy(directory, "/tmp/calendar-XXXXXX");
	return 0;
}

static int connect_guest(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	strcpy(address.sun_path, path);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void say(uint32_t operation)
{
	struct time_travel_message message = { .operation = operation, .sequence = 7 };

	assert_int_equal(write(guest, &message, sizeof(message)), sizeof(message));
}

static struct time_travel_message hear(void)
{
	struct time_travel_message message;

	assert_int_equal(recv(guest, &message, sizeof(message), MSG_WAITALL), sizeof(message));
	return message;
}

/* Connects, and takes the memory that comes with the answer. */
static void start_guest(void)
{
	struct time_travel_message message;
	char space[CMSG_SPACE(sizeof(int) * TIME_TRAVEL_FILES)];
	struct iovec vector = { &message, sizeof(message) };
	struct msghdr header = { .msg_iov = &vector,
				 .msg_iovlen = 1,
				 .msg_control = space,
				 .msg_controllen = sizeof(space) };
	int files[TIME_TRAVEL_FILES];

	guest = connect_guest();
	say(TIME_TRAVEL_START);
	assert_int_equal(recvmsg(guest, &header, 0), sizeof(message));
	assert_int_equal(message.operation, TIME_TRAVEL_ACK);
	assert_int_equal(message.sequence, 7);
	assert_int_equal(CMSG_FIRSTHDR(&header)->cmsg_len, CMSG_LEN(sizeof(files)));
	memcpy(files, CMSG_DATA(CMSG_FIRSTHDR(&header)), sizeof(files));
	memory = mmap(NULL, TIME_TRAVEL_HEADER_SIZE + 2 * TIME_TRAVEL_CLIENT_SIZE,
		      PROT_READ | PROT_WRITE, MAP_SHARED, files[0], 0);
	assert_ptr_not_equal(memory, MAP_FAILED);
	close(files[0]);
	close(files[1]);
	assert_int_equal(message.time, GUEST);
	assert_int_equal(memory->running, GUEST);
}

static void wait_until(uint64_t nanoseconds)
{
	memory->clients[GUEST].request = nanoseconds;
	memory->clients[GUEST].flags = TIME_TRAVEL_WANTS_TO_RUN;
	say(TIME_TRAVEL_WAIT);
}

static void expect_run_at(uint64_t nanoseconds)
{
	struct time_travel_message message = hear();

	assert_int_equal(message.operation, TIME_TRAVEL_RUN);
	assert_int_equal(message.time, nanoseconds);
	assert_int_equal(memory->now, nanoseconds);
	assert_int_equal(memory->running, GUEST);
}

static struct waiter *rest;

static void ask_for_rest(void)
{
	rest = calendar_await_rest(calendar);
}

static bool was_waiting;

static void give_request(void)
{
	was_waiting = calendar_run_guest(calendar);
}

static void a_guest_runs_at_its_time(void **state)
{
	start_guest();
	assert_int_equal(memory->version, TIME_TRAVEL_MEMORY_VERSION);
	/* It may not go on by itself. */
	assert_int_equal(memory->free_until, 0);
	wait_until(1000);
	expect_run_at(1000);
	wait_until(61000000000);
	expect_run_at(61000000000);
}

static void nothing_was_sent(void)
{
	struct time_travel_message message;

	assert_int_equal(recv(guest, &message, sizeof(message), MSG_DONTWAIT), -1);
	assert_int_equal(errno, EAGAIN);
}

static void time_stands_still_when_nobody_waits(void **state)
{
	start_guest();
	assert_int_equal(write(answers[1], ".", 1), 1);
	wait_until(1000);
	/* Orders are taken in the order in which they come: it has been heard. */
	in_loop(ask_for_rest);
	assert_null(rest);
	nothing_was_sent();
	in_loop(give_request);
	assert_true(was_waiting);
	expect_run_at(1000);
	in_loop(ask_for_rest);
	assert_non_null(rest);
}

static struct event_timer timer;
static uint64_t expired_at;

static void timer_expired(struct event_timer *at)
{
	expired_at = hardware_time_now();
}

static void start_timer(void)
{
	timer.expired = timer_expired;
	event_timer_start(loop, &timer, 300);
}

static void hardware_comes_first(void **state)
{
	expired_at = 0;
	start_guest();
	in_loop(start_timer);
	wait_until(300000);
	expect_run_at(300000);
	assert_int_equal(expired_at, 300000);
}

static unsigned long reached_at;

static void reached(struct points *at)
{
	reached_at = at->count;
}

static void await_second_point(void)
{
	points.reached = reached;
	points.left = 2;
}

static void each_look_at_the_clock_is_a_point(void **state)
{
	reached_at = 0;
	in_loop(await_second_point);
	start_guest();
	wait_until(256);
	expect_run_at(256);
	assert_int_equal(reached_at, 0);
	wait_until(512);
	expect_run_at(512);
	assert_int_equal(reached_at, 2);
	assert_int_equal(points.left, 0);
}

static void nonsense_ends_the_connection(void **state)
{
	struct time_travel_message message;

	start_guest();
	say(99);
	assert_int_equal(recv(guest, &message, sizeof(message), MSG_WAITALL), 0);
}

static void a_second_guest_is_refused(void **state)
{
	char byte;
	int second;

	start_guest();
	second = connect_guest();
	assert_int_equal(recv(second, &byte, 1, MSG_WAITALL), 0);
	close(second);
	wait_until(1000);
	expect_run_at(1000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_guest_runs_at_its_time),	    TEST(time_stands_still_when_nobody_waits),
		TEST(hardware_comes_first),	    TEST(each_look_at_the_clock_is_a_point),
		TEST(nonsense_ends_the_connection), TEST(a_second_guest_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
