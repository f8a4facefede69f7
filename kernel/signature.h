/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Signatures of overlays: must it be signed, and is it?
 */
#ifndef PLUGTREE_SIGNATURE_H
#define PLUGTREE_SIGNATURE_H

#include <linux/types.h>

#include "common/reasons.h"

struct firmware;
struct plugtree_connector;

bool signature_required(const struct plugtree_connector *connector);
int signature_check(struct plugtree_connector *connector, const struct firmware *overlay,
		    const char *path, struct plugtree_refusal *refusal);

#endif
