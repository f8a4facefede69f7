/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Overlay files: which file is it, and is it there?
 */
#ifndef PLUGTREE_FIRMWARE_H
#define PLUGTREE_FIRMWARE_H

#include <linux/firmware.h>

#include "common/id/id.h"
#include "common/reasons.h"

struct plugtree_connector;

const struct firmware *firmware_id_overlay(struct plugtree_connector *connector, char *path,
					   size_t size, struct plugtree_refusal *refusal);
const struct firmware *firmware_model_overlay(struct plugtree_connector *connector,
					      const struct id_identity *identity, char *path,
					      size_t size, struct plugtree_refusal *refusal);
const struct firmware *firmware_signature(struct plugtree_connector *connector, const char *overlay,
					  struct plugtree_refusal *refusal);

#endif
