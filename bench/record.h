/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BENCH_RECORD_H
#define BENCH_RECORD_H

#include <stddef.h>

/**
 * struct section - what was recorded at one time
 * @label: what it is
 * @text: the text
 */
struct section {
	char *label;
	char *text;
};

/**
 * struct record - a record of the lab
 * @sections: in the order in which they were recorded
 * @count: number of @sections
 * @storage: the file
 */
struct record {
	struct section *sections;
	size_t count;
	char *storage;
};

/**
 * record_read() - read a record
 * @record: the result, to be freed with record_free()
 * @path: the file
 *
 * Return: 0 or a negative errno.
 */
int record_read(struct record *record, const char *path);

/** record_free() - free a record */
void record_free(struct record *record);

/** record_find() - the section of that label with that number, counted from 0, or NULL */
const char *record_find(const struct record *record, const char *label, size_t number);

#endif
