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
#include <sys/un.h>
#include <unistd.h>

#include "lab/simulator.h"

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
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (fd < 0)
		return -errno;
	strcpy(address.sun_path, simulator->socket);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		return -errno;
	}
	return fd;
}

static int start_program(struct simulator *simulator, const char *program, const char *board,
			 const char *addons, const char *own_addons, const char *directory)
{
	struct process_files files = { .input = -1 };
	char log[128], number[16];
	const char *arguments[12] = { program,	    "--board", board,	   "--dir", directory,
				      "--ready-fd", number,    "--addons", addons };
	int ready[2], ret;

	if (own_addons) {
		arguments[7] = "--addons";
		arguments[8] = own_addons;
		arguments[9] = "--addons";
		arguments[10] = addons;
	}
	snprintf(log, sizeof(log), "%s/sim.log", directory);
	files.error = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (files.error < 0)
		return -errno;
	files.output = files.error;
	if (pipe(ready)) {
		close(files.error);
		return -errno;
	}
	fcntl(ready[0], F_SETFD, FD_CLOEXEC);
	snprintf(number, sizeof(number), "%d", ready[1]);
	ret = process_start(&simulator->process, &files, (char **)arguments);
	close(ready[1]);
	close(files.error);
	if (!ret)
		ret = wait_until_ready(ready[0]);
	close(ready[0]);
	return ret;
}

int simulator_start(struct simulator *simulator, const char *program, const char *board,
		    const char *addons, const char *own_addons, const char *directory)
{
	int ret;

	memset(simulator, 0, sizeof(*simulator));
	simulator->control.fd = -1;
	snprintf(simulator->socket, sizeof(simulator->socket), "%s/control", directory);
	ret = start_program(simulator, program, board, addons, own_addons, directory);
	if (ret)
		return ret;
	ret = simulator_connect(simulator);
	if (ret < 0)
		return ret;
	fcntl(ret, F_SETFD, FD_CLOEXEC);
	channel_open(&simulator->control, ret);
	return 0;
}

int simulator_command(struct simulator *simulator, FILE *answer, const char *command)
{
	long long deadline = channel_now() + ANSWER_TIMEOUT_MS;
	char line[1024];
	int ret;

	if (simulator->control.fd < 0) {
		fputs("this board has no emulated hardware", answer);
		return -EINVAL;
	}
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

void simulator_stop(struct simulator *simulator)
{
	process_kill(&simulator->process);
	channel_close(&simulator->control);
}
