/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * PWMs of a connector, on kernels whose PWM core does not know pwm-map.
 */
#ifndef PLUGTREE_PWM_MAP_H
#define PLUGTREE_PWM_MAP_H

#include <linux/list.h>

#include "common/reasons.h"

struct device_node;
struct overlay;
struct property;

/**
 * struct pwm_map - where the PWMs that an overlay asks its connector for lead
 * @entries: struct pwm_map_entry in overlay order
 */
struct pwm_map {
	struct list_head entries;
};

int pwm_map_read(struct pwm_map *map, struct overlay *overlay, struct plugtree_refusal *refusal);
void *pwm_map_property(const struct pwm_map *map, const struct device_node *scratch,
		       const struct property *property, int *size);
void pwm_map_free(struct pwm_map *map);

#endif
