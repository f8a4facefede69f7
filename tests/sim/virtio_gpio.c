// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The GPIO controller: lines, and interrupts with their rules of arming, masking and latching.
 */
#include <errno.h>
#include <string.h>

#include "lab/sim/virtio_gpio.h"
#include "tests/sim/driver.h"
#include "tests/sim/test.h"

enum { GET_DIRECTION = 2, SET_DIRECTION, GET_VALUE, SET_VALUE, SET_IRQ_TYPE };
enum { RISING = 1, FALLING = 2, BOTH = 3, HIGH = 4, LOW = 8 };

#define LINES 4

/**
 * struct fixture - a controller with two queues
 */
struct fixture {
	struct driver requests;
	struct driver events;
	struct gpio_bank *bank;
	struct virtio_model *model;
};

static int setup(void **state)
{
	static struct fixture fixture;

	driver_create(&fixture.requests);
	driver_create(&fixture.events);
	fixture.bank = gpio_bank_create(LINES);
	fixture.model = virtio_gpio_model(fixture.bank);
	*state = &fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	fixture->model->destroy(fixture->model);
	gpio_bank_destroy(fixture->bank);
	driver_destroy(&fixture->events);
	driver_destroy(&fixture->requests);
	return 0;
}

/* Return: status in the lower byte, value in the next one. */
static unsigned int request(struct fixture *fixture, uint16_t type, uint16_t line, uint32_t value)
{
	struct driver *driver = &fixture->requests;
	const uint16_t words[4] = { type, line, value, value >> 16 };
	uint8_t *answer = driver_buffer(driver, NULL, 2);
	unsigned int head =
		driver_descriptor(driver, driver_buffer(driver, words, 8), 8, false, true);

	driver_descriptor(driver, answer, 2, true, false);
	driver_offer(driver, head);
	assert_int_equal(fixture->model->process(fixture->model, 0, &driver->ring), 0);
	assert_int_equal(driver_collect(driver)->len, 2);
	return answer[0] | answer[1] << 8;
}

/* Arms a line. Return: where its status will be; 0xee until then. */
static const uint8_t *arm(struct fixture *fixture, uint16_t line)
{
	struct driver *driver = &fixture->events;
	uint8_t *status = driver_buffer(driver, NULL, 1);
	unsigned int head =
		driver_descriptor(driver, driver_buffer(driver, &line, 2), 2, false, true);

	driver_descriptor(driver, status, 1, true, false);
	driver_offer(driver, head);
	assert_int_equal(fixture->model->process(fixture->model, 1, &driver->ring), 0);
	return status;
}

#define PENDING 0xee

static void lines_have_directions_and_values(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(request(fixture, GET_DIRECTION, 0, 0), 0);
	assert_int_equal(request(fixture, SET_VALUE, 0, 1), 0);
	assert_int_equal(request(fixture, SET_DIRECTION, 0, GPIO_OUTPUT), 0);
	assert_int_equal(request(fixture, GET_DIRECTION, 0, 0), GPIO_OUTPUT << 8);
	assert_true(gpio_bank_level(fixture->bank, 0));
	assert_int_equal(request(fixture, SET_VALUE, 0, 0), 0);
	assert_false(gpio_bank_level(fixture->bank, 0));
	assert_int_equal(request(fixture, SET_DIRECTION, 1, GPIO_INPUT), 0);
	assert_int_equal(request(fixture, GET_VALUE, 1, 0), 1 << 8);
	gpio_bank_drive(fixture->bank, 1, false);
	assert_int_equal(request(fixture, GET_VALUE, 1, 0), 0);
	gpio_bank_release(fixture->bank, 1);
	assert_int_equal(request(fixture, GET_VALUE, 1, 0), 1 << 8);
}

static void bad_requests_get_an_error(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(request(fixture, GET_VALUE, LINES, 0), 1);
	assert_int_equal(request(fixture, 0, 0, 0), 1);
	assert_int_equal(request(fixture, 7, 0, 0), 1);
	assert_int_equal(request(fixture, SET_DIRECTION, 0, 3), 1);
	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, 5), 1);
	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, 16), 1);
	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, UINT32_MAX), 1);
}

static void an_edge_interrupts_once(void **state)
{
	struct fixture *fixture = *state;
	const uint8_t *status;

	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, FALLING), 0);
	status = arm(fixture, 0);
	assert_int_equal(*status, PENDING);
	gpio_bank_drive(fixture->bank, 0, false);
	assert_int_equal(*status, 1);
	assert_int_equal(driver_collect(&fixture->events)->len, 1);
	gpio_bank_drive(fixture->bank, 0, true);
	status = arm(fixture, 0);
	/* The rising edge meanwhile was not asked for. */
	assert_int_equal(*status, PENDING);
}

static void an_edge_while_masked_is_latched_once(void **state)
{
	struct fixture *fixture = *state;
	const uint8_t *status;

	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, BOTH), 0);
	status = arm(fixture, 0);
	gpio_bank_drive(fixture->bank, 0, false);
	assert_int_equal(*status, 1);
	gpio_bank_drive(fixture->bank, 0, true);
	gpio_bank_drive(fixture->bank, 0, false);
	assert_int_equal(*arm(fixture, 0), 1);
	assert_int_equal(*arm(fixture, 0), PENDING);
}

static void a_level_is_not_latched(void **state)
{
	struct fixture *fixture = *state;
	const uint8_t *status;

	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, LOW), 0);
	status = arm(fixture, 0);
	gpio_bank_drive(fixture->bank, 0, false);
	assert_int_equal(*status, 1);
	assert_int_equal(*arm(fixture, 0), 1);
	gpio_bank_drive(fixture->bank, 0, true);
	status = arm(fixture, 0);
	assert_int_equal(*status, PENDING);
	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, HIGH), 0);
	assert_int_equal(*status, 1);
}

static void disabling_returns_the_buffer(void **state)
{
	struct fixture *fixture = *state;
	const uint8_t *status;

	assert_int_equal(*arm(fixture, 0), 0);
	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, BOTH), 0);
	status = arm(fixture, 0);
	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, 0), 0);
	assert_int_equal(*status, 0);
	gpio_bank_drive(fixture->bank, 0, false);
	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, BOTH), 0);
	assert_int_equal(*arm(fixture, 0), PENDING);
}

static void nothing_comes_after_a_reset(void **state)
{
	struct fixture *fixture = *state;
	const uint8_t *status;

	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, BOTH), 0);
	status = arm(fixture, 0);
	fixture->model->reset(fixture->model);
	gpio_bank_drive(fixture->bank, 0, false);
	assert_int_equal(*status, PENDING);
}

static void an_edge_waits_while_the_driver_sleeps(void **state)
{
	struct fixture *fixture = *state;
	struct driver *events = &fixture->events;
	const uint8_t *status, *disabled;

	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, BOTH), 0);
	assert_int_equal(request(fixture, SET_IRQ_TYPE, 1, BOTH), 0);
	status = arm(fixture, 0);
	disabled = arm(fixture, 1);
	events->ring.enabled = false;
	gpio_bank_drive(fixture->bank, 0, false);
	assert_int_equal(request(fixture, SET_IRQ_TYPE, 1, 0), 0);
	assert_int_equal(*status, PENDING);
	assert_int_equal(*disabled, PENDING);
	events->ring.enabled = true;
	assert_int_equal(fixture->model->process(fixture->model, 1, &events->ring), 0);
	assert_int_equal(*status, 1);
	assert_int_equal(*disabled, 0);
}

static void a_line_stays_armed_when_memory_moves(void **state)
{
	struct fixture *fixture = *state;
	const uint8_t *status;
	size_t at;

	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, FALLING), 0);
	at = arm(fixture, 0) - fixture->events.bytes;
	driver_map_again(&fixture->events);
	status = fixture->events.bytes + at;
	assert_int_equal(*status, PENDING);
	gpio_bank_drive(fixture->bank, 0, false);
	assert_int_equal(*status, 1);
	assert_int_equal(driver_collect(&fixture->events)->len, 1);
}

static int offer_event(struct fixture *fixture, unsigned int size, uint16_t line,
		       unsigned int status_size)
{
	struct driver *driver = &fixture->events;
	unsigned int head = driver_descriptor(driver, driver_buffer(driver, &line, 2), size, false,
					      status_size);

	if (status_size)
		driver_descriptor(driver, driver_buffer(driver, NULL, 2), status_size, true, false);
	driver_offer(driver, head);
	return fixture->model->process(fixture->model, 1, &driver->ring);
}

static void bad_events_are_refused(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(offer_event(fixture, 1, 0, 1), -EPROTO);
	assert_int_equal(offer_event(fixture, 2, 0, 2), -EPROTO);
	assert_int_equal(offer_event(fixture, 2, 0, 0), -EPROTO);
	assert_int_equal(offer_event(fixture, 2, LINES, 1), -EPROTO);
	assert_int_equal(request(fixture, SET_IRQ_TYPE, 0, BOTH), 0);
	assert_int_equal(offer_event(fixture, 2, 0, 1), 0);
	/* One buffer per line. */
	assert_int_equal(offer_event(fixture, 2, 0, 1), -EPROTO);
}

static void a_bank_has_a_sensible_size(void **state)
{
	assert_null(gpio_bank_create(0));
	assert_null(gpio_bank_create(257));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(lines_have_directions_and_values),
		TEST(bad_requests_get_an_error),
		TEST(an_edge_interrupts_once),
		TEST(an_edge_while_masked_is_latched_once),
		TEST(a_level_is_not_latched),
		TEST(disabling_returns_the_buffer),
		TEST(nothing_comes_after_a_reset),
		TEST(an_edge_waits_while_the_driver_sleeps),
		TEST(bad_events_are_refused),
		TEST(a_line_stays_armed_when_memory_moves),
		TEST(a_bank_has_a_sensible_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
