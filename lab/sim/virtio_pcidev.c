// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * User-Mode Linux's PCI over virtio (linux/virtio_pcidev.h): each request in queue 0 is one access.
 *
 * Queue 1 holds buffers for interrupts, each of which carries one message of an MSI. A virtio node whose child is a
 * "simple-bus" is no PCI device but a bus of registers; the guest then accesses BAR 0 only.
 */
#include <errno.h>
#include <linux/virtio_pcidev.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/virtio_pcidev.h"

enum { QUEUE_COMMANDS, QUEUE_INTERRUPTS, QUEUE_COUNT };

#define BAR_MAX 5
/* Nobody fills more than this at once. */
#define MEMSET_MAX 65536

/**
 * struct pcidev_model - the device
 * @model: what the queues' side knows
 * @target: what accesses go to
 * @interrupts: queue 1 while the driver uses it
 */
struct pcidev_model {
	struct virtio_model model;
	struct pcidev_target *target;
	struct virtqueue *interrupts;
};

static int do_read(struct pcidev_model *pcidev, const struct virtqueue_request *request,
		   const struct virtio_pcidev_msg *message, int bar, uint32_t *written)
{
	if (request->in_count != 1 || request->in[0].size < message->size)
		return -EPROTO;
	pcidev->target->read(pcidev->target, bar, message->addr, request->in[0].data,
			     message->size);
	*written = message->size;
	return 0;
}

/* The bytes behind the header are in the same buffer, or in one of their own. */
static const uint8_t *find_data(const struct virtqueue_request *request, size_t size)
{
	const struct virtqueue_part *part = &request->out[request->out_count - 1];
	size_t skipped = request->out_count == 1 ? sizeof(struct virtio_pcidev_msg) : 0;

	return part->size - skipped >= size ? (const uint8_t *)part->data + skipped : NULL;
}

static int do_write(struct pcidev_model *pcidev, const struct virtqueue_request *request,
		    const struct virtio_pcidev_msg *message, int bar)
{
	const uint8_t *data = find_data(request, message->size);

	if (!data)
		return -EPROTO;
	pcidev->target->write(pcidev->target, bar, message->addr, data, message->size);
	return 0;
}

static int do_fill(struct pcidev_model *pcidev, const struct virtqueue_request *request,
		   const struct virtio_pcidev_msg *message)
{
	const uint8_t *data = find_data(request, 1);
	uint32_t at;

	if (!data || message->size > MEMSET_MAX)
		return -EPROTO;
	for (at = 0; at < message->size; at++)
		pcidev->target->write(pcidev->target, message->bar, message->addr + at, data, 1);
	return 0;
}

static int process_command(struct pcidev_model *pcidev, struct virtqueue *ring,
			   const struct virtqueue_request *request)
{
	struct virtio_pcidev_msg message;
	uint32_t written = 0;
	int ret;

	if (!request->out_count || request->out_count > 2 || request->out[0].size < sizeof(message))
		return -EPROTO;
	memcpy(&message, request->out[0].data, sizeof(message));
	if (message.bar > BAR_MAX)
		return -EPROTO;
	switch (message.op) {
	case VIRTIO_PCIDEV_OP_CFG_READ:
		ret = do_read(pcidev, request, &message, PCIDEV_CONFIG, &written);
		break;
	case VIRTIO_PCIDEV_OP_CFG_WRITE:
		ret = do_write(pcidev, request, &message, PCIDEV_CONFIG);
		break;
	case VIRTIO_PCIDEV_OP_MMIO_READ:
		ret = do_read(pcidev, request, &message, message.bar, &written);
		break;
	case VIRTIO_PCIDEV_OP_MMIO_WRITE:
		ret = do_write(pcidev, request, &message, message.bar);
		break;
	case VIRTIO_PCIDEV_OP_MMIO_MEMSET:
		ret = do_fill(pcidev, request, &message);
		break;
	default:
		return -EPROTO;
	}
	if (!ret)
		virtqueue_complete(ring, request->head, written);
	return ret;
}

static int send_interrupt(struct pcidev_model *pcidev, const struct virtqueue_request *request,
			  uint16_t data)
{
	struct virtio_pcidev_msg message = { .op = VIRTIO_PCIDEV_OP_MSI, .size = sizeof(data) };
	const size_t size = sizeof(message) + sizeof(data);

	if (request->out_count || request->in_count != 1 || request->in[0].size < size)
		return -EPROTO;
	memcpy(request->in[0].data, &message, sizeof(message));
	memcpy((uint8_t *)request->in[0].data + sizeof(message), &data, sizeof(data));
	virtqueue_complete(pcidev->interrupts, request->head, size);
	return 0;
}

/* A buffer is taken only for an interrupt that is there, and an interrupt only for a buffer. */
static int send_interrupts(struct pcidev_model *pcidev)
{
	struct pcidev_target *target = pcidev->target;
	struct virtqueue_request request;
	uint16_t data;
	int ret = 0;

	while (!ret && pcidev->interrupts && virtqueue_is_usable(pcidev->interrupts) &&
	       virtqueue_has_next(pcidev->interrupts) && target->take_interrupt(target, &data)) {
		ret = virtqueue_next(pcidev->interrupts, &request);
		ret = ret == 1 ? send_interrupt(pcidev, &request, data) : -EPROTO;
	}
	if (pcidev->interrupts)
		virtqueue_notify(pcidev->interrupts);
	return ret;
}

void virtio_pcidev_look(struct pcidev_target *target)
{
	/* A driver that breaks the rules is told so at its next request. */
	if (target->model)
		send_interrupts(target->model);
}

static int pcidev_process(struct virtio_model *model, unsigned int queue, struct virtqueue *ring)
{
	struct pcidev_model *pcidev = (struct pcidev_model *)model;
	struct virtqueue_request request;
	int ret;

	if (queue == QUEUE_INTERRUPTS) {
		pcidev->interrupts = pcidev->target->take_interrupt ? ring : NULL;
		return send_interrupts(pcidev);
	}
	while ((ret = virtqueue_next(ring, &request)) == 1) {
		ret = process_command(pcidev, ring, &request);
		if (ret)
			return ret;
	}
	return ret;
}

static void pcidev_reset(struct virtio_model *model)
{
	((struct pcidev_model *)model)->interrupts = NULL;
}

static void pcidev_destroy(struct virtio_model *model)
{
	((struct pcidev_model *)model)->target->model = NULL;
	free(model);
}

struct virtio_model *virtio_pcidev_model(struct pcidev_target *target)
{
	struct pcidev_model *pcidev = calloc(1, sizeof(*pcidev));

	if (!pcidev)
		return NULL;
	pcidev->model.queues = QUEUE_COUNT;
	pcidev->model.process = pcidev_process;
	pcidev->model.reset = pcidev_reset;
	pcidev->model.destroy = pcidev_destroy;
	pcidev->target = target;
	target->model = pcidev;
	return &pcidev->model;
}

int virtio_pcidev_create(struct vhost_device **device, struct event_loop *loop, const char *path,
			 struct pcidev_target *target)
{
	struct virtio_model *model = virtio_pcidev_model(target);

	return model ? vhost_device_create(device, loop, path, model) : -ENOMEM;
}
