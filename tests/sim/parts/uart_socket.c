// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The UART that the emulator has: what comes from its socket goes over the line, and the reverse.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab/sim/chip.h"
#include "lab/sim/uart_socket.h"
#include "tests/sim/test.h"

static char directory[] = "/tmp/uart-socket-XXXXXX";
static char path[64];
static struct event_loop *loop;
static struct serial_bus *bus;
static struct uart_socket *uart;
static struct chip *chip;
static char sent[64];

/* The last thing that a test waits for. */
static void stop_at_message(struct serial_witness *witness, const struct serial_message *message)
{
	if (message->from_chip)
		return;
	snprintf(sent, sizeof(sent), "%.*s", (int)message->length, (const char *)message->data);
	event_loop_stop(loop);
}

static void stop_at_input(struct event_source *source, uint32_t events)
{
	event_loop_stop(loop);
}

static struct serial_witness witness = { .done = stop_at_message };

static int setup(void **state)
{
	loop = event_loop_create();
	bus = serial_bus_create();
	if (!loop || !bus || chip_create("gnss-mtk", 0, &chip))
		return -1;
	serial_bus_watch(bus, &witness);
	chip_power(chip, true);
	bus_attach(serial_bus_base(bus), chip);
	return uart_socket_create(&uart, loop, path, bus);
}

static int teardown(void **state)
{
	uart_socket_destroy(uart);
	bus_detach(serial_bus_base(bus), chip);
	chip_destroy(chip);
	serial_bus_destroy(bus);
	event_loop_destroy(loop);
	return 0;
}

static int connect_client(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	strcpy(address.sun_path, path);
	assert_int_equal(connect(file, (struct sockaddr *)&address, sizeof(address)), 0);
	return file;
}

/* Also makes sure that the connection is known. */
static void client_sends(int client, const char *text)
{
	assert_int_equal(send(client, text, strlen(text), 0), strlen(text));
	assert_int_equal(event_loop_run(loop), 0);
	assert_string_equal(sent, text);
}

static void bytes_go_both_ways(void **state)
{
	char got[64] = "";
	int client = connect_client();

	client_sends(client, "to the chip");
	serial_bus_send(chip, "from the chip", 13);
	assert_int_equal(recv(client, got, sizeof(got), 0), 13);
	assert_string_equal(got, "from the chip");
	close(client);
}

static void a_second_connection_is_refused(void **state)
{
	int client = connect_client(), second;
	struct event_source end = { .ready = stop_at_input };
	char got;

	client_sends(client, "first");
	second = connect_client();
	end.fd = second;
	assert_int_equal(event_loop_add(loop, &end), 0);
	assert_int_equal(event_loop_run(loop), 0);
	event_loop_remove(loop, &end);
	assert_int_equal(recv(second, &got, 1, 0), 0);
	client_sends(client, "still there");
	close(second);
	close(client);
}

static void another_one_may_follow(void **state)
{
	int client = connect_client();

	client_sends(client, "one");
	close(client);
	/* Nobody hears it, and nothing breaks. */
	serial_bus_send(chip, "lost", 4);
	client = connect_client();
	/* Its end comes first: the loop takes events in their order. */
	client_sends(client, "two");
	close(client);
}

static void a_place_that_is_taken_is_refused(void **state)
{
	struct uart_socket *other = NULL;
	char long_path[256];

	assert_int_equal(uart_socket_create(&other, loop, path, bus), -EADDRINUSE);
	assert_int_equal(access(path, F_OK), 0);
	memset(long_path, 'x', sizeof(long_path) - 1);
	long_path[sizeof(long_path) - 1] = '\0';
	assert_int_equal(uart_socket_create(&other, loop, long_path, bus), -ENAMETOOLONG);
	assert_null(other);
}

static void the_socket_goes_with_it(void **state)
{
	uart_socket_destroy(uart);
	uart = NULL;
	assert_int_equal(access(path, F_OK), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(bytes_go_both_ways, setup, teardown),
		cmocka_unit_test_setup_teardown(a_second_connection_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(another_one_may_follow, setup, teardown),
		cmocka_unit_test_setup_teardown(a_place_that_is_taken_is_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(the_socket_goes_with_it, setup, teardown),
	};
	int failed;

	if (!mkdtemp(directory))
		return 1;
	snprintf(path, sizeof(path), "%s/uart", directory);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	rmdir(directory);
	return failed;
}
