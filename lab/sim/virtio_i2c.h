/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_VIRTIO_I2C_H
#define SIM_VIRTIO_I2C_H

#include "lab/sim/i2c_bus.h"
#include "lab/sim/vhost_device.h"

/**
 * virtio_i2c_model() - a virtio I2C adapter (virtio 1.2, 5.21) on a bus
 * @bus: the bus; stays the caller's and must live longer
 *
 * Return: the model, or NULL without memory.
 */
struct virtio_model *virtio_i2c_model(struct i2c_bus *bus);

/**
 * virtio_i2c_create() - offer a virtio I2C adapter on a socket
 *
 * Return: 0 or a negative errno; see vhost_device_create().
 */
int virtio_i2c_create(struct vhost_device **device, struct event_loop *loop, const char *path,
		      struct i2c_bus *bus);

#endif
