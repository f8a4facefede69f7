/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The class directory of plugtree and the attributes in it.
 */
#ifndef TOOL_SYSFS_H
#define TOOL_SYSFS_H

#include <stdbool.h>
#include <stddef.h>

/* The kernel gives at most one page; pages of 64 KiB are the largest we may meet. */
#define SYSFS_VALUE_MAX 65536

int sysfs_open_class(const char *sysroot);
int sysfs_open_directory(int directory, const char *name);
bool sysfs_is_live(int directory);
int sysfs_list(int directory, char ***names, size_t *count);
void sysfs_free_list(char **names, size_t count);
int sysfs_read(int directory, const char *attribute, char *text, size_t size);
int sysfs_read_number(int directory, const char *attribute, long long *number);
int sysfs_read_link(int directory, const char *link, char *target, size_t size);
int sysfs_write(int directory, const char *attribute, const char *value);

#endif
