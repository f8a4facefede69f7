/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_COMMAND_H
#define SIM_COMMAND_H

#include "lab/sim/commands.h"
#include "lab/words.h"

/* What the commands of the control socket share. */

/** command_run - one command; @words: itself and its words. Return: as commands_do() */
typedef int command_run(struct commands *commands, const struct words *words);

/**
 * commands_refuse() - say why a command cannot be done
 *
 * Return: -EINVAL, for the caller to return.
 */
__attribute__((format(printf, 2, 3))) int commands_refuse(struct commands *commands,
							  const char *format, ...);

/**
 * commands_number() - read KEY=NUMBER
 * @commands: whose problem it is
 * @word: the word
 * @key: its key
 * @most: the largest number
 * @number: the result
 *
 * Return: 0, -EINVAL after a refusal, 1 if the key is another one.
 */
int commands_number(struct commands *commands, const char *word, const char *key,
		    unsigned long most, unsigned long *number);

/** commands_socket() - a socket by its name. Return: it, or NULL after a refusal. */
struct socket *commands_socket(struct commands *commands, const char *name);

/**
 * commands_addon() - a new add-on for a socket
 * @commands: whose problem it is
 * @socket: where it is to go
 * @name: its name
 * @force: whether it fits or not
 *
 * Return: the add-on, the caller's; NULL after a refusal.
 */
struct addon *commands_addon(struct commands *commands, const struct socket *socket,
			     const char *name, bool force);

/* commands_endpoint.c */
command_run command_endpoint;

/* commands_time.c */
command_run command_plug_at, command_unplug_at, command_points, command_time;

#endif
