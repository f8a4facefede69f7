/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_VIRTIO_GPIO_H
#define SIM_VIRTIO_GPIO_H

#include "lab/sim/gpio_bank.h"
#include "lab/sim/vhost_device.h"

/**
 * virtio_gpio_create() - offer a virtio GPIO controller (virtio 1.2, 5.18) on a socket
 * @device: the result
 * @loop: where it runs
 * @path: the socket
 * @bank: its lines; stays the caller's and must live longer
 *
 * Return: 0 or a negative errno; see vhost_device_create().
 */
int virtio_gpio_create(struct vhost_device **device, struct event_loop *loop, const char *path,
		       struct gpio_bank *bank);

/**
 * virtio_gpio_model() - the controller without a socket
 * @bank: its lines
 *
 * Return: the model, or NULL without memory.
 */
struct virtio_model *virtio_gpio_model(struct gpio_bank *bank);

#endif
