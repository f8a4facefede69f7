/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The base tree with an overlay in it, as the kernel has it after the plug.
 */
#ifndef TOOL_MERGE_H
#define TOOL_MERGE_H

#include "blob.h"
#include "common/reasons.h"

int merge_overlay(const struct blob *base, const char *connector, const struct blob *overlay,
		  struct blob *merged, struct plugtree_refusal *refusal);

#endif
