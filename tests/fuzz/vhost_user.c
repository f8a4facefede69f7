// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Any peer on the socket of a device: what it says, and the files that come along. Whatever it is, the
 * connection ends when the peer closes it, and nothing of it is left: no memory, no open file.
 *
 * An input is a byte that chooses the device, then messages, each a byte of struct script's and what goes
 * over the socket; behind END the content of the file that stands for the guest's memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>

#include "lab/sim/chip.h"
#include "lab/sim/gpio_bank.h"
#include "lab/sim/i2c_bus.h"
#include "lab/sim/vhost_device.h"
#include "lab/sim/vhost_message.h"
#include "lab/sim/virtio_gpio.h"
#include "lab/sim/virtio_i2c.h"
#include "tests/fuzz/must.h"

#define MEMORY_SIZE 16384
/* Less than what a socket takes before anybody reads. */
#define MESSAGES_MAX 64
#define KICKS 4
/* Above all descriptors that are ever open at a time. */
#define FILES_MAX 64

/* The byte before a message: how many files go with it, of which kinds, and whether it is cut off. */
#define FILES_MASK 0x0f
#define KIND_SHIFT 4
#define KIND_MASK 0x3
#define CUT 0x40
#define END 0xff

#define container(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

/**
 * struct script - what is left of an input
 * @bytes: the next one
 * @left: how many
 */
struct script {
	const uint8_t *bytes;
	size_t left;
};

/**
 * struct peer - the other side of a connection
 * @source: the socket
 * @loop: where the device runs, in the same thread
 * @memory: a file as the guest's memory is
 * @kick: a file with something to read
 * @call: a file that can be written to
 * @answers: the other end of @call
 */
struct peer {
	struct event_source source;
	struct event_loop *loop;
	int memory;
	int kick;
	int call;
	int answers;
};

/**
 * struct hardware - a device and what is behind it
 * @loop: where it runs
 * @device: the device
 * @bus: of an I2C adapter
 * @chip: on @bus
 * @bank: of a GPIO controller
 */
struct hardware {
	struct event_loop *loop;
	struct vhost_device *device;
	struct i2c_bus *bus;
	struct chip *chip;
	struct gpio_bank *bank;
};

static char directory[] = "/tmp/plugtree-fuzz-XXXXXX";
static char path[sizeof(directory) + sizeof("/device")];

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void remove_directory(void)
{
	rmdir(directory);
}

/* A device complains about each peer; that is for people, and there are thousands in a second. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	MUST(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/device", directory);
	atexit(remove_directory);
	stderr = fopen("/dev/null", "we");
	MUST(stderr);
	return 0;
}

/* A file that stays open need not be the one with the lowest number. */
static int count_open_files(void)
{
	int fd, count = 0;

	for (fd = 0; fd < FILES_MAX; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

static void hardware_create(struct hardware *hardware, bool gpio)
{
	*hardware = (struct hardware){ .loop = event_loop_create() };
	MUST(hardware->loop);
	if (gpio) {
		hardware->bank = gpio_bank_create(40);
		MUST(!virtio_gpio_create(&hardware->device, hardware->loop, path, hardware->bank));
		return;
	}
	hardware->bus = i2c_bus_create();
	MUST(!chip_create("24c02", 0x50, &hardware->chip));
	chip_power(hardware->chip, true);
	bus_attach(i2c_bus_base(hardware->bus), hardware->chip);
	MUST(!virtio_i2c_create(&hardware->device, hardware->loop, path, hardware->bus));
}

static void hardware_destroy(struct hardware *hardware)
{
	vhost_device_destroy(hardware->device);
	if (hardware->bus) {
		bus_detach(i2c_bus_base(hardware->bus), hardware->chip);
		chip_destroy(hardware->chip);
	}
	i2c_bus_destroy(hardware->bus);
	gpio_bank_destroy(hardware->bank);
	event_loop_destroy(hardware->loop);
}

/* Takes whatever is answered, until the device closes the connection. */
static void peer_ready(struct event_source *source, uint32_t events)
{
	struct peer *peer = container(source, struct peer, source);
	char answer[4096];
	ssize_t length = recv(source->fd, answer, sizeof(answer), MSG_DONTWAIT);

	if (!length || (length < 0 && errno != EAGAIN))
		event_loop_stop(peer->loop);
}

static void peer_open(struct peer *peer, struct event_loop *loop)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int pipe[2];

	*peer = (struct peer){ .source.ready = peer_ready, .loop = loop };
	peer->memory = memfd_create("guest", MFD_CLOEXEC);
	peer->kick = eventfd(KICKS, EFD_SEMAPHORE | EFD_CLOEXEC);
	MUST(peer->memory >= 0 && peer->kick >= 0 && !pipe2(pipe, O_CLOEXEC | O_NONBLOCK));
	peer->answers = pipe[0];
	peer->call = pipe[1];
	MUST(!ftruncate(peer->memory, MEMORY_SIZE));
	peer->source.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	strcpy(address.sun_path, path);
	MUST(!connect(peer->source.fd, (struct sockaddr *)&address, sizeof(address)));
	MUST(!event_loop_add(loop, &peer->source));
}

static void peer_close(struct peer *peer)
{
	event_loop_remove(peer->loop, &peer->source);
	close(peer->source.fd);
	close(peer->memory);
	close(peer->kick);
	close(peer->call);
	close(peer->answers);
}

static size_t take(struct script *script, const uint8_t **bytes, size_t wanted)
{
	size_t count = wanted < script->left ? wanted : script->left;

	*bytes = script->bytes;
	script->bytes += count;
	script->left -= count;
	return count;
}

static void attach_files(struct msghdr *message, const struct peer *peer, uint8_t control)
{
	const int kinds[] = { peer->memory, peer->kick, peer->call, peer->memory };
	unsigned int count = control & FILES_MASK, kind = control >> KIND_SHIFT & KIND_MASK, i;
	struct cmsghdr *rights = message->msg_control;
	int files[FILES_MASK];

	message->msg_controllen = count ? CMSG_SPACE(count * sizeof(int)) : 0;
	if (!count)
		return;
	for (i = 0; i < count; i++)
		files[i] = kinds[kind];
	rights->cmsg_level = SOL_SOCKET;
	rights->cmsg_type = SCM_RIGHTS;
	rights->cmsg_len = CMSG_LEN(count * sizeof(int));
	memcpy(CMSG_DATA(rights), files, count * sizeof(int));
}

/* Return: whether there may be another message. */
static bool peer_say(struct peer *peer, struct script *script, uint8_t control)
{
	union {
		char space[CMSG_SPACE(sizeof(int) * FILES_MASK)];
		struct cmsghdr alignment;
	} files = { .space = "" };
	struct vhost_header header;
	struct iovec vector;
	struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = files.space };
	const uint8_t *start, *payload;
	size_t length = take(script, &start, sizeof(header));

	if (length == sizeof(header)) {
		memcpy(&header, start, sizeof(header));
		length +=
			take(script, &payload, header.size <= VHOST_PAYLOAD_MAX ? header.size : 0);
	}
	if (control & CUT)
		length /= 2;
	if (!length)
		return false;
	vector = (struct iovec){ (void *)start, length };
	attach_files(&message, peer, control);
	return sendmsg(peer->source.fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)length &&
	       !(control & CUT);
}

static void peer_say_all(struct peer *peer, struct script *script)
{
	const uint8_t *control, *memory;
	unsigned int i;
	size_t length;

	for (i = 0; i < MESSAGES_MAX && take(script, &control, 1) && *control != END; i++)
		if (!peer_say(peer, script, *control))
			break;
	/* Nobody has listened yet, so it is there in time. */
	length = take(script, &memory, MEMORY_SIZE);
	MUST(pwrite(peer->memory, memory, length, 0) == (ssize_t)length);
	shutdown(peer->source.fd, SHUT_WR);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	int files = count_open_files();
	struct script script = { bytes + 1, size - 1 };
	struct hardware hardware;
	struct peer peer;

	if (!size)
		return -1;
	hardware_create(&hardware, bytes[0] & 1);
	peer_open(&peer, hardware.loop);
	peer_say_all(&peer, &script);
	MUST(!event_loop_run(hardware.loop));
	MUST(!vhost_device_ring(hardware.device, 0));
	peer_close(&peer);
	hardware_destroy(&hardware);
	MUST(count_open_files() == files);
	return 0;
}
