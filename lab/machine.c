// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The guest as the launcher sees it: a User-Mode Linux process and the channel to its agent.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "lab/machine.h"
#include "lab/words.h"

#define HELLO "plugtree-lab-agent 1"
#define ARGUMENTS_MAX 48
/* Where the guest finds the launcher's terminal; nothing else uses descriptors this high. */
#define SHELL_INPUT 200
#define SHELL_OUTPUT 201
#define ANSWER_LIMIT (64u << 20)

/* Collects the words of a command line; they are freed with the list. */
struct arguments {
	char *word[ARGUMENTS_MAX + 1];
	int count;
};

__attribute__((format(printf, 2, 3))) static void add_argument(struct arguments *arguments,
							       const char *format, ...)
{
	va_list list;

	va_start(list, format);
	if (arguments->count < ARGUMENTS_MAX &&
	    vasprintf(&arguments->word[arguments->count], format, list) >= 0)
		arguments->count++;
	va_end(list);
	arguments->word[arguments->count] = NULL;
}

static void free_arguments(struct arguments *arguments)
{
	while (arguments->count)
		free(arguments->word[--arguments->count]);
}

static void set_arguments(struct arguments *arguments, const struct machine_settings *settings,
			  int channel)
{
	const char *const *option;

	add_argument(arguments, "%s", settings->kernel);
	add_argument(arguments, "mem=256M");
	add_argument(arguments, "initrd=%s", settings->initramfs);
	add_argument(arguments, "dtb=%s", settings->tree);
	add_argument(arguments, "uml_dir=%s/uml", settings->directory);
	add_argument(arguments, "umid=guest");
	/* The console goes to the log; a shell has the terminal for itself. */
	add_argument(arguments, "con=null");
	add_argument(arguments, "con0=null,fd:2");
	if (settings->shell) {
		add_argument(arguments, "con1=fd:%d,fd:%d", SHELL_INPUT, SHELL_OUTPUT);
		add_argument(arguments, "lab.shell=/dev/tty1");
	}
	add_argument(arguments, "con2=fd:%d", channel);
	add_argument(arguments, "lab.channel=/dev/tty2");
	if (settings->control >= 0)
		add_argument(arguments, "con3=fd:%d", settings->control);
	add_argument(arguments, "panic=-1");
	add_argument(arguments, "oops=panic");
	add_argument(arguments, "kasan_multi_shot");
	add_argument(arguments, "loglevel=8");
	for (option = settings->options; *option; option++)
		add_argument(arguments, "%s", *option);
}

static int start_kernel(struct machine *machine, const struct machine_settings *settings,
			int channel)
{
	struct process_files files = { .input = -1, .pinned = true };
	struct arguments arguments = { 0 };
	int ret, log;

	log = open(settings->log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	if (log < 0)
		return -errno;
	files.error = log;
	files.output = log;
	if (settings->shell) {
		dup2(0, SHELL_INPUT);
		dup2(1, SHELL_OUTPUT);
	}
	set_arguments(&arguments, settings, channel);
	ret = process_start(&machine->process, &files, arguments.word);
	free_arguments(&arguments);
	if (settings->shell) {
		close(SHELL_INPUT);
		close(SHELL_OUTPUT);
	}
	close(log);
	return ret;
}

/* Notes why a request got no answer. */
static int lost(struct machine *machine, int error)
{
	if (error == -ETIMEDOUT) {
		machine->state = MACHINE_HANGS;
		return error;
	}
	if (error == -EPIPE || error == -ECONNRESET) {
		machine->state = MACHINE_ENDED;
		return -EPIPE;
	}
	machine->state = MACHINE_TALKS_NONSENSE;
	return -EPROTO;
}

int machine_boot(struct machine *machine, const struct machine_settings *settings, int timeout)
{
	char hello[128];
	int ends[2], ret;

	memset(machine, 0, sizeof(*machine));
	machine->channel.fd = -1;
	snprintf(machine->console, sizeof(machine->console), "%s/uml/guest/mconsole",
		 settings->directory);
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		return -errno;
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	channel_open(&machine->channel, ends[0]);
	ret = start_kernel(machine, settings, ends[1]);
	close(ends[1]);
	if (ret)
		return ret;
	ret = channel_read_line(&machine->channel, hello, sizeof(hello), channel_now() + timeout);
	if (!ret && strcmp(hello, HELLO))
		ret = -EPROTO;
	if (ret)
		return lost(machine, ret);
	machine->state = MACHINE_ANSWERS;
	return 0;
}

void answer_free(struct answer *answer)
{
	free(answer->text);
	answer->text = NULL;
	answer->length = 0;
}

static int send_request(struct machine *machine, long long deadline, const char *word, va_list rest)
{
	char *text = NULL;
	size_t length = 0;
	FILE *line = open_memstream(&text, &length);
	int ret;

	if (!line)
		return -ENOMEM;
	fprintf(line, "%u", ++machine->requests);
	for (; word; word = va_arg(rest, const char *)) {
		fputc(' ', line);
		words_quote(line, word);
	}
	fputc('\n', line);
	fclose(line);
	ret = channel_write(&machine->channel, text, length, deadline);
	free(text);
	return ret;
}

static int read_answer(struct machine *machine, struct answer *answer, long long deadline)
{
	char head[128], verdict[16];
	unsigned int number, error = 0;
	size_t length;
	int ret;

	ret = channel_read_line(&machine->channel, head, sizeof(head), deadline);
	if (ret)
		return ret;
	if (sscanf(head, "%u ok %zu", &number, &length) != 2 &&
	    sscanf(head, "%u %5s %u %zu", &number, verdict, &error, &length) != 4)
		return -EPROTO;
	if (number != machine->requests || length > ANSWER_LIMIT || error > 4095)
		return -EPROTO;
	answer->text = malloc(length + 1);
	if (!answer->text)
		return -ENOMEM;
	/* The answer ends with a newline that does not belong to it. */
	ret = channel_read(&machine->channel, answer->text, length + 1, deadline);
	if (ret)
		return ret;
	if (answer->text[length] != '\n')
		return -EPROTO;
	answer->text[length] = '\0';
	answer->length = length;
	return error;
}

int machine_request(struct machine *machine, struct answer *answer, int timeout, const char *word,
		    ...)
{
	long long deadline = channel_now() + timeout;
	va_list rest;
	int ret;

	answer_free(answer);
	if (machine->state != MACHINE_ANSWERS)
		return -EPIPE;
	va_start(rest, word);
	ret = send_request(machine, deadline, word, rest);
	va_end(rest);
	if (!ret)
		ret = read_answer(machine, answer, deadline);
	if (ret < 0) {
		answer_free(answer);
		return lost(machine, ret);
	}
	return -ret;
}

/* See arch/um/drivers/mconsole.h for the request. */
void machine_show_blocked(const struct machine *machine)
{
	static const char command[] = "sysrq w";
	struct {
		uint32_t magic, version, length;
		char text[512];
	} request = { 0xcafebabe, 2, sizeof(command) - 1, "" };
	struct sockaddr_un to = { .sun_family = AF_UNIX }, from = { .sun_family = AF_UNIX };
	struct timeval patience = { .tv_sec = 2 };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return;
	memcpy(request.text, command, sizeof(command));
	strcpy(to.sun_path, machine->console);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	/* An address of its own, so that the end of the output can be waited for. */
	if (!bind(fd, (struct sockaddr *)&from, sizeof(from.sun_family)) &&
	    sendto(fd, &request, sizeof(request), 0, (struct sockaddr *)&to, sizeof(to)) > 0)
		while (recv(fd, &request, sizeof(request), 0) == sizeof(request) && request.version)
			;
	close(fd);
}

int machine_power_off(struct machine *machine, int timeout)
{
	long long deadline = channel_now() + timeout;
	int ret;

	if (machine->state != MACHINE_ANSWERS)
		return -EPIPE;
	ret = channel_write(&machine->channel, "0 poweroff\n", 11, deadline);
	if (!ret)
		ret = process_wait(&machine->process, deadline);
	machine->state = ret ? MACHINE_HANGS : MACHINE_OFF;
	if (!ret && machine->process.status)
		ret = -EIO;
	return ret;
}

void machine_stop(struct machine *machine)
{
	process_kill(&machine->process);
	channel_close(&machine->channel);
}
