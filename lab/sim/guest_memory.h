/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_GUEST_MEMORY_H
#define SIM_GUEST_MEMORY_H

#include <stddef.h>
#include <stdint.h>

#define GUEST_MEMORY_REGIONS_MAX 8

/**
 * struct guest_region - one region of a guest's memory, mapped
 * @guest: its first address as the guest counts
 * @user: its first address as the other side's process counts
 * @size: bytes
 * @memory: where it starts here
 * @map: what to unmap, with the part before the region
 * @map_size: bytes of @map
 */
struct guest_region {
	uint64_t guest;
	uint64_t user;
	uint64_t size;
	uint8_t *memory;
	void *map;
	size_t map_size;
};

/**
 * struct guest_memory - a guest's memory
 * @regions: its regions
 * @count: number of @regions
 */
struct guest_memory {
	struct guest_region regions[GUEST_MEMORY_REGIONS_MAX];
	unsigned int count;
};

/**
 * guest_memory_add() - map one more region
 * @memory: the memory
 * @guest: first address as the guest counts
 * @user: first address as the other side's process counts
 * @size: bytes
 * @offset: where the region starts in @fd
 * @fd: file behind it; stays the caller's
 *
 * Return: 0, -ENOSPC for too many regions, -EINVAL for an empty one, one that wraps, or one that
 * is larger than its file, or the negative errno of mapping it.
 */
int guest_memory_add(struct guest_memory *memory, uint64_t guest, uint64_t user, uint64_t size,
		     uint64_t offset, int fd);

/** guest_memory_clear() - unmap all regions */
void guest_memory_clear(struct guest_memory *memory);

/**
 * guest_memory_at() - find a piece of memory by the guest's address
 *
 * Return: pointer to @size bytes, or NULL unless all of them lie in one region.
 */
void *guest_memory_at(const struct guest_memory *memory, uint64_t guest, uint64_t size);

/**
 * guest_memory_at_user() - find a piece of memory by the other side's own address
 *
 * Return: pointer to @size bytes, or NULL unless all of them lie in one region.
 */
void *guest_memory_at_user(const struct guest_memory *memory, uint64_t user, uint64_t size);

#endif
