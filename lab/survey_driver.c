// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Drivers of the survey, made from their files.
 */
#include <errno.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "lab/survey_driver.h"

#define ADDRESS_MAX 0x7f

/* Names of devices as they are on the board survey. */
static const struct survey_bus buses[] = {
	{ "i2c", "i2c", "0-%04lx", true },
	{ "spi", "spi", "spi0.%lu", true },
	{ "serial", "serial", "serial1-0", false },
	{ "devices", "platform", "connector-survey:devices:part", false },
	{ 0 },
};

static struct survey_driver *driver_of(struct data_file *file)
{
	return file->data;
}

static int copy_word(struct data_file *file, char *to, size_t size, const char *word)
{
	if (strlen(word) >= size)
		return data_file_mistake(file, "%.64s is too long", word);
	strcpy(to, word);
	return 0;
}

static int add_line(struct data_file *file, struct survey_lines *lines, const char *text)
{
	if (lines->count == SURVEY_LINES_MAX)
		return data_file_mistake(file, "more than %d such lines", SURVEY_LINES_MAX);
	lines->line[lines->count] = strdup(text);
	return lines->line[lines->count++] ? 0 : -ENOMEM;
}

static int set_text(struct data_file *file, char **text, const char *word)
{
	if (*text)
		return data_file_mistake(file, "that was said already");
	*text = strdup(word);
	return *text ? 0 : -ENOMEM;
}

static int read_driver(struct data_file *file, const struct words *words)
{
	return copy_word(file, driver_of(file)->driver, sizeof(driver_of(file)->driver),
			 words->word[1]);
}

static int read_subsystem(struct data_file *file, const struct words *words)
{
	return copy_word(file, driver_of(file)->subsystem, sizeof(driver_of(file)->subsystem),
			 words->word[1]);
}

static int read_device(struct data_file *file, const struct words *words)
{
	const struct survey_bus *bus = buses;

	while (bus->name && strcmp(bus->name, words->word[1]))
		bus++;
	if (!bus->name)
		return data_file_mistake(file, "there is no bus %s", words->word[1]);
	if (bus->counted != (words->count > 2))
		return data_file_mistake(file, "a device on %s has %s address", bus->name,
					 bus->counted ? "an" : "no");
	driver_of(file)->bus = bus;
	if (!bus->counted)
		return 0;
	return data_file_number(file, words->word[2], ADDRESS_MAX, &driver_of(file)->address);
}

static int read_compatible(struct data_file *file, const struct words *words)
{
	return copy_word(file, driver_of(file)->compatible, sizeof(driver_of(file)->compatible),
			 words->word[1]);
}

static int read_module(struct data_file *file, const struct words *words)
{
	return set_text(file, &driver_of(file)->module, words->word[1]);
}

static int read_cause(struct data_file *file, const struct words *words)
{
	return set_text(file, &driver_of(file)->cause, words->word[1]);
}

static int read_property(struct data_file *file, const struct words *words)
{
	return add_line(file, &driver_of(file)->properties, words->word[1]);
}

static int read_node(struct data_file *file, const struct words *words)
{
	return add_line(file, &driver_of(file)->nodes, words->word[1]);
}

static int read_use(struct data_file *file, const struct words *words)
{
	return add_line(file, &driver_of(file)->uses, words->word[1]);
}

/* Goes into the add-on's file as it is, and its mistakes are found there. */
static int read_chip(struct data_file *file, const struct words *words)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	int i, ret;

	if (!out)
		return -ENOMEM;
	for (i = 0; i < words->count; i++) {
		if (i)
			fputc(' ', out);
		words_quote(out, words->word[i]);
	}
	fclose(out);
	ret = add_line(file, &driver_of(file)->chips, text);
	free(text);
	return ret;
}

/* hold PATH r|rw [ERROR] */
static int read_hold(struct data_file *file, const struct words *words)
{
	struct survey_driver *driver = driver_of(file);
	struct survey_hold *hold = &driver->holds[driver->hold_count];

	if (driver->hold_count == SURVEY_LINES_MAX)
		return data_file_mistake(file, "more than %d such lines", SURVEY_LINES_MAX);
	driver->hold_count++;
	if (strcmp(words->word[2], "r") && strcmp(words->word[2], "rw"))
		return data_file_mistake(file, "hold PATH r|rw [ERROR]");
	hold->path = strdup(words->word[1]);
	hold->mode = strdup(words->word[2]);
	if (words->word[3])
		hold->error = strdup(words->word[3]);
	return 0;
}

static const struct data_line driver_lines[] = {
	{ "driver", 1, 0, read_driver },
	{ "subsystem", 1, 0, read_subsystem },
	{ "device", 1, 1, read_device },
	{ "compatible", 1, 0, read_compatible },
	{ "module", 1, 0, read_module },
	{ "property", 1, 0, read_property },
	{ "node", 1, 0, read_node },
	{ "chip", 3, WORDS_MAX, read_chip },
	{ "use", 1, 0, read_use },
	{ "hold", 2, 1, read_hold },
	{ "cause", 1, 0, read_cause },
	{ 0 },
};

int survey_driver_read(struct survey_driver *driver, const char *path, char *problem)
{
	char *copy = strdup(path), *dot;
	int ret;

	memset(driver, 0, sizeof(*driver));
	if (!copy)
		return -ENOMEM;
	snprintf(driver->name, sizeof(driver->name), "%s", basename(copy));
	free(copy);
	dot = strrchr(driver->name, '.');
	if (dot)
		*dot = '\0';
	ret = data_file_read(path, driver_lines, driver, problem);
	if (ret)
		return ret;
	if (driver->driver[0] && driver->subsystem[0] && driver->bus && driver->compatible[0] &&
	    driver->uses.count)
		return 0;
	snprintf(problem, PROBLEM_SIZE,
		 "%.400s: driver, subsystem, device, compatible and use have to be said", path);
	return -EINVAL;
}

static void free_lines(struct survey_lines *lines)
{
	while (lines->count)
		free(lines->line[--lines->count]);
}

void survey_driver_free(struct survey_driver *driver)
{
	struct survey_hold *hold;

	while (driver->hold_count) {
		hold = &driver->holds[--driver->hold_count];
		free(hold->path);
		free(hold->mode);
		free(hold->error);
	}
	free_lines(&driver->uses);
	free_lines(&driver->chips);
	free_lines(&driver->nodes);
	free_lines(&driver->properties);
	free(driver->cause);
	free(driver->module);
}

void survey_driver_device(const struct survey_driver *driver, char *name)
{
	snprintf(name, SURVEY_NAME_SIZE, driver->bus->device, driver->address);
}
