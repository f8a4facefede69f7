// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One vhost-user device: a listening socket, at most one connection, its queues.
 *
 * Removal: the connection owns the guest's memory and the queues' descriptors; all of it goes when
 * the other side closes, sends nonsense, or the device is destroyed. The model only hears of a
 * reset.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/sim/guest_memory.h"
#include "lab/sim/listener.h"
#include "lab/sim/vhost_device.h"
#include "lab/sim/vhost_message.h"

/* Tables outside the ring: QEMU's I2C queue is too short for a transfer without them. */
#define FEATURE_INDIRECT (1ULL << 28)
#define FEATURE_PROTOCOL (1ULL << 30)
#define FEATURE_VERSION_1 (1ULL << 32)

#define PROTOCOL_REPLY_ACK (1ULL << 3)
#define PROTOCOL_BACKEND_REQ (1ULL << 5)
#define PROTOCOL_CONFIG (1ULL << 9)
#define PROTOCOL_IN_BAND (1ULL << 14)

/* A guest that does not take an interrupt within this time is gone. */
#define INTERRUPT_TIMEOUT_MS 20000

/* Bit 8 of the kick and call payloads: no file comes along. */
#define VRING_NO_FILE 0x100
#define VRING_INDEX_MASK 0xff

/**
 * struct queue - a queue of a device
 * @ring: the ring
 * @kick: where the driver says that something is in it; fd -1 if there is no such file
 * @device: the device
 * @index: its number
 */
struct queue {
	struct virtqueue ring;
	struct event_source kick;
	struct vhost_device *device;
	unsigned int index;
};

/**
 * struct vhost_device - a device
 * @loop: where it runs
 * @listener: on its socket
 * @connection: to the other side; fd -1 while there is none
 * @backend_request: file for requests to the other side; -1 if none
 * @points: counts kicks; NULL if nobody wants to know
 * @in_band: kicks and interrupts are messages, and whoever sends one waits until it is taken
 * @memory: the guest's
 * @queues: its queues
 * @model: what it does
 */
struct vhost_device {
	struct event_loop *loop;
	struct listener listener;
	struct event_source connection;
	int backend_request;
	struct points *points;
	bool in_band;
	struct guest_memory memory;
	struct queue queues[VHOST_QUEUES_MAX];
	struct virtio_model *model;
};

#define container(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

static void close_file(int *file)
{
	if (*file >= 0)
		close(*file);
	*file = -1;
}

static void remove_source(struct vhost_device *device, struct event_source *source)
{
	if (source->fd >= 0)
		event_loop_remove(device->loop, source);
	close_file(&source->fd);
}

static void reset_queue(struct queue *queue)
{
	remove_source(queue->device, &queue->kick);
	close_file(&queue->ring.call);
	memset(&queue->ring, 0, sizeof(queue->ring));
	queue->ring.memory = &queue->device->memory;
	queue->ring.call = -1;
	queue->ring.interrupt = NULL;
}

static void disconnect(struct vhost_device *device, const char *why)
{
	unsigned int i;

	if (device->connection.fd < 0)
		return;
	if (why)
		fprintf(stderr, "%s: connection closed: %s\n", device->listener.address.sun_path,
			why);
	remove_source(device, &device->connection);
	for (i = 0; i < device->model->queues; i++)
		reset_queue(&device->queues[i]);
	device->model->reset(device->model);
	close_file(&device->backend_request);
	device->in_band = false;
	guest_memory_clear(&device->memory);
}

static bool tell_guest(struct vhost_device *device, struct vhost_message *message)
{
	int ret;

	if (device->backend_request < 0)
		return false;
	message->header.size = sizeof(message->payload.state);
	ret = vhost_message_ask(device->backend_request, message, INTERRUPT_TIMEOUT_MS);
	if (ret)
		fprintf(stderr, "%s: the guest takes no interrupt: %s\n",
			device->listener.address.sun_path, strerror(-ret));
	return !ret;
}

static void interrupt_in_band(struct virtqueue *ring)
{
	struct queue *queue = container(ring, struct queue, ring);
	struct vhost_message message = {
		.header.request = VHOST_BACKEND_VRING_CALL,
		.payload.state.index = queue->index,
	};

	if (!tell_guest(queue->device, &message))
		ring->enabled = false;
}

/* Serves what is in a queue; a driver that breaks the rules loses its connection. */
static void process_queue(struct queue *queue)
{
	struct vhost_device *device = queue->device;

	if (!virtqueue_is_usable(&queue->ring))
		return;
	if (device->model->process(device->model, queue->index, &queue->ring))
		disconnect(device, "a queue breaks the rules");
	else
		virtqueue_notify(&queue->ring);
}

static void queue_kicked(struct event_source *source, uint32_t events)
{
	struct queue *queue = container(source, struct queue, kick);
	uint64_t count;

	if (read(source->fd, &count, sizeof(count)) == 0) {
		remove_source(queue->device, source);
		return;
	}
	if (queue->device->points)
		points_begin(queue->device->points);
	process_queue(queue);
}

static struct queue *queue_at(struct vhost_device *device, uint32_t index)
{
	return index < device->model->queues ? &device->queues[index] : NULL;
}

static int set_memory(struct vhost_device *device, struct vhost_message *message)
{
	const struct vhost_memory_table *table = &message->payload.memory;
	unsigned int i;
	int ret = 0;

	if (message->header.size < 8 || table->count > VHOST_FILES_MAX ||
	    message->header.size < 8 + table->count * sizeof(table->regions[0]) ||
	    message->file_count != table->count)
		return -EPROTO;
	guest_memory_clear(&device->memory);
	for (i = 0; !ret && i < table->count; i++)
		ret = guest_memory_add(&device->memory, table->regions[i].guest,
				       table->regions[i].user, table->regions[i].size,
				       table->regions[i].offset, message->files[i]);
	/* Memory may change under rings that are in use; they stay where they are in it. */
	for (i = 0; i < device->model->queues; i++)
		virtqueue_map(&device->queues[i].ring);
	return ret;
}

static uint64_t offered_features(const struct vhost_device *device)
{
	return device->model->features | FEATURE_INDIRECT | FEATURE_PROTOCOL | FEATURE_VERSION_1;
}

/* Not every front end accepts that there is something to ask where there is not. */
static uint64_t protocol_features(const struct vhost_device *device)
{
	return PROTOCOL_REPLY_ACK | PROTOCOL_BACKEND_REQ |
	       (device->model->config_size ? PROTOCOL_CONFIG : 0) |
	       (device->points && device->points->calendar ? PROTOCOL_IN_BAND : 0);
}

static int set_protocol_features(struct vhost_device *device, const struct vhost_message *message)
{
	unsigned int i;

	if (message->header.size < sizeof(message->payload.number) ||
	    message->payload.number & ~protocol_features(device))
		return -EPROTO;
	device->in_band = message->payload.number & PROTOCOL_IN_BAND;
	for (i = 0; i < device->model->queues; i++)
		device->queues[i].ring.interrupt = device->in_band ? interrupt_in_band : NULL;
	return 0;
}

/*
 * Comes before the rings are set up. Without the protocol's own feature there is no request that
 * enables one: all of them are.
 */
static int set_features(struct vhost_device *device, const struct vhost_message *message)
{
	uint64_t features = message->payload.number;
	unsigned int i;

	if (message->header.size < sizeof(features) || features & ~offered_features(device))
		return -EPROTO;
	for (i = 0; i < device->model->queues; i++) {
		virtqueue_stop(&device->queues[i].ring);
		if (!(features & FEATURE_PROTOCOL))
			device->queues[i].ring.enabled = true;
	}
	device->model->reset(device->model);
	return 0;
}

static int set_kick(struct vhost_device *device, struct vhost_message *message)
{
	struct queue *queue = queue_at(device, message->payload.number & VRING_INDEX_MASK);
	int file, ret;

	if (!queue)
		return -EPROTO;
	remove_source(device, &queue->kick);
	if (message->payload.number & VRING_NO_FILE)
		return 0;
	file = vhost_message_take_file(message);
	if (file < 0)
		return -EPROTO;
	fcntl(file, F_SETFL, O_NONBLOCK);
	queue->kick.fd = file;
	ret = event_loop_add(device->loop, &queue->kick);
	if (ret)
		close_file(&queue->kick.fd);
	return ret;
}

static int set_call(struct vhost_device *device, struct vhost_message *message)
{
	struct queue *queue = queue_at(device, message->payload.number & VRING_INDEX_MASK);

	if (!queue)
		return -EPROTO;
	close_file(&queue->ring.call);
	if (message->payload.number & VRING_NO_FILE)
		return 0;
	queue->ring.call = vhost_message_take_file(message);
	if (queue->ring.call < 0)
		return -EPROTO;
	fcntl(queue->ring.call, F_SETFL, O_NONBLOCK);
	return 0;
}

static int set_ring(struct vhost_device *device, const struct vhost_message *message)
{
	const struct vhost_vring_state *state = &message->payload.state;
	struct queue *queue = queue_at(device, state->index);

	if (!queue || message->header.size < sizeof(*state))
		return -EPROTO;
	switch (message->header.request) {
	case VHOST_SET_VRING_NUM:
		return virtqueue_set_size(&queue->ring, state->number);
	case VHOST_SET_VRING_BASE:
		virtqueue_set_base(&queue->ring, state->number);
		return 0;
	default:
		/* A driver that goes disables its rings, and one that sleeps, which forgets nothing. */
		queue->ring.enabled = state->number;
		return 0;
	}
}

static int set_addresses(struct vhost_device *device, const struct vhost_message *message)
{
	const struct vhost_vring_addresses *addresses = &message->payload.addresses;
	struct queue *queue = queue_at(device, addresses->index);

	if (!queue || message->header.size < sizeof(*addresses))
		return -EPROTO;
	return virtqueue_set_addresses(&queue->ring, addresses->descriptors, addresses->available,
				       addresses->used);
}

/* Done before it is acknowledged, so that it takes no time for the driver. */
static int kick_in_band(struct vhost_device *device, const struct vhost_message *message)
{
	struct queue *queue = queue_at(device, message->payload.state.index);

	if (!queue || !device->in_band || message->header.size < sizeof(message->payload.state))
		return -EPROTO;
	points_begin(device->points);
	process_queue(queue);
	return device->connection.fd < 0 ? -EPROTO : 0;
}

/* Return: 1 for a request that only has to be acknowledged, else as handle(). */
static int handle_setting(struct vhost_device *device, struct vhost_message *message)
{
	switch (message->header.request) {
	case VHOST_SET_OWNER:
	case VHOST_RESET_OWNER:
	case VHOST_SET_VRING_ERR:
	case VHOST_SET_CONFIG:
		return 0;
	case VHOST_SET_PROTOCOL_FEATURES:
		return set_protocol_features(device, message);
	case VHOST_VRING_KICK:
		return kick_in_band(device, message);
	case VHOST_SET_FEATURES:
		return set_features(device, message);
	case VHOST_SET_MEM_TABLE:
		return set_memory(device, message);
	case VHOST_SET_VRING_NUM:
	case VHOST_SET_VRING_BASE:
	case VHOST_SET_VRING_ENABLE:
		return set_ring(device, message);
	case VHOST_SET_VRING_ADDR:
		return set_addresses(device, message);
	case VHOST_SET_VRING_KICK:
		return set_kick(device, message);
	case VHOST_SET_VRING_CALL:
		return set_call(device, message);
	case VHOST_SET_BACKEND_REQ_FD:
		close_file(&device->backend_request);
		device->backend_request = vhost_message_take_file(message);
		return 0;
	default:
		return -EPROTO;
	}
}

static int reply_number(struct vhost_device *device, struct vhost_message *message, uint64_t number)
{
	message->payload.number = number;
	message->header.size = sizeof(number);
	return vhost_message_reply(device->connection.fd, message);
}

static int get_config(struct vhost_device *device, struct vhost_message *message)
{
	struct vhost_config *config = &message->payload.config;
	const struct virtio_model *model = device->model;

	if (message->header.size < offsetof(struct vhost_config, data) ||
	    config->size > sizeof(config->data) || config->offset > model->config_size ||
	    config->size > model->config_size - config->offset)
		return -EPROTO;
	memcpy(config->data, (const uint8_t *)model->config + config->offset, config->size);
	message->header.size = offsetof(struct vhost_config, data) + config->size;
	return vhost_message_reply(device->connection.fd, message);
}

static int get_base(struct vhost_device *device, struct vhost_message *message)
{
	struct queue *queue = queue_at(device, message->payload.state.index);

	if (!queue || message->header.size < sizeof(message->payload.state))
		return -EPROTO;
	message->payload.state.number = queue->ring.next;
	message->header.size = sizeof(message->payload.state);
	virtqueue_stop(&queue->ring);
	remove_source(device, &queue->kick);
	close_file(&queue->ring.call);
	device->model->reset(device->model);
	return vhost_message_reply(device->connection.fd, message);
}

/* Return: 0, or a negative errno, and then the connection is of no use any more. */
static int handle(struct vhost_device *device, struct vhost_message *message)
{
	bool acknowledge = message->header.flags & VHOST_FLAG_NEED_REPLY;
	unsigned int i;
	int ret;

	switch (message->header.request) {
	case VHOST_GET_FEATURES:
		return reply_number(device, message, offered_features(device));
	case VHOST_GET_PROTOCOL_FEATURES:
		return reply_number(device, message, protocol_features(device));
	case VHOST_GET_QUEUE_NUM:
		return reply_number(device, message, device->model->queues);
	case VHOST_GET_CONFIG:
		return get_config(device, message);
	case VHOST_GET_VRING_BASE:
		return get_base(device, message);
	}
	ret = handle_setting(device, message);
	if (ret)
		return ret;
	if (acknowledge)
		ret = reply_number(device, message, 0);
	/* A kick may have come before the ring was ready for it. */
	for (i = 0; !ret && i < device->model->queues; i++)
		process_queue(&device->queues[i]);
	return ret;
}

static void connection_ready(struct event_source *source, uint32_t events)
{
	struct vhost_device *device = container(source, struct vhost_device, connection);
	struct vhost_message message;
	char why[64];
	int ret = vhost_message_receive(source->fd, &message);

	if (!ret)
		ret = handle(device, &message);
	vhost_message_close_files(&message);
	if (!ret)
		return;
	snprintf(why, sizeof(why), "request %u: %s", message.header.request, strerror(-ret));
	disconnect(device, ret == -ECONNRESET ? NULL : why);
}

static void connected(struct listener *listener, int file)
{
	struct vhost_device *device = container(listener, struct vhost_device, listener);

	if (device->connection.fd >= 0) {
		fprintf(stderr, "%s: a second connection is refused\n", listener->address.sun_path);
		close(file);
		return;
	}
	device->connection.fd = file;
	if (event_loop_add(device->loop, &device->connection))
		close_file(&device->connection.fd);
}

int vhost_device_create(struct vhost_device **result, struct event_loop *loop, const char *path,
			struct virtio_model *model)
{
	struct vhost_device *device = calloc(1, sizeof(*device));
	unsigned int i;
	int ret = -ENOMEM;

	if (!device)
		goto err_destroy_model;
	device->loop = loop;
	device->model = model;
	device->listener.connected = connected;
	device->connection.fd = -1;
	device->connection.ready = connection_ready;
	device->backend_request = -1;
	for (i = 0; i < VHOST_QUEUES_MAX; i++) {
		device->queues[i].device = device;
		device->queues[i].index = i;
		device->queues[i].kick.fd = -1;
		device->queues[i].kick.ready = queue_kicked;
		device->queues[i].ring.call = -1;
		device->queues[i].ring.memory = &device->memory;
	}
	ret = listener_open(&device->listener, loop, path);
	if (ret)
		goto err_free;
	*result = device;
	return 0;

err_free:
	free(device);
err_destroy_model:
	model->destroy(model);
	return ret;
}

void vhost_device_destroy(struct vhost_device *device)
{
	if (!device)
		return;
	disconnect(device, NULL);
	listener_close(&device->listener);
	device->model->destroy(device->model);
	free(device);
}

void vhost_device_set_points(struct vhost_device *device, struct points *points)
{
	device->points = points;
}

struct virtqueue *vhost_device_ring(struct vhost_device *device, unsigned int queue)
{
	struct virtqueue *ring = &device->queues[queue].ring;

	return virtqueue_is_usable(ring) ? ring : NULL;
}

bool vhost_device_interrupt(struct vhost_device *device)
{
	struct vhost_message message = { .header.request = VHOST_BACKEND_CONFIG_CHANGE };
	int call = device->queues[0].ring.call;
	const uint64_t one = 1;

	if (device->in_band)
		return tell_guest(device, &message);
	if (call < 0)
		return false;
	/* One that has an interrupt coming anyway needs no other. */
	if (write(call, &one, sizeof(one)) < 0 && errno != EAGAIN)
		disconnect(device, "no interrupt gets through");
	return device->connection.fd >= 0;
}
