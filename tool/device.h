/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The devices of an add-on.
 */
#ifndef TOOL_DEVICE_H
#define TOOL_DEVICE_H

#include <limits.h>
#include <stddef.h>

#define DEVICE_TEXT_SIZE 512

/**
 * struct device - a device of an add-on
 * @name: "<bus>:<device>"
 * @driver: name of its driver, empty when it has none
 * @node: path of its node in the device tree, empty when unknown
 */
struct device {
	char name[DEVICE_TEXT_SIZE];
	char driver[DEVICE_TEXT_SIZE];
	char node[PATH_MAX];
};

int device_list(struct device **devices, size_t *count, int class, const char *connector);

#endif
