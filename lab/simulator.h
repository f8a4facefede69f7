/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_SIMULATOR_H
#define LAB_SIMULATOR_H

#include <stdio.h>

#include "lab/channel.h"
#include "lab/process.h"

/**
 * struct simulator - the running hardware server
 * @process: plugtree-sim
 * @control: to its control socket
 * @socket: path of that socket
 * @answers: for a guest in virtual time, where it tells that it has answered; -1 if there is none
 * @virtual_time: time passes only while somebody waits for an answer
 */
struct simulator {
	struct process process;
	struct channel control;
	char socket[108];
	int answers;
	bool virtual_time;
};

/**
 * struct hardware - what hardware to start
 * @program: the server
 * @board: board file
 * @addons: directory of the add-ons
 * @own_addons: directory of add-ons that comes before @addons, or NULL
 * @directory: directory of the run; the sockets go there, and sim.log
 * @virtual_time: time passes only while somebody waits for an answer
 */
struct hardware {
	const char *program;
	const char *board;
	const char *addons;
	const char *own_addons;
	const char *directory;
	bool virtual_time;
};

/**
 * simulator_start() - start the hardware of a board
 * @simulator: to initialise
 * @hardware: what to start
 *
 * Return: 0 once it listens on all its sockets, -EIO if it gave up, -ETIMEDOUT, another negative
 * errno if it could not be started. simulator_stop() is due in all cases.
 */
int simulator_start(struct simulator *simulator, const struct hardware *hardware);

/**
 * simulator_command() - one command to the hardware
 * @simulator: the server
 * @answer: receives the lines of the answer, or the sentence that says what was wrong
 * @command: the command, without newline
 *
 * Return: 0, -EINVAL if the server refused, another negative errno if it did not answer.
 */
int simulator_command(struct simulator *simulator, FILE *answer, const char *command);

/**
 * simulator_connect() - a further connection to the control socket
 * @simulator: the server
 *
 * Return: a descriptor that a child inherits, or a negative errno.
 */
int simulator_connect(const struct simulator *simulator);

/** simulator_stop() - end the server; harmless when it was not started */
void simulator_stop(struct simulator *simulator);

#endif
