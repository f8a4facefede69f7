// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A UART whose registers are the emulator's: bytes come and go on a socket.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/sim/listener.h"
#include "lab/sim/uart_socket.h"

#define container(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

/**
 * struct uart_socket - the UART
 * @port: its end of the line
 * @bus: the line
 * @loop: where it runs
 * @listener: on the socket
 * @connection: to the emulator; its fd is -1 without one
 */
struct uart_socket {
	struct serial_port port;
	struct serial_bus *bus;
	struct event_loop *loop;
	struct listener listener;
	struct event_source connection;
};

/* What the emulator does not take at once is lost, as in an overrun. */
static void receive(struct serial_port *port, const uint8_t *data, size_t length)
{
	struct uart_socket *uart = container(port, struct uart_socket, port);

	if (uart->connection.fd >= 0)
		send(uart->connection.fd, data, length, MSG_NOSIGNAL | MSG_DONTWAIT);
}

static void disconnect(struct uart_socket *uart)
{
	if (uart->connection.fd < 0)
		return;
	event_loop_remove(uart->loop, &uart->connection);
	close(uart->connection.fd);
	uart->connection.fd = -1;
}

static void connection_ready(struct event_source *source, uint32_t events)
{
	struct uart_socket *uart = container(source, struct uart_socket, connection);
	uint8_t data[4096];
	ssize_t length = recv(source->fd, data, sizeof(data), MSG_DONTWAIT);

	if (length > 0)
		serial_bus_write(uart->bus, data, length);
	else if (!length || (errno != EAGAIN && errno != EINTR))
		disconnect(uart);
}

static void connected(struct listener *listener, int file)
{
	struct uart_socket *uart = container(listener, struct uart_socket, listener);

	if (uart->connection.fd >= 0) {
		close(file);
		return;
	}
	uart->connection.fd = file;
	if (!event_loop_add(uart->loop, &uart->connection))
		return;
	uart->connection.fd = -1;
	close(file);
}

int uart_socket_create(struct uart_socket **result, struct event_loop *loop, const char *path,
		       struct serial_bus *bus)
{
	struct uart_socket *uart = calloc(1, sizeof(*uart));
	int ret;

	if (!uart)
		return -ENOMEM;
	uart->loop = loop;
	uart->bus = bus;
	uart->port.receive = receive;
	uart->listener.connected = connected;
	uart->connection.ready = connection_ready;
	uart->connection.fd = -1;
	ret = listener_open(&uart->listener, loop, path);
	if (ret) {
		free(uart);
		return ret;
	}
	serial_bus_set_port(bus, &uart->port);
	*result = uart;
	return 0;
}

void uart_socket_destroy(struct uart_socket *uart)
{
	if (!uart)
		return;
	serial_bus_set_port(uart->bus, NULL);
	disconnect(uart);
	listener_close(&uart->listener);
	free(uart);
}
