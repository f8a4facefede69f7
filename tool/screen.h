/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The terminal as a screen: what was on it comes back at the end.
 */
#ifndef TOOL_SCREEN_H
#define TOOL_SCREEN_H

#include <stdbool.h>

bool screen_is_there(void);
void screen_begin(void);
void screen_show(const char *text);
int screen_height(void);
bool screen_is_ended(void);
void screen_end(void);

#endif
