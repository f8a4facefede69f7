/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Is this a device tree blob that may be given to a reader?
 */
#ifndef PLUGTREE_RULES_BLOB_H
#define PLUGTREE_RULES_BLOB_H

#include "../reasons.h"

int rules_check_blob(const void *blob, size_t size, struct plugtree_refusal *refusal);

#endif
