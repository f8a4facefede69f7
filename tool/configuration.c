// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reading connectors.d: files of lines "CONNECTOR MODEL", with comments from a '#' on.
 *
 * A mistake is told with its file and line and costs that line only: a board must not lose all of
 * its add-ons for one of them.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "array.h"
#include "common/id/id.h"
#include "configuration.h"
#include "connector.h"
#include "text.h"

/* Whatever is larger was not written for us. */
#define FILE_SIZE_MAX (1 << 20)

#define WORD_SEPARATORS " \t\r\n\v\f"

/**
 * struct reader - where the reader stands
 * @configuration: what was read so far
 * @path: the file
 * @line: number of the line, 0 when it is about the file as a whole
 */
struct reader {
	struct configuration *configuration;
	const char *path;
	unsigned int line;
};

__attribute__((format(printf, 2, 3))) static void complain(struct reader *reader,
							   const char *format, ...)
{
	va_list arguments;
	char *sentence;
	int ret;

	reader->configuration->mistakes++;
	va_start(arguments, format);
	ret = vasprintf(&sentence, format, arguments);
	va_end(arguments);
	if (ret < 0)
		return;
	if (reader->line)
		text_complain("%s:%u: %s", reader->path, reader->line, sentence);
	else
		text_complain("%s: %s", reader->path, sentence);
	free(sentence);
}

static void add(struct reader *reader, const char *connector, const char *model)
{
	struct configuration *configuration = reader->configuration;
	struct assignment *grown = array_grow(configuration->assignments, configuration->count,
					      sizeof(*configuration->assignments));
	struct assignment assignment = {
		.connector = strdup(connector),
		.model = strdup(model),
		.file = strdup(reader->path),
		.line = reader->line,
	};

	if (grown)
		configuration->assignments = grown;
	if (grown && assignment.connector && assignment.model && assignment.file) {
		grown[configuration->count++] = assignment;
		return;
	}
	free(assignment.connector);
	free(assignment.model);
	free(assignment.file);
	complain(reader, "out of memory");
}

static void read_words(struct reader *reader, char *words[], unsigned int count)
{
	const struct assignment *other;

	if (!count)
		return;
	if (count != 2) {
		complain(reader, "a line is CONNECTOR MODEL, two words");
		return;
	}
	if (!connector_is_name(words[0])) {
		complain(
			reader,
			"\"%s\" is no name of a connector: they are made of a-z, 0-9, '.', '_', '-'",
			words[0]);
		return;
	}
	if (!id_is_model(words[1])) {
		complain(reader, "\"%s\" is no name of a model", words[1]);
		return;
	}
	other = configuration_find(reader->configuration, words[0]);
	if (other)
		complain(reader, "%s was given a model before, by %s:%u: %s", words[0], other->file,
			 other->line, other->model);
	else
		add(reader, words[0], words[1]);
}

static void read_line(struct reader *reader, char *line, size_t length)
{
	unsigned int count = 0;
	char *words[3], *rest, *word;

	if (strlen(line) != length) {
		complain(reader, "there is a NUL in the line");
		return;
	}
	for (word = strtok_r(line, WORD_SEPARATORS, &rest); word && *word != '#' && count < 3;
	     word = strtok_r(NULL, WORD_SEPARATORS, &rest))
		words[count++] = word;
	read_words(reader, words, count);
}

static void read_lines(struct reader *reader, FILE *file)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t length;

	while ((length = getline(&line, &size, file)) >= 0) {
		reader->line++;
		read_line(reader, line, (size_t)length);
	}
	free(line);
	reader->line = 0;
	if (ferror(file))
		complain(reader, "cannot be read to its end");
}

/* A link to /dev/null is the usual way to do away with a file of the vendor. */
static bool is_null(const struct stat *status)
{
	return S_ISCHR(status->st_mode) && status->st_rdev == makedev(1, 3);
}

static void read_file(struct configuration *configuration, const char *directory, const char *name)
{
	struct reader reader = { .configuration = configuration };
	struct stat status;
	FILE *file = NULL;
	char *path;
	int fd;

	if (asprintf(&path, "%s/%s", directory, name) < 0) {
		reader.path = name;
		complain(&reader, "out of memory");
		return;
	}
	reader.path = path;
	/* A named pipe must not hold up the boot. */
	fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &status)) {
		complain(&reader, "%s", strerror(errno));
	} else if (is_null(&status)) {
		;
	} else if (!S_ISREG(status.st_mode)) {
		complain(&reader, "is no regular file");
	} else if (status.st_size > FILE_SIZE_MAX) {
		complain(&reader, "is too large for a configuration");
	} else {
		file = fdopen(fd, "r");
		if (!file)
			complain(&reader, "%s", strerror(errno));
	}
	if (file) {
		read_lines(&reader, file);
		fclose(file);
	} else if (fd >= 0) {
		close(fd);
	}
	free(path);
}

static int is_configuration_file(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return *entry->d_name != '.' && length > strlen(".conf") &&
	       !strcmp(entry->d_name + length - strlen(".conf"), ".conf");
}

/**
 * struct directory - a directory of configuration files
 * @path: its path
 * @files: its files, in the order of their names
 * @count: how many there are
 * @next: the one that comes next
 */
struct directory {
	char *path;
	struct dirent **files;
	int count;
	int next;
};

static void directory_list(struct directory *directory, struct configuration *configuration,
			   const char *sysroot, const char *path)
{
	const char *slash = sysroot[strlen(sysroot) - 1] == '/' ? "" : "/";
	struct reader reader = { .configuration = configuration };

	*directory = (struct directory){};
	if (asprintf(&directory->path, "%s%s%s", sysroot, slash, path) < 0) {
		directory->path = NULL;
		reader.path = path;
		complain(&reader, "out of memory");
		return;
	}
	directory->count =
		scandir(directory->path, &directory->files, is_configuration_file, alphasort);
	if (directory->count >= 0)
		return;
	directory->count = 0;
	reader.path = directory->path;
	if (errno != ENOENT)
		complain(&reader, "%s", strerror(errno));
}

static const char *directory_next(const struct directory *directory)
{
	return directory->next < directory->count ? directory->files[directory->next]->d_name :
						    NULL;
}

static void directory_free(struct directory *directory)
{
	while (directory->count)
		free(directory->files[--directory->count]);
	free(directory->files);
	free(directory->path);
}

/* Goes through both in the order of the names; of two files of one name the administrator's counts. */
static void read_files(struct configuration *configuration, struct directory *administrator,
		       struct directory *vendor)
{
	const char *first, *second;
	int order;

	for (;;) {
		first = directory_next(administrator);
		second = directory_next(vendor);
		if (!first && !second)
			return;
		order = !first ? 1 : !second ? -1 : strcmp(first, second);
		if (order <= 0) {
			read_file(configuration, administrator->path, first);
			administrator->next++;
		}
		if (order > 0)
			read_file(configuration, vendor->path, second);
		if (order >= 0)
			vendor->next++;
	}
}

/**
 * configuration_read() - read all files
 * @configuration: filled, to be freed with configuration_free(); each mistake was told
 * @sysroot: directory that stands for the root of the file system
 */
void configuration_read(struct configuration *configuration, const char *sysroot)
{
	struct directory administrator, vendor;

	*configuration = (struct configuration){};
	directory_list(&administrator, configuration, sysroot, "etc/plugtree/connectors.d");
	directory_list(&vendor, configuration, sysroot, "usr/lib/plugtree/connectors.d");
	read_files(configuration, &administrator, &vendor);
	directory_free(&administrator);
	directory_free(&vendor);
}

/**
 * configuration_find() - what is configured for a connector
 * @configuration: the configuration
 * @connector: name of the connector
 *
 * Return: the line; NULL when there is none.
 */
const struct assignment *configuration_find(const struct configuration *configuration,
					    const char *connector)
{
	size_t i;

	for (i = 0; i < configuration->count; i++) {
		if (!strcmp(configuration->assignments[i].connector, connector))
			return &configuration->assignments[i];
	}
	return NULL;
}

/**
 * configuration_free() - free what was read
 * @configuration: the configuration; empty afterwards
 */
void configuration_free(struct configuration *configuration)
{
	struct assignment *assignment;

	while (configuration->count) {
		assignment = &configuration->assignments[--configuration->count];
		free(assignment->connector);
		free(assignment->model);
		free(assignment->file);
	}
	free(configuration->assignments);
	*configuration = (struct configuration){};
}
