// SPDX-License-Identifier: GPL-2.0-or-later
#include <assert.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/sim/driver.h"

#define DESCRIPTORS 0
#define AVAILABLE 0x400
#define USED 0x600
#define BUFFERS 0x1000

void driver_create(struct driver *driver)
{
	memset(driver, 0, sizeof(*driver));
	driver->fd = memfd_create("guest", MFD_CLOEXEC);
	assert(driver->fd >= 0 && !ftruncate(driver->fd, DRIVER_MEMORY));
	assert(!guest_memory_add(&driver->memory, DRIVER_GUEST, DRIVER_USER, DRIVER_MEMORY, 0,
				 driver->fd));
	driver->bytes = driver->memory.regions[0].memory;
	driver->descriptors = (void *)(driver->bytes + DESCRIPTORS);
	driver->available = (void *)(driver->bytes + AVAILABLE);
	driver->used = (void *)(driver->bytes + USED);
	driver->next_byte = BUFFERS;
	driver->ring.memory = &driver->memory;
	driver->ring.call = -1;
	driver->ring.enabled = true;
	assert(!virtqueue_set_size(&driver->ring, DRIVER_RING));
	assert(!virtqueue_set_addresses(&driver->ring, DRIVER_USER + DESCRIPTORS,
					DRIVER_USER + AVAILABLE, DRIVER_USER + USED));
	virtqueue_set_base(&driver->ring, 0);
}

void driver_destroy(struct driver *driver)
{
	guest_memory_clear(&driver->memory);
	close(driver->fd);
}

void driver_map_again(struct driver *driver)
{
	/* What maps first gets the place, so that the memory cannot come to where it was. */
	struct guest_memory other = { 0 };

	assert(!guest_memory_add(&other, DRIVER_GUEST, DRIVER_USER, DRIVER_MEMORY, 0, driver->fd));
	guest_memory_clear(&driver->memory);
	driver->memory = other;
	virtqueue_map(&driver->ring);
	driver->bytes = driver->memory.regions[0].memory;
	driver->descriptors = (void *)(driver->bytes + DESCRIPTORS);
	driver->available = (void *)(driver->bytes + AVAILABLE);
	driver->used = (void *)(driver->bytes + USED);
}

void *driver_buffer(struct driver *driver, const void *from, unsigned int size)
{
	void *buffer = driver->bytes + driver->next_byte;

	assert(driver->next_byte + size <= DRIVER_MEMORY);
	driver->next_byte += size;
	if (from)
		memcpy(buffer, from, size);
	else
		memset(buffer, 0xee, size);
	return buffer;
}

unsigned int driver_descriptor(struct driver *driver, const void *buffer, unsigned int size,
			       bool writable, bool chain)
{
	unsigned int at = driver->next_descriptor++ % DRIVER_RING;

	driver->descriptors[at] = (struct vring_desc){
		.addr = DRIVER_GUEST + ((const uint8_t *)buffer - driver->bytes),
		.len = size,
		.flags = (writable ? VRING_DESC_F_WRITE : 0) | (chain ? VRING_DESC_F_NEXT : 0),
		.next = driver->next_descriptor % DRIVER_RING,
	};
	return at;
}

void driver_offer(struct driver *driver, unsigned int head)
{
	driver->available->ring[driver->available->idx % DRIVER_RING] = head;
	driver->available->idx++;
}

const struct vring_used_elem *driver_collect(struct driver *driver)
{
	if (driver->seen == driver->used->idx)
		return NULL;
	return &driver->used->ring[driver->seen++ % DRIVER_RING];
}
