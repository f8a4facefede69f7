/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Events of connectors, as the kernel sends them.
 */
#ifndef TOOL_EVENT_H
#define TOOL_EVENT_H

#include "connector.h"
#include "deadline.h"

struct event_source;

int event_source_open(struct event_source **source);
void event_source_close(struct event_source *source);
int event_next(struct event_source *source, struct connector *connector, deadline_t deadline);

#endif
