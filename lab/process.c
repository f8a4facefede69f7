// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lab/channel.h"
#include "lab/process.h"

static void use_file(int fd, int as)
{
	if (fd == as)
		fcntl(fd, F_SETFD, 0);
	else if (fd >= 0)
		dup2(fd, as);
}

/* In the child: becomes the program, or reports the errno through the pipe. */
static void become(const struct process_files *files, char *const arguments[], int report)
{
	int error;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	signal(SIGINT, SIG_DFL);
	if (files->pinned)
		personality(ADDR_NO_RANDOMIZE);
	use_file(files->input < 0 ? open("/dev/null", O_RDONLY | O_CLOEXEC) : files->input, 0);
	use_file(files->output, 1);
	use_file(files->error, 2);
	execvp(arguments[0], arguments);
	error = errno;
	if (write(report, &error, sizeof(error)) < 0)
		_exit(126);
	_exit(127);
}

int process_start(struct process *process, const struct process_files *files,
		  char *const arguments[])
{
	int report[2], error = 0;

	process->pid = 0;
	process->handle = -1;
	if (pipe2(report, O_CLOEXEC))
		return -errno;
	process->pid = fork();
	if (!process->pid)
		become(files, arguments, report[1]);
	close(report[1]);
	if (process->pid < 0) {
		error = errno;
		process->pid = 0;
	} else if (read(report[0], &error, sizeof(error)) > 0) {
		waitpid(process->pid, NULL, 0);
		process->pid = 0;
	} else {
		process->handle = syscall(SYS_pidfd_open, process->pid, 0);
		error = process->handle < 0 ? errno : 0;
	}
	close(report[0]);
	return -error;
}

int process_wait(struct process *process, long long deadline)
{
	struct pollfd ended = { .fd = process->handle, .events = POLLIN };
	long long left = -1;

	if (!process->pid)
		return 0;
	do {
		if (deadline >= 0) {
			left = deadline - channel_now();
			left = left < 0 ? 0 : left;
		}
		if (poll(&ended, 1, left) == 1) {
			waitpid(process->pid, &process->status, 0);
			close(process->handle);
			process->handle = -1;
			/* Whatever it left running would hold the run directory. */
			kill(-process->pid, SIGKILL);
			process->pid = 0;
			return 0;
		}
	} while (left);
	return -ETIMEDOUT;
}

void process_kill(struct process *process)
{
	if (!process->pid)
		return;
	kill(-process->pid, SIGKILL);
	process_wait(process, -1);
}

void process_describe_end(const struct process *process, char *text, size_t size)
{
	if (WIFSIGNALED(process->status))
		snprintf(text, size, "signal %d", WTERMSIG(process->status));
	else
		snprintf(text, size, "exit status %d", WEXITSTATUS(process->status));
}

int process_run(int output, char *const arguments[], int timeout)
{
	struct process_files files = { .input = -1, .output = output, .error = output };
	struct process process;
	int ret = process_start(&process, &files, arguments);

	if (ret)
		return ret;
	ret = process_wait(&process, channel_now() + timeout);
	if (ret) {
		process_kill(&process);
		return ret;
	}
	return WIFEXITED(process.status) ? WEXITSTATUS(process.status) : -EINTR;
}
