/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bars: a timeline drawn for people.
 */
#ifndef TOOL_BARS_H
#define TOOL_BARS_H

#include "steps.h"

void bars_print(const struct steps *steps, const struct phase *phase, int width);
void bars_print_duration(long long microseconds);

#endif
