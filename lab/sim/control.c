// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The control socket: lines in, "- text" lines and "ok" or "error SENTENCE" out, for any number of
 * connections at once.
 *
 * A command that ends later keeps its connection waiting: the next line is looked at after the
 * answer. One whose input ends or is full while it waits is not looked at until then.
 *
 * A line that is too long is an error, not the end: behind the guest's serial line is a connection
 * for the guest's whole life.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/sim/commands.h"
#include "lab/sim/control.h"
#include "lab/sim/listener.h"

#define LINE_SIZE 1024

static const char too_long[] = "error the line is too long\n";

#define container(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

/**
 * struct connection - one who gives commands
 * @source: the connection
 * @control: the control socket
 * @waits_for: what its command waits for, or NULL
 * @line: input that is not yet a line
 * @used: bytes of @line
 * @discarding: the line was too long, its rest is thrown away
 * @paused: not in the loop, since it waits and there is nothing to do with more input
 * @next: of @control
 */
struct connection {
	struct event_source source;
	struct control *control;
	struct waiter *waits_for;
	char line[LINE_SIZE];
	size_t used;
	bool discarding;
	bool paused;
	struct connection *next;
};

/**
 * struct control - the control socket
 * @loop: where it runs
 * @listener: on the socket
 * @connections: those who give commands
 * @board: what the commands are about
 * @directories: directories of add-ons
 */
struct control {
	struct event_loop *loop;
	struct listener listener;
	struct connection *connections;
	struct board *board;
	const char *const *directories;
};

static void command_done(void *data);
static void handle_lines(struct connection *connection);

/* Time has to pass until it is done, where it does not by itself. */
static void start_waiting(struct connection *connection, struct waiter *waiter)
{
	connection->waits_for = waiter;
	waiter->done = command_done;
	waiter->data = connection;
	if (connection->control->board->calendar)
		calendar_owe(connection->control->board->calendar);
}

static void stop_waiting(struct connection *connection, struct waiter *waiter)
{
	if (connection->control->board->calendar)
		calendar_settle_debt(connection->control->board->calendar);
	waiter->done = NULL;
	connection->waits_for = NULL;
}

static void close_connection(struct connection *connection)
{
	struct control *control = connection->control;
	struct connection **at;

	for (at = &control->connections; *at != connection; at = &(*at)->next)
		;
	*at = connection->next;
	if (connection->waits_for)
		stop_waiting(connection, connection->waits_for);
	event_loop_remove(control->loop, &connection->source);
	close(connection->source.fd);
	free(connection);
}

/* Answers are short; one who does not read them is not waited for, and gets no half ones. */
static void answer(struct connection *connection, const char *text, size_t length)
{
	ssize_t sent = send(connection->source.fd, text, length, MSG_NOSIGNAL | MSG_DONTWAIT);

	if (sent < 0 || (size_t)sent < length)
		shutdown(connection->source.fd, SHUT_RDWR);
}

static void command_done(void *data)
{
	struct connection *connection = data;

	stop_waiting(connection, connection->waits_for);
	answer(connection, "ok\n", 3);
	handle_lines(connection);
	if (!connection->paused)
		return;
	connection->paused = false;
	if (event_loop_add(connection->control->loop, &connection->source))
		close_connection(connection);
}

static void run_command(struct connection *connection, char *line)
{
	struct control *control = connection->control;
	struct commands commands = {
		.board = control->board,
		.directories = control->directories,
	};
	char *text = NULL;
	size_t length = 0;
	int ret;

	commands.answer = open_memstream(&text, &length);
	if (!commands.answer)
		return answer(connection, "error out of memory\n", 20);
	ret = commands_do(&commands, line);
	if (ret == COMMAND_LATER) {
		start_waiting(connection, commands.later);
	} else if (ret >= 0) {
		fputs("ok\n", commands.answer);
	} else {
		rewind(commands.answer);
		fprintf(commands.answer, "error %s\n", commands.problem);
	}
	fclose(commands.answer);
	answer(connection, text, length);
	free(text);
	if (ret == COMMAND_QUIT)
		event_loop_stop(control->loop);
}

static void handle_line(struct connection *connection, char *line)
{
	if (!connection->discarding)
		return run_command(connection, line);
	connection->discarding = false;
	answer(connection, too_long, sizeof(too_long) - 1);
}

static void handle_lines(struct connection *connection)
{
	char line[LINE_SIZE], *end;
	size_t length;

	while (!connection->waits_for && (end = memchr(connection->line, '\n', connection->used))) {
		length = end - connection->line;
		memcpy(line, connection->line, length);
		line[length] = '\0';
		connection->used -= length + 1;
		memmove(connection->line, end + 1, connection->used);
		handle_line(connection, line);
	}
	if (!connection->waits_for && connection->used == LINE_SIZE) {
		connection->discarding = true;
		connection->used = 0;
	}
}

static void connection_ready(struct event_source *source, uint32_t events)
{
	struct connection *connection = container(source, struct connection, source);
	ssize_t length;

	length = recv(source->fd, connection->line + connection->used, LINE_SIZE - connection->used,
		      MSG_DONTWAIT);
	if (length < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (length < 0 || (!length && !connection->waits_for)) {
		close_connection(connection);
		return;
	}
	connection->used += length;
	handle_lines(connection);
	/* Either can only be while it waits. */
	if (!length || connection->used == LINE_SIZE) {
		connection->paused = true;
		event_loop_remove(connection->control->loop, source);
	}
}

static void connected(struct listener *listener, int file)
{
	struct control *control = container(listener, struct control, listener);
	struct connection *connection = calloc(1, sizeof(*connection));

	if (!connection)
		goto err_close;
	connection->source.fd = file;
	connection->source.ready = connection_ready;
	connection->control = control;
	if (event_loop_add(control->loop, &connection->source))
		goto err_close;
	connection->next = control->connections;
	control->connections = connection;
	return;

err_close:
	close(file);
	free(connection);
}

int control_create(struct control **result, struct event_loop *loop, const char *path,
		   struct board *board, const char *const *directories)
{
	struct control *control = calloc(1, sizeof(*control));
	int ret;

	if (!control)
		return -ENOMEM;
	control->loop = loop;
	control->board = board;
	control->directories = directories;
	control->listener.connected = connected;
	ret = listener_open(&control->listener, loop, path);
	if (ret) {
		free(control);
		return ret;
	}
	*result = control;
	return 0;
}

void control_destroy(struct control *control)
{
	if (!control)
		return;
	while (control->connections)
		close_connection(control->connections);
	listener_close(&control->listener);
	free(control);
}
