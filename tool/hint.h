/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Hints: what a user can do about a reason.
 */
#ifndef TOOL_HINT_H
#define TOOL_HINT_H

const char *hint_for(const char *reason);

#endif
