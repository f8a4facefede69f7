/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Watching the state of one connector.
 */
#ifndef TOOL_STATE_WATCH_H
#define TOOL_STATE_WATCH_H

#include <stdbool.h>

#include "connector.h"
#include "deadline.h"

/**
 * struct state_watch - a watch on the "state" attribute
 * @directory: the connector's directory
 * @state: the attribute, in the kernel's sysfs; else -1
 * @inotify: the watch on a copy of a sysfs; else -1
 * @last: the state read last, in a copy
 */
struct state_watch {
	int directory;
	int state;
	int inotify;
	char last[CONNECTOR_TEXT_SIZE];
};

int state_watch_begin(struct state_watch *watch, int class, const char *connector);
int state_watch_settle(struct state_watch *watch, char *state, size_t size, deadline_t deadline);
void state_watch_end(struct state_watch *watch);

#endif
