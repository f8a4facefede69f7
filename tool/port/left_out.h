/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What of a classic overlay is left out, and why.
 */
#ifndef TOOL_PORT_LEFT_OUT_H
#define TOOL_PORT_LEFT_OUT_H

#include "wording.h"

/**
 * enum left_out_kind - the reasons of left_out_list.h
 */
enum left_out_kind {
#define X(identifier, ...) LEFT_OUT_##identifier,
#include "left_out_list.h"
#undef X
	LEFT_OUT_KIND_COUNT
};

const struct wording *left_out_wording(enum left_out_kind kind);
void left_out_complain(enum left_out_kind kind, const char *subject);

#endif
