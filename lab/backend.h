/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_BACKEND_H
#define LAB_BACKEND_H

#include "lab/arguments.h"
#include "lab/process.h"

struct machine_settings;

/* Where a guest's shell finds the launcher's terminal; nothing else uses descriptors this high. */
#define SHELL_INPUT 200
#define SHELL_OUTPUT 201

/**
 * struct backend - a way to run the kernel of an architecture
 * @architecture: what it runs, as a board's line "kernel" has it
 * @patience: how many times longer than on a fast and quiet machine every wait may take
 * @channel: the agent's device in the guest
 * @control: device in the guest that leads to the emulated hardware
 * @answers: device by which the agent tells, where time is virtual, that it has answered; NULL if
 *	time cannot be virtual
 * @shell: device in the guest that leads to the launcher's terminal
 * @console: socket in the run directory by which the kernel can be asked for stacks
 * @monitor: socket in the run directory by which the machine can be changed; NULL if it cannot
 * @fit_tree: make a board's compiled tree the base tree of this run, in place; emulator is as in
 *	struct machine_settings
 * @command: put the command line together; channel is the launcher's end of @channel, kernel the
 *	words for the kernel, and files may be changed
 * @show_blocked: make the kernel print the stacks of blocked tasks; console is a path
 */
struct backend {
	const char *architecture;
	int patience;
	const char *channel;
	const char *control;
	const char *answers;
	const char *shell;
	const char *console;
	const char *monitor;
	int (*fit_tree)(const char *blob, const char *directory, const char *emulator,
			unsigned int cpus);
	int (*command)(struct arguments *arguments, struct process_files *files,
		       const struct machine_settings *settings, int channel,
		       const struct arguments *kernel);
	void (*show_blocked)(const char *console);
};

extern const struct backend backend_um, backend_qemu;

/** backend_find() - the backend for an architecture. Return: it, or NULL. */
const struct backend *backend_find(const char *architecture);

#endif
