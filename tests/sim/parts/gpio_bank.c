// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A bank of GPIO lines: who decides a level, who is told.
 */
#include "lab/sim/gpio_bank.h"
#include "lab/sim/wire.h"
#include "tests/sim/test.h"

static struct gpio_bank *bank;

static int setup(void **state)
{
	bank = gpio_bank_create(4);
	return bank ? 0 : -1;
}

static int teardown(void **state)
{
	gpio_bank_destroy(bank);
	return 0;
}

static void banks_have_1_to_256_lines(void **state)
{
	struct gpio_bank *largest = gpio_bank_create(256);

	assert_null(gpio_bank_create(0));
	assert_null(gpio_bank_create(257));
	assert_int_equal(gpio_bank_count(largest), 256);
	assert_true(gpio_bank_level(largest, 255));
	gpio_bank_destroy(largest);
	gpio_bank_destroy(NULL);
}

static void an_output_beats_the_hardware_beats_the_pull_up(void **state)
{
	assert_true(gpio_bank_level(bank, 1));
	gpio_bank_drive(bank, 1, false);
	assert_false(gpio_bank_level(bank, 1));
	assert_true(gpio_bank_level(bank, 0));
	gpio_bank_set_output(bank, 1, true);
	assert_false(gpio_bank_level(bank, 1));
	gpio_bank_set_direction(bank, 1, GPIO_OUTPUT);
	assert_int_equal(gpio_bank_direction(bank, 1), GPIO_OUTPUT);
	assert_true(gpio_bank_level(bank, 1));
	gpio_bank_release(bank, 1);
	gpio_bank_set_output(bank, 1, false);
	assert_false(gpio_bank_level(bank, 1));
	gpio_bank_set_direction(bank, 1, GPIO_INPUT);
	assert_true(gpio_bank_level(bank, 1));
}

/**
 * struct follower - makes another line follow
 * @watcher: on the bank
 * @calls: how often it was told
 * @line: of the last change
 * @level: of the last change
 */
struct follower {
	struct gpio_watcher watcher;
	unsigned int calls;
	unsigned int line;
	bool level;
};

static void follow(struct gpio_watcher *watcher, unsigned int line, bool level)
{
	struct follower *follower = (struct follower *)watcher;

	follower->calls++;
	follower->line = line;
	follower->level = level;
	if (line == 0)
		gpio_bank_drive(bank, 3, level);
}

static void watchers_are_told_of_changes_only(void **state)
{
	struct follower one = { .watcher.changed = follow }, other = one;

	gpio_bank_watch(bank, &one.watcher);
	gpio_bank_drive(bank, 2, true);
	gpio_bank_set_direction(bank, 2, GPIO_INPUT);
	gpio_bank_set_output(bank, 2, false);
	assert_int_equal(one.calls, 0);
	gpio_bank_set_direction(bank, 2, GPIO_OUTPUT);
	assert_int_equal(one.calls, 1);
	assert_int_equal(one.line, 2);
	assert_false(one.level);
	/* Changing a line from within. */
	gpio_bank_drive(bank, 0, false);
	assert_int_equal(one.calls, 3);
	assert_false(gpio_bank_level(bank, 3));
	gpio_bank_watch(bank, &other.watcher);
	gpio_bank_unwatch(bank, &one.watcher);
	gpio_bank_unwatch(bank, &one.watcher);
	gpio_bank_release(bank, 0);
	assert_int_equal(one.calls, 3);
	assert_int_equal(other.calls, 2);
}

static void wires_know_what_is_active(void **state)
{
	struct wire low = { bank, 0, true }, high = { bank, 1, false }, none = { 0 };

	wire_drive(&low, true);
	wire_drive(&high, true);
	wire_drive(&none, true);
	assert_false(gpio_bank_level(bank, 0));
	assert_true(gpio_bank_level(bank, 1));
	assert_true(wire_is_active(&low) && wire_is_active(&high) && !wire_is_active(&none));
	wire_drive(&high, false);
	wire_release(&low);
	wire_release(&none);
	assert_false(wire_is_active(&low) || wire_is_active(&high));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(banks_have_1_to_256_lines),
		TEST(an_output_beats_the_hardware_beats_the_pull_up),
		TEST(watchers_are_told_of_changes_only),
		TEST(wires_know_what_is_active),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
