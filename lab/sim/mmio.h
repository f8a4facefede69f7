/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_MMIO_H
#define SIM_MMIO_H

#include <stdint.h>

#include "lab/sim/virtio_pcidev.h"

/**
 * struct mmio_region - registers of one device
 * @start: its first address
 * @size: number of bytes
 * @read: reads a register of 1, 2, 4 or 8 bytes
 * @write: writes one
 * @next: in the address space
 */
struct mmio_region {
	uint64_t start;
	uint64_t size;
	uint64_t (*read)(struct mmio_region *region, uint64_t offset, unsigned int size);
	void (*write)(struct mmio_region *region, uint64_t offset, unsigned int size,
		      uint64_t value);
	struct mmio_region *next;
};

struct mmio;

/**
 * mmio_create() - an address space with nothing in it: reads give ones, writes are lost
 *
 * Return: the space, or NULL without memory. mmio_destroy() frees it.
 */
struct mmio *mmio_create(void);

/** mmio_destroy() - free an address space; its regions stay their owners'; NULL is fine */
void mmio_destroy(struct mmio *mmio);

/**
 * mmio_add() - put registers into an address space
 *
 * Return: 0, -EINVAL if the region is empty or wraps, -EBUSY if it overlaps another one.
 */
int mmio_add(struct mmio *mmio, struct mmio_region *region);

/** mmio_remove() - the reverse; a region that is not there is fine */
void mmio_remove(struct mmio *mmio, struct mmio_region *region);

/** mmio_target() - the address space for virtio_pcidev_create(): its BAR 0 */
struct pcidev_target *mmio_target(struct mmio *mmio);

#endif
