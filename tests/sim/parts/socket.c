// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A socket of board A, with add-ons made for what is tested.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab/sim/board.h"
#include "lab/sim/data_file.h"
#include "tests/sim/test.h"

enum { PRESENT = 0, POWERGOOD = 1, RESET = 2, VCC = 3, LINE_0 = 8, LINE_1 = 9 };

static const char *top;
static char directory[] = "/tmp/plugtree-test-XXXXXX";
static struct board *board;
static struct event_loop *loop;
static struct socket *socket_main;
static struct gpio_bank *gpio;

static int setup(void **state)
{
	char path[512], problem[PROBLEM_SIZE];
	unsigned int i;

	board = calloc(1, sizeof(*board));
	loop = event_loop_create();
	snprintf(path, sizeof(path), "%s/lab/boards/a.board", top);
	if (board_read(board, path, problem))
		return -1;
	for (i = 0; i < board->socket_count; i++)
		socket_start(&board->sockets[i], loop, NULL);
	socket_main = board_find_socket(board, "main");
	gpio = socket_main->present.bank;
	return 0;
}

static int teardown(void **state)
{
	board_destroy(board);
	free(board);
	event_loop_destroy(loop);
	return 0;
}

static struct addon *make(const char *text)
{
	const char *const directories[] = { directory, NULL };
	char path[64], problem[PROBLEM_SIZE];
	struct addon *addon = NULL;
	FILE *file;

	snprintf(path, sizeof(path), "%s/t/x.addon", directory);
	file = fopen(path, "w");
	fprintf(file, "type t\n%s", text);
	fclose(file);
	if (addon_create(&addon, directories, "t", "x", problem))
		fail_msg("%s", problem);
	unlink(path);
	return addon;
}

static void set_vcc(bool on)
{
	gpio_bank_set_output(gpio, VCC, on);
	gpio_bank_set_direction(gpio, VCC, GPIO_OUTPUT);
}

static void set_input(const char *name, const char *key, const char *value)
{
	struct chip *chip = chip_places_find(&socket_main->addon->chips, name);

	assert_int_equal(chip->type->set(chip, key, value), 0);
}

#define TWO_EXPANDERS "chip sensors 0x20 pca9555 int=0\nchip sensors 0x21 pca9555 int=0\n"

static void interrupts_share_a_line(void **state)
{
	set_vcc(true);
	socket_plug(socket_main, make(TWO_EXPANDERS "chip sensors 0x22 pca9555 int=1\n"), 0, 0);
	set_input("pca9555@0x20", "input3", "0");
	set_input("pca9555@0x21", "input3", "0");
	assert_false(gpio_bank_level(gpio, LINE_0));
	assert_true(gpio_bank_level(gpio, LINE_1));
	set_input("pca9555@0x20", "input3", "1");
	assert_false(gpio_bank_level(gpio, LINE_0));
	set_input("pca9555@0x21", "input3", "1");
	assert_true(gpio_bank_level(gpio, LINE_0));
	set_input("pca9555@0x22", "input3", "0");
	assert_false(gpio_bank_level(gpio, LINE_1));
	socket_unplug(socket_main, 0, 0);
	assert_true(gpio_bank_level(gpio, LINE_1));
}

static int ask(unsigned int address)
{
	struct i2c_message message = { address, false, true, (uint8_t[]){ 1 }, 1 };

	return i2c_bus_transfer(board->devices[0].i2c, &message);
}

static void chips_sit_behind_an_addons_own_mux(void **state)
{
	set_vcc(true);
	socket_plug(socket_main,
		    make("chip mux.0 0x48 lm75 name=sensor\n"
			 "chip sensors 0x70 pca9548 name=mux reset=1\n"),
		    0, 0);
	assert_int_equal(ask(0x48), -ENXIO);
	assert_int_equal(ask(0x70), 0);
	assert_int_equal(ask(0x48), 0);
	assert_ptr_equal(chip_places_find(&socket_main->addon->chips, "sensor"),
			 chip_places_find(&socket_main->addon->chips, "lm75@0x48"));
	/* The reset input is on line 1, active low. */
	gpio_bank_set_direction(gpio, LINE_1, GPIO_OUTPUT);
	assert_int_equal(ask(0x70), -ENXIO);
	gpio_bank_set_output(gpio, LINE_1, true);
	assert_int_equal(ask(0x48), -ENXIO);
	assert_int_equal(ask(0x70), 0);
	assert_int_equal(ask(0x48), 0);
	socket_unplug(socket_main, 0, 0);
	assert_int_equal(ask(0x48), -ENXIO);
}

static void a_line_low_at_the_plug_is_a_reset(void **state)
{
	set_vcc(true);
	gpio_bank_set_direction(gpio, LINE_1, GPIO_OUTPUT);
	socket_plug(socket_main, make("chip sensors 0x20 tca6416 reset=1\n"), 0, 0);
	assert_int_equal(ask(0x20), -ENXIO);
	gpio_bank_set_output(gpio, LINE_1, true);
	assert_int_equal(ask(0x20), 0);
	socket_unplug(socket_main, 0, 0);
}

static void nothing_is_driven_without_power(void **state)
{
	set_vcc(true);
	socket_plug(socket_main, make(TWO_EXPANDERS), 0, 0);
	set_vcc(false);
	set_input("pca9555@0x20", "input3", "0");
	assert_true(gpio_bank_level(gpio, LINE_0));
	/* What it is at power-on is not a change. */
	set_vcc(true);
	assert_true(gpio_bank_level(gpio, LINE_0));
	set_input("pca9555@0x20", "input3", "1");
	assert_false(gpio_bank_level(gpio, LINE_0));
	set_vcc(false);
	assert_true(gpio_bank_level(gpio, LINE_0));
}

static void lines_that_lead_nowhere_are_fine(void **state)
{
	set_vcc(true);
	socket_plug(socket_main, make("chip sensors 0x20 pca9555 int=15\n"), 0, 0);
	set_input("pca9555@0x20", "input3", "0");
	socket_unplug(socket_main, 0, 0);
	socket_plug(socket_main, make("chip sensors 0x20 pca9555 int=63\n"), 0, 0);
	set_input("pca9555@0x20", "input3", "0");
}

static void stop_at_power_good(struct gpio_watcher *watcher, unsigned int line, bool level)
{
	if (line == POWERGOOD && level)
		event_loop_stop(loop);
}

static void late_power_good_comes(void **state)
{
	struct gpio_watcher watcher = { .changed = stop_at_power_good };

	socket_plug(socket_main, make("powergood after=20\n"), 0, 0);
	set_vcc(true);
	assert_false(gpio_bank_level(gpio, POWERGOOD));
	/* Power that goes and comes starts anew. */
	set_vcc(false);
	set_vcc(true);
	assert_false(gpio_bank_level(gpio, POWERGOOD));
	gpio_bank_watch(gpio, &watcher);
	assert_int_equal(event_loop_run(loop), 0);
	gpio_bank_unwatch(gpio, &watcher);
	assert_true(gpio_bank_level(gpio, POWERGOOD));
	socket_unplug(socket_main, 0, 0);
	assert_false(gpio_bank_level(gpio, POWERGOOD));
	/* Not due any more after the add-on is gone. */
	socket_plug(socket_main, make("powergood after=1\n"), 0, 0);
	socket_unplug(socket_main, 0, 0);
	assert_false(socket_main->power_timer.armed);
}

static unsigned int told;

static void tell(void *data)
{
	told++;
}

static void one_who_waits_is_told_when_it_goes(void **state)
{
	struct i2c_message message = { .address = 0x48, .stop = true };

	told = 0;
	set_vcc(true);
	socket_plug(socket_main, make("chip sensors 0x48 lm75\n"), 50, 1000000);
	socket_main->settled.done = tell;
	socket_main->messages_left = 1;
	assert_int_equal(i2c_bus_transfer(board->devices[0].i2c, &message), -ENXIO);
	assert_null(socket_main->addon);
	assert_true(gpio_bank_level(gpio, PRESENT));
	assert_int_equal(told, 1);
	assert_false(socket_main->contact_timer.armed);
	socket_unplug(socket_main, 0, 0);
	assert_int_equal(told, 1);
}

static void a_bus_that_is_not_there_is_named(void **state)
{
	struct addon *addon = make("chip sensors 0x48 lm75\nchip cellar 0x49 lm75\n");

	assert_string_equal(socket_missing_bus(socket_main, addon), "cellar");
	/* It can be forced; the chip just never answers. */
	set_vcc(true);
	socket_plug(socket_main, addon, 0, 0);
	socket_unplug(socket_main, 0, 0);
	addon = make("chip sensors 0x48 lm75\n");
	assert_null(socket_missing_bus(socket_main, addon));
	addon_destroy(addon);
}

static void reset_that_was_active_is_no_reaction(void **state)
{
	gpio_bank_set_output(gpio, RESET, false);
	gpio_bank_set_direction(gpio, RESET, GPIO_OUTPUT);
	socket_plug(socket_main, make(""), 0, 0);
	socket_unplug(socket_main, 0, 0);
	gpio_bank_set_output(gpio, RESET, true);
	gpio_bank_set_output(gpio, RESET, false);
	assert_int_equal(socket_main->reset_latency_ns, -1);
}

static int make_directory(void **state)
{
	char path[64];

	if (!mkdtemp(directory))
		return -1;
	snprintf(path, sizeof(path), "%s/t", directory);
	return mkdir(path, 0755);
}

static int remove_directory(void **state)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/t", directory);
	rmdir(path);
	return rmdir(directory);
}

/* On the carrier: a chip whose line 0 is the presence of the mezzanine. */
#define CARRIER                                                              \
	"chip sensors 0x21 pca9555 int=0\nsocket mezz m\nbus mezz sensors\n" \
	"present pca9555@0x21 0 low\nreset pca9555@0x21 1 low\n"

static bool answers(unsigned int address)
{
	struct i2c_message message = { .address = address, .stop = true };

	return !i2c_bus_transfer(board->devices[0].i2c, &message);
}

static void a_socket_on_an_addon_works_while_that_is_plugged(void **state)
{
	struct socket *mezz;

	assert_null(board_find_socket(board, "main.mezz"));
	socket_plug(socket_main, make(CARRIER), 0, 0);
	mezz = board_find_socket(board, "main.mezz");
	assert_non_null(mezz);
	assert_null(board_find_socket(board, "main.other"));
	assert_null(board_find_socket(board, "side.mezz"));
	assert_null(board_find_socket(board, "mezz"));
	/* Plugged while the carrier has no power: nothing answers before it has. */
	socket_plug(mezz, make("chip mezz 0x4a lm75\n"), 0, 0);
	assert_false(mezz->powered || answers(0x4a));
	set_vcc(true);
	assert_true(mezz->powered && answers(0x4a) && answers(0x21));
	socket_unplug(mezz, 0, 0);
	assert_false(answers(0x4a));
	/* The chip's interrupt tells of the edge on its line. */
	assert_false(gpio_bank_level(gpio, LINE_0));
	socket_plug(mezz, make("chip mezz 0x4a lm75\n"), 0, 0);
	set_vcc(false);
	assert_false(mezz->powered || answers(0x4a));
	set_vcc(true);
	assert_true(answers(0x4a));
	socket_unplug(socket_main, 0, 0);
	assert_false(answers(0x4a) || answers(0x21));
	assert_null(board_find_socket(board, "main.mezz"));
}

static void a_message_can_pull_what_listens_to_it(void **state)
{
	struct socket *mezz;

	set_vcc(true);
	socket_plug(socket_main, make(CARRIER), 0, 0);
	mezz = board_find_socket(board, "main.mezz");
	socket_plug(mezz, make("chip mezz 0x4a lm75\n"), 0, 0);
	mezz->messages_left = 2;
	assert_true(answers(0x4a));
	assert_false(answers(0x4a));
	assert_null(mezz->addon);
	socket_plug(mezz, make("chip mezz 0x4a lm75\n"), 0, 0);
	socket_main->messages_left = 1;
	assert_false(answers(0x4a));
	assert_null(socket_main->addon);
}

static void chip_selects_are_the_sockets_own(void **state)
{
	struct addon *addon = make("chip spi 2 lm70\n");

	assert_string_equal(socket_missing_bus(socket_main, addon), "spi");
	addon_destroy(addon);
	addon = make("chip spi 0 25lc040\nchip spi 1 lm70\n");
	assert_null(socket_missing_bus(socket_main, addon));
	set_vcc(true);
	socket_plug(socket_main, addon, 0, 0);
	assert_int_equal(chip_places_find(&addon->chips, "25lc040@0")->contact, 1);
	assert_int_equal(chip_places_find(&addon->chips, "lm70@1")->contact, 0);
	socket_unplug(socket_main, 0, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		TEST(a_socket_on_an_addon_works_while_that_is_plugged),
		TEST(a_message_can_pull_what_listens_to_it),
		TEST(interrupts_share_a_line),
		TEST(chips_sit_behind_an_addons_own_mux),
		TEST(a_line_low_at_the_plug_is_a_reset),
		TEST(nothing_is_driven_without_power),
		TEST(lines_that_lead_nowhere_are_fine),
		TEST(late_power_good_comes),
		TEST(one_who_waits_is_told_when_it_goes),
		TEST(a_bus_that_is_not_there_is_named),
		TEST(reset_that_was_active_is_no_reaction),
		TEST(chip_selects_are_the_sockets_own),
	};

	top = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
