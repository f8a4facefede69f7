// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An SPI bus, bit by bit on its lines as a controller moves them, and the chips on it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lab/sim/chip.h"
#include "lab/sim/history.h"
#include "lab/sim/spi_bus.h"
#include "tests/sim/test.h"

enum { SCK, MOSI, MISO, CS0, CS1, OTHER, LINES };

enum { MODE_0 = 0, MODE_3 = 3 };

static const struct spi_lines lines = { SCK, MOSI, MISO, { CS0, CS1 }, 2 };
static struct gpio_bank *bank;
static struct spi_bus *bus;
static bool idle_high;

static void set(unsigned int line, bool level)
{
	gpio_bank_set_output(bank, line, level);
	gpio_bank_set_direction(bank, line, GPIO_OUTPUT);
}

static int setup(void **state)
{
	bank = gpio_bank_create(LINES);
	bus = spi_bus_create(bank, &lines);
	set(CS0, true);
	set(CS1, true);
	set(SCK, false);
	set(MOSI, false);
	idle_high = false;
	return 0;
}

static int teardown(void **state)
{
	spi_bus_destroy(bus);
	gpio_bank_destroy(bank);
	return 0;
}

static struct chip *plug(const char *type, unsigned int select)
{
	struct chip *chip;

	assert_int_equal(chip_create(type, select, &chip), 0);
	chip_power(chip, true);
	bus_attach(spi_bus_base(bus), chip);
	return chip;
}

static void unplug(struct chip *chip)
{
	bus_detach(spi_bus_base(bus), chip);
	chip_power(chip, false);
	chip_destroy(chip);
}

static void set_mode(int mode)
{
	idle_high = mode == MODE_3;
	set(SCK, idle_high);
}

/* One bit; in mode 3 the clock falls before it, in mode 0 behind it. */
static bool clock_bit(bool level)
{
	bool back;

	if (idle_high)
		set(SCK, false);
	set(MOSI, level);
	set(SCK, true);
	back = gpio_bank_level(bank, MISO);
	if (!idle_high)
		set(SCK, false);
	return back;
}

static uint8_t clock_byte(uint8_t byte)
{
	uint8_t back = 0;
	int bit;

	for (bit = 7; bit >= 0; bit--)
		back = back << 1 | clock_bit(byte >> bit & 1);
	return back;
}

/* A whole message to chip select 0; what comes back replaces what is sent. */
static void exchange(uint8_t *data, size_t length)
{
	set(CS0, false);
	for (; length; length--, data++)
		*data = clock_byte(*data);
	set(CS0, true);
}

#define EXCHANGE(...)                                           \
	({                                                      \
		static uint8_t data_[] = { __VA_ARGS__ };       \
		static const uint8_t sent_[] = { __VA_ARGS__ }; \
		memcpy(data_, sent_, sizeof(data_));            \
		exchange(data_, sizeof(data_));                 \
		data_;                                          \
	})

static void bits_go_both_ways_in_modes_0_and_3(void **state)
{
	static const int modes[] = { MODE_0, MODE_3 };
	struct chip *chip = plug("ltc2488", 0);
	unsigned int i;

	assert_int_equal(chip->type->set(chip, "value", "0x5a3c"), 0);
	for (i = 0; i < 2; i++) {
		set_mode(modes[i]);
		assert_memory_equal(EXCHANGE(0, 0, 0, 0), "\x2b\x47\x80\xff", 4);
		/* Again from the start, with the clock in the same place. */
		assert_memory_equal(EXCHANGE(0, 0), "\x2b\x47", 2);
	}
	unplug(chip);
}

static void only_the_selected_chip_answers(void **state)
{
	struct chip *one = plug("lm70", 0), *other = plug("ltc2488", 1);

	assert_memory_equal(EXCHANGE(0, 0), "\x0c\x9f", 2);
	set(CS1, false);
	assert_int_equal(clock_byte(0), 0x20);
	set(CS1, true);
	assert_int_equal(clock_byte(0), 0xff);
	unplug(one);
	/* Nobody there: the pull-up. */
	assert_memory_equal(EXCHANGE(0, 0), "\xff\xff", 2);
	unplug(other);
}

static void a_chip_goes_in_the_middle_of_a_message(void **state)
{
	struct chip *chip = plug("lm70", 0);

	set(CS0, false);
	assert_int_equal(clock_byte(0), 0x0c);
	assert_false(clock_bit(0) && clock_bit(0));
	unplug(chip);
	assert_true(gpio_bank_level(bank, MISO));
	assert_int_equal(clock_byte(0), 0xff);
	/* One that comes meanwhile waits for its chip select's edge. */
	chip = plug("lm70", 0);
	assert_int_equal(clock_byte(0), 0xff);
	set(CS0, true);
	assert_memory_equal(EXCHANGE(0, 0), "\x0c\x9f", 2);
	unplug(chip);
}

static void a_deaf_chip_misses_whole_messages(void **state)
{
	struct chip *chip = plug("lm70", 0);

	chip->deaf = 2;
	assert_memory_equal(EXCHANGE(0, 0), "\xff\xff", 2);
	assert_memory_equal(EXCHANGE(0, 0), "\xff\xff", 2);
	assert_memory_equal(EXCHANGE(0, 0), "\x0c\x9f", 2);
	unplug(chip);
}

/**
 * struct puller - pulls a chip out before a message
 * @listener: on the bus
 * @chip: the chip
 * @messages: how many messages it has still to see
 */
struct puller {
	struct bus_listener listener;
	struct chip *chip;
	unsigned int messages;
};

static void pull(struct bus_listener *listener)
{
	struct puller *puller = (struct puller *)listener;

	if (!--puller->messages)
		unplug(puller->chip);
}

static void listeners_hear_of_each_message_before_it(void **state)
{
	struct puller puller = { { .message = pull }, plug("lm70", 0), 2 };

	bus_listen(spi_bus_base(bus), &puller.listener);
	assert_memory_equal(EXCHANGE(0), "\x0c", 1);
	assert_memory_equal(EXCHANGE(0), "\xff", 1);
	assert_int_equal(puller.messages, 0);
}

static void it_counts_and_the_history_tells(void **state)
{
	struct spi_statistics *statistics = spi_bus_statistics(bus);
	struct history *history = history_create();
	struct chip *chip = plug("lm70", 0);
	char *text = NULL, *line;
	size_t size;
	FILE *out;

	history_watch_spi(history, "spi0", bus);
	history_watch_bank(history, "gpio0", bank);
	EXCHANGE(1, 2, 3);
	unplug(chip);
	EXCHANGE(1);
	set(OTHER, false);
	assert_int_equal(statistics->messages, 2);
	assert_int_equal(statistics->bytes, 4);
	assert_int_equal(statistics->bits, 32);
	assert_int_equal(statistics->refused, 1);
	out = open_memstream(&text, &size);
	history_print(history, 9, out);
	fclose(out);
	line = strstr(text, "spi0");
	assert_int_equal(strncmp(line, "spi0 select 0, 3: 01 02 03, answer 0c 9f ff\n", 44), 0);
	line = strstr(line + 1, "spi0");
	assert_int_equal(strncmp(line, "spi0 select 0, 1: 01, answer none\n", 34), 0);
	/* The edges of the bus are not told, those of other lines are. */
	assert_null(strstr(text, "gpio0 line 0"));
	assert_non_null(strstr(text, "gpio0 line 5 low"));
	free(text);
	spi_bus_destroy(bus);
	bus = NULL;
	history_destroy(history);
}

static void an_lm70_measures_what_it_is_told(void **state)
{
	struct chip *chip = plug("lm70", 0);

	assert_int_equal(chip->type->set(chip, "temperature", "36.25"), 0);
	assert_memory_equal(EXCHANGE(0, 0, 0), "\x12\x3f\xff", 3);
	assert_int_equal(chip->type->set(chip, "temperature", "-55"), 0);
	assert_memory_equal(EXCHANGE(0, 0), "\xe4\x9f", 2);
	assert_int_equal(chip->type->set(chip, "temperature", "151"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "temperature", "nan"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "temperature", "warm"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "humidity", "1"), -ENOENT);
	unplug(chip);
}

static void registers_know_reading_from_writing(void **state)
{
	struct chip *chip = plug("spi-registers", 0);
	static const char *const settings[][2] = {
		{ "read-bit", "0x80" }, { "select-mask", "0x7f" }, { "default@2-3", "0x21,0x43" },
	};
	unsigned int i;

	for (i = 0; i < 3; i++)
		assert_int_equal(chip->type->set(chip, settings[i][0], settings[i][1]), 0);
	chip_power(chip, true);
	assert_memory_equal(EXCHANGE(0x82, 0, 0), "\xff\x21\x43", 3);
	EXCHANGE(2, 0x55);
	assert_memory_equal(EXCHANGE(0x82, 0), "\xff\x55", 2);
	/* A bit for writing instead, and more of a register. */
	assert_int_equal(chip->type->set(chip, "read-bit", "0"), 0);
	assert_int_equal(chip->type->set(chip, "write-bit", "0x80"), 0);
	assert_int_equal(chip->type->set(chip, "value-bytes", "2"), 0);
	EXCHANGE(0x85, 0x12, 0x34);
	assert_memory_equal(EXCHANGE(5, 0, 0), "\xff\x12\x34", 3);
	/* Without a selection it sends what it has. */
	assert_int_equal(chip->type->set(chip, "select-bytes", "0"), 0);
	assert_int_equal(chip->type->set(chip, "register@0", "0x0a50"), 0);
	assert_memory_equal(EXCHANGE(0, 0), "\x0a\x50", 2);
	unplug(chip);
}

static void a_converter_tells_the_sign(void **state)
{
	static const struct {
		const char *value;
		const char *bytes;
	} values[] = { { "0", "\x20\0\0" },
		       { "1", "\x20\0\x20" },
		       { "65535", "\x3f\xff\xe0" },
		       { "-1", "\x1f\xff\xe0" },
		       { "-65536", "\0\0\0" } };
	struct chip *chip = plug("ltc2488", 0);
	unsigned int i;

	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		assert_int_equal(chip->type->set(chip, "value", values[i].value), 0);
		assert_memory_equal(EXCHANGE(0, 0, 0), values[i].bytes, 3);
	}
	assert_int_equal(chip->type->set(chip, "value", "65536"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "value", "1V"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "volts", "1"), -ENOENT);
	unplug(chip);
}

static void wait_until_written(void)
{
	const struct timespec moment = { .tv_nsec = 500000 };

	while (EXCHANGE(5, 0)[1] & 1)
		nanosleep(&moment, NULL);
}

static void an_eeprom_is_written_when_it_is_told_to(void **state)
{
	struct chip *chip = plug("25lc040", 0);

	assert_memory_equal(EXCHANGE(3, 0, 0, 0), "\xff\xff\xff\xff", 4);
	/* Not without a WREN. */
	EXCHANGE(2, 0, 'x');
	assert_int_equal(EXCHANGE(3, 0, 0)[2], 0xff);
	/* A WREN with more behind it is none. */
	EXCHANGE(6, 0);
	assert_int_equal(EXCHANGE(5, 0)[1], 0x00);
	EXCHANGE(6);
	assert_int_equal(EXCHANGE(5, 0)[1], 0x02);
	EXCHANGE(4);
	assert_int_equal(EXCHANGE(5, 0)[1], 0x00);
	/* A page has 16 bytes; the fifth one here begins it again. */
	EXCHANGE(6);
	EXCHANGE(2, 0x1c, 'a', 'b', 'c', 'd', 'e');
	/* Busy: only the status can be read, and the latch is off. */
	assert_int_equal(EXCHANGE(5, 0)[1], 0x01);
	assert_int_equal(EXCHANGE(3, 0x1c, 0)[2], 0xff);
	wait_until_written();
	assert_memory_equal(EXCHANGE(3, 0x1c, 0, 0, 0, 0) + 2, "abcd", 4);
	assert_memory_equal(EXCHANGE(3, 0x10, 0, 0) + 2, "e\xff", 2);
	/* It stays without power. */
	chip_power(chip, false);
	chip_power(chip, true);
	assert_int_equal(EXCHANGE(3, 0x1d, 0)[2], 'b');
	unplug(chip);
}

static void an_eeprom_has_a_ninth_address_bit(void **state)
{
	struct chip *chip = plug("25lc040", 0);

	EXCHANGE(6);
	EXCHANGE(0x0a, 0xff, 'z');
	wait_until_written();
	EXCHANGE(6);
	EXCHANGE(2, 0, 'a');
	wait_until_written();
	assert_int_equal(EXCHANGE(3, 0xff, 0)[2], 0xff);
	/* Behind the last byte comes the first one. */
	assert_memory_equal(EXCHANGE(0x0b, 0xff, 0, 0) + 2, "za", 2);
	unplug(chip);
}

static void an_eeprom_ignores_half_bytes_and_protected_ones(void **state)
{
	struct chip *chip = plug("25lc040", 0);

	EXCHANGE(6);
	set(CS0, false);
	clock_byte(2);
	clock_byte(0);
	clock_byte('x');
	clock_bit(1);
	set(CS0, true);
	assert_int_equal(EXCHANGE(5, 0)[1], 0x02);
	assert_int_equal(EXCHANGE(3, 0, 0)[2], 0xff);
	/* The upper half. */
	EXCHANGE(1, 0x08);
	wait_until_written();
	assert_int_equal(EXCHANGE(5, 0)[1], 0x08);
	EXCHANGE(6);
	EXCHANGE(0x0a, 0, 'x');
	assert_int_equal(EXCHANGE(0x0b, 0, 0)[2], 0xff);
	EXCHANGE(2, 0xf0, 'x');
	wait_until_written();
	assert_int_equal(EXCHANGE(3, 0xf0, 0)[2], 'x');
	unplug(chip);
}

static void a_flash_clears_bits_until_they_are_erased(void **state)
{
	struct chip *chip = plug("m25p05", 0);

	assert_memory_equal(EXCHANGE(0x9f, 0, 0, 0) + 1, "\x20\x20\x10", 3);
	assert_memory_equal(EXCHANGE(3, 0, 0, 0, 0, 0) + 4, "\xff\xff", 2);
	/* Not without a WREN, which one program uses up. */
	EXCHANGE(2, 0, 0, 0, 'x');
	assert_int_equal(EXCHANGE(3, 0, 0, 0, 0)[4], 0xff);
	EXCHANGE(6);
	assert_int_equal(EXCHANGE(5, 0)[1], 0x02);
	/* A page has 128 bytes; the third one here begins it again. */
	EXCHANGE(2, 0, 0, 0x7e, 'a', 'b', 'c');
	assert_int_equal(EXCHANGE(5, 0)[1], 0x01);
	assert_int_equal(EXCHANGE(3, 0, 0, 0x7e, 0)[4], 0xff);
	wait_until_written();
	assert_memory_equal(EXCHANGE(3, 0, 0, 0x7e, 0, 0, 0) + 4, "ab\xff", 3);
	assert_int_equal(EXCHANGE(0x0b, 0, 0, 0, 0, 0)[5], 'c');
	EXCHANGE(6);
	EXCHANGE(2, 0, 0, 0, 0xf0);
	wait_until_written();
	assert_int_equal(EXCHANGE(3, 0, 0, 0, 0)[4], 'c' & 0xf0);
	EXCHANGE(6);
	EXCHANGE(2, 0, 0x80, 0, 'z');
	wait_until_written();
	/* A sector, wherever in it the address is; behind the last byte comes the first one. */
	EXCHANGE(6);
	EXCHANGE(0xd8, 0, 0x7f, 0xff);
	wait_until_written();
	assert_memory_equal(EXCHANGE(3, 0, 0, 0x7e, 0, 0) + 4, "\xff\xff", 2);
	assert_int_equal(EXCHANGE(3, 0, 0x80, 0, 0)[4], 'z');
	EXCHANGE(6);
	EXCHANGE(2, 0, 0, 0, 'a');
	wait_until_written();
	assert_memory_equal(EXCHANGE(3, 0, 0xff, 0xff, 0, 0) + 4, "\xff" "a", 2);
	EXCHANGE(6);
	EXCHANGE(0xc7);
	wait_until_written();
	assert_int_equal(EXCHANGE(3, 0, 0x80, 0, 0)[4], 0xff);
	unplug(chip);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(bits_go_both_ways_in_modes_0_and_3),
		TEST(only_the_selected_chip_answers),
		TEST(a_chip_goes_in_the_middle_of_a_message),
		TEST(a_deaf_chip_misses_whole_messages),
		TEST(listeners_hear_of_each_message_before_it),
		TEST(it_counts_and_the_history_tells),
		TEST(an_lm70_measures_what_it_is_told),
		TEST(registers_know_reading_from_writing),
		TEST(a_converter_tells_the_sign),
		TEST(an_eeprom_is_written_when_it_is_told_to),
		TEST(an_eeprom_has_a_ninth_address_bit),
		TEST(an_eeprom_ignores_half_bytes_and_protected_ones),
		TEST(a_flash_clears_bits_until_they_are_erased),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
