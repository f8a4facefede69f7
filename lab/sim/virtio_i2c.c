// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * virtio-i2c (virtio 1.2, 5.21): each request is one message of a transfer.
 */
#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/virtio_i2c.h"

#define FEATURE_ZERO_LENGTH_REQUEST (1ULL << 0)

#define FLAG_FAIL_NEXT 0x1
#define FLAG_READ 0x2

enum { STATUS_OK = 0, STATUS_ERROR = 1 };

/** struct i2c_out_header - what every request begins with */
struct i2c_out_header {
	uint16_t address;
	uint16_t padding;
	uint32_t flags;
};

/**
 * struct i2c_model - the adapter
 * @model: what the queue's side knows
 * @bus: the bus behind it
 * @failing: a message of this transfer failed, so the rest of it fails, too
 */
struct i2c_model {
	struct virtio_model model;
	struct i2c_bus *bus;
	bool failing;
};

/* Takes a request apart. Return: the place of its status, or NULL if it is none. */
static uint8_t *split(const struct virtqueue_request *request, struct i2c_out_header *header,
		      struct i2c_message *message)
{
	const struct virtqueue_part *status, *data = NULL;

	if (!request->out_count || request->out[0].size != sizeof(*header) || !request->in_count)
		return NULL;
	status = &request->in[request->in_count - 1];
	if (status->size != 1 || request->out_count + request->in_count > 3)
		return NULL;
	memcpy(header, request->out[0].data, sizeof(*header));
	message->read = le32toh(header->flags) & FLAG_READ;
	if (request->out_count == 2)
		data = &request->out[1];
	else if (request->in_count == 2)
		data = &request->in[0];
	if (data && message->read != (request->in_count == 2))
		return NULL;
	message->address = le16toh(header->address) >> 1;
	message->stop = !(le32toh(header->flags) & FLAG_FAIL_NEXT);
	message->data = data ? data->data : NULL;
	message->length = data ? data->size : 0;
	return status->data;
}

static int process_request(struct i2c_model *i2c, struct virtqueue *ring,
			   const struct virtqueue_request *request)
{
	struct i2c_out_header header;
	struct i2c_message message;
	uint8_t *status = split(request, &header, &message);
	uint32_t written = 1;

	if (!status)
		return -EPROTO;
	if (i2c->failing || i2c_bus_transfer(i2c->bus, &message)) {
		*status = STATUS_ERROR;
		i2c->failing = !message.stop;
	} else {
		*status = STATUS_OK;
	}
	if (message.read)
		written += message.length;
	virtqueue_complete(ring, request->head, written);
	return 0;
}

/* The driver frees all requests of a batch when the first one of them has failed. */
static int i2c_process(struct virtio_model *model, unsigned int queue, struct virtqueue *ring)
{
	struct i2c_model *i2c = (struct i2c_model *)model;
	struct virtqueue_request request;
	int ret;

	while ((ret = virtqueue_next(ring, &request)) == 1) {
		ret = process_request(i2c, ring, &request);
		if (ret)
			return ret;
	}
	return ret;
}

static void i2c_reset(struct virtio_model *model)
{
	struct i2c_model *i2c = (struct i2c_model *)model;

	i2c->failing = false;
}

static void i2c_destroy(struct virtio_model *model)
{
	free(model);
}

struct virtio_model *virtio_i2c_model(struct i2c_bus *bus)
{
	struct i2c_model *i2c = calloc(1, sizeof(*i2c));

	if (!i2c)
		return NULL;
	i2c->model.features = FEATURE_ZERO_LENGTH_REQUEST;
	i2c->model.queues = 1;
	i2c->model.process = i2c_process;
	i2c->model.reset = i2c_reset;
	i2c->model.destroy = i2c_destroy;
	i2c->bus = bus;
	return &i2c->model;
}

int virtio_i2c_create(struct vhost_device **device, struct event_loop *loop, const char *path,
		      struct i2c_bus *bus)
{
	struct virtio_model *model = virtio_i2c_model(bus);

	return model ? vhost_device_create(device, loop, path, model) : -ENOMEM;
}
