/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Arrays that grow by one element after the other.
 */
#ifndef TOOL_ARRAY_H
#define TOOL_ARRAY_H

#include <stddef.h>

void *array_grow(void *array, size_t count, size_t size);

#endif
