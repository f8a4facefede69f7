/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bars: a timeline drawn for people.
 */
#ifndef TOOL_BARS_H
#define TOOL_BARS_H

#include "steps.h"

void bars_print(const struct steps *steps, const struct phase *phase, int width);
void bars_print_duration(long long microseconds);
void bars_format_duration(char *text, size_t size, long long microseconds,
			  const char *unit);

/* Room for a duration in words. */
#define BARS_DURATION_SIZE 48

#endif
