/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Connectors in words.
 */
#ifndef TOOL_REPORT_H
#define TOOL_REPORT_H

#include <stddef.h>
#include <stdio.h>

#include "connector.h"
#include "text.h"

/* The longest name of a state is "identifying". */
#define REPORT_STATE_WIDTH 11

enum style report_state_style(const char *state);
void report_state(const char *state, int width);
void report_label(const char *label);
void report_line(const char *label, const char *text);
void report_add_on(const struct connector *connector);
void report_connector_line(const struct connector *connector);

#endif
