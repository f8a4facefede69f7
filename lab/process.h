/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_PROCESS_H
#define LAB_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/**
 * struct process - a program that the launcher started
 * @pid: its process and process group; 0 when there is none
 * @handle: pidfd of @pid, -1 when there is none
 * @status: as waitpid(2) gives it; valid once process_wait() returned 0
 */
struct process {
	pid_t pid;
	int handle;
	int status;
};

/**
 * struct process_files - what a program starts with
 * @input: its standard input, or -1 for nothing
 * @output: its standard output, or -1 for that of the launcher
 * @error: its standard error, or -1 for that of the launcher
 * @pinned: no address space randomisation (User-Mode Linux's memory map depends on it)
 */
struct process_files {
	int input;
	int output;
	int error;
	bool pinned;
};

/**
 * process_start() - start a program in a process group of its own
 * @process: the result
 * @files: its files; descriptors without the close-on-exec flag are inherited besides
 * @arguments: program and arguments, NULL at the end
 *
 * The program is killed when the launcher dies.
 *
 * Return: 0 or a negative errno, also when the program cannot be executed.
 */
int process_start(struct process *process, const struct process_files *files,
		  char *const arguments[]);

/**
 * process_wait() - wait for the end of a program
 * @process: which one; its @status is set
 * @deadline: channel_now() value; negative: wait without limit
 *
 * Return: 0 when it has ended, -ETIMEDOUT.
 */
int process_wait(struct process *process, long long deadline);

/** process_kill() - end a program and its whole group at once, and reap it */
void process_kill(struct process *process);

/**
 * process_describe_end() - say how a program ended
 * @process: process_wait() has returned 0 for it
 * @text: receives "exit status 1" or "signal 6"
 * @size: bytes at @text
 */
void process_describe_end(const struct process *process, char *text, size_t size);

/**
 * process_run() - run a program to its end
 * @output: descriptor for its standard output and error
 * @arguments: program and arguments, NULL at the end
 * @timeout: milliseconds
 *
 * Return: its exit status, -ETIMEDOUT, -EINTR when a signal ended it, another negative errno when
 * it could not be started.
 */
int process_run(int output, char *const arguments[], int timeout);

#endif
