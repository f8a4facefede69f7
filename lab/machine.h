/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_MACHINE_H
#define LAB_MACHINE_H

#include <stdbool.h>

#include "lab/backend.h"
#include "lab/channel.h"
#include "lab/process.h"

/** enum machine_state - is the guest of any use still? */
enum machine_state {
	MACHINE_OFF, /* not started, or powered off as asked */
	MACHINE_ANSWERS,
	MACHINE_HANGS, /* did not answer a request in time */
	MACHINE_ENDED, /* its process is gone without having been asked */
	MACHINE_TALKS_NONSENSE, /* its answer does not follow the protocol */
};

/**
 * struct machine_clock - where time is virtual: how the guest gets time for a request
 * @rest: wait until it has nothing to do. Return: 0 or a negative errno
 * @run: time passes until it has answered; the request is on its way. Return: likewise
 * @data: for both
 */
struct machine_clock {
	int (*rest)(void *data);
	int (*run)(void *data);
	void *data;
};

/**
 * struct machine_settings - what to boot
 * @backend: what boots it
 * @cpus: number of CPUs, where the backend has more than one
 * @emulator: program that runs the kernel, for a backend that needs one
 * @kernel: file with the kernel
 * @initramfs: its file system
 * @tree: base device tree (dtb)
 * @log: file that receives the console
 * @directory: directory of the run, for the guest's own files
 * @control: connected descriptor that becomes the guest's line to the hardware, or -1
 * @answers: connected descriptor by which the guest tells that it has answered, with @clock
 * @clock: of virtual time, NULL where it passes by itself
 * @options: further words for the kernel command line, NULL at the end
 * @shell: a shell on the launcher's standard input and output
 */
struct machine_settings {
	const struct backend *backend;
	unsigned int cpus;
	const char *emulator;
	const char *kernel;
	const char *initramfs;
	const char *tree;
	const char *log;
	const char *directory;
	int control;
	int answers;
	const struct machine_clock *clock;
	const char *const *options;
	bool shell;
};

/**
 * struct machine - a running guest
 *
 * All times that callers give are those of the fastest backend, and longer on others.
 *
 * @state: whether it can be talked to
 * @backend: what it runs in
 * @process: its process
 * @channel: to the agent in the guest
 * @clock: of virtual time; its functions are NULL where it passes by itself
 * @console: socket by which the kernel can be asked for stacks
 * @monitor: socket by which the machine can be changed; empty if it cannot
 * @requests: number of requests sent
 * @asked: one of them has no answer yet
 */
struct machine {
	enum machine_state state;
	const struct backend *backend;
	struct process process;
	struct channel channel;
	struct machine_clock clock;
	char console[108];
	char monitor[108];
	unsigned int requests;
	bool asked;
};

/**
 * struct answer - what the guest said to a request
 * @text: terminated text, allocated; NULL before the first answer
 * @length: bytes without the terminator
 */
struct answer {
	char *text;
	size_t length;
};

/** answer_free() - release the text */
void answer_free(struct answer *answer);

/**
 * machine_boot() - start a guest and wait until its agent speaks
 * @machine: to initialise
 * @settings: what to boot
 * @timeout: milliseconds for the boot
 *
 * Return: 0, or a negative errno: -ETIMEDOUT (state HANGS), -EPIPE (state ENDED), -EPROTO (it
 * speaks another protocol), or that of starting the program. machine_stop() is due in all cases.
 */
int machine_boot(struct machine *machine, const struct machine_settings *settings, int timeout);

/**
 * machine_request() - ask the agent for something
 * @machine: whom
 * @answer: receives the text of the answer; the former text is freed
 * @timeout: milliseconds for the answer
 * @word: the request, with its further words; NULL at the end
 *
 * Return: 0; or the negative errno of the agent, or -EBUSY after machine_ask(), with the sentence that
 * says why in @answer, while
 * @machine->state stays MACHINE_ANSWERS; or -ETIMEDOUT, -EPIPE or -EPROTO with another state,
 * after which every request fails with -EPIPE.
 */
int machine_request(struct machine *machine, struct answer *answer, int timeout, const char *word,
		    ...);

/**
 * machine_ask() - ask the agent for something that it may answer much later
 * @machine: whom
 * @timeout: milliseconds for the question
 * @word: the request, with its further words; NULL at the end
 *
 * Return: 0, and then machine_await_answer() is due before any other request; else as
 * machine_request().
 */
int machine_ask(struct machine *machine, int timeout, const char *word, ...);

/** machine_await_answer() - the second half of machine_ask(). Return: as machine_request(). */
int machine_await_answer(struct machine *machine, struct answer *answer, int timeout);

/**
 * machine_change() - tell what runs the guest to change the machine
 * @machine: which one
 * @command: the command, see monitor_command()
 * @arguments: likewise
 * @count: likewise
 * @problem: receives the sentence that says what was wrong
 * @size: of @problem
 * @timeout: milliseconds
 *
 * Return: 0, -EOPNOTSUPP if this machine cannot be changed, or as monitor_command().
 */
int machine_change(struct machine *machine, const char *command, char *const *arguments,
		   unsigned int count, char *problem, size_t size, int timeout);

/** machine_show_blocked() - make the kernel print the stacks of blocked tasks to its console */
void machine_show_blocked(const struct machine *machine);

/**
 * machine_power_off() - end the guest in an orderly way
 * @machine: which one; its state becomes MACHINE_OFF or MACHINE_HANGS
 * @timeout: milliseconds
 *
 * Return: 0, -ETIMEDOUT, -EIO when the process ended with another status than 0.
 */
int machine_power_off(struct machine *machine, int timeout);

/** machine_stop() - end the guest whatever its state, and release everything */
void machine_stop(struct machine *machine);

#endif
