// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The queue from the device's side: good chains, and everything that a driver must not do.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "tests/sim/driver.h"
#include "tests/sim/test.h"

static int setup(void **state)
{
	static struct driver driver;

	driver_create(&driver);
	*state = &driver;
	return 0;
}

static int teardown(void **state)
{
	driver_destroy(*state);
	return 0;
}

static void a_chain_goes_there_and_back(void **state)
{
	struct driver *driver = *state;
	struct virtqueue_request request;
	void *out = driver_buffer(driver, "question", 8), *in = driver_buffer(driver, NULL, 4);
	unsigned int head = driver_descriptor(driver, out, 8, false, true);
	const struct vring_used_elem *used;

	driver_descriptor(driver, in, 4, true, false);
	assert_int_equal(virtqueue_next(&driver->ring, &request), 0);
	driver_offer(driver, head);
	assert_int_equal(virtqueue_next(&driver->ring, &request), 1);
	assert_int_equal(request.out_count, 1);
	assert_int_equal(request.in_count, 1);
	assert_ptr_equal(request.out[0].data, out);
	assert_memory_equal(request.out[0].data, "question", request.out[0].size);
	assert_int_equal(request.in[0].size, 4);
	assert_null(driver_collect(driver));
	virtqueue_complete(&driver->ring, request.head, 4);
	used = driver_collect(driver);
	assert_non_null(used);
	assert_int_equal(used->id, head);
	assert_int_equal(used->len, 4);
	assert_int_equal(virtqueue_next(&driver->ring, &request), 0);
}

static void indices_wrap(void **state)
{
	struct driver *driver = *state;
	struct virtqueue_request request;
	void *buffer = driver_buffer(driver, "x", 1);
	unsigned int i;

	driver->available->idx = 0xfff0;
	driver->used->idx = 0xfff0;
	driver->seen = 0xfff0;
	virtqueue_set_base(&driver->ring, 0xfff0);
	for (i = 0; i < 64; i++) {
		driver_offer(driver, driver_descriptor(driver, buffer, 1, false, false));
		assert_int_equal(virtqueue_next(&driver->ring, &request), 1);
		virtqueue_complete(&driver->ring, request.head, 0);
		driver->seen &= 0xffff;
		assert_non_null(driver_collect(driver));
	}
}

static void expect_refusal(struct driver *driver, unsigned int head)
{
	struct virtqueue_request request;

	driver_offer(driver, head);
	assert_int_equal(virtqueue_next(&driver->ring, &request), -EPROTO);
	assert_null(driver_collect(driver));
}

static void a_loop_is_refused(void **state)
{
	struct driver *driver = *state;
	unsigned int head =
		driver_descriptor(driver, driver_buffer(driver, "x", 1), 1, false, true);

	driver->descriptors[head].next = head;
	expect_refusal(driver, head);
}

static void a_head_beyond_the_table_is_refused(void **state)
{
	expect_refusal(*state, DRIVER_RING);
}

static void a_next_beyond_the_table_is_refused(void **state)
{
	struct driver *driver = *state;
	unsigned int head =
		driver_descriptor(driver, driver_buffer(driver, "x", 1), 1, false, true);

	driver->descriptors[head].next = 0xffff;
	expect_refusal(driver, head);
}

static void reading_after_writing_is_refused(void **state)
{
	struct driver *driver = *state;
	void *buffer = driver_buffer(driver, "x", 1);
	unsigned int head = driver_descriptor(driver, buffer, 1, true, true);

	driver_descriptor(driver, buffer, 1, false, false);
	expect_refusal(driver, head);
}

static void too_many_buffers_are_refused(void **state)
{
	struct driver *driver = *state;
	void *buffer = driver_buffer(driver, "x", 1);
	unsigned int i, head = driver_descriptor(driver, buffer, 1, false, true);

	for (i = 0; i < VIRTQUEUE_PARTS_MAX; i++)
		driver_descriptor(driver, buffer, 1, false, i + 1 < VIRTQUEUE_PARTS_MAX);
	expect_refusal(driver, head);
}

/* A descriptor for a table of two: something to read, something to write. */
static unsigned int offer_table(struct driver *driver, struct vring_desc **table)
{
	const struct vring_desc descriptors[2] = {
		{ DRIVER_GUEST + 0x2000, 8, VRING_DESC_F_NEXT, 1 },
		{ DRIVER_GUEST + 0x3000, 4, VRING_DESC_F_WRITE, 0 },
	};
	unsigned int head;

	*table = driver_buffer(driver, descriptors, sizeof(descriptors));
	head = driver_descriptor(driver, *table, sizeof(descriptors), false, false);
	driver->descriptors[head].flags = VRING_DESC_F_INDIRECT;
	return head;
}

static void an_indirect_table_is_a_chain(void **state)
{
	struct virtqueue_request request;
	struct driver *driver = *state;
	struct vring_desc *table;
	unsigned int first =
		driver_descriptor(driver, driver_buffer(driver, NULL, 2), 2, false, true);

	/* Behind one descriptor of the ring, and by itself. */
	offer_table(driver, &table);
	driver_offer(driver, first);
	driver_offer(driver, offer_table(driver, &table));
	assert_int_equal(virtqueue_next(&driver->ring, &request), 1);
	assert_int_equal(request.out_count, 2);
	assert_int_equal(request.in_count, 1);
	assert_int_equal(virtqueue_next(&driver->ring, &request), 1);
	assert_int_equal(request.out_count, 1);
	assert_ptr_equal(request.out[0].data, driver->bytes + 0x2000);
	assert_ptr_equal(request.in[0].data, driver->bytes + 0x3000);
	assert_int_equal(request.in[0].size, 4);
}

static void bad_tables_are_refused(void **state)
{
	struct driver *driver = *state;
	struct vring_desc *table;
	unsigned int head = offer_table(driver, &table), i;
	const struct vring_desc good = driver->descriptors[head];
	const struct vring_desc bad[] = {
		{ good.addr, 0, good.flags, 0 },
		{ good.addr, 17, good.flags, 0 },
		{ good.addr, 16, good.flags, 0 },
		{ good.addr, good.len, good.flags | VRING_DESC_F_NEXT, 0 },
		{ DRIVER_GUEST + DRIVER_MEMORY - 16, 32, good.flags, 0 },
		{ 0, 32, good.flags, 0 },
	};

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		driver->descriptors[head] = bad[i];
		expect_refusal(driver, head);
	}
	driver->descriptors[head] = good;
	table[1].flags = VRING_DESC_F_INDIRECT;
	expect_refusal(driver, head);
	table[1].flags = VRING_DESC_F_NEXT;
	expect_refusal(driver, head);
}

static void memory_that_is_not_there_is_refused(void **state)
{
	static const struct {
		uint64_t address;
		uint32_t size;
	} pieces[] = {
		{ 0, 1 },
		{ DRIVER_GUEST - 1, 1 },
		{ DRIVER_GUEST - 1, 2 },
		{ DRIVER_GUEST + DRIVER_MEMORY, 1 },
		{ DRIVER_GUEST + DRIVER_MEMORY - 1, 2 },
		{ DRIVER_GUEST, DRIVER_MEMORY + 1 },
		{ UINT64_MAX, 1 },
		{ UINT64_MAX - 1, 0xffffffff },
		{ DRIVER_GUEST + 1, 0xffffffff },
	};
	struct driver *driver = *state;
	struct virtqueue_request request;
	unsigned int i, head;

	for (i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		head = driver_descriptor(driver, driver->bytes, 1, false, false);
		driver->descriptors[head].addr = pieces[i].address;
		driver->descriptors[head].len = pieces[i].size;
		driver->available->idx = 0;
		driver_offer(driver, head);
		assert_int_equal(virtqueue_next(&driver->ring, &request), -EPROTO);
	}
}

static void an_index_that_jumps_is_refused(void **state)
{
	struct driver *driver = *state;
	struct virtqueue_request request;

	driver->available->idx = DRIVER_RING + 1;
	assert_int_equal(virtqueue_next(&driver->ring, &request), -EPROTO);
}

static void a_bad_place_or_size_is_refused(void **state)
{
	struct driver *driver = *state;
	struct virtqueue *ring = &driver->ring;

	assert_int_equal(virtqueue_set_size(ring, 0), -EINVAL);
	assert_int_equal(virtqueue_set_size(ring, 3), -EINVAL);
	assert_int_equal(virtqueue_set_size(ring, 2 * VIRTQUEUE_SIZE_MAX), -EINVAL);
	assert_int_equal(virtqueue_set_size(ring, DRIVER_RING), 0);
	assert_false(virtqueue_is_usable(ring));
	assert_int_equal(virtqueue_set_addresses(ring, 0, DRIVER_USER, DRIVER_USER), -EFAULT);
	assert_int_equal(virtqueue_set_addresses(ring, DRIVER_USER + 8, DRIVER_USER, DRIVER_USER),
			 -EFAULT);
	assert_int_equal(virtqueue_set_addresses(ring, DRIVER_USER, DRIVER_USER + 1, DRIVER_USER),
			 -EFAULT);
	assert_int_equal(virtqueue_set_addresses(ring, DRIVER_USER, DRIVER_USER,
						 DRIVER_USER + DRIVER_MEMORY - 4),
			 -EFAULT);
	assert_false(virtqueue_is_usable(ring));
}

static void one_notification_for_a_batch(void **state)
{
	struct driver *driver = *state;
	void *buffer = driver_buffer(driver, "x", 1);
	struct virtqueue_request request;
	uint64_t count;
	int pipes[2];
	unsigned int i;

	assert_int_equal(pipe2(pipes, O_NONBLOCK), 0);
	driver->ring.call = pipes[1];
	virtqueue_notify(&driver->ring);
	assert_int_equal(read(pipes[0], &count, sizeof(count)), -1);
	for (i = 0; i < 3; i++) {
		driver_offer(driver, driver_descriptor(driver, buffer, 1, false, false));
		assert_int_equal(virtqueue_next(&driver->ring, &request), 1);
		virtqueue_complete(&driver->ring, request.head, 0);
	}
	virtqueue_notify(&driver->ring);
	assert_int_equal(read(pipes[0], &count, sizeof(count)), 8);
	assert_int_equal(read(pipes[0], &count, sizeof(count)), -1);
	/* The driver may say that it looks by itself. */
	driver->available->flags = VRING_AVAIL_F_NO_INTERRUPT;
	driver_offer(driver, driver_descriptor(driver, buffer, 1, false, false));
	assert_int_equal(virtqueue_next(&driver->ring, &request), 1);
	virtqueue_complete(&driver->ring, request.head, 0);
	virtqueue_notify(&driver->ring);
	assert_int_equal(read(pipes[0], &count, sizeof(count)), -1);
	close(pipes[0]);
	close(pipes[1]);
}

static void memory_regions_are_checked(void **state)
{
	struct driver *driver = *state;
	struct guest_memory memory = { .count = 0 };
	unsigned int i;

	assert_int_equal(guest_memory_add(&memory, 0, 0, 0, 0, driver->fd), -EINVAL);
	assert_int_equal(guest_memory_add(&memory, 0, 0, DRIVER_MEMORY + 1, 0, driver->fd),
			 -EINVAL);
	assert_int_equal(guest_memory_add(&memory, 0, 0, 4096, UINT64_MAX - 100, driver->fd),
			 -EINVAL);
	assert_int_equal(guest_memory_add(&memory, UINT64_MAX, 0, 4096, 0, driver->fd), -EINVAL);
	assert_int_equal(guest_memory_add(&memory, 0, UINT64_MAX, 4096, 0, driver->fd), -EINVAL);
	assert_int_equal(guest_memory_add(&memory, 0, 0, 4096, 0, -1), -EBADF);
	for (i = 0; i < GUEST_MEMORY_REGIONS_MAX; i++)
		assert_int_equal(
			guest_memory_add(&memory, i * 4096, i * 4096, 4096, 100, driver->fd), 0);
	assert_int_equal(guest_memory_add(&memory, 0, 0, 4096, 0, driver->fd), -ENOSPC);
	assert_null(guest_memory_at(&memory, 4095, 2));
	assert_non_null(guest_memory_at(&memory, 4096, 4096));
	guest_memory_clear(&memory);
	assert_null(guest_memory_at(&memory, 0, 1));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_chain_goes_there_and_back),
		TEST(indices_wrap),
		TEST(a_loop_is_refused),
		TEST(a_head_beyond_the_table_is_refused),
		TEST(a_next_beyond_the_table_is_refused),
		TEST(reading_after_writing_is_refused),
		TEST(too_many_buffers_are_refused),
		TEST(an_indirect_table_is_a_chain),
		TEST(bad_tables_are_refused),
		TEST(memory_that_is_not_there_is_refused),
		TEST(an_index_that_jumps_is_refused),
		TEST(a_bad_place_or_size_is_refused),
		TEST(one_notification_for_a_batch),
		TEST(memory_regions_are_checked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
