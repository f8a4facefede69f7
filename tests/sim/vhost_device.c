// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A device on its socket: the whole conversation of a driver, and peers that talk nonsense. The
 * device runs in a child process, as it does in earnest.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/sim/calendar.h"
#include "lab/sim/chip.h"
#include "lab/sim/vhost_message.h"
#include "lab/sim/virtio_i2c.h"
#include "tests/sim/driver.h"
#include "tests/sim/test.h"

#define LOG_ALL (1ULL << 26)
#define INDIRECT (1ULL << 28)
#define PROTOCOL (1ULL << 30)
#define VERSION_1 (1ULL << 32)
/* Bytes of the driver's memory that have the rings. */
#define RINGS 0x1000

static char directory[] = "/tmp/plugtree-test-XXXXXX";
static char path[sizeof(directory) + 8];
static pid_t server;

static void stop(struct event_source *source, uint32_t events)
{
	event_loop_stop(*(struct event_loop **)(source + 1));
}

/* Whoever counts kicks in virtual time has them, and the interrupts, on the sockets. */
static int make_time_virtual(struct event_loop *loop, struct vhost_device *device,
			     struct calendar **calendar, struct points *points)
{
	char socket[sizeof(path)];
	int answers[2], ret;

	snprintf(socket, sizeof(socket), "%s/time", directory);
	if (pipe(answers))
		return -errno;
	ret = calendar_create(calendar, loop, socket, answers[0], points);
	if (!ret)
		vhost_device_set_points(device, points);
	return ret;
}

/* Serves until the pipe closes. */
static int serve(int ready, int until, bool in_band)
{
	struct {
		struct event_source source;
		struct event_loop *loop;
	} end = { { until, stop }, event_loop_create() };
	struct i2c_bus *bus = i2c_bus_create();
	struct calendar *calendar = NULL;
	struct points points = { 0 };
	struct vhost_device *device;
	struct chip *chip;

	if (!freopen("/dev/null", "w", stderr) || chip_create("lm75", 0x48, &chip) ||
	    virtio_i2c_create(&device, end.loop, path, bus) ||
	    event_loop_add(end.loop, &end.source))
		return 1;
	if (in_band && make_time_virtual(end.loop, device, &calendar, &points))
		return 1;
	chip_power(chip, true);
	bus_attach(i2c_bus_base(bus), chip);
	if (write(ready, "", 1) != 1 || event_loop_run(end.loop))
		return 1;
	vhost_device_destroy(device);
	calendar_destroy(calendar);
	bus_detach(i2c_bus_base(bus), chip);
	chip_destroy(chip);
	i2c_bus_destroy(bus);
	event_loop_destroy(end.loop);
	return access(path, F_OK) ? 0 : 1;
}

static int until[2];

static int start_server_that(bool in_band)
{
	int ready[2];
	char byte;

	if (!mkdtemp(directory) || pipe(ready) || pipe(until))
		return -1;
	snprintf(path, sizeof(path), "%s/i2c0", directory);
	server = fork();
	if (!server) {
		close(until[1]);
		_exit(serve(ready[1], until[0], in_band));
	}
	close(ready[1]);
	close(until[0]);
	return read(ready[0], &byte, 1) == 1 ? 0 : -1;
}

static int start_server(void **state)
{
	return start_server_that(false);
}

static int start_server_in_band(void **state)
{
	return start_server_that(true);
}

static int stop_server(void **state)
{
	int status;

	close(until[1]);
	waitpid(server, &status, 0);
	rmdir(directory);
	strcpy(directory, "/tmp/plugtree-test-XXXXXX");
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -1;
}

static int connect_to_server(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strcpy(address.sun_path, path);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void say(int fd, uint32_t request, const void *payload, size_t size, int file, int files)
{
	struct vhost_header header = { request, VHOST_FLAG_VERSION | VHOST_FLAG_NEED_REPLY, size };
	struct iovec vectors[2] = { { &header, sizeof(header) }, { (void *)payload, size } };
	union {
		char space[CMSG_SPACE(2 * sizeof(int))];
		struct cmsghdr alignment;
	} control = { 0 };
	struct msghdr message = { .msg_iov = vectors, .msg_iovlen = 2 };
	struct cmsghdr *rights;

	if (file >= 0) {
		message.msg_control = control.space;
		message.msg_controllen = CMSG_SPACE(files * sizeof(int));
		rights = CMSG_FIRSTHDR(&message);
		rights->cmsg_level = SOL_SOCKET;
		rights->cmsg_type = SCM_RIGHTS;
		rights->cmsg_len = CMSG_LEN(files * sizeof(int));
		memcpy(CMSG_DATA(rights), (int[]){ file, file }, files * sizeof(int));
	}
	sendmsg(fd, &message, MSG_NOSIGNAL);
}

/* Return: the number in the reply, or -1 when the connection was closed. */
static int64_t ask_with(int fd, uint32_t request, const void *payload, size_t size, int file,
			int files)
{
	struct vhost_header header;
	uint64_t number = 0;

	say(fd, request, payload, size, file, files);
	if (recv(fd, &header, sizeof(header), MSG_WAITALL) != sizeof(header))
		return -1;
	assert_int_equal(header.flags, VHOST_FLAG_VERSION | VHOST_FLAG_REPLY);
	assert_int_equal(header.request, request);
	assert_int_equal(header.size, 8);
	assert_int_equal(recv(fd, &number, 8, MSG_WAITALL), 8);
	return number;
}

static int64_t ask(int fd, uint32_t request, const void *payload, size_t size, int file)
{
	return ask_with(fd, request, payload, size, file, 1);
}

/* The memory in two regions: the rings, and the rest. */
static int64_t set_two_regions(int fd, struct driver *driver)
{
	const struct vhost_memory_table table = {
		.count = 2,
		.regions = {
			{ DRIVER_GUEST, RINGS, DRIVER_USER, 0 },
			{ DRIVER_GUEST + RINGS, DRIVER_MEMORY - RINGS, DRIVER_USER + RINGS, RINGS },
		},
	};

	return ask_with(fd, VHOST_SET_MEM_TABLE, &table, 8 + 2 * sizeof(table.regions[0]),
			driver->fd, 2);
}

static void set_up_ring(int fd, struct driver *driver, int kick, int call, unsigned int next)
{
	const struct vhost_vring_state size = { 0, DRIVER_RING }, base = { 0, next };
	const struct vhost_vring_addresses addresses = {
		.descriptors = DRIVER_USER,
		.available = DRIVER_USER + ((uint8_t *)driver->available - driver->bytes),
		.used = DRIVER_USER + ((uint8_t *)driver->used - driver->bytes),
	};
	const uint64_t index = 0;

	assert_int_equal(ask(fd, VHOST_SET_VRING_CALL, &index, 8, call), 0);
	assert_int_equal(ask(fd, VHOST_SET_VRING_NUM, &size, 8, -1), 0);
	assert_int_equal(ask(fd, VHOST_SET_VRING_BASE, &base, 8, -1), 0);
	assert_int_equal(ask(fd, VHOST_SET_VRING_ADDR, &addresses, sizeof(addresses), -1), 0);
	assert_int_equal(ask(fd, VHOST_SET_VRING_KICK, &index, 8, kick), 0);
	/* For errors of the queue, which are told by closing the connection. */
	assert_int_equal(ask(fd, VHOST_SET_VRING_ERR, &index, 8, call), 0);
}

static void set_up_queue(int fd, struct driver *driver, int kick, int call)
{
	const struct vhost_memory_table table = {
		.count = 1,
		.regions = { { DRIVER_GUEST, DRIVER_MEMORY, DRIVER_USER, 0 } },
	};
	const struct vhost_vring_state on = { 0, 1 };
	const uint64_t features = VERSION_1 | PROTOCOL | 1;

	assert_int_equal(ask(fd, VHOST_SET_OWNER, NULL, 0, -1), 0);
	assert_int_equal(ask(fd, VHOST_GET_FEATURES, NULL, 0, -1),
			 VERSION_1 | PROTOCOL | INDIRECT | 1);
	/* Nothing about a configuration space, which an I2C adapter has not. */
	assert_int_equal(ask(fd, VHOST_GET_PROTOCOL_FEATURES, NULL, 0, -1), 1 << 3 | 1 << 5);
	assert_int_equal(ask(fd, VHOST_SET_FEATURES, &features, 8, -1), 0);
	assert_int_equal(ask(fd, VHOST_SET_MEM_TABLE, &table, 40, driver->fd), 0);
	set_up_ring(fd, driver, kick, call, 0);
	assert_int_equal(ask(fd, VHOST_SET_VRING_ENABLE, &on, 8, -1), 0);
}

/* One read of the LM75 through the socket. */
struct transfer {
	uint8_t *data;
	uint8_t *status;
};

static struct transfer offer_transfer(struct driver *driver, int kick)
{
	const uint16_t header[4] = { 0x48 << 1, 0, 2, 0 };
	struct transfer transfer = {
		.data = driver_buffer(driver, NULL, 2),
		.status = driver_buffer(driver, NULL, 1),
	};
	const uint64_t one = 1;
	unsigned int head =
		driver_descriptor(driver, driver_buffer(driver, header, 8), 8, false, true);

	driver_descriptor(driver, transfer.data, 2, true, true);
	driver_descriptor(driver, transfer.status, 1, true, false);
	driver_offer(driver, head);
	assert_int_equal(write(kick, &one, 8), 8);
	return transfer;
}

static void expect_transfer(struct driver *driver, const struct transfer *transfer, int call)
{
	struct pollfd called = { .fd = call, .events = POLLIN };
	uint64_t count;

	assert_int_equal(poll(&called, 1, 10000), 1);
	assert_int_equal(read(call, &count, 8), 8);
	assert_int_equal(*transfer->status, 0);
	assert_memory_equal(transfer->data, "\x19\x00", 2);
	assert_int_equal(driver_collect(driver)->len, 3);
}

static void transfer(struct driver *driver, int kick, int call)
{
	struct transfer transfer = offer_transfer(driver, kick);

	expect_transfer(driver, &transfer, call);
}

static void a_driver_comes_and_goes(void **state)
{
	struct driver driver;
	int round, fd, kick, call;

	for (round = 0; round < 3; round++) {
		driver_create(&driver);
		kick = eventfd(0, EFD_CLOEXEC);
		call = eventfd(0, EFD_CLOEXEC);
		fd = connect_to_server();
		set_up_queue(fd, &driver, kick, call);
		transfer(&driver, kick, call);
		transfer(&driver, kick, call);
		close(fd);
		close(kick);
		close(call);
		driver_destroy(&driver);
	}
}

/* As User-Mode Linux has it when it sleeps. */
static void a_queue_is_disabled_for_a_while(void **state)
{
	struct vhost_vring_state queue = { 0, 0 };
	struct transfer waiting;
	struct driver driver;
	int fd = connect_to_server(), kick = eventfd(0, EFD_CLOEXEC),
	    call = eventfd(0, EFD_CLOEXEC);

	driver_create(&driver);
	set_up_queue(fd, &driver, kick, call);
	transfer(&driver, kick, call);
	assert_int_equal(ask(fd, VHOST_SET_VRING_ENABLE, &queue, 8, -1), 0);
	waiting = offer_transfer(&driver, kick);
	/* Whatever is answered after the kick shows that it has been looked at. */
	assert_int_equal(ask(fd, VHOST_SET_OWNER, NULL, 0, -1), 0);
	assert_null(driver_collect(&driver));
	queue.number = 1;
	assert_int_equal(ask(fd, VHOST_SET_VRING_ENABLE, &queue, 8, -1), 0);
	expect_transfer(&driver, &waiting, call);
	close(fd);
	close(kick);
	close(call);
	driver_destroy(&driver);
}

/* As QEMU has it: memory in regions, which may change any time; queues that stop and go on. */
static void a_queue_stops_and_goes_on(void **state)
{
	const struct vhost_vring_state queue = { 0, 0 };
	struct transfer waiting;
	struct driver driver;
	int fd = connect_to_server(), kick = eventfd(0, EFD_CLOEXEC),
	    call = eventfd(0, EFD_CLOEXEC);

	driver_create(&driver);
	set_up_queue(fd, &driver, kick, call);
	transfer(&driver, kick, call);
	assert_int_equal(set_two_regions(fd, &driver), 0);
	transfer(&driver, kick, call);
	assert_int_equal(ask(fd, VHOST_GET_VRING_BASE, &queue, 8, -1), 2ULL << 32);
	/* What is offered while a queue is stopped waits until it goes on. */
	waiting = offer_transfer(&driver, kick);
	assert_int_equal(set_two_regions(fd, &driver), 0);
	assert_int_equal(ask(fd, VHOST_GET_VRING_BASE, &queue, 8, -1), 2ULL << 32);
	assert_null(driver_collect(&driver));
	set_up_ring(fd, &driver, kick, call, 2);
	expect_transfer(&driver, &waiting, call);
	transfer(&driver, kick, call);
	close(fd);
	close(kick);
	close(call);
	driver_destroy(&driver);
}

/* Without the protocol's feature no request enables a queue. */
static void a_queue_needs_no_enabling(void **state)
{
	const uint64_t features = VERSION_1 | 1;
	struct driver driver;
	int fd = connect_to_server(), kick = eventfd(0, EFD_CLOEXEC),
	    call = eventfd(0, EFD_CLOEXEC);

	driver_create(&driver);
	assert_int_equal(ask(fd, VHOST_SET_FEATURES, &features, 8, -1), 0);
	assert_int_equal(set_two_regions(fd, &driver), 0);
	set_up_ring(fd, &driver, kick, call, 0);
	transfer(&driver, kick, call);
	close(fd);
	close(kick);
	close(call);
	driver_destroy(&driver);
}

/* What ends the connection, and nothing but the connection. */
static void nonsense_ends_the_connection(void **state)
{
	static const struct {
		uint32_t request;
		uint32_t size;
		uint64_t words[5];
	} nonsense[] = {
		{ 0, 0, { 0 } },
		{ 99, 0, { 0 } },
		{ VHOST_SET_FEATURES, 4, { 1 } },
		{ VHOST_SET_FEATURES, 8, { LOG_ALL | 1 } },
		{ VHOST_SET_MEM_TABLE, 4, { 1 } },
		{ VHOST_SET_MEM_TABLE, 8, { 1 } },
		{ VHOST_SET_MEM_TABLE, 40, { 1, 0, 4096, 0, 0 } },
		{ VHOST_SET_MEM_TABLE, 8, { 0xffffffff } },
		{ VHOST_SET_VRING_NUM, 8, { 7 | 16ULL << 32 } },
		{ VHOST_SET_VRING_NUM, 8, { 3ULL << 32 } },
		{ VHOST_SET_VRING_NUM, 4, { 0 } },
		{ VHOST_SET_VRING_ADDR, 40, { 0, 0, 0, 0, 0 } },
		{ VHOST_SET_VRING_ADDR, 8, { 0 } },
		{ VHOST_SET_VRING_KICK, 8, { 5 } },
		{ VHOST_SET_VRING_KICK, 8, { 0 } },
		{ VHOST_SET_VRING_CALL, 8, { 0 } },
		{ VHOST_GET_VRING_BASE, 8, { 9 } },
		{ VHOST_GET_VRING_BASE, 4, { 0 } },
		{ VHOST_GET_CONFIG, 4, { 0 } },
		{ VHOST_GET_CONFIG, 12, { 1ULL << 32, 0 } },
		{ VHOST_GET_CONFIG, 12, { 0xffffffff, 0 } },
	};
	unsigned int i;
	int fd;

	for (i = 0; i < sizeof(nonsense) / sizeof(nonsense[0]); i++) {
		fd = connect_to_server();
		assert_int_equal(
			ask(fd, nonsense[i].request, nonsense[i].words, nonsense[i].size, -1), -1);
		close(fd);
	}
	a_driver_comes_and_goes(state);
}

static void a_driver_that_breaks_its_queue_is_cut_off(void **state)
{
	const uint64_t one = 1;
	struct driver driver;
	int fd, kick, call;
	char byte;

	driver_create(&driver);
	kick = eventfd(0, EFD_CLOEXEC);
	call = eventfd(0, EFD_CLOEXEC);
	fd = connect_to_server();
	set_up_queue(fd, &driver, kick, call);
	driver.available->idx = 1000;
	assert_int_equal(write(kick, &one, 8), 8);
	assert_int_equal(recv(fd, &byte, 1, 0), 0);
	close(fd);
	close(kick);
	close(call);
	driver_destroy(&driver);
	a_driver_comes_and_goes(state);
}

static void a_second_driver_is_turned_away(void **state)
{
	int first = connect_to_server(), second;
	char byte;

	assert_int_equal(ask(first, VHOST_SET_OWNER, NULL, 0, -1), 0);
	second = connect_to_server();
	assert_int_equal(recv(second, &byte, 1, 0), 0);
	assert_int_equal(ask(first, VHOST_SET_OWNER, NULL, 0, -1), 0);
	close(second);
	close(first);
}

/* A driver whose kicks and interrupts are messages, as in virtual time. */
struct in_band {
	struct driver driver;
	int fd;
	int backend;
};

static void set_up_in_band(struct in_band *peer)
{
	const uint64_t protocol = 1 << 3 | 1 << 5 | 1 << 14, no_file = 0x100;
	const struct vhost_memory_table table = {
		.count = 1,
		.regions = { { DRIVER_GUEST, DRIVER_MEMORY, DRIVER_USER, 0 } },
	};
	const struct vhost_vring_state size = { 0, DRIVER_RING }, base = { 0, 0 }, on = { 0, 1 };
	const uint64_t features = VERSION_1 | PROTOCOL | 1;
	struct driver *driver = &peer->driver;
	int sockets[2];

	driver_create(driver);
	peer->fd = connect_to_server();
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets), 0);
	peer->backend = sockets[0];
	assert_int_equal(ask(peer->fd, VHOST_GET_PROTOCOL_FEATURES, NULL, 0, -1), protocol);
	assert_int_equal(ask(peer->fd, VHOST_SET_PROTOCOL_FEATURES, &protocol, 8, -1), 0);
	assert_int_equal(ask(peer->fd, VHOST_SET_BACKEND_REQ_FD, NULL, 0, sockets[1]), 0);
	close(sockets[1]);
	assert_int_equal(ask(peer->fd, VHOST_SET_FEATURES, &features, 8, -1), 0);
	assert_int_equal(ask(peer->fd, VHOST_SET_MEM_TABLE, &table, 40, driver->fd), 0);
	assert_int_equal(ask(peer->fd, VHOST_SET_VRING_CALL, &no_file, 8, -1), 0);
	assert_int_equal(ask(peer->fd, VHOST_SET_VRING_NUM, &size, 8, -1), 0);
	assert_int_equal(ask(peer->fd, VHOST_SET_VRING_BASE, &base, 8, -1), 0);
	assert_int_equal(ask(peer->fd, VHOST_SET_VRING_ADDR,
			     &(struct vhost_vring_addresses){
				     .descriptors = DRIVER_USER,
				     .available = DRIVER_USER +
						  ((uint8_t *)driver->available - driver->bytes),
				     .used = DRIVER_USER +
					     ((uint8_t *)driver->used - driver->bytes),
			     },
			     sizeof(struct vhost_vring_addresses), -1),
			 0);
	assert_int_equal(ask(peer->fd, VHOST_SET_VRING_KICK, &no_file, 8, -1), 0);
	assert_int_equal(ask(peer->fd, VHOST_SET_VRING_ENABLE, &on, 8, -1), 0);
}

static void end_in_band(struct in_band *peer)
{
	close(peer->fd);
	close(peer->backend);
	driver_destroy(&peer->driver);
}

/* Takes the interrupt, and says to it what a driver says. */
static void answer_interrupt(struct in_band *peer, uint64_t verdict)
{
	struct {
		struct vhost_header header;
		struct vhost_vring_state state;
	} request;
	struct {
		struct vhost_header header;
		uint64_t verdict;
	} __attribute__((packed)) answer = {
		{ VHOST_BACKEND_VRING_CALL, VHOST_FLAG_VERSION | VHOST_FLAG_REPLY, 8 }, verdict
	};

	assert_int_equal(recv(peer->backend, &request, sizeof(request), MSG_WAITALL),
			 sizeof(request));
	assert_int_equal(request.header.request, VHOST_BACKEND_VRING_CALL);
	assert_int_equal(request.header.flags, VHOST_FLAG_VERSION | VHOST_FLAG_NEED_REPLY);
	assert_int_equal(request.state.index, 0);
	/* It is all there by now, and the kick is not acknowledged before this is. */
	assert_int_equal(recv(peer->fd, &request, 1, MSG_DONTWAIT), -1);
	assert_int_equal(send(peer->backend, &answer, sizeof(answer), 0), sizeof(answer));
}

static int64_t kick_in_band(struct in_band *peer, bool interrupts, uint64_t verdict)
{
	const struct vhost_vring_state queue = { 0, 0 };
	struct vhost_header header;
	uint64_t number;

	say(peer->fd, VHOST_VRING_KICK, &queue, 8, -1, 0);
	if (interrupts)
		answer_interrupt(peer, verdict);
	if (recv(peer->fd, &header, sizeof(header), MSG_WAITALL) != sizeof(header))
		return -1;
	assert_int_equal(header.request, VHOST_VRING_KICK);
	assert_int_equal(recv(peer->fd, &number, 8, MSG_WAITALL), 8);
	return (int64_t)number;
}

static struct transfer offer_in_band(struct driver *driver)
{
	int kick = eventfd(0, EFD_CLOEXEC);
	struct transfer transfer = offer_transfer(driver, kick);

	close(kick);
	return transfer;
}

static void kicks_and_interrupts_are_messages(void **state)
{
	struct transfer transfer;
	struct in_band peer;
	unsigned int i;

	set_up_in_band(&peer);
	for (i = 0; i < 3; i++) {
		transfer = offer_in_band(&peer.driver);
		assert_int_equal(kick_in_band(&peer, true, 0), 0);
		assert_int_equal(*transfer.status, 0);
		assert_memory_equal(transfer.data, "\x19\x00", 2);
		assert_int_equal(driver_collect(&peer.driver)->len, 3);
		/* Nothing new: no interrupt. */
		assert_int_equal(kick_in_band(&peer, false, 0), 0);
	}
	end_in_band(&peer);
}

/* A guest that takes no interrupt would wait for ever for the next one. */
static void an_interrupt_that_is_refused_stops_the_queue(void **state)
{
	struct in_band peer;

	set_up_in_band(&peer);
	offer_in_band(&peer.driver);
	assert_int_equal(kick_in_band(&peer, true, 1), 0);
	assert_non_null(driver_collect(&peer.driver));
	offer_in_band(&peer.driver);
	assert_int_equal(kick_in_band(&peer, false, 0), 0);
	assert_null(driver_collect(&peer.driver));
	end_in_band(&peer);
	/* Nor is there anybody to be told. */
	set_up_in_band(&peer);
	close(peer.backend);
	offer_in_band(&peer.driver);
	assert_int_equal(kick_in_band(&peer, false, 0), 0);
	end_in_band(&peer);
	kicks_and_interrupts_are_messages(state);
}

static void kicks_out_of_nowhere_end_the_connection(void **state)
{
	const uint64_t protocol = 1 << 3 | 1 << 5 | 1 << 14, neither = 1 << 3 | 1 << 5;
	const struct vhost_vring_state no_queue = { 9, 0 }, queue = { 0, 0 };
	struct in_band peer;
	int fd = connect_to_server();

	assert_int_equal(ask(fd, VHOST_SET_PROTOCOL_FEATURES, &neither, 8, -1), 0);
	assert_int_equal(ask(fd, VHOST_VRING_KICK, &queue, 8, -1), -1);
	close(fd);
	fd = connect_to_server();
	assert_int_equal(ask(fd, VHOST_SET_PROTOCOL_FEATURES, &protocol, 8, -1), 0);
	assert_int_equal(ask(fd, VHOST_VRING_KICK, &no_queue, 8, -1), -1);
	close(fd);
	fd = connect_to_server();
	assert_int_equal(ask(fd, VHOST_SET_PROTOCOL_FEATURES, &protocol, 8, -1), 0);
	/* A queue that is not there yet has nothing in it. */
	assert_int_equal(ask(fd, VHOST_VRING_KICK, &queue, 8, -1), 0);
	assert_int_equal(ask(fd, VHOST_VRING_KICK, &queue, 4, -1), -1);
	close(fd);
	set_up_in_band(&peer);
	peer.driver.available->idx = 1000;
	assert_int_equal(kick_in_band(&peer, false, 0), -1);
	end_in_band(&peer);
	kicks_and_interrupts_are_messages(state);
}

int main(void)
{
	const struct CMUnitTest in_band[] = {
		cmocka_unit_test(kicks_and_interrupts_are_messages),
		cmocka_unit_test(an_interrupt_that_is_refused_stops_the_queue),
		cmocka_unit_test(kicks_out_of_nowhere_end_the_connection),
	};
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_driver_comes_and_goes),
		cmocka_unit_test(a_queue_stops_and_goes_on),
		cmocka_unit_test(a_queue_is_disabled_for_a_while),
		cmocka_unit_test(a_queue_needs_no_enabling),
		cmocka_unit_test(nonsense_ends_the_connection),
		cmocka_unit_test(a_driver_that_breaks_its_queue_is_cut_off),
		cmocka_unit_test(a_second_driver_is_turned_away),
	};

	return cmocka_run_group_tests(tests, start_server, stop_server) +
	       cmocka_run_group_tests(in_band, start_server_in_band, stop_server);
}
