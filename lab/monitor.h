/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_MONITOR_H
#define LAB_MONITOR_H

#include <stddef.h>

/**
 * monitor_command() - one command to the monitor of an emulator (QMP)
 * @socket: path of the monitor's socket
 * @command: its name, such as "device_add"
 * @arguments: words NAME=VALUE; true, false and numbers are what they are, all else is text
 * @count: number of @arguments
 * @problem: receives the sentence that says what was wrong
 * @size: of @problem
 * @deadline: when the answer must be there, see channel_now()
 *
 * Return: 0; -EINVAL if an argument is none or the monitor refused, another negative errno if it
 * did not answer. @problem is set in all these cases.
 */
int monitor_command(const char *socket, const char *command, char *const *arguments,
		    unsigned int count, char *problem, size_t size, long long deadline);

#endif
