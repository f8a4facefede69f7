// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The split virtqueue of virtio 1.2, section 2.7, from the device's side, for a little-endian
 * guest on a little-endian host. All that lies in the ring is outside data, and may change while
 * it is looked at: each field is read once.
 */
#include <endian.h>
#include <errno.h>
#include <linux/virtio_ring.h>
#include <string.h>
#include <unistd.h>

#include "lab/sim/virtqueue.h"

#define VRING_ALIGNMENT_DESCRIPTORS 16
#define VRING_ALIGNMENT_AVAILABLE 2
#define VRING_ALIGNMENT_USED 4

int virtqueue_set_size(struct virtqueue *ring, unsigned int size)
{
	if (!size || size > VIRTQUEUE_SIZE_MAX || (size & (size - 1)))
		return -EINVAL;
	ring->size = size;
	ring->descriptors = NULL;
	return 0;
}

static void *part_at(const struct virtqueue *ring, uint64_t address, uint64_t size,
		     uint64_t alignment)
{
	return address % alignment ? NULL : guest_memory_at_user(ring->memory, address, size);
}

void virtqueue_map(struct virtqueue *ring)
{
	uint64_t size = ring->size;

	ring->descriptors = part_at(ring, ring->user.descriptors, size * sizeof(struct vring_desc),
				    VRING_ALIGNMENT_DESCRIPTORS);
	ring->available = part_at(ring, ring->user.available, sizeof(struct vring_avail) + size * 2,
				  VRING_ALIGNMENT_AVAILABLE);
	ring->used = part_at(ring, ring->user.used,
			     sizeof(struct vring_used) + size * sizeof(struct vring_used_elem),
			     VRING_ALIGNMENT_USED);
	if (!size || !ring->available || !ring->used)
		ring->descriptors = NULL;
}

int virtqueue_set_addresses(struct virtqueue *ring, uint64_t descriptors, uint64_t available,
			    uint64_t used)
{
	ring->user.descriptors = descriptors;
	ring->user.available = available;
	ring->user.used = used;
	virtqueue_map(ring);
	return ring->descriptors ? 0 : -EFAULT;
}

void virtqueue_stop(struct virtqueue *ring)
{
	ring->size = 0;
	ring->descriptors = NULL;
	ring->dirty = false;
}

void virtqueue_set_base(struct virtqueue *ring, uint16_t base)
{
	ring->next = base;
	ring->used_next = base;
	ring->dirty = false;
}

bool virtqueue_is_usable(const struct virtqueue *ring)
{
	return ring->enabled && ring->descriptors;
}

/* Adds one buffer. Those to write come after those to read (2.7.4.2). */
static int add_part(const struct virtqueue *ring, struct virtqueue_request *request,
		    uint64_t address, uint32_t size, uint16_t flags)
{
	struct virtqueue_part *part;

	if (flags & VRING_DESC_F_WRITE) {
		if (request->in_count == VIRTQUEUE_PARTS_MAX)
			return -EPROTO;
		part = &request->in[request->in_count++];
	} else {
		if (request->in_count || request->out_count == VIRTQUEUE_PARTS_MAX)
			return -EPROTO;
		part = &request->out[request->out_count++];
	}
	part->data = guest_memory_at(ring->memory, address, size);
	part->guest = address;
	part->size = size;
	return part->data ? 0 : -EPROTO;
}

/*
 * A table of descriptors outside the ring takes the place of a chain, or of its end (2.7.5.3).
 * Return: 0, or -EPROTO for one that is empty, is not in the guest's memory, or goes on.
 */
static int enter_table(const struct virtqueue *ring, const struct vring_desc *at,
		       const uint8_t **table, unsigned int *size)
{
	uint64_t address = le64toh(at->addr);
	uint32_t bytes = le32toh(at->len);

	if (le16toh(at->flags) & VRING_DESC_F_NEXT || !bytes || bytes % sizeof(*at))
		return -EPROTO;
	*table = guest_memory_at(ring->memory, address, bytes);
	*size = bytes / sizeof(*at);
	return *table ? 0 : -EPROTO;
}

static int read_chain(const struct virtqueue *ring, struct virtqueue_request *request)
{
	const uint8_t *table = ring->descriptors;
	unsigned int index = request->head, size = ring->size, count = 0;
	bool indirect = false;
	struct vring_desc at;
	uint16_t flags;

	do {
		if (index >= size || count++ == size)
			return -EPROTO;
		memcpy(&at, table + index * sizeof(at), sizeof(at));
		flags = le16toh(at.flags);
		if (flags & VRING_DESC_F_INDIRECT) {
			if (indirect || enter_table(ring, &at, &table, &size))
				return -EPROTO;
			indirect = true;
			index = 0;
			count = 0;
			continue;
		}
		if (flags & ~(VRING_DESC_F_NEXT | VRING_DESC_F_WRITE))
			return -EPROTO;
		if (add_part(ring, request, le64toh(at.addr), le32toh(at.len), flags))
			return -EPROTO;
		index = le16toh(at.next);
	} while (flags & (VRING_DESC_F_NEXT | VRING_DESC_F_INDIRECT));
	return 0;
}

bool virtqueue_has_next(const struct virtqueue *ring)
{
	const struct vring_avail *available = ring->available;

	return le16toh(__atomic_load_n(&available->idx, __ATOMIC_ACQUIRE)) != ring->next;
}

int virtqueue_next(struct virtqueue *ring, struct virtqueue_request *request)
{
	const struct vring_avail *available = ring->available;
	uint16_t index = le16toh(__atomic_load_n(&available->idx, __ATOMIC_ACQUIRE));
	int ret;

	if (index == ring->next)
		return 0;
	if ((uint16_t)(index - ring->next) > ring->size)
		return -EPROTO;
	request->out_count = 0;
	request->in_count = 0;
	request->head =
		le16toh(*(const volatile uint16_t *)&available->ring[ring->next % ring->size]);
	ret = read_chain(ring, request);
	if (ret)
		return ret;
	ring->next++;
	return 1;
}

void virtqueue_complete(struct virtqueue *ring, uint16_t head, uint32_t written)
{
	struct vring_used *used = ring->used;
	struct vring_used_elem *element = &used->ring[ring->used_next % ring->size];

	element->id = htole32(head);
	element->len = htole32(written);
	ring->used_next++;
	__atomic_store_n(&used->idx, htole16(ring->used_next), __ATOMIC_RELEASE);
	ring->dirty = true;
}

void virtqueue_notify(struct virtqueue *ring)
{
	const struct vring_avail *available = ring->available;
	const uint64_t one = 1;

	if (!ring->dirty)
		return;
	ring->dirty = false;
	/* What was completed must be visible before the driver's wish is looked at (2.7.7.2). */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (le16toh(*(const volatile uint16_t *)&available->flags) & VRING_AVAIL_F_NO_INTERRUPT)
		return;
	if (ring->interrupt) {
		ring->interrupt(ring);
		return;
	}
	/* A pipe or an eventfd; if it is full the driver has an interrupt coming anyway. */
	if (ring->call >= 0 && write(ring->call, &one, sizeof(one)) < 0 && errno != EAGAIN)
		ring->enabled = false;
}
