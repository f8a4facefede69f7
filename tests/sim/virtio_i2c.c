// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The I2C adapter: requests to transfers, errors, batches.
 */
#include <errno.h>
#include <string.h>

#include "lab/sim/chip.h"
#include "lab/sim/virtio_i2c.h"
#include "tests/sim/driver.h"
#include "tests/sim/test.h"

#define FAIL_NEXT 1
#define READ 2

/**
 * struct fixture - an adapter with a 24C02 at 0x50 on its bus
 */
struct fixture {
	struct driver driver;
	struct i2c_bus *bus;
	struct chip *chip;
	struct virtio_model *model;
};

static int setup(void **state)
{
	static struct fixture fixture;

	driver_create(&fixture.driver);
	fixture.bus = i2c_bus_create();
	assert_int_equal(chip_create("24c02", 0x50, &fixture.chip), 0);
	chip_power(fixture.chip, true);
	bus_attach(i2c_bus_base(fixture.bus), fixture.chip);
	fixture.model = virtio_i2c_model(fixture.bus);
	*state = &fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	fixture->model->destroy(fixture->model);
	bus_detach(i2c_bus_base(fixture->bus), fixture->chip);
	chip_destroy(fixture->chip);
	i2c_bus_destroy(fixture->bus);
	driver_destroy(&fixture->driver);
	return 0;
}

/* Offers a request. Return: where its status will be. */
static uint8_t *offer(struct fixture *fixture, unsigned int address, uint32_t flags, void *data,
		      unsigned int size)
{
	struct driver *driver = &fixture->driver;
	const uint16_t addresses[4] = { address << 1, 0, flags, flags >> 16 };
	uint8_t *status = driver_buffer(driver, NULL, 1);
	unsigned int head =
		driver_descriptor(driver, driver_buffer(driver, addresses, 8), 8, false, true);

	if (size)
		driver_descriptor(driver, data, size, flags & READ, true);
	driver_descriptor(driver, status, 1, true, false);
	driver_offer(driver, head);
	return status;
}

static int process(struct fixture *fixture)
{
	return fixture->model->process(fixture->model, 0, &fixture->driver.ring);
}

static void a_register_is_read(void **state)
{
	struct fixture *fixture = *state;
	uint8_t *data = driver_buffer(&fixture->driver, NULL, 3), *first, *second;

	assert_int_equal(fixture->chip->type->set(fixture->chip, "byte@0x10", "0x42"), 0);
	first = offer(fixture, 0x50, FAIL_NEXT, driver_buffer(&fixture->driver, "\x10", 1), 1);
	second = offer(fixture, 0x50, READ, data, 3);
	assert_int_equal(process(fixture), 0);
	assert_int_equal(*first, 0);
	assert_int_equal(*second, 0);
	assert_memory_equal(data, "\x42\xff\xff", 3);
	assert_int_equal(driver_collect(&fixture->driver)->len, 1);
	assert_int_equal(driver_collect(&fixture->driver)->len, 4);
	assert_int_equal(i2c_bus_statistics(fixture->bus)->transfers, 1);
	assert_int_equal(i2c_bus_statistics(fixture->bus)->messages, 2);
	assert_int_equal(i2c_bus_statistics(fixture->bus)->read, 3);
	/* Two starts, two addresses, one and three bytes, one stop. */
	assert_int_equal(i2c_bus_statistics(fixture->bus)->bits, 2 + 2 * 9 + 4 * 9 + 1);
}

static void the_rest_of_a_transfer_fails_with_its_first_message(void **state)
{
	struct fixture *fixture = *state;
	uint8_t *statuses[3];

	statuses[0] =
		offer(fixture, 0x51, FAIL_NEXT, driver_buffer(&fixture->driver, "\x10", 1), 1);
	statuses[1] = offer(fixture, 0x50, READ, driver_buffer(&fixture->driver, NULL, 1), 1);
	statuses[2] = offer(fixture, 0x50, READ, driver_buffer(&fixture->driver, NULL, 1), 1);
	assert_int_equal(process(fixture), 0);
	assert_int_equal(*statuses[0], 1);
	assert_int_equal(*statuses[1], 1);
	assert_int_equal(*statuses[2], 0);
}

static void a_probe_without_data_is_answered(void **state)
{
	struct fixture *fixture = *state;
	uint8_t *there = offer(fixture, 0x50, 0, NULL, 0),
		*not_there = offer(fixture, 0x51, 0, NULL, 0);

	assert_int_equal(process(fixture), 0);
	assert_int_equal(*there, 0);
	assert_int_equal(*not_there, 1);
}

static void a_deaf_chip_does_not_answer(void **state)
{
	struct fixture *fixture = *state;
	uint8_t *first, *second;

	fixture->chip->deaf = 1;
	first = offer(fixture, 0x50, 0, NULL, 0);
	second = offer(fixture, 0x50, 0, NULL, 0);
	assert_int_equal(process(fixture), 0);
	assert_int_equal(*first, 1);
	assert_int_equal(*second, 0);
	assert_int_equal(i2c_bus_statistics(fixture->bus)->refused, 1);
}

static void a_chip_without_contact_does_not_answer(void **state)
{
	struct fixture *fixture = *state;
	uint8_t *status;

	bus_detach(i2c_bus_base(fixture->bus), fixture->chip);
	status = offer(fixture, 0x50, 0, NULL, 0);
	assert_int_equal(process(fixture), 0);
	assert_int_equal(*status, 1);
}

/* Requests that are none. */
static void bad_requests_are_refused(void **state)
{
	struct fixture *fixture = *state;
	struct driver *driver = &fixture->driver;
	void *buffer = driver_buffer(driver, NULL, 64);
	unsigned int head, kind;

	for (kind = 0; kind < 5; kind++) {
		switch (kind) {
		case 0: /* no status */
			head = driver_descriptor(driver, buffer, 8, false, false);
			break;
		case 1: /* short header */
			head = driver_descriptor(driver, buffer, 7, false, true);
			driver_descriptor(driver, buffer, 1, true, false);
			break;
		case 2: /* long status */
			head = driver_descriptor(driver, buffer, 8, false, true);
			driver_descriptor(driver, buffer, 2, true, false);
			break;
		case 3: /* no header */
			head = driver_descriptor(driver, buffer, 1, true, false);
			break;
		default: /* data to write in a read request */
			memset(buffer, 0xff, 8);
			head = driver_descriptor(driver, buffer, 8, false, true);
			driver_descriptor(driver, buffer, 8, false, true);
			driver_descriptor(driver, buffer, 1, true, false);
		}
		driver_offer(driver, head);
		assert_int_equal(process(fixture), -EPROTO);
		assert_null(driver_collect(driver));
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_register_is_read),
		TEST(the_rest_of_a_transfer_fails_with_its_first_message),
		TEST(a_probe_without_data_is_answered),
		TEST(a_deaf_chip_does_not_answer),
		TEST(a_chip_without_contact_does_not_answer),
		TEST(bad_requests_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
