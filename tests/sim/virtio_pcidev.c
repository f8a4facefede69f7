// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Accesses over virtio: requests to reads and writes, and requests that are none.
 */
#include <errno.h>
#include <linux/virtio_pcidev.h>
#include <string.h>

#include "lab/sim/virtio_pcidev.h"
#include "tests/sim/driver.h"
#include "tests/sim/test.h"

/** struct fixture - a device whose target is a little memory, the same for all BARs */
struct fixture {
	struct pcidev_target target;
	struct driver driver;
	struct virtio_model *model;
	uint8_t memory[64];
	int bar;
};

static struct fixture fixture;

static void target_read(struct pcidev_target *target, int bar, uint64_t address, uint8_t *data,
			size_t size)
{
	fixture.bar = bar;
	memcpy(data, fixture.memory + address, size);
}

static void target_write(struct pcidev_target *target, int bar, uint64_t address,
			 const uint8_t *data, size_t size)
{
	fixture.bar = bar;
	memcpy(fixture.memory + address, data, size);
}

static int setup(void **state)
{
	memset(&fixture, 0, sizeof(fixture));
	driver_create(&fixture.driver);
	fixture.target.read = target_read;
	fixture.target.write = target_write;
	fixture.model = virtio_pcidev_model(&fixture.target);
	return fixture.model ? 0 : -1;
}

static int teardown(void **state)
{
	fixture.model->destroy(fixture.model);
	driver_destroy(&fixture.driver);
	return 0;
}

static int process(void)
{
	return fixture.model->process(fixture.model, 0, &fixture.driver.ring);
}

/* A message with @extra bytes behind it. */
static void *message(uint8_t op, uint8_t bar, uint32_t size, uint64_t address, const void *extra,
		     unsigned int extra_size)
{
	struct virtio_pcidev_msg header = { .op = op, .bar = bar, .size = size, .addr = address };
	uint8_t *bytes = driver_buffer(&fixture.driver, NULL, sizeof(header) + extra_size);

	memcpy(bytes, &header, sizeof(header));
	if (extra_size)
		memcpy(bytes + sizeof(header), extra, extra_size);
	return bytes;
}

static int write_at_once(uint8_t op, uint32_t size, const void *data, unsigned int data_size)
{
	void *bytes = message(op, 0, size, 4, data, data_size);

	driver_offer(&fixture.driver,
		     driver_descriptor(&fixture.driver, bytes, 16 + data_size, false, false));
	return process();
}

static uint8_t *read_from(uint8_t op, uint8_t bar, uint32_t size, unsigned int room)
{
	uint8_t *data = driver_buffer(&fixture.driver, NULL, room);
	unsigned int head = driver_descriptor(&fixture.driver, message(op, bar, size, 4, NULL, 0),
					      16, false, true);

	driver_descriptor(&fixture.driver, data, room, true, false);
	driver_offer(&fixture.driver, head);
	return data;
}

static void writes_come_in_one_buffer_or_two(void **state)
{
	unsigned int head;

	assert_int_equal(write_at_once(VIRTIO_PCIDEV_OP_MMIO_WRITE, 2, "ab", 2), 0);
	assert_memory_equal(fixture.memory + 4, "ab\0", 3);
	assert_int_equal(fixture.bar, 0);
	head = driver_descriptor(&fixture.driver,
				 message(VIRTIO_PCIDEV_OP_MMIO_WRITE, 2, 3, 4, NULL, 0), 16, false,
				 true);
	driver_descriptor(&fixture.driver, driver_buffer(&fixture.driver, "xyz", 3), 3, false,
			  false);
	driver_offer(&fixture.driver, head);
	assert_int_equal(process(), 0);
	assert_memory_equal(fixture.memory + 4, "xyz\0", 4);
	assert_int_equal(fixture.bar, 2);
	assert_int_equal(driver_collect(&fixture.driver)->len, 0);
	assert_int_equal(driver_collect(&fixture.driver)->len, 0);
	assert_null(driver_collect(&fixture.driver));
}

static void reads_are_answered_with_their_size(void **state)
{
	uint8_t *data;

	memcpy(fixture.memory + 4, "registers", 9);
	data = read_from(VIRTIO_PCIDEV_OP_MMIO_READ, 1, 4, 4);
	assert_int_equal(process(), 0);
	assert_memory_equal(data, "regi", 4);
	assert_int_equal(fixture.bar, 1);
	assert_int_equal(driver_collect(&fixture.driver)->len, 4);
	/* The driver always has room for eight bytes of the configuration space. */
	data = read_from(VIRTIO_PCIDEV_OP_CFG_READ, 0, 2, 8);
	assert_int_equal(process(), 0);
	assert_memory_equal(data, "re\xee", 3);
	assert_int_equal(fixture.bar, PCIDEV_CONFIG);
	assert_int_equal(driver_collect(&fixture.driver)->len, 2);
}

static void the_configuration_is_written(void **state)
{
	assert_int_equal(write_at_once(VIRTIO_PCIDEV_OP_CFG_WRITE, 2, "cd\0\0\0\0\0\0", 8), 0);
	assert_memory_equal(fixture.memory + 4, "cd\0", 3);
	assert_int_equal(fixture.bar, PCIDEV_CONFIG);
}

static void memory_is_filled(void **state)
{
	assert_int_equal(write_at_once(VIRTIO_PCIDEV_OP_MMIO_MEMSET, 5, "f", 1), 0);
	assert_memory_equal(fixture.memory + 3, "\0fffff\0", 7);
}

static void more_than_there_is_breaks_the_rules(void **state)
{
	assert_int_equal(write_at_once(VIRTIO_PCIDEV_OP_MMIO_WRITE, 3, "ab", 2), -EPROTO);
	assert_int_equal(write_at_once(VIRTIO_PCIDEV_OP_MMIO_WRITE, UINT32_MAX, "ab", 2), -EPROTO);
	assert_int_equal(write_at_once(VIRTIO_PCIDEV_OP_MMIO_MEMSET, 1, NULL, 0), -EPROTO);
	assert_int_equal(write_at_once(VIRTIO_PCIDEV_OP_MMIO_MEMSET, UINT32_MAX, "f", 1), -EPROTO);
	read_from(VIRTIO_PCIDEV_OP_MMIO_READ, 0, 5, 4);
	assert_int_equal(process(), -EPROTO);
	assert_null(driver_collect(&fixture.driver));
}

static void what_is_no_request_breaks_the_rules(void **state)
{
	struct driver *driver = &fixture.driver;

	assert_int_equal(write_at_once(VIRTIO_PCIDEV_OP_MSI, 2, "ab", 2), -EPROTO);
	assert_int_equal(write_at_once(0, 2, "ab", 2), -EPROTO);
	assert_int_equal(write_at_once(VIRTIO_PCIDEV_OP_MMIO_READ, 2, "ab", 2), -EPROTO);
	driver_offer(driver,
		     driver_descriptor(driver, driver_buffer(driver, NULL, 8), 8, false, false));
	assert_int_equal(process(), -EPROTO);
	driver_offer(driver, driver_descriptor(
				     driver, message(VIRTIO_PCIDEV_OP_MMIO_WRITE, 6, 0, 4, NULL, 0),
				     16, false, false));
	assert_int_equal(process(), -EPROTO);
	driver_offer(driver,
		     driver_descriptor(driver, driver_buffer(driver, NULL, 16), 16, true, false));
	assert_int_equal(process(), -EPROTO);
}

static void buffers_for_interrupts_stay(void **state)
{
	struct driver *driver = &fixture.driver;

	driver_offer(driver,
		     driver_descriptor(driver, driver_buffer(driver, NULL, 20), 20, true, false));
	assert_int_equal(fixture.model->process(fixture.model, 1, &driver->ring), 0);
	assert_null(driver_collect(driver));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(writes_come_in_one_buffer_or_two),
		TEST(reads_are_answered_with_their_size),
		TEST(the_configuration_is_written),
		TEST(memory_is_filled),
		TEST(more_than_there_is_breaks_the_rules),
		TEST(what_is_no_request_breaks_the_rules),
		TEST(buffers_for_interrupts_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
