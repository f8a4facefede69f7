// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The commands, and what they do to the lines and chips of a board.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lab/sim/commands.h"
#include "tests/sim/test.h"

static const char *top;
static char addons[2][512];
static const char *directories[] = { addons[0], addons[1], NULL };
static struct board *board;
static struct event_loop *loop;

enum { PRESENT = 0, POWERGOOD = 1, RESET = 2, VCC = 3 };

static int setup(void **state)
{
	char path[512], problem[PROBLEM_SIZE];
	unsigned int i;

	board = calloc(1, sizeof(*board));
	loop = event_loop_create();
	snprintf(path, sizeof(path), "%s/lab/boards/a.board", top);
	snprintf(addons[0], sizeof(addons[0]), "%s/addons", top);
	snprintf(addons[1], sizeof(addons[1]), "%s/tests/addons", top);
	if (board_read(board, path, problem))
		return -1;
	appointment_init(&board->appointment, board, loop);
	for (i = 0; i < board->socket_count; i++)
		socket_start(&board->sockets[i], loop, NULL);
	return 0;
}

static int teardown(void **state)
{
	board_destroy(board);
	free(board);
	event_loop_destroy(loop);
	return 0;
}

/* Return: the answer, or the problem if it is refused; valid until the next call. */
static const char *command(int expected, const char *text)
{
	static char answer[8192];
	struct commands commands = { .board = board, .directories = directories };
	char line[256];
	int ret;

	memset(answer, 0, sizeof(answer));
	commands.answer = fmemopen(answer, sizeof(answer) - 1, "w");
	strcpy(line, text);
	ret = commands_do(&commands, line);
	fclose(commands.answer);
	if (ret != expected)
		fail_msg("%s: %d, not %d: %s", text, ret, expected, commands.problem);
	if (ret < 0)
		strcpy(answer, commands.problem);
	return answer;
}

static void expect(int expected, const char *text, const char *part)
{
	const char *answer = command(expected, text);

	if (!strstr(answer, part))
		fail_msg("%s: \"%s\", not like \"%s\"", text, answer, part);
}

static struct board_device *find(const char *name)
{
	return board_device_find(&board->devices[board->device_count - 1], name);
}

static struct gpio_bank *gpio(void)
{
	return find("gpio0")->bank;
}

static int transfer(unsigned int address)
{
	struct i2c_message message = { .address = address, .stop = true };

	return i2c_bus_transfer(find("i2c0")->i2c, &message);
}

static void set_vcc(bool on)
{
	gpio_bank_set_output(gpio(), VCC, on);
	gpio_bank_set_direction(gpio(), VCC, GPIO_OUTPUT);
}

static void chips_answer_while_plugged_and_powered(void **state)
{
	assert_true(gpio_bank_level(gpio(), PRESENT));
	assert_false(gpio_bank_level(gpio(), POWERGOOD));
	command(0, "plug main acme-thermo");
	assert_false(gpio_bank_level(gpio(), PRESENT));
	assert_int_equal(transfer(0x48), -ENXIO);
	set_vcc(true);
	assert_true(gpio_bank_level(gpio(), POWERGOOD));
	assert_int_equal(transfer(0x48), 0);
	assert_int_equal(transfer(0x50), 0);
	assert_int_equal(transfer(0x49), -ENXIO);
	set_vcc(false);
	assert_false(gpio_bank_level(gpio(), POWERGOOD));
	assert_int_equal(transfer(0x48), -ENXIO);
	set_vcc(true);
	command(0, "unplug main");
	assert_true(gpio_bank_level(gpio(), PRESENT));
	assert_int_equal(transfer(0x48), -ENXIO);
	command(0, "unplug main");
	/* Power is on already when the next one comes. */
	command(0, "plug main acme-panel");
	assert_int_equal(transfer(0x20), 0);
}

static void straps_are_there_while_plugged(void **state)
{
	assert_true(gpio_bank_level(gpio(), 17));
	command(0, "plug side slim-thermo");
	assert_false(gpio_bank_level(gpio(), 17));
	assert_true(gpio_bank_level(gpio(), 18));
	command(0, "unplug side");
	assert_true(gpio_bank_level(gpio(), 17));
}

static void an_interrupt_pulls_its_line_down(void **state)
{
	set_vcc(true);
	command(0, "plug main acme-panel");
	assert_true(gpio_bank_level(gpio(), 8));
	command(0, "set main tca6416@0x20 input3=0");
	assert_false(gpio_bank_level(gpio(), 8));
	expect(0, "get main tca6416@0x20 input3", "- 0\n");
	expect(0, "list", "interrupt active");
	command(0, "unplug main");
	assert_true(gpio_bank_level(gpio(), 8));
}

static void run_until_settled(void)
{
	struct socket *socket = board_find_socket(board, "main");

	socket->settled.done = (void (*)(void *))event_loop_stop;
	socket->settled.data = loop;
	assert_int_equal(event_loop_run(loop), 0);
}

/**
 * struct edges - counts edges of the presence pin
 */
static struct edges {
	struct gpio_watcher watcher;
	unsigned int count;
} edges;

static void count_edge(struct gpio_watcher *watcher, unsigned int line, bool level)
{
	edges.count += line == PRESENT;
}

static void contacts_bounce(void **state)
{
	edges.watcher.changed = count_edge;
	edges.count = 0;
	gpio_bank_watch(gpio(), &edges.watcher);
	command(COMMAND_LATER, "plug main acme-thermo bounce=9 gap_us=100");
	expect(-EINVAL, "unplug main", "still bounce");
	run_until_settled();
	assert_int_equal(edges.count, 11);
	assert_false(gpio_bank_level(gpio(), PRESENT));
	command(COMMAND_LATER, "glitch main gap_us=100");
	assert_true(gpio_bank_level(gpio(), PRESENT));
	run_until_settled();
	assert_false(gpio_bank_level(gpio(), PRESENT));
	command(COMMAND_LATER, "unplug main bounce=4 gap_us=100");
	run_until_settled();
	assert_true(gpio_bank_level(gpio(), PRESENT));
	assert_int_equal(edges.count, 18);
	gpio_bank_unwatch(gpio(), &edges.watcher);
}

static void things_happen_at_points(void **state)
{
	expect(-EINVAL, "unplug-at main points=0", "counted from 1");
	expect(-EINVAL, "unplug-at main hours=1", "no moment");
	expect(-EINVAL, "plug-at main nonsense points=1", "nonsense");
	expect(-EINVAL, "time", "passes by itself");
	command(0, "plug-at main acme-thermo points=2");
	expect(0, "points", "0 and waiting");
	points_begin(&board->points);
	assert_null(board_find_socket(board, "main")->addon);
	points_begin(&board->points);
	assert_non_null(board_find_socket(board, "main")->addon);
	expect(0, "points reset", "2\n");
	/* What is in already stays; the new one goes. */
	command(0, "plug-at main acme-thermo points=1");
	points_begin(&board->points);
	command(0, "unplug-at main points=1");
	points_begin(&board->points);
	assert_null(board_find_socket(board, "main")->addon);
	expect(0, "points", "2\n");
	/* The last word counts, and one that was not kept harms nobody. */
	command(0, "plug-at main acme-thermo points=1");
	command(0, "plug-at main acme-thermo us=3600000000");
	points_begin(&board->points);
	assert_null(board_find_socket(board, "main")->addon);
	command(0, "plug-at main acme-thermo points=1");
	command(0, "points forget");
	points_begin(&board->points);
	assert_null(board_find_socket(board, "main")->addon);
}

static void power_good_has_its_moods(void **state)
{
	set_vcc(true);
	command(0, "plug main no-power");
	assert_false(gpio_bank_level(gpio(), POWERGOOD));
	command(0, "unplug main");
	command(0, "plug main acme-thermo");
	assert_true(gpio_bank_level(gpio(), POWERGOOD));
	command(0, "power main bad");
	assert_false(gpio_bank_level(gpio(), POWERGOOD));
	command(0, "power main good");
	assert_true(gpio_bank_level(gpio(), POWERGOOD));
	expect(-EINVAL, "power main so-so", "good or bad");
	command(0, "unplug main");
	command(0, "plug main late-power");
	assert_false(gpio_bank_level(gpio(), POWERGOOD));
}

/**
 * struct dips - counts edges of power-good, and ends the loop at the last one
 */
static struct dips {
	struct gpio_watcher watcher;
	unsigned int left;
} dips;

static void count_dip(struct gpio_watcher *watcher, unsigned int line, bool level)
{
	if (line == POWERGOOD && !--dips.left)
		event_loop_stop(loop);
}

static void power_dips(void **state)
{
	expect(-EINVAL, "dip main", "main has no power");
	set_vcc(true);
	command(0, "plug main acme-thermo");
	dips.watcher.changed = count_dip;
	dips.left = 6;
	gpio_bank_watch(gpio(), &dips.watcher);
	command(0, "dip main count=3 us=100");
	assert_false(gpio_bank_level(gpio(), POWERGOOD));
	assert_int_equal(event_loop_run(loop), 0);
	assert_true(gpio_bank_level(gpio(), POWERGOOD));
	/* Pulled in the middle of one; the next add-on has good power. */
	dips.left = 100;
	command(0, "dip main count=3 us=100");
	command(0, "unplug main");
	command(0, "plug main acme-thermo");
	assert_true(gpio_bank_level(gpio(), POWERGOOD));
	gpio_bank_unwatch(gpio(), &dips.watcher);
	expect(-EINVAL, "dip main us=x", "us is a number");
	expect(-EINVAL, "dip main softly", "softly means nothing");
}

static void it_goes_in_the_middle_of_a_transfer(void **state)
{
	set_vcc(true);
	command(0, "plug main acme-thermo");
	command(0, "unplug-at main messages=2");
	assert_int_equal(transfer(0x48), 0);
	assert_false(gpio_bank_level(gpio(), PRESENT));
	assert_int_equal(transfer(0x48), -ENXIO);
	assert_true(gpio_bank_level(gpio(), PRESENT));
	expect(-EINVAL, "unplug-at main bytes=2", "is no moment");
}

static void a_chip_can_be_made_deaf(void **state)
{
	set_vcc(true);
	command(0, "plug main acme-thermo");
	command(0, "nack main lm75@0x48 count=2");
	assert_int_equal(transfer(0x48), -ENXIO);
	assert_int_equal(transfer(0x48), -ENXIO);
	assert_int_equal(transfer(0x48), 0);
	command(0, "nack main lm75@0x48");
	assert_int_equal(transfer(0x48), -ENXIO);
	command(0, "nack main lm75@0x48 off");
	assert_int_equal(transfer(0x48), 0);
	command(0, "nack main lm75@0x48 count=0");
	assert_int_equal(transfer(0x48), -ENXIO);
	assert_int_equal(transfer(0x48), -ENXIO);
	expect(0, "list", "lm75@0x48 on sensors: temperature=21.5, does not answer");
}

static void the_reaction_to_a_loss_is_timed(void **state)
{
	gpio_bank_set_output(gpio(), RESET, true);
	gpio_bank_set_direction(gpio(), RESET, GPIO_OUTPUT);
	command(0, "plug main acme-thermo");
	expect(0, "stats", "\"reset_latency_us\":null");
	command(0, "unplug main");
	gpio_bank_set_output(gpio(), RESET, false);
	assert_true(board_find_socket(board, "main")->reset_latency_ns > 0);
	expect(0, "stats reset", "\"plugs\":1");
	expect(0, "stats", "\"plugs\":0");
}

static void the_list_shows_levels(void **state)
{
	set_vcc(true);
	expect(0, "list", "- main (lab,wide): empty\n-   present: high\n");
	expect(0, "list", "-   vcc: high, driven by the board\n-   line 0: high\n");
	expect(0, "list", "-   strap 0: high\n-   strap 1: high\n");
	command(0, "plug main acme-thermo");
	expect(0, "list", "has power, power-good");
	expect(0, "list", "-   present: low\n-   powergood: high\n");
}

static void what_was_done_is_remembered(void **state)
{
	char path[512], problem[PROBLEM_SIZE], directory[] = "/tmp/plugtree-test-XXXXXX";

	/* Only a board that is started has a history. */
	assert_string_equal(command(0, "log"), "");
	teardown(state);
	board = calloc(1, sizeof(*board));
	loop = event_loop_create();
	snprintf(path, sizeof(path), "%s/lab/boards/a.board", top);
	assert_int_equal(board_read(board, path, problem), 0);
	assert_non_null(mkdtemp(directory));
	assert_int_equal(board_start(board, loop, directory, problem), 0);
	command(0, "plug main acme-thermo");
	set_vcc(true);
	transfer(0x48);
	command(0, "list");
	expect(0, "log", " plug main acme-thermo\n");
	expect(0, "log", " gpio0 line 0 low\n");
	expect(0, "log 1", " i2c0 0x48 write 0:\n");
	assert_null(strstr(command(0, "log 1"), "gpio0"));
	expect(-EINVAL, "log all", "log [EVENTS]");
	board_destroy(board);
	memset(board, 0, sizeof(*board));
	assert_int_equal(rmdir(directory), 0);
}

static void a_line_goes_through_an_addon(void **state)
{
	set_vcc(true);
	command(0, "plug main tower");
	command(0, "plug main.up floor-1");
	expect(0, "get main line 1", "- 1");
	/* Its presence is an input of the expander of the first floor. */
	command(0, "plug main.up.up floor-2");
	expect(0, "get main line 1", "- 0");
	expect(0, "get main.up line 1", "- 0");
	expect(0, "get main line 0", "- 0");
	command(0, "unplug main.up");
	expect(0, "get main line 1", "- 1");
	command(0, "unplug main");
	expect(0, "get main line 0", "- 1");
}

static void a_star_is_all_of_them(void **state)
{
	expect(-EINVAL, "plug nowhere* slim-thermo", "there is no socket nowhere*");
	expect(-EINVAL, "plug * acme-thermo bounce=2", "one socket at a time");
	expect(-EINVAL, "plug * lab,wide/acme-thermo", "does not fit into side");
	expect(0, "list", "- main (lab,wide): lab,wide/acme-thermo");
	command(0, "unplug *");
	expect(0, "list", "- main (lab,wide): empty");
	command(0, "plug s*e slim-thermo");
	expect(0, "list", "- main (lab,wide): empty");
	expect(0, "list", "- side (lab,slim): lab,slim/slim-thermo");
	expect(-EINVAL, "plug s* slim-thermo", "is in side already");
	command(0, "unplug s*");
	expect(0, "list", "- side (lab,slim): empty");
}

static void wrong_commands_are_refused(void **state)
{
	expect(-EINVAL, "frobnicate", "there is no command frobnicate");
	expect(-EINVAL, "plug", "usage: plug");
	expect(-EINVAL, "plug nowhere acme-thermo", "there is no socket nowhere");
	expect(-EINVAL, "plug main nothing", "there is no add-on");
	expect(-EINVAL, "plug side lab,wide/acme-thermo", "does not fit");
	expect(-EINVAL, "plug main acme-thermo bounce=x", "bounce is a number");
	expect(-EINVAL, "plug main acme-thermo softly", "softly means nothing");
	expect(-EINVAL, "glitch main", "main is empty");
	expect(-EINVAL, "stats everything", "stats [reset]");
	expect(-EINVAL, "get main lm75@0x48", "there is no chip");
	command(0, "plug side lab,wide/acme-thermo force");
	command(0, "plug main acme-thermo");
	expect(-EINVAL, "plug main acme-thermo", "is in main already");
	expect(-EINVAL, "get main lm75@0x49", "there is no chip");
	expect(-EINVAL, "get main lm7@0x48", "there is no chip");
	expect(-EINVAL, "get main lm75@0x48 colour", "has no colour");
	expect(-EINVAL, "set main lm75@0x48 temperature", "KEY=VALUE");
	expect(-EINVAL, "set main lm75@0x48 temperature=x", "x is no temperature");
	expect(-EINVAL, "list \"", "unclosed quote");
	command(0, "");
	expect(0, "help", "plug SOCKET ADDON");
	command(COMMAND_QUIT, "quit");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(chips_answer_while_plugged_and_powered),
		TEST(straps_are_there_while_plugged),
		TEST(an_interrupt_pulls_its_line_down),
		TEST(contacts_bounce),
		TEST(things_happen_at_points),
		TEST(power_good_has_its_moods),
		TEST(power_dips),
		TEST(it_goes_in_the_middle_of_a_transfer),
		TEST(a_chip_can_be_made_deaf),
		TEST(the_reaction_to_a_loss_is_timed),
		TEST(the_list_shows_levels),
		TEST(what_was_done_is_remembered),
		TEST(a_line_goes_through_an_addon),
		TEST(a_star_is_all_of_them),
		TEST(wrong_commands_are_refused),
	};

	top = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, NULL, NULL);
}
