// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * modules.alias has a line "alias of:N*T*Cnational,lm75C* lm75" or "alias i2c:lm75 lm75" for
 * each device that a module is for. modules.builtin.modinfo has "lm75.alias=of:N*T*Cnational,lm75",
 * ended by a NUL, for one that is built in. Names and types of nodes are not looked at: hardly a
 * driver asks for them.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "array.h"
#include "driver_list.h"

static int add_name(struct driver_list *drivers, const char *beginning, const char *name,
		    size_t length)
{
	char **grown = array_grow(drivers->names, drivers->count, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	drivers->names = grown;
	if (asprintf(&grown[drivers->count], "%s%.*s", beginning, (int)length, name) < 0)
		return -ENOMEM;
	drivers->count++;
	return 0;
}

/* The first compatible: a second one, or "C*" for any others, may follow. */
static int add_compatible(struct driver_list *drivers, const char *alias)
{
	const char *type = strchr(alias, 'T');
	const char *compatible = type ? strchr(type, 'C') : NULL;
	const char *end;

	if (!compatible)
		return 0;
	compatible++;
	end = strstr(compatible, "C*");
	return add_name(drivers, "of:", compatible,
			end ? (size_t)(end - compatible) : strcspn(compatible, " "));
}

static int add_alias(struct driver_list *drivers, const char *alias)
{
	static const char *const others[] = { "i2c:", "spi:" };
	size_t i;

	if (!strncmp(alias, "of:", strlen("of:")))
		return add_compatible(drivers, alias);
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if (!strncmp(alias, others[i], strlen(others[i])))
			return add_name(drivers, "", alias, strcspn(alias, " "));
	}
	return 0;
}

static int add_line(struct driver_list *drivers, const char *line)
{
	static const char beginning[] = "alias ";

	if (strncmp(line, beginning, strlen(beginning)))
		return 0;
	return add_alias(drivers, line + strlen(beginning));
}

static int add_information(struct driver_list *drivers, const char *information)
{
	static const char key[] = ".alias=";
	const char *alias = strstr(information, key);

	return alias ? add_alias(drivers, alias + strlen(key)) : 0;
}

static int read_file(struct driver_list *drivers, const char *path, char end,
		     int (*add)(struct driver_list *drivers, const char *line))
{
	FILE *stream = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;
	int ret = 0;

	if (!stream)
		return -errno;
	while (!ret && getdelim(&line, &size, end, stream) >= 0)
		ret = add(drivers, line);
	if (!ret && ferror(stream))
		ret = -EIO;
	free(line);
	fclose(stream);
	return ret;
}

static int read_directory(struct driver_list *drivers, const char *path)
{
	char file[PATH_MAX];
	int ret;

	snprintf(file, sizeof(file), "%s/modules.alias", path);
	ret = read_file(drivers, file, '\n', add_line);
	if (ret)
		return ret;
	/* Older kernels and other build systems have none. */
	snprintf(file, sizeof(file), "%s/modules.builtin.modinfo", path);
	ret = read_file(drivers, file, '\0', add_information);
	return ret == -ENOENT ? 0 : ret;
}

static int compare_names(const void *one, const void *other)
{
	return strcmp(*(char *const *)one, *(char *const *)other);
}

/**
 * driver_list_read() - read what the modules of a kernel are for
 * @drivers: filled, to be given to driver_list_free() whatever the result
 * @path: modules.alias, or the directory that it is in, whose list of what is built in counts, too
 *
 * Return: 0 or a negative errno.
 */
int driver_list_read(struct driver_list *drivers, const char *path)
{
	struct stat status;
	int ret;

	*drivers = (struct driver_list){};
	if (!stat(path, &status) && S_ISDIR(status.st_mode))
		ret = read_directory(drivers, path);
	else
		ret = read_file(drivers, path, '\n', add_line);
	if (drivers->count)
		qsort(drivers->names, drivers->count, sizeof(*drivers->names), compare_names);
	return ret;
}

static bool is_listed(const struct driver_list *drivers, const char *beginning, const char *name)
{
	char text[256];
	char *key = text;

	if (!drivers->count ||
	    (size_t)snprintf(text, sizeof(text), "%s%s", beginning, name) >= sizeof(text))
		return false;
	return bsearch(&key, drivers->names, drivers->count, sizeof(*drivers->names),
		       compare_names);
}

/**
 * driver_is_known() - is there a module for a device?
 * @drivers: the modules
 * @compatible: one of the device's compatibles
 * @alias: what aliases of its bus begin with, or NULL
 *
 * Return: true if there is.
 */
bool driver_is_known(const struct driver_list *drivers, const char *compatible, const char *alias)
{
	const char *comma = strchr(compatible, ',');

	if (is_listed(drivers, "of:", compatible))
		return true;
	return alias && is_listed(drivers, alias, comma ? comma + 1 : compatible);
}

/**
 * driver_list_free() - forget them
 * @drivers: the list; empty afterwards
 */
void driver_list_free(struct driver_list *drivers)
{
	while (drivers->count)
		free(drivers->names[--drivers->count]);
	free(drivers->names);
	*drivers = (struct driver_list){};
}
