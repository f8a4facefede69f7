// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A serial line: contact, speeds, who hears what, the chip's alarm.
 */
#include <string.h>

#include "lab/sim/chip.h"
#include "lab/sim/serial_bus.h"
#include "tests/sim/test.h"

/** struct end - the board's end, which remembers what it received */
struct end {
	struct serial_port port;
	char text[512];
	size_t length;
};

static struct serial_bus *bus;
static struct chip *chip;
static struct end end;

static void receive(struct serial_port *port, const uint8_t *data, size_t length)
{
	assert_true(end.length + length < sizeof(end.text));
	memcpy(end.text + end.length, data, length);
	end.length += length;
	end.text[end.length] = '\0';
}

static int setup(void **state)
{
	end = (struct end){ .port.receive = receive };
	bus = serial_bus_create();
	if (!bus || chip_create("gnss-mtk", 0, &chip))
		return -1;
	serial_bus_set_port(bus, &end.port);
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

static void without_contact_nothing_goes_through(void **state)
{
	struct serial_statistics *statistics = serial_bus_statistics(bus);

	serial_bus_send(chip, "lost", 4);
	serial_bus_write(bus, (const uint8_t *)"nobody", 6);
	assert_int_equal(end.length, 0);
	assert_int_equal(statistics->unheard, 6);
	assert_false(serial_bus_is_clear_to_send(bus));
	bus_attach(serial_bus_base(bus), chip);
	assert_true(serial_bus_is_clear_to_send(bus));
	end.length = 0;
	serial_bus_send(chip, "heard", 5);
	assert_string_equal(end.text, "heard");
	bus_detach(serial_bus_base(bus), chip);
	serial_bus_send(chip, "lost", 4);
	assert_string_equal(end.text, "heard");
}

static void ends_of_different_speed_do_not_understand_each_other(void **state)
{
	struct serial_statistics *statistics = serial_bus_statistics(bus);

	bus_attach(serial_bus_base(bus), chip);
	serial_bus_set_speed(bus, 4800);
	*statistics = (struct serial_statistics){ 0 };
	end.length = 0;
	serial_bus_send(chip, "?", 1);
	serial_bus_write(bus, (const uint8_t *)"?", 1);
	assert_int_equal(end.length, 0);
	assert_int_equal(statistics->garbled, 2);
	serial_bus_set_speed(bus, 9600);
	serial_bus_send(chip, "!", 1);
	serial_bus_write(bus, (const uint8_t *)"!", 1);
	assert_string_equal(end.text, "!");
	assert_int_equal(statistics->to_chip, 1);
	assert_int_equal(statistics->from_chip, 1);
}

static struct event_loop *loop;

static void stop(struct event_timer *timer)
{
	event_loop_stop(loop);
}

/* Runs the loop for a moment. */
static void run(unsigned int microseconds)
{
	struct event_timer timer = { .expired = stop };

	event_timer_start(loop, &timer, microseconds);
	assert_int_equal(event_loop_run(loop), 0);
}

/** struct puller - pulls the chip out before the next message */
struct puller {
	struct bus_listener listener;
	bool armed;
};

static void pull(struct bus_listener *listener)
{
	struct puller *puller = (struct puller *)listener;

	if (!puller->armed)
		return;
	bus_detach(serial_bus_base(bus), chip);
	chip_destroy(chip);
	chip = NULL;
}

static void an_alarm_goes_off_in_contact_only(void **state)
{
	loop = event_loop_create();
	serial_bus_start(bus, loop);
	bus_attach(serial_bus_base(bus), chip);
	end.length = 0;
	serial_bus_set_alarm(chip, 1000);
	run(5000);
	assert_non_null(strstr(end.text, "$GPGGA"));
	bus_detach(serial_bus_base(bus), chip);
	end.length = 0;
	serial_bus_set_alarm(chip, 1000);
	run(5000);
	assert_int_equal(end.length, 0);
	bus_attach(serial_bus_base(bus), chip);
	end.length = 0;
	serial_bus_set_alarm(chip, 1000);
	bus_detach(serial_bus_base(bus), chip);
	run(5000);
	assert_int_equal(end.length, 0);
	event_loop_destroy(loop);
}

/* A chip that is pulled, and freed, by its own message must not be called any more. */
static void a_chip_may_go_with_any_message(void **state)
{
	struct puller puller = { .listener.message = pull };

	loop = event_loop_create();
	serial_bus_start(bus, loop);
	bus_listen(serial_bus_base(bus), &puller.listener);
	bus_attach(serial_bus_base(bus), chip);
	serial_bus_set_alarm(chip, 1000);
	puller.armed = true;
	run(5000);
	assert_null(chip);
	puller.armed = false;
	assert_int_equal(chip_create("gnss-mtk", 0, &chip), 0);
	chip_power(chip, true);
	bus_attach(serial_bus_base(bus), chip);
	puller.armed = true;
	serial_bus_write(bus, (const uint8_t *)"$", 1);
	assert_null(chip);
	assert_int_equal(serial_bus_statistics(bus)->unheard, 1);
	assert_int_equal(chip_create("gnss-mtk", 0, &chip), 0);
	event_loop_destroy(loop);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(without_contact_nothing_goes_through, setup,
						teardown),
		cmocka_unit_test_setup_teardown(
			ends_of_different_speed_do_not_understand_each_other, setup, teardown),
		cmocka_unit_test_setup_teardown(an_alarm_goes_off_in_contact_only, setup, teardown),
		cmocka_unit_test_setup_teardown(a_chip_may_go_with_any_message, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
