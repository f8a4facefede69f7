// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The GNSS receiver: its sentences, the commands it takes.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/chip.h"
#include "lab/sim/serial_bus.h"
#include "tests/sim/test.h"

static struct serial_bus *bus;
static struct chip *chip;
static struct serial_port port;
static char text[2048];
static size_t length;

static void receive(struct serial_port *end, const uint8_t *data, size_t count)
{
	assert_true(length + count < sizeof(text));
	memcpy(text + length, data, count);
	length += count;
	text[length] = '\0';
}

static void clear(void)
{
	length = 0;
	text[0] = '\0';
}

static int setup(void **state)
{
	clear();
	port.receive = receive;
	bus = serial_bus_create();
	if (!bus || chip_create("gnss-mtk", 0, &chip))
		return -1;
	serial_bus_set_port(bus, &port);
	chip_power(chip, true);
	return 0;
}

static int teardown(void **state)
{
	bus_detach(serial_bus_base(bus), chip);
	chip_destroy(chip);
	serial_bus_destroy(bus);
	return 0;
}

static void command(const char *line)
{
	clear();
	serial_bus_write(bus, (const uint8_t *)line, strlen(line));
}

static void value_is(const char *key, const char *expected)
{
	char value[64] = "";
	FILE *out = fmemopen(value, sizeof(value), "w");

	assert_int_equal(chip->type->get(chip, key, out), 0);
	fclose(out);
	assert_string_equal(value, expected);
}

/* Every line is "$...*XX", and XX is the exclusive or of what is between. */
static void assert_sentences(unsigned int expected)
{
	const char *at = text, *end;
	unsigned int count = 0;
	uint8_t sum;

	for (; *at; at = end + 5, count++) {
		assert_int_equal(*at, '$');
		end = strchr(at, '*');
		assert_non_null(end);
		for (sum = 0, at++; at < end; at++)
			sum ^= *at;
		assert_int_equal(strtoul(end + 1, NULL, 16), sum);
		assert_memory_equal(end + 3, "\r\n", 2);
	}
	assert_int_equal(count, expected);
}

static void it_tells_where_it_is(void **state)
{
	assert_int_equal(chip->type->set(chip, "position", "48.1371,11.5754"), 0);
	bus_attach(serial_bus_base(bus), chip);
	assert_sentences(2);
	assert_non_null(strstr(text, ",4808.2260,N,01134.5240,E,1,08,"));
	assert_non_null(strstr(text, ",A,4808.2260,N,01134.5240,E,"));
	assert_int_equal(chip->type->set(chip, "position", "-33.99999999,-0.5"), 0);
	command("$EIGPQ,GGA*27\r\n");
	assert_sentences(1);
	assert_non_null(strstr(text, ",3400.0000,S,00030.0000,W,1,"));
	assert_int_equal(chip->type->set(chip, "fix", "0"), 0);
	command("$EIGPQ,RMC*3A\r\n");
	assert_sentences(1);
	assert_non_null(strstr(text, ",V,,,,,0.00,"));
}

static void commands_are_answered(void **state)
{
	bus_attach(serial_bus_base(bus), chip);
	command("$PMTK000*32\r\n");
	assert_string_equal(text, "$PMTK001,0,3*30\r\n");
	command("$PMTK220,200*2C\r\n");
	assert_string_equal(text, "$PMTK001,220,3*30\r\n");
	value_is("interval", "200");
	command("$PMTK220,5*2B\r\n");
	assert_string_equal(text, "$PMTK001,220,0*33\r\n");
	command("$PMTK999*3B\r\n");
	assert_string_equal(text, "$PMTK001,999,1*3B\r\n");
	command("$PMTK605*31\r\n");
	assert_sentences(1);
	assert_memory_equal(text, "$PMTK705,", 9);
	value_is("command", "PMTK605");
	value_is("commands", "5");
}

static void what_is_damaged_is_ignored(void **state)
{
	static const char *const lines[] = {
		"$PMTK605*32\r\n", "$PMTK605\r\n", "PMTK605*31\r\n", "$*00\r\n",  "$PMTK605*3\r\n",
		"$PMTK605*3x\r\n", "\r\n",	   "*31\r\n",	     "$a*61\r\n",
	};
	char flood[300];
	unsigned int i;

	bus_attach(serial_bus_base(bus), chip);
	for (i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		command(lines[i]);
		assert_string_equal(text, "");
	}
	memset(flood, 'x', sizeof(flood));
	serial_bus_write(bus, (const uint8_t *)flood, sizeof(flood));
	/* The next one begins anew. */
	command("$PMTK000*32\r\n");
	assert_string_equal(text, "$PMTK001,0,3*30\r\n");
	value_is("commands", "1");
}

static void another_speed_lasts_until_the_power_goes(void **state)
{
	bus_attach(serial_bus_base(bus), chip);
	serial_bus_set_speed(bus, 9600);
	command("$PMTK251,38400*27\r\n");
	value_is("speed", "38400");
	command("$PMTK000*32\r\n");
	assert_string_equal(text, "");
	serial_bus_set_speed(bus, 38400);
	command("$PMTK000*32\r\n");
	assert_string_equal(text, "$PMTK001,0,3*30\r\n");
	chip_power(chip, false);
	chip_power(chip, true);
	value_is("speed", "9600");
	value_is("commands", "0");
}

static void only_possible_values_can_be_set(void **state)
{
	static const char *const positions[] = {
		"91,0", "0,181", "1", "x,y", "1,2,3", "nan,0", ""
	};
	unsigned int i;

	for (i = 0; i < sizeof(positions) / sizeof(positions[0]); i++)
		assert_int_equal(chip->type->set(chip, "position", positions[i]), -EINVAL);
	assert_int_equal(chip->type->set(chip, "fix", "2"), -EINVAL);
	assert_int_equal(chip->type->set(chip, "speed", "1"), -ENOENT);
	assert_int_equal(chip->type->get(chip, "nothing", stdout), -ENOENT);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(it_tells_where_it_is),
		TEST(commands_are_answered),
		TEST(what_is_damaged_is_ignored),
		TEST(another_speed_lasts_until_the_power_goes),
		TEST(only_possible_values_can_be_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
