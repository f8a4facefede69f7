/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Plugging an overlay into a base tree that is a file, not the kernel's.
 */
#ifndef TOOL_DRY_PLUG_H
#define TOOL_DRY_PLUG_H

#include "blob.h"
#include "exit_code.h"

enum exit_code dry_plug(const struct blob *base, const char *connector, const struct blob *overlay,
			const char *file, struct blob *merged);
enum exit_code dry_plug_word(struct blob *base, const char *connector, const char *word);

#endif
