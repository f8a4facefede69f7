/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A page about the connectors of a board: HTML that needs nothing else.
 */
#ifndef TOOL_PAGE_H
#define TOOL_PAGE_H

#include <stdio.h>
#include <time.h>

#include "connector.h"
#include "device.h"
#include "steps.h"

/**
 * struct page_entry - what a page says about a connector
 * @connector: the connector
 * @devices: the devices of the add-on in it
 * @device_count: how many
 * @steps: its timeline
 */
struct page_entry {
	struct connector connector;
	struct device *devices;
	size_t device_count;
	struct steps steps;
};

void page_write(FILE *stream, const char *board, time_t time, const struct page_entry *entries,
		size_t count);

#endif
