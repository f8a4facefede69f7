/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Pictures: a timeline as SVG.
 */
#ifndef TOOL_PICTURE_H
#define TOOL_PICTURE_H

#include <stdio.h>

#include "steps.h"

/* Colours of pictures and pages, light and dark: CSS. */
extern const char picture_colors[];

/* What the classes in a picture look like: CSS. */
extern const char picture_style[];

#define PICTURE_WIDTH 330

int picture_height(const struct steps *steps);
void picture_begin(FILE *stream, int height, const char *title);
void picture_define(FILE *stream);
void picture_heading(FILE *stream, const char *name, const char *state, int top);
void picture_draw(FILE *stream, const struct steps *steps, int top);
void picture_end(FILE *stream);

/* What picture_heading() takes. */
#define PICTURE_HEADING_HEIGHT 30

#endif
