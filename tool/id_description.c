// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An identity as a small text: lines "KEY VALUE", comments after '#' at the start of a line.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/id/encode.h"
#include "id_description.h"
#include "memory.h"
#include "text.h"

static int set_size(struct id_description *description, const char *value)
{
	unsigned long size;
	char *end;

	errno = 0;
	size = strtoul(value, &end, 0);
	if (errno || !isdigit((unsigned char)*value) || *end || !size || size > MEMORY_SIZE_MAX)
		return -ERANGE;
	description->size = (unsigned int)size;
	return 0;
}

static int set(struct id_description *description, const char *key, const char *value)
{
	struct id_identity *identity = &description->identity;
	const struct {
		const char *key;
		char *text;
	} texts[] = {
		{ "format", description->format }, { "vendor", identity->vendor },
		{ "model", identity->model },	   { "revision", identity->revision },
		{ "serial", identity->serial },
	};
	size_t i;

	if (!strcmp(key, "size"))
		return set_size(description, value);
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (strcmp(key, texts[i].key))
			continue;
		if (strlen(value) >= ID_TEXT_SIZE)
			return -ENAMETOOLONG;
		strcpy(texts[i].text, value);
		return 0;
	}
	return -ENOENT;
}

static const char *mistake(int error)
{
	switch (error) {
	case -ENOENT:
		return "is no format, vendor, model, revision, serial or size";
	case -ENAMETOOLONG:
		return "is too long";
	default:
		return "is no number of bytes";
	}
}

static int read_line(struct id_description *description, char *line, const char *path,
		     unsigned int number)
{
	char *key = line + strspn(line, " \t\r\n");
	char *value = key + strcspn(key, " \t\r\n");
	size_t length;
	int error;

	if (!*key || *key == '#')
		return 0;
	if (*value)
		*value++ = '\0';
	value += strspn(value, " \t\r\n");
	for (length = strlen(value); length && strchr(" \t\r\n", value[length - 1]); length--)
		value[length - 1] = '\0';
	error = set(description, key, value);
	if (error)
		text_complain("%s:%u: %s %s", path, number, key, mistake(error));
	return error;
}

static int read_lines(struct id_description *description, FILE *file, const char *path)
{
	unsigned int number = 0;
	char *line = NULL;
	size_t size = 0;
	int error = 0;

	while (!error && getline(&line, &size, file) >= 0)
		error = read_line(description, line, path, ++number);
	free(line);
	if (!error && ferror(file)) {
		error = -EIO;
		text_complain("%s: %s", path, strerror(EIO));
	}
	if (!error && !id_encoder_find(description->format)) {
		error = -EINVAL;
		text_complain("%s: %s%s", path,
			      *description->format ? "there is no format " :
						     "the format is missing",
			      description->format);
	}
	return error;
}

/**
 * id_description_read() - read the text
 * @description: filled
 * @path: the file, "-" for standard input
 *
 * Return: 0, or a negative errno after a complaint.
 */
int id_description_read(struct id_description *description, const char *path)
{
	FILE *file = strcmp(path, "-") ? fopen(path, "re") : stdin;
	int error;

	*description = (struct id_description){ .size = 0 };
	if (!file) {
		error = -errno;
		text_complain("%s: %s", path, strerror(errno));
		return error;
	}
	error = read_lines(description, file, path);
	if (file != stdin)
		fclose(file);
	return error;
}
