// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests that run shell commands.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/channel.h"
#include "lab/guest/verbs.h"

#define OUTPUT_LIMIT (1 << 20)
#define COMMANDS_MAX 16

/* A command that was started: its process (group), a descriptor of it, and where its output comes. */
struct command {
	char name[32];
	pid_t pid;
	int process;
	int output;
};

static struct command background[COMMANDS_MAX];

static int command_start(struct command *command, const char *text, FILE *reply)
{
	int ends[2], error;

	if (pipe2(ends, O_CLOEXEC)) {
		error = errno;
		fprintf(reply, "cannot make a pipe: %s", strerror(error));
		return -error;
	}
	command->pid = fork();
	if (!command->pid) {
		setpgid(0, 0);
		dup2(open("/dev/null", O_RDONLY), 0);
		dup2(ends[1], 1);
		dup2(ends[1], 2);
		execl("/bin/sh", "sh", "-c", text, NULL);
		_exit(127);
	}
	close(ends[1]);
	if (command->pid < 0) {
		error = errno;
		close(ends[0]);
		fprintf(reply, "cannot fork: %s", strerror(error));
		return -error;
	}
	command->output = ends[0];
	command->process = syscall(SYS_pidfd_open, command->pid, 0);
	return 0;
}

/* Copies what the command prints until it ends. Return: 0, -ETIMEDOUT. */
static int command_collect(struct command *command, long long deadline, FILE *output)
{
	struct pollfd news[] = {
		{ .fd = command->output, .events = POLLIN },
		{ .fd = command->process, .events = POLLIN },
	};
	size_t total = 0;
	char part[4096];
	ssize_t got;
	long long left;

	for (;;) {
		left = deadline - channel_now();
		if (left < 0)
			return -ETIMEDOUT;
		if (poll(news, 2, left) <= 0)
			continue;
		if (news[0].revents) {
			got = read(command->output, part, sizeof(part));
			if (got > 0 && total < OUTPUT_LIMIT)
				fwrite(part, 1, got, output);
			total += got > 0 ? got : 0;
			if (got <= 0)
				news[0].fd = -1;
		} else if (news[1].revents) {
			return 0;
		}
	}
}

/* Waits for the end of the command and answers with its status, a newline, and its output. */
static int command_finish(struct command *command, unsigned long timeout, FILE *reply)
{
	long long deadline = channel_now() + timeout;
	char *output = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&output, &length);
	int status, ret = stream ? command_collect(command, deadline, stream) : -ENOMEM;

	if (stream)
		fclose(stream);
	if (ret)
		kill(-command->pid, SIGKILL);
	/* A process that cannot be killed stays behind as it is; the launcher's own bound ends it. */
	waitpid(command->pid, &status, ret ? WNOHANG : 0);
	if (ret)
		fprintf(reply, "timeout\n");
	else if (WIFSIGNALED(status))
		fprintf(reply, "signal %d\n", WTERMSIG(status));
	else
		fprintf(reply, "exit %d\n", WEXITSTATUS(status));
	if (output)
		fwrite(output, 1, length, reply);
	free(output);
	close(command->output);
	close(command->process);
	return 0;
}

/* run TIMEOUT TEXT: run a shell command to its end. */
int verb_run(const struct words *request, FILE *reply)
{
	struct command command;
	unsigned long timeout;
	int ret = waits_time(request->word[1], &timeout, reply);

	if (!ret)
		ret = command_start(&command, request->word[2], reply);
	return ret ? ret : command_finish(&command, timeout, reply);
}

static struct command *find_command(const char *name)
{
	int i;

	for (i = 0; i < COMMANDS_MAX; i++)
		if (!strcmp(background[i].name, name))
			return &background[i];
	return NULL;
}

/* start NAME TEXT: run a shell command while other requests are served. */
int verb_start(const struct words *request, FILE *reply)
{
	struct command *command = find_command("");
	int ret;

	if (!command || find_command(request->word[1])) {
		fprintf(reply, "a command %s is running already, or too many are",
			request->word[1]);
		return -EBUSY;
	}
	ret = command_start(command, request->word[2], reply);
	if (!ret)
		snprintf(command->name, sizeof(command->name), "%s", request->word[1]);
	return ret;
}

/* finish NAME TIMEOUT: wait for a command that was started; answers as run does. */
int verb_finish(const struct words *request, FILE *reply)
{
	struct command *command = find_command(request->word[1]);
	unsigned long timeout;
	int ret;

	if (!command || !request->word[1][0]) {
		fprintf(reply, "no command %s was started", request->word[1]);
		return -ENOENT;
	}
	ret = waits_time(request->word[2], &timeout, reply);
	if (ret)
		return ret;
	ret = command_finish(command, timeout, reply);
	command->name[0] = '\0';
	return ret;
}
