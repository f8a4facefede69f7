// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The chips, by the transfers that drivers make.
 */
#include <errno.h>
#include <string.h>
#include <time.h>

#include "lab/sim/chips/clock.h"
#include "lab/sim/i2c_bus.h"
#include "lab/sim/chip.h"
#include "tests/sim/test.h"

static struct i2c_bus *bus;

static struct chip *plug(const char *type, unsigned int address)
{
	struct chip *chip;

	bus = i2c_bus_create();
	assert_int_equal(chip_create(type, address, &chip), 0);
	chip_power(chip, true);
	bus_attach(i2c_bus_base(bus), chip);
	return chip;
}

static void unplug(struct chip *chip)
{
	bus_detach(i2c_bus_base(bus), chip);
	chip_power(chip, false);
	chip_destroy(chip);
	i2c_bus_destroy(bus);
}

static void put(struct chip *chip, const void *data, size_t size)
{
	struct i2c_message message = { chip->address, false, true, (void *)data, size };

	assert_int_equal(i2c_bus_transfer(bus, &message), 0);
}

static void get(struct chip *chip, const void *at, size_t at_size, void *data, size_t size)
{
	struct i2c_message write = { chip->address, false, false, (void *)at, at_size };
	struct i2c_message read = { chip->address, true, true, data, size };

	assert_int_equal(i2c_bus_transfer(bus, &write), 0);
	assert_int_equal(i2c_bus_transfer(bus, &read), 0);
}

static void a_small_eeprom_has_one_address_byte(void **state)
{
	struct chip *chip = plug("24c02", 0x50);
	uint8_t data[10];

	get(chip, "\0", 1, data, 4);
	assert_memory_equal(data, "\xff\xff\xff\xff", 4);
	/* A page has 8 bytes: the fifth one begins it again. */
	put(chip,
	    "\x0c"
	    "abcdef",
	    7);
	get(chip, "\x08", 1, data, 8);
	assert_memory_equal(data,
			    "ef\xff\xff"
			    "abcd",
			    8);
	/* Reading goes on at the start. */
	put(chip,
	    "\xff"
	    "z",
	    2);
	get(chip, "\xff", 1, data, 2);
	assert_memory_equal(data, "z\xff", 2);
	/* Data that a repeated start follows are not taken over. */
	get(chip, "\xffx", 2, data, 1);
	get(chip, "\xff", 1, data, 1);
	assert_int_equal(data[0], 'z');
	/* It stays without power. */
	chip_power(chip, false);
	chip_power(chip, true);
	get(chip, "\xff", 1, data, 1);
	assert_int_equal(data[0], 'z');
	unplug(chip);
}

static void a_large_eeprom_has_two_address_bytes(void **state)
{
	struct chip *chip = plug("24c64", 0x50);
	uint8_t data[4];

	put(chip,
	    "\x01\x1e"
	    "abcd",
	    6);
	get(chip, "\x01\x1e", 2, data, 4);
	assert_memory_equal(data, "ab\xff\xff", 4);
	get(chip, "\x01\x00", 2, data, 2);
	assert_memory_equal(data, "cd", 2);
	/* One address byte is no address. */
	put(chip, "\x01", 1);
	unplug(chip);
}

static void an_eeprom_is_protected_and_busy(void **state)
{
	struct chip *chip = plug("24c02", 0x50);
	struct i2c_message poll = { 0x50, false, true, (uint8_t *)"\0", 1 };
	uint8_t data[1];

	assert_int_equal(chip->type->set(chip, "protected", "1"), 0);
	put(chip, "\0a", 2);
	get(chip, "\0", 1, data, 1);
	assert_int_equal(data[0], 0xff);
	assert_int_equal(chip->type->set(chip, "protected", "0"), 0);
	assert_int_equal(chip->type->set(chip, "busy", "2"), 0);
	put(chip, "\0a", 2);
	assert_int_equal(i2c_bus_transfer(bus, &poll), -ENXIO);
	assert_int_equal(i2c_bus_transfer(bus, &poll), -ENXIO);
	get(chip, "\0", 1, data, 1);
	assert_int_equal(data[0], 'a');
	assert_int_equal(chip->type->set(chip, "protected", "2"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "busy", "1001"), -EINVAL);
	unplug(chip);
}

static void an_lm75_measures_what_it_is_told(void **state)
{
	struct chip *chip = plug("lm75", 0x48);
	uint8_t data[2];

	assert_int_equal(chip->type->set(chip, "temperature", "21.5"), 0);
	get(chip, "\0", 1, data, 2);
	assert_memory_equal(data, "\x15\x80", 2);
	assert_int_equal(chip->type->set(chip, "temperature", "-10.5"), 0);
	get(chip, "\0", 1, data, 2);
	assert_memory_equal(data, "\xf5\x80", 2);
	get(chip, "\x03", 1, data, 2);
	assert_memory_equal(data, "\x50\x00", 2);
	put(chip, "\x02\x20\xff", 3);
	get(chip, "\x02", 1, data, 2);
	assert_memory_equal(data, "\x20\x80", 2);
	assert_int_equal(chip->type->set(chip, "temperature", "200"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "temperature", "nan"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "temperature", "warm"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "humidity", "1"), -ENOENT);
	chip_power(chip, false);
	chip_power(chip, true);
	get(chip, "\x02", 1, data, 2);
	assert_memory_equal(data, "\x4b\x00", 2);
	unplug(chip);
}

static void an_adc081c_converts_when_it_is_read(void **state)
{
	struct chip *chip = plug("adc081c", 0x54);
	uint8_t data[2];

	assert_int_equal(chip->type->set(chip, "input", "200"), 0);
	get(chip, "\x06", 1, data, 2);
	assert_memory_equal(data, "\x0f\xf0", 2);
	get(chip, "\0", 1, data, 2);
	assert_memory_equal(data, "\x0c\x80", 2);
	get(chip, "\x06", 1, data, 2);
	assert_memory_equal(data, "\x0c\x80", 2);
	get(chip, "\x07", 1, data, 2);
	assert_memory_equal(data, "\x0c\x80", 2);
	/* Over the limit, with the flag in the result, until it is back by the hysteresis. */
	put(chip, "\x02\x08", 2);
	put(chip, "\x04\x0c\x0f", 3);
	put(chip, "\x05\x01\x00", 3);
	get(chip, "\0", 1, data, 2);
	assert_memory_equal(data, "\x8c\x80", 2);
	assert_int_equal(chip->type->set(chip, "input", "180"), 0);
	get(chip, "\0", 1, data, 2);
	assert_memory_equal(data, "\x8b\x40", 2);
	get(chip, "\x01", 1, data, 1);
	assert_int_equal(data[0], 2);
	assert_int_equal(chip->type->set(chip, "input", "175"), 0);
	get(chip, "\0", 1, data, 2);
	assert_memory_equal(data, "\x0a\xf0", 2);
	assert_int_equal(chip->type->set(chip, "input", "256"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "output", "1"), -ENOENT);
	unplug(chip);
}

static void clocks_agree_with_the_host(void **state)
{
	static const struct {
		const char *type;
		uint8_t seconds;
		uint8_t year;
	} clocks[] = { { "ds1307", 0, 6 }, { "pcf8563", 2, 8 } };
	struct chip *chip;
	uint8_t data[7];
	unsigned int i;
	struct tm broken_down;
	time_t now;

	for (i = 0; i < 2; i++) {
		chip = plug(clocks[i].type, 0x51);
		assert_int_equal(chip->type->set(chip, "time", "1700000000"), 0);
		get(chip, &clocks[i].seconds, 1, data, 7);
		assert_int_equal(data[1], 0x13);
		assert_int_equal(data[2], 0x22);
		assert_int_equal(data[6], 0x23);
		assert_int_equal(chip->type->set(chip, "time", "1"), -EINVAL);
		assert_int_equal(chip->type->set(chip, "colour", "1"), -ENOENT);
		unplug(chip);
	}
	now = 1700000000;
	gmtime_r(&now, &broken_down);
	assert_int_equal(broken_down.tm_min, 13);
}

static void a_ds1307_can_be_set_and_stopped(void **state)
{
	struct chip *chip = plug("ds1307", 0x68);
	uint8_t data[8];

	put(chip, "\x00\x80\x59\x71\x02\x31\x12\x25", 8);
	get(chip, "\0", 1, data, 7);
	assert_memory_equal(data, "\x80\x59\x71\x04\x31\x12\x25", 7);
	put(chip, "\x02\x52", 2);
	get(chip, "\x02", 1, data, 1);
	assert_int_equal(data[0], 0x52);
	put(chip, "\x02\x23", 2);
	get(chip, "\x02", 1, data, 1);
	assert_int_equal(data[0], 0x23);
	/* Its memory is its own. */
	put(chip, "\x3f\x42", 2);
	get(chip, "\x3f", 1, data, 1);
	assert_int_equal(data[0], 0x42);
	unplug(chip);
}

static void a_pcf8563_says_that_it_lost_its_power(void **state)
{
	struct chip *chip = plug("pcf8563", 0x51);
	uint8_t data[1];

	get(chip, "\x02", 1, data, 1);
	assert_true(data[0] & 0x80);
	put(chip, "\x02\x00\x00\x00\x01\x00\x01\x25", 8);
	get(chip, "\x02", 1, data, 1);
	assert_false(data[0] & 0x80);
	/* The century bit is the driver's. */
	put(chip, "\x07\x81", 2);
	get(chip, "\x07", 1, data, 1);
	assert_int_equal(data[0], 0x81);
	assert_int_equal(chip->type->set(chip, "battery", "1"), 0);
	chip_power(chip, false);
	chip_power(chip, true);
	get(chip, "\x02", 1, data, 1);
	assert_false(data[0] & 0x80);
	assert_int_equal(chip->type->set(chip, "battery", "2"), -EINVAL);
	unplug(chip);
}

static unsigned int interrupts;

static void count_interrupt(struct chip *chip)
{
	interrupts++;
}

static void a_pca9555_drives_and_reads_lines(void **state)
{
	struct chip *chip = plug("pca9555", 0x20);
	uint8_t data[2];

	get(chip, "\x06", 1, data, 2);
	assert_memory_equal(data, "\xff\xff", 2);
	get(chip, "\0", 1, data, 2);
	assert_memory_equal(data, "\xff\xff", 2);
	put(chip, "\x02\xfe\x7f", 3);
	put(chip, "\x06\xfe\x7f", 3);
	get(chip, "\0", 1, data, 2);
	assert_memory_equal(data, "\xfe\x7f", 2);
	put(chip, "\x04\x01\x00", 3);
	get(chip, "\0", 1, data, 2);
	assert_memory_equal(data, "\xff\x7f", 2);
	/* Within a transfer the register goes back and forth in its pair. */
	get(chip, "\x03", 1, data, 2);
	assert_memory_equal(data, "\x7f\xfe", 2);
	unplug(chip);
}

static void a_pca9555_interrupts_until_it_is_read(void **state)
{
	struct chip *chip = plug("pca9555", 0x20);
	uint8_t data[2];

	interrupts = 0;
	chip->interrupt_changed = count_interrupt;
	assert_int_equal(chip->type->set(chip, "input8", "0"), 0);
	assert_true(chip->interrupt);
	/* The other byte is not what changed. */
	get(chip, "\x00", 1, data, 1);
	assert_true(chip->interrupt);
	get(chip, "\x01", 1, data, 1);
	assert_int_equal(data[0], 0xfe);
	assert_false(chip->interrupt);
	assert_int_equal(chip->type->set(chip, "input8", "1"), 0);
	assert_int_equal(chip->type->set(chip, "input8", "0"), 0);
	assert_false(chip->interrupt);
	assert_int_equal(chip->type->set(chip, "input16", "0"), -ENOENT);
	assert_int_equal(chip->type->set(chip, "input1", "2"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "input9", "0"), 0);
	chip_power(chip, false);
	assert_false(chip->interrupt);
	assert_int_equal(interrupts, 6);
	unplug(chip);
}

static void a_tca6416_has_a_reset_input(void **state)
{
	struct chip *chip = plug("tca6416", 0x20);
	struct i2c_message ask = { 0x20, false, true, (uint8_t[]){ 6 }, 1 };
	uint8_t data[2];

	put(chip, "\x06\x00\x00", 3);
	chip_set_reset(chip, true);
	assert_int_equal(i2c_bus_transfer(bus, &ask), -ENXIO);
	chip_set_reset(chip, false);
	get(chip, "\x06", 1, data, 2);
	assert_memory_equal(data, "\xff\xff", 2);
	unplug(chip);
}

static void expect_get(struct chip *chip, const char *key, const char *expected)
{
	char text[64] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	assert_int_equal(chip->type->get(chip, key, out), 0);
	fclose(out);
	assert_string_equal(text, expected);
}

static void a_pca9685_sleeps_after_power_on(void **state)
{
	struct chip *chip = plug("pca9685", 0x40);
	uint8_t data[6];

	put(chip, "\x00\x31", 2);
	get(chip, "\x00", 1, data, 6);
	assert_memory_equal(data, "\x31\x04\xe2\xe4\xe8\xe0", 6);
	get(chip, "\x42", 1, data, 4);
	assert_memory_equal(data, "\0\0\0\x10", 4);
	get(chip, "\xfe", 1, data, 1);
	assert_int_equal(data[0], 0x1e);
	expect_get(chip, "period7", "5079040");
	/* Without increment each byte goes to the same register. */
	put(chip, "\x00\x11", 2);
	get(chip, "\xfe", 1, data, 2);
	assert_memory_equal(data, "\x1e\x1e", 2);
	assert_int_equal(chip->type->get(chip, "duty16", stdout), -ENOENT);
	unplug(chip);
}

static void a_pca9685_has_a_duty_per_channel(void **state)
{
	struct chip *chip = plug("pca9685", 0x40);

	put(chip, "\x00\x30", 2);
	put(chip, "\x0a\x00\x00\x00\x04", 5);
	expect_get(chip, "duty1", "0");
	put(chip, "\x00\x20", 2);
	expect_get(chip, "duty1", "1024");
	expect_get(chip, "duty2", "0");
	/* The prescaler is only written while asleep. */
	put(chip, "\xfe\x79", 2);
	expect_get(chip, "period1", "5079040");
	/* Asleep while it runs: it goes on after a restart only. */
	put(chip, "\x00\x30", 2);
	put(chip, "\xfe\x79", 2);
	put(chip, "\x00\x20", 2);
	expect_get(chip, "period1", "19988480");
	expect_get(chip, "duty1", "0");
	put(chip, "\x00\xa0", 2);
	expect_get(chip, "duty1", "1024");
	/* Later off than on, around the end of the period. */
	put(chip, "\x0a\x00\x0f\x00\x01", 5);
	expect_get(chip, "duty1", "512");
	/* All at once; always off beats always on. */
	put(chip, "\xfa\x00\x10\x00\x00", 5);
	expect_get(chip, "duty1", "4096");
	expect_get(chip, "duty15", "4096");
	put(chip, "\xfd\x10", 2);
	expect_get(chip, "duty15", "0");
	unplug(chip);
}

static void an_mcp23017_has_pull_ups(void **state)
{
	struct chip *chip = plug("mcp23017", 0x20);
	uint8_t data[4];

	get(chip, "\x00", 1, data, 4);
	assert_memory_equal(data, "\xff\xff\0\0", 4);
	get(chip, "\x12", 1, data, 2);
	assert_memory_equal(data, "\0\0", 2);
	put(chip, "\x0c\x08\x80", 3);
	expect_get(chip, "pullup3", "1");
	expect_get(chip, "pullup4", "0");
	get(chip, "\x12", 1, data, 2);
	assert_memory_equal(data, "\x08\x80", 2);
	assert_int_equal(chip->type->set(chip, "input3", "0"), 0);
	assert_int_equal(chip->type->set(chip, "input16", "0"), -ENOENT);
	assert_int_equal(chip->type->set(chip, "input3", "2"), -EINVAL);
	get(chip, "\x12", 1, data, 2);
	assert_memory_equal(data, "\x00\x80", 2);
	unplug(chip);
}

static void an_mcp23017_drives_lines(void **state)
{
	struct chip *chip = plug("mcp23017", 0x20);
	uint8_t data[4];

	/* Writing to the port is writing to the output latch. */
	put(chip, "\x12\x05", 2);
	put(chip, "\x00\xfa", 2);
	expect_get(chip, "output0", "1");
	expect_get(chip, "output1", "0");
	expect_get(chip, "output2", "1");
	/* The configuration is one register; without increment the pair alternates. */
	put(chip, "\x0a\x28", 2);
	get(chip, "\x0a", 1, data, 4);
	assert_memory_equal(data, "\x28\x28\x28\x28", 4);
	get(chip, "\x00", 1, data, 4);
	assert_memory_equal(data, "\xfa\xff\xfa\xff", 4);
	chip_set_reset(chip, true);
	chip_set_reset(chip, false);
	expect_get(chip, "output0", "0");
	unplug(chip);
}

static void a_pca9548_passes_what_its_channels_are_for(void **state)
{
	struct chip *mux = plug("pca9548", 0x70), *sensors[2];
	struct i2c_message ask = { 0x48, false, true, (uint8_t[]){ 0 }, 1 };
	uint8_t data[2];
	unsigned int i;

	for (i = 0; i < 2; i++) {
		assert_int_equal(chip_create("lm75", 0x48, &sensors[i]), 0);
		chip_power(sensors[i], true);
		bus_attach(mux->type->channel(mux, 3 * i), sensors[i]);
		assert_int_equal(sensors[i]->type->set(sensors[i], "temperature", i ? "31" : "30"),
				 0);
	}
	assert_null(mux->type->channel(mux, 8));
	assert_int_equal(i2c_bus_transfer(bus, &ask), -ENXIO);
	put(mux, "\x01", 1);
	get(sensors[0], "\0", 1, data, 2);
	assert_int_equal(data[0], 30);
	put(mux, "\x08", 1);
	get(sensors[0], "\0", 1, data, 2);
	assert_int_equal(data[0], 31);
	expect_get(mux, "channel3", "1");
	put(mux, "\x02", 1);
	assert_int_equal(i2c_bus_transfer(bus, &ask), -ENXIO);
	put(mux, "\x08", 1);
	chip_set_reset(mux, true);
	assert_int_equal(i2c_bus_transfer(bus, &ask), -ENXIO);
	chip_set_reset(mux, false);
	assert_int_equal(i2c_bus_transfer(bus, &ask), -ENXIO);
	put(mux, "\x08", 1);
	chip_power(mux, false);
	chip_power(mux, true);
	assert_int_equal(i2c_bus_transfer(bus, &ask), -ENXIO);
	unplug(mux);
	for (i = 0; i < 2; i++)
		chip_destroy(sensors[i]);
}

static void set(struct chip *chip, const char *key, const char *value)
{
	assert_int_equal(chip->type->set(chip, key, value), 0);
}

static void registers_are_what_they_are_told_to_be(void **state)
{
	struct chip *chip = plug("registers", 0x48);
	uint8_t data[4];

	set(chip, "value-bytes", "2");
	set(chip, "default@1-3", "0x1234,0x5678");
	set(chip, "fixed@2", "0xff00");
	chip_power(chip, true);
	get(chip, "\1", 1, data, 4);
	assert_memory_equal(data, "\x12\x34\x56\x78", 4);
	/* The last value is that of the rest of the range. */
	expect_get(chip, "register@3", "0x5678");
	put(chip, "\1\xab\xcd\xff\xff", 5);
	expect_get(chip, "register@1", "0xabcd");
	expect_get(chip, "register@2", "0x56ff");
	set(chip, "register@2", "7");
	get(chip, "\2", 1, data, 2);
	assert_memory_equal(data, "\0\7", 2);
	/* What was written is lost with the power. */
	chip_power(chip, true);
	expect_get(chip, "register@1", "0x1234");
	unplug(chip);
}

static void registers_have_many_shapes(void **state)
{
	struct chip *chip = plug("registers", 0x48);
	uint8_t data[4];

	/* Again the same register, low byte first, selected by some bits of two bytes. */
	set(chip, "select-bytes", "2");
	set(chip, "select-mask", "0x0ff0");
	set(chip, "select-shift", "4");
	set(chip, "value-bytes", "2");
	set(chip, "order", "little");
	set(chip, "increment", "0");
	set(chip, "default@0x12", "0xabcd");
	chip_power(chip, true);
	get(chip, "\xf1\x2f", 2, data, 4);
	assert_memory_equal(data, "\xcd\xab\xcd\xab", 4);
	/* Too short to select: nothing happens. */
	put(chip, "\1", 1);
	unplug(chip);

	/* Without a selection, a read begins at the beginning. */
	chip = plug("registers", 0x48);
	set(chip, "select-bytes", "0");
	set(chip, "value-bytes", "2");
	set(chip, "default@0", "0x0102");
	chip_power(chip, true);
	put(chip, "\3\4", 2);
	get(chip, "", 0, data, 2);
	assert_memory_equal(data, "\3\4", 2);
	assert_int_equal(chip->type->set(chip, "default@0", "0x10000"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "default@3-2", "0"), -ENOENT);
	assert_int_equal(chip->type->set(chip, "default@0x10000", "0"), -ENOENT);
	assert_int_equal(chip->type->set(chip, "default@1", "1,2"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "value-bytes", "5"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "order", "mixed"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "colour", "red"), -ENOENT);
	unplug(chip);
}

static uint8_t ask_ds2482(struct chip *chip, uint8_t command, uint8_t parameter)
{
	uint8_t status;

	put(chip, (uint8_t[]){ command, parameter }, 2);
	chip->type->i2c.read(chip, &status, 1);
	return status;
}

static uint8_t read_1wire(struct chip *chip)
{
	put(chip, (uint8_t[]){ 0x96 }, 1);
	return ask_ds2482(chip, 0xe1, 0xe1);
}

static void reset_1wire(struct chip *chip, uint8_t command)
{
	put(chip, (uint8_t[]){ 0xb4 }, 1);
	ask_ds2482(chip, 0xa5, command);
}

static void a_ds2482_finds_what_is_on_its_wire(void **state)
{
	struct chip *chip = plug("ds2482", 0x18);
	uint8_t rom[8] = {}, status;
	unsigned int i;

	assert_int_equal(ask_ds2482(chip, 0xf0, 0), 0x18);
	/* A configuration whose halves do not contradict each other is none. */
	assert_int_equal(ask_ds2482(chip, 0xd2, 0x11), 0x00);
	assert_int_equal(ask_ds2482(chip, 0xd2, 0xe1), 0x01);
	put(chip, (uint8_t[]){ 0xb4 }, 1);
	assert_int_equal(ask_ds2482(chip, 0xe1, 0xf0), 0x0a);

	/* The direction that is wanted does not matter where there is only one. */
	reset_1wire(chip, 0xf0);
	for (i = 0; i < 64; i++) {
		status = ask_ds2482(chip, 0x78, i % 2 ? 0xff : 0);
		assert_int_equal(!(status & 0x20), !!(status & 0x40));
		assert_int_equal(!(status & 0x20), !(status & 0x80));
		rom[i / 8] |= (status >> 7) << i % 8;
	}
	assert_memory_equal(rom, "\x28\x17\x5a\0\0\0\0", 7);
	/* And again, in one piece. */
	reset_1wire(chip, 0x33);
	for (i = 0; i < 8; i++)
		assert_int_equal(read_1wire(chip), rom[i]);
	unplug(chip);
}

static void a_ds18b20_measures_what_it_is_told(void **state)
{
	static const uint8_t scratchpad[] = { 0x91, 0x01, 0x4b, 0x46, 0x7f, 0xff, 0x0c, 0x10 };
	struct chip *chip = plug("ds2482", 0x18);
	unsigned int i;

	assert_int_equal(chip->type->set(chip, "temperature", "25.0625"), 0);
	assert_int_equal(chip->type->set(chip, "temperature", "126"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "colour", "1"), -ENOENT);
	reset_1wire(chip, 0xcc);
	ask_ds2482(chip, 0xa5, 0xbe);
	for (i = 0; i < sizeof(scratchpad); i++)
		assert_int_equal(read_1wire(chip), scratchpad[i]);
	/* CRC-8/MAXIM of these. */
	assert_int_equal(read_1wire(chip), 0x70);
	/* Nobody sends any more. */
	assert_int_equal(read_1wire(chip), 0xff);
	/* Somebody else is meant. */
	reset_1wire(chip, 0x55);
	for (i = 0; i < 8; i++)
		ask_ds2482(chip, 0xa5, 0x28);
	ask_ds2482(chip, 0xa5, 0xbe);
	assert_int_equal(read_1wire(chip), 0xff);
	unplug(chip);
}

static void there_are_no_other_chips(void **state)
{
	struct chip *chip;

	assert_int_equal(chip_create("8086", 0x10, &chip), -ENOENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_small_eeprom_has_one_address_byte),
		cmocka_unit_test(a_large_eeprom_has_two_address_bytes),
		cmocka_unit_test(an_eeprom_is_protected_and_busy),
		cmocka_unit_test(an_lm75_measures_what_it_is_told),
		cmocka_unit_test(an_adc081c_converts_when_it_is_read),
		cmocka_unit_test(clocks_agree_with_the_host),
		cmocka_unit_test(a_ds1307_can_be_set_and_stopped),
		cmocka_unit_test(a_pcf8563_says_that_it_lost_its_power),
		cmocka_unit_test(a_pca9555_drives_and_reads_lines),
		cmocka_unit_test(a_pca9555_interrupts_until_it_is_read),
		cmocka_unit_test(a_tca6416_has_a_reset_input),
		cmocka_unit_test(a_pca9685_sleeps_after_power_on),
		cmocka_unit_test(a_pca9685_has_a_duty_per_channel),
		cmocka_unit_test(an_mcp23017_has_pull_ups),
		cmocka_unit_test(an_mcp23017_drives_lines),
		cmocka_unit_test(a_pca9548_passes_what_its_channels_are_for),
		cmocka_unit_test(registers_are_what_they_are_told_to_be),
		cmocka_unit_test(registers_have_many_shapes),
		cmocka_unit_test(a_ds2482_finds_what_is_on_its_wire),
		cmocka_unit_test(a_ds18b20_measures_what_it_is_told),
		cmocka_unit_test(there_are_no_other_chips),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
