/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which model is in a connector that cannot find out itself, as files in connectors.d say it.
 */
#ifndef TOOL_CONFIGURATION_H
#define TOOL_CONFIGURATION_H

#include <stddef.h>

/**
 * struct assignment - a line of the configuration
 * @connector: name of the connector
 * @model: the model to load into it
 * @file: the file that says so
 * @line: number of the line there
 */
struct assignment {
	char *connector;
	char *model;
	char *file;
	unsigned int line;
};

/**
 * struct configuration - what all files together say
 * @assignments: the good lines, one per connector
 * @count: how many there are
 * @mistakes: how many lines and files were complained about
 */
struct configuration {
	struct assignment *assignments;
	size_t count;
	unsigned int mistakes;
};

void configuration_read(struct configuration *configuration, const char *sysroot);
const struct assignment *configuration_find(const struct configuration *configuration,
					    const char *connector);
void configuration_free(struct configuration *configuration);

#endif
