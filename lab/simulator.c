// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The hardware server as the launcher sees it.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/arguments.h"
#include "lab/simulator.h"
#include "lab/starvation.h"

#define READY_TIMEOUT_MS 10000
#define ANSWER_TIMEOUT_MS 20000

static int wait_until_ready(int fd)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	char byte;
	int ret;

	do
		ret = poll(&ready, 1, READY_TIMEOUT_MS);
	while (ret < 0 && errno == EINTR);
	if (ret != 1)
		return ret ? -errno : -ETIMEDOUT;
	return read(fd, &byte, 1) == 1 ? 0 : -EIO;
}

int simulator_connect(const struct simulator *simulator)
{
	int fd = channel_connect(simulator->socket);

	if (fd >= 0)
		fcntl(fd, F_SETFD, 0);
	return fd;
}

/* The guest's end stays with the launcher until the guest inherits it; the server must not. */
static int open_answers(struct simulator *simulator)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		return -errno;
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	simulator->answers = ends[1];
	return ends[0];
}

static void add_arguments(struct arguments *arguments, const struct hardware *hardware, int answers,
			  int ready)
{
	arguments_add(arguments, "%s", hardware->program);
	arguments_add(arguments, "--board");
	arguments_add(arguments, "%s", hardware->board);
	arguments_add(arguments, "--dir");
	arguments_add(arguments, "%s", hardware->directory);
	arguments_add(arguments, "--ready-fd");
	arguments_add(arguments, "%d", ready);
	if (hardware->virtual_time) {
		arguments_add(arguments, "--virtual-time");
		arguments_add(arguments, "%d", answers);
	}
	/* What comes first is found first. */
	if (hardware->own_addons) {
		arguments_add(arguments, "--addons");
		arguments_add(arguments, "%s", hardware->own_addons);
	}
	arguments_add(arguments, "--addons");
	arguments_add(arguments, "%s", hardware->addons);
}

static int start_program(struct simulator *simulator, const struct hardware *hardware, int answers)
{
	struct process_files files = { .input = -1 };
	struct arguments arguments = { 0 };
	int ready[2], ret;
	char log[128];

	snprintf(log, sizeof(log), "%s/sim.log", hardware->directory);
	files.error = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (files.error < 0)
		return -errno;
	files.output = files.error;
	if (pipe(ready)) {
		close(files.error);
		return -errno;
	}
	fcntl(ready[0], F_SETFD, FD_CLOEXEC);
	add_arguments(&arguments, hardware, answers, ready[1]);
	ret = process_start(&simulator->process, &files, arguments.word);
	arguments_free(&arguments);
	close(ready[1]);
	close(files.error);
	if (!ret)
		ret = wait_until_ready(ready[0]);
	close(ready[0]);
	return ret;
}

int simulator_start(struct simulator *simulator, const struct hardware *hardware)
{
	int ret, answers = -1;

	memset(simulator, 0, sizeof(*simulator));
	simulator->control.fd = -1;
	simulator->answers = -1;
	snprintf(simulator->socket, sizeof(simulator->socket), "%s/control", hardware->directory);
	if (hardware->virtual_time) {
		answers = open_answers(simulator);
		if (answers < 0)
			return answers;
	}
	ret = start_program(simulator, hardware, answers);
	if (answers >= 0) {
		close(answers);
		fcntl(simulator->answers, F_SETFD, 0);
	}
	if (ret)
		return ret;
	ret = channel_connect(simulator->socket);
	if (ret < 0)
		return ret;
	channel_open(&simulator->control, ret);
	simulator->virtual_time = hardware->virtual_time;
	return 0;
}

static int ask(struct simulator *simulator, FILE *answer, const char *command)
{
	long long deadline = channel_now() + ANSWER_TIMEOUT_MS;
	char line[1024];
	int ret;

	channel_begin_wait(&simulator->control, starvation);
	ret = channel_write(&simulator->control, command, strlen(command), deadline);
	if (!ret)
		ret = channel_write(&simulator->control, "\n", 1, deadline);
	while (!ret) {
		ret = channel_read_line(&simulator->control, line, sizeof(line), deadline);
		if (ret || !strcmp(line, "ok"))
			break;
		if (!strncmp(line, "error ", 6)) {
			fputs(line + 6, answer);
			return -EINVAL;
		}
		fprintf(answer, "%s\n", strncmp(line, "- ", 2) ? line : line + 2);
	}
	if (ret)
		fprintf(answer, "the hardware server does not answer: %s", strerror(-ret));
	return ret;
}

/* Where time is virtual, the guest is to stand still when something happens to its hardware. */
static int rest(struct simulator *simulator, FILE *answer, const char *command)
{
	if (!simulator->virtual_time || !strncmp(command, "time ", 5))
		return 0;
	return ask(simulator, answer, "time rest");
}

int simulator_command(struct simulator *simulator, FILE *answer, const char *command)
{
	int ret;

	if (simulator->control.fd < 0) {
		fputs("this board has no emulated hardware", answer);
		return -EINVAL;
	}
	ret = rest(simulator, answer, command);
	return ret ? ret : ask(simulator, answer, command);
}

void simulator_stop(struct simulator *simulator)
{
	process_kill(&simulator->process);
	channel_close(&simulator->control);
	if (simulator->answers >= 0)
		close(simulator->answers);
	simulator->answers = -1;
}
