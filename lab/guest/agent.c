// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * PID 1 of the lab's guest: mounts what a test needs and serves requests from the launcher.
 *
 * A request is a line "NUMBER VERB WORD…", its answer "NUMBER ok LENGTH" or "NUMBER error ERRNO
 * LENGTH" followed by LENGTH bytes and a newline. Requests are served one after the other.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "lab/channel.h"
#include "lab/guest/verbs.h"
#include "lab/words.h"

#define REQUEST_SIZE 16384
#define DEVICE_TIMEOUT_MS 10000

static const struct {
	const char *source;
	const char *target;
	const char *type;
} mounts[] = {
	{ "proc", "/proc", "proc" },
	{ "sysfs", "/sys", "sysfs" },
	{ "devtmpfs", "/dev", "devtmpfs" },
	{ "debugfs", "/sys/kernel/debug", "debugfs" },
	{ "tracefs", "/sys/kernel/tracing", "tracefs" },
	{ "tmpfs", "/tmp", "tmpfs" },
	{ "tmpfs", "/run", "tmpfs" },
};

static const struct {
	const char *name;
	int words; /* with the verb itself */
	int optional;
	verb_function *run;
} verbs[] = {
	{ "read", 2, 0, verb_read },
	{ "write", 3, 0, verb_write },
	{ "list", 2, 0, verb_list },
	{ "stat", 2, 0, verb_stat },
	{ "link", 2, 0, verb_link },
	{ "nodes", 1, 0, verb_nodes },
	{ "wait", 4, 1, verb_wait },
	{ "wait-exists", 3, 0, verb_wait_exists },
	{ "wait-gone", 3, 0, verb_wait_gone },
	{ "run", 3, 0, verb_run },
	{ "start", 3, 0, verb_start },
	{ "finish", 3, 0, verb_finish },
	{ "hold", 3, 1, verb_hold },
	{ "held-read", 2, 2, verb_held_read },
	{ "held-write", 3, 0, verb_held_write },
	{ "release", 2, 0, verb_release },
	{ "klog", 1, 0, verb_klog },
	{ "leaks", 1, 0, verb_leaks },
	{ "leaks-clear", 1, 0, verb_leaks_clear },
	{ "slab", 1, 0, verb_slab },
};

static void mount_all(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(mounts) / sizeof(mounts[0]); i++) {
		mkdir(mounts[i].target, 0755);
		if (mount(mounts[i].source, mounts[i].target, mounts[i].type, 0, NULL) &&
		    errno != EBUSY)
			printf("agent: cannot mount %s: %s\n", mounts[i].target, strerror(errno));
	}
}

/* Finds "NAME=VALUE" on the kernel command line. Return: true and the value. */
static bool command_line_value(const char *name, char *value, size_t size)
{
	char line[4096] = "";
	size_t length = strlen(name);
	char *word, *rest = line;
	FILE *file = fopen("/proc/cmdline", "re");

	if (!file)
		return false;
	if (!fgets(line, sizeof(line), file))
		line[0] = '\0';
	fclose(file);
	while ((word = strsep(&rest, " \n"))) {
		if (strncmp(word, name, length) || word[length] != '=')
			continue;
		snprintf(value, size, "%s", word + length + 1);
		return true;
	}
	return false;
}

/* Not every device is there when the kernel starts its first process. */
static int open_line(const char *device)
{
	struct termios mode;
	int fd;

	waits_for_file(device, true, channel_now() + DEVICE_TIMEOUT_MS);
	fd = open(device, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (!tcgetattr(fd, &mode)) {
		cfmakeraw(&mode);
		tcsetattr(fd, TCSANOW, &mode);
	}
	return fd;
}

static void power_off(void)
{
	sync();
	reboot(RB_POWER_OFF);
	_exit(1);
}

static void run_shell(const char *device)
{
	waits_for_file(device, true, channel_now() + DEVICE_TIMEOUT_MS);
	setsid();
	close(0);
	if (open(device, O_RDWR) != 0)
		return;
	dup2(0, 1);
	dup2(0, 2);
	if (!chdir("/"))
		execl("/bin/busybox", "cttyhack", "/bin/sh", "-l", NULL);
}

static int serve_request(struct words *request, FILE *reply)
{
	unsigned int i;
	int given = request->count;

	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++) {
		if (strcmp(request->word[0], verbs[i].name))
			continue;
		if (given < verbs[i].words || given > verbs[i].words + verbs[i].optional) {
			fprintf(reply, "%s takes %d words, not %d", verbs[i].name,
				verbs[i].words - 1, given - 1);
			return -EINVAL;
		}
		return verbs[i].run(request, reply);
	}
	fprintf(reply, "there is no request %s", request->word[0]);
	return -ENOSYS;
}

static int answers_line = -1;

/* Where time is virtual: the launcher gets its answer, and time need not pass any more. */
static void tell_answered(void)
{
	if (answers_line >= 0 && write(answers_line, ".", 1) != 1)
		printf("agent: nobody keeps the time\n");
}

static void answer(struct channel *line, const char *number, struct words *request)
{
	char *text = NULL, head[128];
	size_t length = 0;
	FILE *reply = open_memstream(&text, &length);
	int ret = reply ? serve_request(request, reply) : -ENOMEM;

	if (reply)
		fclose(reply);
	if (ret < 0)
		snprintf(head, sizeof(head), "%s error %d %zu\n", number, -ret, length);
	else
		snprintf(head, sizeof(head), "%s ok %zu\n", number, length);
	tell_answered();
	channel_write(line, head, strlen(head), -1);
	if (length)
		channel_write(line, text, length, -1);
	channel_write(line, "\n", 1, -1);
	free(text);
}

static void serve(struct channel *line)
{
	static char text[REQUEST_SIZE];
	struct words words, request;
	int ret;

	while (!channel_read_line(line, text, sizeof(text), -1)) {
		ret = words_split(text, &words);
		if (ret || words.count < 2) {
			words_split((char[]){ "malformed" }, &request);
			answer(line, "0", &request);
			continue;
		}
		request.count = words.count - 1;
		memcpy(request.word, words.word + 1, sizeof(request.word) - sizeof(char *));
		request.word[request.count] = NULL;
		if (!strcmp(request.word[0], "poweroff"))
			return;
		answer(line, words.word[0], &request);
	}
}

static void serve_channel(const char *device)
{
	static const char hello[] = "plugtree-lab-agent 1\n";
	static struct channel line;
	int fd = open_line(device);
	char answers[64];

	if (fd < 0) {
		printf("agent: cannot open %s: %s\n", device, strerror(-fd));
		return;
	}
	channel_open(&line, fd);
	if (command_line_value("lab.answers", answers, sizeof(answers)))
		answers_line = open_line(answers);
	tell_answered();
	channel_write(&line, hello, strlen(hello), -1);
	serve(&line);
}

/* Starts a service if the kernel command line names its device. Return: its pid, 0 if it does not. */
static pid_t start_service(const char *parameter, void (*service)(const char *device))
{
	char device[64];
	pid_t pid;

	if (!command_line_value(parameter, device, sizeof(device)))
		return 0;
	pid = fork();
	if (!pid) {
		service(device);
		_exit(0);
	}
	return pid;
}

static void read_command_line(void)
{
	char value[64];
	unsigned long patience;

	if (command_line_value("lab.patience", value, sizeof(value)) &&
	    !words_number(value, &patience) && patience)
		waits_be_patient(patience);
	/* For the command lab. */
	if (command_line_value("lab.control", value, sizeof(value)))
		setenv("PLUGTREE_LAB", value, 1);
}

int main(void)
{
	pid_t channel, shell, ended;

	mount_all();
	read_command_line();
	setenv("PATH", "/usr/bin:/usr/sbin:/bin:/sbin", 1);
	setenv("HOME", "/", 1);
	setenv("TERM", "linux", 0);
	channel = start_service("lab.channel", serve_channel);
	shell = start_service("lab.shell", run_shell);
	if (channel <= 0)
		printf("agent: the kernel command line names no lab.channel\n");

	/* PID 1 itself only reaps; the machine ends with the channel or the shell. */
	while (channel > 0) {
		ended = wait(NULL);
		if (ended == channel || (shell > 0 && ended == shell))
			break;
		if (ended < 0 && errno != EINTR)
			break;
	}
	power_off();
}
