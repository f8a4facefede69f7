// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An address space: which device has the register, and what the bytes of an access mean.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/mmio.h"

/**
 * struct mmio - an address space
 * @target: what is reached through a virtio PCI device
 * @regions: what is in it
 */
struct mmio {
	struct pcidev_target target;
	struct mmio_region *regions;
};

static struct mmio_region *find_region(struct mmio *mmio, uint64_t address, size_t size)
{
	struct mmio_region *region;

	for (region = mmio->regions; region; region = region->next)
		if (address >= region->start && address - region->start < region->size &&
		    size <= region->size - (address - region->start))
			return region;
	return NULL;
}

/* What is no register access is a copy, and goes byte by byte. */
static unsigned int register_size(size_t size)
{
	return size == 1 || size == 2 || size == 4 || size == 8 ? size : 1;
}

static void mmio_read(struct pcidev_target *target, int bar, uint64_t address, uint8_t *data,
		      size_t size)
{
	struct mmio *mmio = (struct mmio *)target;
	struct mmio_region *region = bar ? NULL : find_region(mmio, address, size);
	unsigned int step = register_size(size), i;
	uint64_t value;
	size_t at;

	memset(data, 0xff, size);
	for (at = 0; region && at < size; at += step) {
		value = region->read(region, address - region->start + at, step);
		for (i = 0; i < step; i++)
			data[at + i] = value >> (8 * i);
	}
}

static void mmio_write(struct pcidev_target *target, int bar, uint64_t address, const uint8_t *data,
		       size_t size)
{
	struct mmio *mmio = (struct mmio *)target;
	struct mmio_region *region = bar ? NULL : find_region(mmio, address, size);
	unsigned int step = register_size(size), i;
	uint64_t value;
	size_t at;

	for (at = 0; region && at < size; at += step) {
		value = 0;
		for (i = 0; i < step; i++)
			value |= (uint64_t)data[at + i] << (8 * i);
		region->write(region, address - region->start + at, step, value);
	}
}

struct mmio *mmio_create(void)
{
	struct mmio *mmio = calloc(1, sizeof(*mmio));

	if (!mmio)
		return NULL;
	mmio->target.read = mmio_read;
	mmio->target.write = mmio_write;
	return mmio;
}

void mmio_destroy(struct mmio *mmio)
{
	free(mmio);
}

int mmio_add(struct mmio *mmio, struct mmio_region *region)
{
	const struct mmio_region *other;

	if (!region->size || region->start + region->size - 1 < region->start)
		return -EINVAL;
	for (other = mmio->regions; other; other = other->next)
		if (region->start <= other->start + (other->size - 1) &&
		    other->start <= region->start + (region->size - 1))
			return -EBUSY;
	region->next = mmio->regions;
	mmio->regions = region;
	return 0;
}

void mmio_remove(struct mmio *mmio, struct mmio_region *region)
{
	struct mmio_region **at;

	for (at = &mmio->regions; *at; at = &(*at)->next) {
		if (*at == region) {
			*at = region->next;
			return;
		}
	}
}

struct pcidev_target *mmio_target(struct mmio *mmio)
{
	return &mmio->target;
}
