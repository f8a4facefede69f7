/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The live view of "plugtree watch".
 */
#ifndef TOOL_LIVE_VIEW_H
#define TOOL_LIVE_VIEW_H

#include "command.h"
#include "event.h"
#include "selection.h"

enum exit_code live_view(const struct context *context, const struct selection *selection,
			 struct event_source *source);

#endif
