/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_SIM_DRIVER_H
#define TESTS_SIM_DRIVER_H

#include <linux/virtio_ring.h>
#include <stdbool.h>

#include "lab/sim/guest_memory.h"
#include "lab/sim/virtqueue.h"

#define DRIVER_MEMORY 65536
#define DRIVER_RING 16
/* Where the guest and its process see the memory: two views that differ. */
#define DRIVER_GUEST 0x100000ULL
#define DRIVER_USER 0x7000000000ULL

/**
 * struct driver - the other side of a queue: what a driver in a guest does, by hand
 * @memory: its memory
 * @bytes: the same, as it sees it
 * @fd: the file behind it
 * @ring: the device's side of the queue
 * @descriptors: descriptor table
 * @available: driver's ring
 * @used: device's ring
 * @next_descriptor: next one to use
 * @next_byte: next byte of memory to give out
 * @seen: entries of @used that were looked at
 */
struct driver {
	struct guest_memory memory;
	uint8_t *bytes;
	int fd;
	struct virtqueue ring;
	struct vring_desc *descriptors;
	struct vring_avail *available;
	struct vring_used *used;
	unsigned int next_descriptor;
	unsigned int next_byte;
	unsigned int seen;
};

/** driver_create() - a queue of DRIVER_RING descriptors in memory of its own */
void driver_create(struct driver *driver);

/** driver_destroy() - free it */
void driver_destroy(struct driver *driver);

/** driver_map_again() - what becomes of the ring when the other side maps its memory elsewhere */
void driver_map_again(struct driver *driver);

/** driver_buffer() - give out memory, filled from @from unless that is NULL */
void *driver_buffer(struct driver *driver, const void *from, unsigned int size);

/** driver_descriptor() - fill the next descriptor with a buffer; chain: another one follows */
unsigned int driver_descriptor(struct driver *driver, const void *buffer, unsigned int size,
			       bool writable, bool chain);

/** driver_offer() - put a chain into the ring */
void driver_offer(struct driver *driver, unsigned int head);

/** driver_collect() - the next entry that came back, or NULL */
const struct vring_used_elem *driver_collect(struct driver *driver);

#endif
