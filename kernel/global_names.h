/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Names of an add-on that the kernel keeps in one list for the whole system.
 */
#ifndef PLUGTREE_GLOBAL_NAMES_H
#define PLUGTREE_GLOBAL_NAMES_H

struct property;

void *global_names_property(const char *connector, const struct property *property, int *size);

#endif
