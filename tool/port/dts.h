/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Writing device tree source.
 */
#ifndef TOOL_PORT_DTS_H
#define TOOL_PORT_DTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/**
 * struct dts - a text that is written
 * @stream: where to
 * @depth: how many nodes are open
 * @fresh: nothing is in the node yet that was opened last
 */
struct dts {
	FILE *stream;
	int depth;
	bool fresh;
};

void dts_open_node(struct dts *dts, const char *label, const char *name);
void dts_close_node(struct dts *dts);
void dts_begin_property(struct dts *dts, const char *name);
void dts_end_property(struct dts *dts);
void dts_flag(struct dts *dts, const char *name);
void dts_value(struct dts *dts, const void *value, size_t size);
void dts_cell(struct dts *dts, uint32_t cell);
void dts_name(char *label, size_t size, const char *name);

#endif
