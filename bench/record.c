// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A record of the lab: sections that begin with a line "## LABEL".
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/record.h"

static int read_all(char **text, const char *path)
{
	FILE *file = fopen(path, "re"), *memory;
	char part[65536];
	size_t size, length;
	int ret = 0;

	if (!file)
		return -errno;
	memory = open_memstream(text, &size);
	if (!memory) {
		fclose(file);
		return -ENOMEM;
	}
	while ((length = fread(part, 1, sizeof(part), file)))
		fwrite(part, 1, length, memory);
	if (ferror(file))
		ret = -EIO;
	fclose(memory);
	fclose(file);
	if (ret)
		free(*text);
	return ret;
}

int record_read(struct record *record, const char *path)
{
	struct section *sections;
	char *line, *next;
	int ret;

	*record = (struct record){ 0 };
	ret = read_all(&record->storage, path);
	if (ret)
		return ret;
	for (line = record->storage; line; line = next) {
		next = strstr(line, "\n## ");
		if (next)
			*next++ = '\0';
		if (strncmp(line, "## ", 3) || !strchr(line, '\n'))
			continue;
		sections = realloc(record->sections, (record->count + 1) * sizeof(*sections));
		if (!sections) {
			record_free(record);
			return -ENOMEM;
		}
		record->sections = sections;
		sections[record->count].label = line + 3;
		sections[record->count].text = strchr(line, '\n') + 1;
		sections[record->count].text[-1] = '\0';
		record->count++;
	}
	return 0;
}

void record_free(struct record *record)
{
	free(record->sections);
	free(record->storage);
}

const char *record_find(const struct record *record, const char *label, size_t number)
{
	size_t i;

	for (i = 0; i < record->count; i++)
		if (!strcmp(record->sections[i].label, label) && !number--)
			return record->sections[i].text;
	return NULL;
}
