/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_VIRTIO_PCIDEV_H
#define SIM_VIRTIO_PCIDEV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lab/sim/vhost_device.h"

/* In place of the number of a BAR: the configuration space. */
#define PCIDEV_CONFIG (-1)

struct pcidev_model;

/**
 * struct pcidev_target - what the accesses of a virtio PCI device go to
 * @read: fills @data, also when nothing is at @address
 * @write: takes @data, which is in the guest's memory
 * @take_interrupt: is there an interrupt for the guest? Then sets @message to what is to be written,
 *	and forgets it. NULL for what has no interrupts
 * @model: set by virtio_pcidev_model(); what carries the accesses
 *
 * @bar is 0 to 5, or PCIDEV_CONFIG. Register values are little-endian. Answer at once: the guest
 * waits for reads without doing anything else.
 */
struct pcidev_target {
	void (*read)(struct pcidev_target *target, int bar, uint64_t address, uint8_t *data,
		     size_t size);
	void (*write)(struct pcidev_target *target, int bar, uint64_t address, const uint8_t *data,
		      size_t size);
	bool (*take_interrupt)(struct pcidev_target *target, uint16_t *message);
	struct pcidev_model *model;
};

/**
 * virtio_pcidev_look() - there may be an interrupt for the guest
 * @target: whose; asked by its take_interrupt() as soon as the guest has room for one
 */
void virtio_pcidev_look(struct pcidev_target *target);

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
