/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Outside data in HTML and SVG.
 */
#ifndef TOOL_MARKUP_H
#define TOOL_MARKUP_H

#include <stdio.h>

void markup_put(FILE *stream, const char *text);
void markup_put_element(FILE *stream, const char *element, const char *class, const char *text);

#endif
