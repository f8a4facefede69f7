/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hooks: programs of the administrator and of the vendor that are run when something happens.
 */
#ifndef TOOL_HOOKS_H
#define TOOL_HOOKS_H

#include "connector.h"

/* How long each may take, in milliseconds. */
#define HOOKS_LIMIT_MS 10000

void hooks_describe(const struct connector *connector, const char *state);
int hooks_run(const char *sysroot, long long limit_ms);

#endif
