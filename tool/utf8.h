/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * UTF-8 whatever the locale is: JSON knows nothing else.
 */
#ifndef TOOL_UTF8_H
#define TOOL_UTF8_H

#include <stddef.h>
#include <stdint.h>

size_t utf8_decode(const char *text, uint32_t *character);
char *utf8_clean(const char *text);

#endif
