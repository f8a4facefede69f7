/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_VHOST_DEVICE_H
#define SIM_VHOST_DEVICE_H

#include <stddef.h>
#include <stdint.h>

#include "lab/sim/event_loop.h"
#include "lab/sim/points.h"
#include "lab/sim/virtqueue.h"

#define VHOST_QUEUES_MAX 2

struct vhost_device;

/**
 * struct virtio_model - what a virtio device does with its queues
 * @features: device feature bits that it offers
 * @queues: number of queues
 * @config: its configuration space
 * @config_size: bytes of @config
 * @process: there may be something in a queue. Return: 0, or -EPROTO when the driver broke the
 *	rules, which ends the connection
 * @reset: the driver is gone, or another one comes; forget what it asked for
 * @destroy: free the model
 */
struct virtio_model {
	uint64_t features;
	unsigned int queues;
	const void *config;
	size_t config_size;
	int (*process)(struct virtio_model *model, unsigned int queue, struct virtqueue *ring);
	void (*reset)(struct virtio_model *model);
	void (*destroy)(struct virtio_model *model);
};

/**
 * vhost_device_create() - offer a virtio device on a socket
 * @device: the result
 * @loop: where it runs
 * @path: the socket, which is made; nothing may be there yet
 * @model: what it does; belongs to the device, also when this fails
 *
 * Return: 0 or a negative errno.
 */
int vhost_device_create(struct vhost_device **device, struct event_loop *loop, const char *path,
			struct virtio_model *model);

/** vhost_device_destroy() - close the connection, remove the socket, free; NULL is fine */
void vhost_device_destroy(struct vhost_device *device);

/**
 * vhost_device_set_points() - have the guest's kicks counted
 * @device: the device; nobody is connected yet
 * @points: where; if their time is virtual, the guest waits with each kick until it is done
 */
void vhost_device_set_points(struct vhost_device *device, struct points *points);

/**
 * vhost_device_interrupt() - interrupt the guest for nothing, also while its driver sleeps
 *
 * Return: true if it was, false if there is no guest or no way to.
 */
bool vhost_device_interrupt(struct vhost_device *device);

/**
 * vhost_device_ring() - a queue, for a model that has something to say by itself
 *
 * Return: the ring, or NULL while the driver does not use it.
 */
struct virtqueue *vhost_device_ring(struct vhost_device *device, unsigned int queue);

#endif
