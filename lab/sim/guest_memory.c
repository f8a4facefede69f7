// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The guest's memory: every address in it is outside data.
 */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "lab/sim/guest_memory.h"

static int check_region(uint64_t guest, uint64_t user, uint64_t size, uint64_t offset, int fd)
{
	struct stat status;

	if (!size || size > SIZE_MAX - offset || size > UINT64_MAX - guest ||
	    size > UINT64_MAX - user)
		return -EINVAL;
	if (fstat(fd, &status))
		return -errno;
	/* Beyond the end of the file every access would be a bus error. */
	return (uint64_t)status.st_size < offset + size ? -EINVAL : 0;
}

int guest_memory_add(struct guest_memory *memory, uint64_t guest, uint64_t user, uint64_t size,
		     uint64_t offset, int fd)
{
	struct guest_region *region = &memory->regions[memory->count];
	int ret = check_region(guest, user, size, offset, fd);

	if (memory->count == GUEST_MEMORY_REGIONS_MAX)
		return -ENOSPC;
	if (ret)
		return ret;
	/* From the file's start: a mapping's offset has to be a whole number of pages. */
	region->map_size = offset + size;
	region->map = mmap(NULL, region->map_size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (region->map == MAP_FAILED)
		return -errno;
	region->memory = (uint8_t *)region->map + offset;
	region->guest = guest;
	region->user = user;
	region->size = size;
	memory->count++;
	return 0;
}

void guest_memory_clear(struct guest_memory *memory)
{
	while (memory->count) {
		memory->count--;
		munmap(memory->regions[memory->count].map, memory->regions[memory->count].map_size);
	}
}

static void *find(const struct guest_region *region, uint64_t start, uint64_t address,
		  uint64_t size)
{
	if (address < start || address - start > region->size ||
	    size > region->size - (address - start))
		return NULL;
	return region->memory + (address - start);
}

void *guest_memory_at(const struct guest_memory *memory, uint64_t guest, uint64_t size)
{
	void *found = NULL;
	unsigned int i;

	for (i = 0; !found && i < memory->count; i++)
		found = find(&memory->regions[i], memory->regions[i].guest, guest, size);
	return found;
}

void *guest_memory_at_user(const struct guest_memory *memory, uint64_t user, uint64_t size)
{
	void *found = NULL;
	unsigned int i;

	for (i = 0; !found && i < memory->count; i++)
		found = find(&memory->regions[i], memory->regions[i].user, user, size);
	return found;
}
