// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The guest as the launcher sees it: a process, whatever runs in it, and the channel to its agent.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/machine.h"
#include "lab/monitor.h"
#include "lab/starvation.h"
#include "lab/words.h"

#define HELLO "plugtree-lab-agent 1"
#define ANSWER_LIMIT (64u << 20)

/* What every kernel is told, whatever runs it. */
static void add_kernel_words(struct arguments *words, const struct machine_settings *settings)
{
	const struct backend *backend = settings->backend;
	const char *const *option;

	arguments_add(words, "lab.channel=%s", backend->channel);
	arguments_add(words, "lab.patience=%d", backend->patience);
	if (settings->control >= 0)
		arguments_add(words, "lab.control=%s", backend->control);
	if (settings->clock)
		arguments_add(words, "lab.answers=%s", backend->answers);
	if (settings->shell)
		arguments_add(words, "lab.shell=%s", backend->shell);
	arguments_add(words, "panic=-1");
	arguments_add(words, "oops=panic");
	arguments_add(words, "loglevel=8");
	/* What the kernel says of its sleep is how the launcher knows of it. */
	arguments_add(words, "no_console_suspend");
	for (option = settings->options; *option; option++)
		arguments_add(words, "%s", *option);
}

static int start_process(struct machine *machine, struct process_files *files,
			 const struct machine_settings *settings, int channel)
{
	struct arguments arguments = { 0 }, words = { 0 };
	int ret;

	add_kernel_words(&words, settings);
	ret = settings->backend->command(&arguments, files, settings, channel, &words);
	if (!ret)
		ret = process_start(&machine->process, files, arguments.word);
	/* Who is not in the foreground must not read from a terminal. */
	if (!ret && settings->shell)
		tcsetpgrp(0, machine->process.pid);
	arguments_free(&arguments);
	arguments_free(&words);
	return ret;
}

static int start_kernel(struct machine *machine, const struct machine_settings *settings,
			int channel)
{
	struct process_files files = { .input = -1 };
	int ret, log;

	/* Others write to it, too. */
	log = open(settings->log, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0644);
	if (log < 0)
		return -errno;
	files.error = log;
	files.output = log;
	if (settings->shell) {
		dup2(0, SHELL_INPUT);
		dup2(1, SHELL_OUTPUT);
	}
	ret = start_process(machine, &files, settings, channel);
	if (settings->shell) {
		close(SHELL_INPUT);
		close(SHELL_OUTPUT);
	}
	close(log);
	return ret;
}

/*
 * When a wait that takes so long on the fastest backend has to end on this one. Not counted is what
 * other work of this machine takes from the guest: in virtual time a guest that computes answers
 * nothing, and that it computes long is no sign that it hangs.
 */
static long long deadline_in(struct machine *machine, int timeout)
{
	channel_begin_wait(&machine->channel, starvation);
	return channel_now() + (long long)timeout * machine->backend->patience;
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
	machine->backend = settings->backend;
	if (settings->clock)
		machine->clock = *settings->clock;
	snprintf(machine->console, sizeof(machine->console), "%s/%s", settings->directory,
		 settings->backend->console);
	if (settings->backend->monitor)
		snprintf(machine->monitor, sizeof(machine->monitor), "%s/%s", settings->directory,
			 settings->backend->monitor);
	if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
		return -errno;
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	channel_open(&machine->channel, ends[0]);
	ret = start_kernel(machine, settings, ends[1]);
	close(ends[1]);
	if (ret)
		return ret;
	ret = channel_read_line(&machine->channel, hello, sizeof(hello),
				deadline_in(machine, timeout));
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

/* A request that came while the guest is at work would come at another instruction each time. */
static int let_rest(const struct machine *machine)
{
	return machine->clock.rest ? machine->clock.rest(machine->clock.data) : 0;
}

static int let_run(const struct machine *machine)
{
	return machine->clock.run ? machine->clock.run(machine->clock.data) : 0;
}

int machine_ask(struct machine *machine, int timeout, const char *word, ...)
{
	va_list rest;
	int ret;

	if (machine->state != MACHINE_ANSWERS)
		return -EPIPE;
	va_start(rest, word);
	ret = send_request(machine, deadline_in(machine, timeout), word, rest);
	va_end(rest);
	machine->asked = !ret;
	return ret ? lost(machine, ret) : 0;
}

int machine_await_answer(struct machine *machine, struct answer *answer, int timeout)
{
	int ret;

	answer_free(answer);
	if (machine->state != MACHINE_ANSWERS)
		return -EPIPE;
	ret = read_answer(machine, answer, deadline_in(machine, timeout));
	machine->asked = false;
	if (ret < 0) {
		answer_free(answer);
		return lost(machine, ret);
	}
	return -ret;
}

int machine_request(struct machine *machine, struct answer *answer, int timeout, const char *word,
		    ...)
{
	long long deadline;
	va_list rest;
	int ret;

	answer_free(answer);
	if (machine->state != MACHINE_ANSWERS)
		return -EPIPE;
	if (machine->asked) {
		answer->text = strdup("the guest owes another answer: it is asleep");
		return -EBUSY;
	}
	deadline = deadline_in(machine, timeout);
	ret = let_rest(machine);
	if (ret)
		return ret;
	va_start(rest, word);
	ret = send_request(machine, deadline, word, rest);
	va_end(rest);
	if (!ret)
		ret = let_run(machine);
	if (!ret)
		ret = read_answer(machine, answer, deadline);
	if (ret < 0) {
		answer_free(answer);
		return lost(machine, ret);
	}
	return -ret;
}

int machine_change(struct machine *machine, const char *command, char *const *arguments,
		   unsigned int count, char *problem, size_t size, int timeout)
{
	if (!machine->monitor[0]) {
		snprintf(problem, size, "this machine stays as it is");
		return -EOPNOTSUPP;
	}
	return monitor_command(machine->monitor, command, arguments, count, problem, size,
			       deadline_in(machine, timeout));
}

void machine_show_blocked(const struct machine *machine)
{
	machine->backend->show_blocked(machine->console);
}

int machine_power_off(struct machine *machine, int timeout)
{
	long long deadline;
	int ret;

	if (machine->state != MACHINE_ANSWERS)
		return -EPIPE;
	deadline = deadline_in(machine, timeout);
	ret = let_rest(machine);
	if (!ret)
		ret = channel_write(&machine->channel, "0 poweroff\n", 11, deadline);
	if (!ret)
		ret = let_run(machine);
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
