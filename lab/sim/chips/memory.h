/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_MEMORY_H
#define SIM_MEMORY_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/** memory_set_key() - the set function of memory chips: "byte@OFFSET" */
int memory_set_key(uint8_t *bytes, size_t size, const char *key, const char *value);

/** memory_get_key() - the get function of memory chips: that, or the size for no key */
int memory_get_key(const uint8_t *bytes, size_t size, const char *key, FILE *out);

#endif
