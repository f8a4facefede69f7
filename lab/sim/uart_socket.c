// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A UART whose registers are the emulator's: bytes come and go on a socket.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab/sim/uart_socket.h"

#define container(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

/**
 * struct uart_socket - the UART
 * @port: its end of the line
 * @bus: the line
 * @loop: where it runs
 * @listener: on the socket at @address
 * @connection: to the emulator; its fd is -1 without one
 * @address: of the socket
 */
struct uart_socket {
	struct serial_port port;
	struct serial_bus *bus;
	struct event_loop *loop;
	struct event_source listener;
	struct event_source connection;
	struct sockaddr_un address;
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

static void listener_ready(struct event_source *source, uint32_t events)
{
	struct uart_socket *uart = container(source, struct uart_socket, listener);
	int file = accept4(source->fd, NULL, NULL, SOCK_CLOEXEC);

	if (file < 0)
		return;
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

static int listen_on(struct uart_socket *uart)
{
	int ret;

	uart->listener.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (uart->listener.fd < 0)
		return -errno;
	if (bind(uart->listener.fd, (struct sockaddr *)&uart->address, sizeof(uart->address))) {
		ret = -errno;
		goto err_close;
	}
	if (listen(uart->listener.fd, 4)) {
		ret = -errno;
		goto err_unlink;
	}
	ret = event_loop_add(uart->loop, &uart->listener);
	if (ret)
		goto err_unlink;
	return 0;

err_unlink:
	unlink(uart->address.sun_path);
err_close:
	close(uart->listener.fd);
	return ret;
}

int uart_socket_create(struct uart_socket **result, struct event_loop *loop, const char *path,
		       struct serial_bus *bus)
{
	struct uart_socket *uart;
	int ret;

	if (strlen(path) >= sizeof(uart->address.sun_path))
		return -ENAMETOOLONG;
	uart = calloc(1, sizeof(*uart));
	if (!uart)
		return -ENOMEM;
	uart->loop = loop;
	uart->bus = bus;
	uart->port.receive = receive;
	uart->listener.ready = listener_ready;
	uart->connection.ready = connection_ready;
	uart->connection.fd = -1;
	uart->address.sun_family = AF_UNIX;
	strcpy(uart->address.sun_path, path);
	ret = listen_on(uart);
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
	event_loop_remove(uart->loop, &uart->listener);
	unlink(uart->address.sun_path);
	close(uart->listener.fd);
	free(uart);
}
