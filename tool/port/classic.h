/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A classic overlay: written for one base board, whose labels it names.
 */
#ifndef TOOL_PORT_CLASSIC_H
#define TOOL_PORT_CLASSIC_H

#include <stddef.h>
#include <stdint.h>

#include "blob.h"
#include "exit_code.h"

/**
 * struct reference - a cell of the overlay that refers to a node
 * @node: the node that has it
 * @property: the property
 * @offset: bytes in front of it there
 * @label: label of the base tree; NULL for a node of the overlay
 * @target: that node: of the base tree with a label, else of the overlay; negative if there is none
 */
struct reference {
	int node;
	const char *property;
	uint32_t offset;
	const char *label;
	int target;
};

/**
 * struct classic - an overlay and the tree that it was written for
 * @overlay: the overlay's blob
 * @base: the base tree's
 * @references: all references
 * @count: how many
 */
struct classic {
	const void *overlay;
	const void *base;
	struct reference *references;
	size_t count;
};

enum exit_code classic_open(struct classic *classic, const struct blob *overlay,
			    const struct blob *base, const char *file);
const struct reference *classic_reference(const struct classic *classic, int node,
					  const char *property, uint32_t offset);
const struct reference *classic_first_reference(const struct classic *classic, int node,
						const char *property);
int classic_contents(const struct classic *classic, int fragment);
int classic_target(const struct classic *classic, int fragment);
const char *classic_label(const void *blob, int node);
void classic_close(struct classic *classic);

#endif
