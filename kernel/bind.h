/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Bound: "ready" means that every device that has a driver is bound to it.
 */
#ifndef PLUGTREE_BIND_H
#define PLUGTREE_BIND_H

#include <linux/types.h>

#include "common/reasons.h"

struct device;
struct devices;

bool bind_has_driver(struct device *device);
int bind_devices(struct devices *devices, struct plugtree_refusal *refusal);

#endif
