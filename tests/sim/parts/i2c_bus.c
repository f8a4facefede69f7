// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An I2C bus: who answers, what is counted, who looks on.
 */
#include <errno.h>

#include "lab/sim/chip.h"
#include "lab/sim/i2c_bus.h"
#include "tests/sim/test.h"

static struct i2c_bus *bus;
static struct chip *chip;

static int setup(void **state)
{
	bus = i2c_bus_create();
	if (!bus || chip_create("24c02", 0x50, &chip))
		return -1;
	bus_attach(i2c_bus_base(bus), chip);
	return 0;
}

static int teardown(void **state)
{
	chip_destroy(chip);
	i2c_bus_destroy(bus);
	return 0;
}

static int transfer(unsigned int address, bool read, bool stop, size_t length)
{
	uint8_t data[16] = { 0 };
	struct i2c_message message = { address, read, stop, length ? data : NULL, length };

	return i2c_bus_transfer(bus, &message);
}

static void only_chips_in_contact_answer(void **state)
{
	assert_int_equal(transfer(0x50, false, true, 0), 0);
	assert_int_equal(transfer(0x51, false, true, 0), -ENXIO);
	bus_detach(i2c_bus_base(bus), chip);
	assert_int_equal(transfer(0x50, false, true, 0), -ENXIO);
	bus_detach(i2c_bus_base(bus), chip);
	bus_attach(i2c_bus_base(bus), chip);
	assert_int_equal(transfer(0x50, false, true, 0), 0);
}

/* Start and stop condition: one clock each. Address and data bytes: nine. */
static void bits_are_counted(void **state)
{
	struct i2c_statistics *statistics = i2c_bus_statistics(bus);

	transfer(0x50, false, false, 1);
	transfer(0x50, true, true, 16);
	assert_int_equal(statistics->transfers, 1);
	assert_int_equal(statistics->messages, 2);
	assert_int_equal(statistics->written, 1);
	assert_int_equal(statistics->read, 16);
	assert_int_equal(statistics->refused, 0);
	assert_int_equal(statistics->bits, (1 + 9 + 9) + (1 + 9 + 16 * 9 + 1));
	*statistics = (struct i2c_statistics){ 0 };
	/* Nobody there: the master gives up after the address, whatever it wanted to send. */
	transfer(0x51, false, false, 16);
	transfer(0x50, false, true, 0);
	assert_int_equal(statistics->transfers, 2);
	assert_int_equal(statistics->refused, 1);
	assert_int_equal(statistics->written, 0);
	assert_int_equal(statistics->bits, (1 + 9 + 1) + (1 + 9 + 1));
}

static void a_deaf_chip_hears_again(void **state)
{
	chip->deaf = 1;
	assert_int_equal(transfer(0x51, false, true, 0), -ENXIO);
	assert_int_equal(transfer(0x50, false, true, 0), -ENXIO);
	assert_int_equal(transfer(0x50, false, true, 0), 0);
	chip->deaf = -1;
	assert_int_equal(transfer(0x50, false, true, 0), -ENXIO);
	assert_int_equal(transfer(0x50, false, true, 0), -ENXIO);
	assert_int_equal(chip->deaf, -1);
}

static unsigned int before, after, answers;

static void take_it_off(struct bus_listener *listener)
{
	if (++before == 2)
		bus_detach(i2c_bus_base(bus), chip);
}

static void count(struct i2c_witness *witness, const struct i2c_message *message, bool answered)
{
	after++;
	answers += answered;
}

static void listeners_come_before_and_witnesses_after(void **state)
{
	struct bus_listener listener = { .message = take_it_off };
	struct i2c_witness witness = { .done = count };

	bus_listen(i2c_bus_base(bus), &listener);
	i2c_bus_watch(bus, &witness);
	assert_int_equal(transfer(0x50, true, true, 1), 0);
	assert_int_equal(transfer(0x50, true, true, 1), -ENXIO);
	assert_int_equal(before, 2);
	assert_int_equal(after, 2);
	assert_int_equal(answers, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(only_chips_in_contact_answer),
		TEST(bits_are_counted),
		TEST(a_deaf_chip_hears_again),
		TEST(listeners_come_before_and_witnesses_after),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
