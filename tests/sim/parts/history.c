// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The latest events, as text.
 */
#include <stdlib.h>
#include <string.h>

#include "lab/sim/chip.h"
#include "lab/sim/history.h"
#include "tests/sim/test.h"

static struct history *history;

/* Return: the lines, without their times; to be freed. */
static char *lines(unsigned int events)
{
	char *text = NULL, *result = NULL, *line, *rest;
	size_t length, result_length;
	FILE *out = open_memstream(&text, &length);
	double seconds;
	int used;

	history_print(history, events, out);
	fclose(out);
	out = open_memstream(&result, &result_length);
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		used = 0;
		assert_int_equal(sscanf(line, "- %lf %n", &seconds, &used), 1);
		assert_true(seconds >= 0 && seconds < 60);
		fprintf(out, "%s\n", line + used);
	}
	fclose(out);
	free(text);
	return result;
}

static void expect(unsigned int events, const char *expected)
{
	char *text = lines(events);

	assert_string_equal(text, expected);
	free(text);
}

static void transfer(struct i2c_bus *bus, unsigned int address, bool read, size_t length)
{
	uint8_t data[32] = { 0x10, 0xab };
	struct i2c_message message = { address, read, true, length ? data : NULL, length };

	i2c_bus_transfer(bus, &message);
}

static void it_tells_what_happened(void **state)
{
	struct i2c_bus *bus = i2c_bus_create();
	struct gpio_bank *bank = gpio_bank_create(8);
	struct chip *chip;

	history = history_create();
	assert_int_equal(chip_create("24c02", 0x50, &chip), 0);
	bus_attach(i2c_bus_base(bus), chip);
	assert_int_equal(history_watch_bus(history, "i2c0", bus), 0);
	assert_int_equal(history_watch_bank(history, "gpio0", bank), 0);
	expect(9, "");
	history_note(history, "plug main x");
	gpio_bank_drive(bank, 5, false);
	transfer(bus, 0x50, false, 2);
	transfer(bus, 0x50, true, 20);
	transfer(bus, 0x51, true, 2);
	transfer(bus, 0x50, false, 0);
	gpio_bank_release(bank, 5);
	expect(9, "plug main x\n"
		  "gpio0 line 5 low\n"
		  "i2c0 0x50 write 2: 10 ab\n"
		  "i2c0 0x50 read 20: ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ...\n"
		  "i2c0 0x51 read 2: no answer\n"
		  "i2c0 0x50 write 0:\n"
		  "gpio0 line 5 high\n");
	expect(1, "gpio0 line 5 high\n");
	expect(0, "");
	chip_destroy(chip);
	i2c_bus_destroy(bus);
	gpio_bank_destroy(bank);
	history_destroy(history);
}

static void it_forgets_the_oldest(void **state)
{
	char text[200], *all;
	unsigned int i, count = 0;

	history = history_create();
	for (i = 0; i < HISTORY_EVENTS + 3; i++) {
		snprintf(text, sizeof(text), "note %u", i);
		history_note(history, text);
	}
	all = lines(HISTORY_EVENTS + 100);
	for (i = 0; all[i]; i++)
		count += all[i] == '\n';
	assert_int_equal(count, HISTORY_EVENTS);
	assert_int_equal(strncmp(all, "note 3\n", 7), 0);
	free(all);
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	history_note(history, text);
	all = lines(1);
	assert_int_equal(strlen(all), 80);
	free(all);
	history_destroy(history);
}

static void nothing_is_fine(void **state)
{
	history = NULL;
	history_note(NULL, "x");
	expect(5, "");
	history_destroy(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_tells_what_happened),
		cmocka_unit_test(it_forgets_the_oldest),
		cmocka_unit_test(nothing_is_fine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
