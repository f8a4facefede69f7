/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_VIRTIO_PCIDEV_H
#define SIM_VIRTIO_PCIDEV_H

#include <stddef.h>
#include <stdint.h>

#include "lab/sim/vhost_device.h"

/* In place of the number of a BAR: the configuration space. */
#define PCIDEV_CONFIG (-1)

/**
 * struct pcidev_target - what the accesses of a virtio PCI device go to
 * @read: fills @data, also when nothing is at @address
 * @write: takes @data, which is in the guest's memory
 *
 * @bar is 0 to 5, or PCIDEV_CONFIG. Register values are little-endian. Answer at once: the guest
 * waits for reads without doing anything else.
 */
struct pcidev_target {
	void (*read)(struct pcidev_target *target, int bar, uint64_t address, uint8_t *data,
		     size_t size);
	void (*write)(struct pcidev_target *target, int bar, uint64_t address, const uint8_t *data,
		      size_t size);
};

/**
 * virtio_pcidev_model() - a virtio device that carries the accesses to a PCI device, or to a bus of
 *	registers
 * @target: what they go to; stays the caller's and must live longer
 *
 * Return: the model, or NULL without memory.
 */
struct virtio_model *virtio_pcidev_model(struct pcidev_target *target);

/**
 * virtio_pcidev_create() - offer it on a socket
 *
 * Return: 0 or a negative errno; see vhost_device_create().
 */
int virtio_pcidev_create(struct vhost_device **device, struct event_loop *loop, const char *path,
			 struct pcidev_target *target);

#endif
