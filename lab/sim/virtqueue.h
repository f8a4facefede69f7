/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_VIRTQUEUE_H
#define SIM_VIRTQUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lab/sim/guest_memory.h"

#define VIRTQUEUE_SIZE_MAX 1024
#define VIRTQUEUE_PARTS_MAX 8

/**
 * struct virtqueue_part - one buffer of a request
 * @data: in the guest's memory, which the guest may change at any time
 * @guest: the same as the guest counts, which stays valid when its memory is mapped anew
 * @size: bytes
 */
struct virtqueue_part {
	void *data;
	uint64_t guest;
	size_t size;
};

/**
 * struct virtqueue_request - what the driver put into a queue
 * @head: its number, for virtqueue_complete()
 * @out: buffers to read
 * @out_count: number of @out
 * @in: buffers to write
 * @in_count: number of @in
 */
struct virtqueue_request {
	uint16_t head;
	struct virtqueue_part out[VIRTQUEUE_PARTS_MAX];
	unsigned int out_count;
	struct virtqueue_part in[VIRTQUEUE_PARTS_MAX];
	unsigned int in_count;
};

/**
 * struct virtqueue - a split virtqueue, the device's side (virtio 1.2, 2.7)
 * @memory: the guest's memory
 * @size: number of descriptors, a power of two
 * @descriptors: descriptor table, or NULL
 * @available: driver's ring
 * @used: device's ring
 * @user: where these three are, by the other side's own addresses
 * @next: next entry of @available to take
 * @used_next: next entry of @used to fill
 * @call: descriptor by which the driver is interrupted, or -1
 * @interrupt: interrupts the driver in another way; NULL if it is by @call
 * @enabled: the driver asked for work on it
 * @dirty: something was completed since virtqueue_notify()
 */
struct virtqueue {
	const struct guest_memory *memory;
	unsigned int size;
	void *descriptors;
	void *available;
	void *used;
	struct {
		uint64_t descriptors;
		uint64_t available;
		uint64_t used;
	} user;
	uint16_t next;
	uint16_t used_next;
	int call;
	void (*interrupt)(struct virtqueue *ring);
	bool enabled;
	bool dirty;
};

/**
 * virtqueue_set_size() - number of descriptors
 *
 * Return: 0, or -EINVAL unless it is a power of two up to VIRTQUEUE_SIZE_MAX.
 */
int virtqueue_set_size(struct virtqueue *ring, unsigned int size);

/**
 * virtqueue_set_addresses() - where the three parts are, by the other side's own addresses
 *
 * Return: 0, or -EFAULT unless all of them lie in the guest's memory, aligned as they must be;
 * then the ring is not usable.
 */
int virtqueue_set_addresses(struct virtqueue *ring, uint64_t descriptors, uint64_t available,
			    uint64_t used);

/** virtqueue_map() - find the three parts again, after the guest's memory was mapped anew */
void virtqueue_map(struct virtqueue *ring);

/** virtqueue_stop() - the driver does not use it any more, until it says again what it is like */
void virtqueue_stop(struct virtqueue *ring);

/** virtqueue_set_base() - both sides count on from this entry */
void virtqueue_set_base(struct virtqueue *ring, uint16_t base);

/** virtqueue_is_usable() - true when there is a ring and the driver enabled it */
bool virtqueue_is_usable(const struct virtqueue *ring);

/**
 * virtqueue_next() - take the next request
 * @ring: a usable ring
 * @request: the result
 *
 * Return: 1, 0 when there is none, or -EPROTO for a ring or a chain that the standard forbids (a
 * bad index, a loop, too many or misplaced buffers, a bad indirect table); the ring is then left as
 * it is, and nothing good can come of it any more.
 */
int virtqueue_next(struct virtqueue *ring, struct virtqueue_request *request);

/** virtqueue_has_next() - would virtqueue_next() have something to say? */
bool virtqueue_has_next(const struct virtqueue *ring);

/**
 * virtqueue_complete() - give a request back
 * @ring: where it came from
 * @head: its number
 * @written: bytes written to its buffers
 *
 * The driver is told by virtqueue_notify().
 */
void virtqueue_complete(struct virtqueue *ring, uint16_t head, uint32_t written);

/** virtqueue_notify() - interrupt the driver if something was completed */
void virtqueue_notify(struct virtqueue *ring);

#endif
