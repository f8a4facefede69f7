/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_ADDON_H
#define SIM_ADDON_H

#include <stdbool.h>

#include "common/id/id.h"
#include "lab/sim/chip_place.h"

#define ADDON_NAME_SIZE 64
#define ADDON_SOCKETS_MAX 2

struct socket;

/**
 * enum addon_power - when an add-on reports power-good
 * @ADDON_POWER_AT_ONCE: as soon as it has power
 * @ADDON_POWER_LATE: some time after that
 * @ADDON_POWER_BOUNCES: at once, but it is lost and comes back some times first
 * @ADDON_POWER_NEVER: never
 */
enum addon_power {
	ADDON_POWER_AT_ONCE,
	ADDON_POWER_LATE,
	ADDON_POWER_BOUNCES,
	ADDON_POWER_NEVER,
};

/**
 * struct addon - one add-on board
 * @name: "<type>/<name>": where its file lies
 * @type: type of connector that it fits into
 * @strap: its strap pins, bit 0 is pin 0
 * @power: when it reports power-good
 * @power_ms: for ADDON_POWER_LATE
 * @power_bounces: for ADDON_POWER_BOUNCES
 * @chips: its chips
 * @sockets: room for the sockets on it; belongs to it
 * @socket_count: number of @sockets
 */
struct addon {
	char name[2 * ADDON_NAME_SIZE];
	char type[ADDON_NAME_SIZE];
	unsigned int strap;
	enum addon_power power;
	unsigned int power_ms;
	unsigned int power_bounces;
	struct chip_places chips;
	struct socket *sockets;
	unsigned int socket_count;
};

/**
 * addon_create() - make an add-on board, new from the factory
 * @addon: the result
 * @directories: directories of add-ons, searched in this order; NULL at the end
 * @type: type of the connector that it is meant for
 * @name: "<name>" of that type, or "<type>/<name>" of any
 * @problem: PROBLEM_SIZE bytes; on error a sentence
 *
 * Return: 0, -ENOENT if there is no such file, -EINVAL for a mistake in it, -ENOMEM.
 */
int addon_create(struct addon **addon, const char *const *directories, const char *type,
		 const char *name, char *problem);

/** addon_destroy() - free an add-on that is in no socket; NULL is fine */
void addon_destroy(struct addon *addon);

#endif
