// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A queue whose rings, descriptors and tables are any bytes: what is taken out of it lies in the guest's
 * memory, and it comes to an end.
 *
 * An input is a struct setting, and then the memory.
 */
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "lab/sim/virtqueue.h"
#include "tests/fuzz/must.h"

#define MEMORY_SIZE 8192
/* Two views that differ from each other, and from where the memory is here. */
#define GUEST 0x100000ULL
#define USER 0x7000000000ULL

/* What is written may be put into the rings, so that they never run dry. */
#define ROUNDS 64

/**
 * struct setting - what a driver says about its queue
 * @size: number of descriptors
 * @base: entry of both rings to begin with
 * @descriptors: where the table is in the memory
 * @available: where the driver's ring is
 * @used: where the device's ring is
 */
struct setting {
	uint16_t size;
	uint16_t base;
	uint16_t descriptors;
	uint16_t available;
	uint16_t used;
};

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static struct guest_memory memory;

static void map_memory(void)
{
	int fd = memfd_create("guest", MFD_CLOEXEC);

	MUST(fd >= 0 && !ftruncate(fd, MEMORY_SIZE));
	MUST(!guest_memory_add(&memory, GUEST, USER, MEMORY_SIZE, 0, fd));
	close(fd);
}

static size_t check_part(const struct virtqueue_part *part)
{
	const uint8_t *start = memory.regions[0].memory, *data = part->data;

	MUST(data >= start && data <= start + MEMORY_SIZE);
	MUST(part->size <= (size_t)(start + MEMORY_SIZE - data));
	MUST(part->guest - GUEST == (uint64_t)(data - start));
	return part->size;
}

/* Writes where a device may, which may be where the rings are. */
static void serve(struct virtqueue *ring, const struct virtqueue_request *request)
{
	size_t written = 0;
	unsigned int i;

	MUST(request->out_count <= VIRTQUEUE_PARTS_MAX && request->in_count <= VIRTQUEUE_PARTS_MAX);
	MUST(request->out_count + request->in_count);
	for (i = 0; i < request->out_count; i++)
		check_part(&request->out[i]);
	for (i = 0; i < request->in_count; i++) {
		written += check_part(&request->in[i]);
		memset(request->in[i].data, (int)i, request->in[i].size);
	}
	virtqueue_complete(ring, request->head, (uint32_t)written);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct virtqueue ring = { .memory = &memory, .call = -1, .enabled = true };
	struct virtqueue_request request;
	struct setting setting;
	int ret, i;

	if (size < sizeof(setting) || size - sizeof(setting) > MEMORY_SIZE)
		return -1;
	if (!memory.count)
		map_memory();
	memcpy(&setting, bytes, sizeof(setting));
	memset(memory.regions[0].memory, 0, MEMORY_SIZE);
	memcpy(memory.regions[0].memory, bytes + sizeof(setting), size - sizeof(setting));

	ret = virtqueue_set_size(&ring, setting.size);
	virtqueue_set_base(&ring, setting.base);
	ret = ret ? ret :
		    virtqueue_set_addresses(&ring, USER + setting.descriptors,
					    USER + setting.available, USER + setting.used);
	MUST(virtqueue_is_usable(&ring) == !ret);
	for (i = 0; !ret && i < ROUNDS && virtqueue_next(&ring, &request) == 1; i++)
		serve(&ring, &request);
	if (!ret)
		virtqueue_notify(&ring);
	return 0;
}
