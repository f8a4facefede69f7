// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Opening a machine. What is not there is found later; only what stops all examinations fails here.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>
#include <zlib.h>

#include "array.h"
#include "common/rules/fdt.h"
#include "machine.h"
#include "sysfs.h"
#include "text.h"

/* Longer lines are no options that anybody asks about. */
#define OPTION_LINE_SIZE 256

/* A kernel's configuration has ten thousand lines or so. */
#define OPTIONS_MAX 100000

/**
 * machine_path() - the path of a file of the machine
 * @machine: the machine
 * @format: the path from its root, without the first slash, printf-style
 *
 * Return: the path, to be given to free(). Out of memory is the end of the program.
 */
char *machine_path(const struct machine *machine, const char *format, ...)
{
	const char *sysroot = machine->settings->sysroot;
	const char *slash = sysroot[strlen(sysroot) - 1] == '/' ? "" : "/";
	char *path = NULL, *rest = NULL;
	va_list arguments;
	int ret;

	va_start(arguments, format);
	ret = vasprintf(&rest, format, arguments);
	va_end(arguments);
	if (ret >= 0)
		ret = asprintf(&path, "%s%s%s", sysroot, slash, rest);
	free(rest);
	if (ret >= 0)
		return path;
	text_complain("out of memory");
	exit(EXIT_CODE_FAILED);
}

/* The kernel that runs, or the only one that there are modules of. */
static void find_release(struct machine *machine)
{
	const struct settings *settings = machine->settings;
	struct utsname name;
	char **names;
	size_t count;
	int fd;

	if (settings->kernel) {
		text_copy(machine->release, sizeof(machine->release), settings->kernel);
		return;
	}
	if (!strcmp(settings->sysroot, "/") && !uname(&name)) {
		text_copy(machine->release, sizeof(machine->release), name.release);
		return;
	}
	fd = sysfs_open_directory(machine->root, "lib/modules");
	if (fd < 0)
		return;
	if (!sysfs_list(fd, &names, &count)) {
		if (count == 1)
			text_copy(machine->release, sizeof(machine->release), names[0]);
		sysfs_free_list(names, count);
	}
	close(fd);
}

static int compare_lines(const void *one, const void *other)
{
	return strcmp(*(char *const *)one, *(char *const *)other);
}

static int add_option(struct machine *machine, const char *line)
{
	char **grown = array_grow(machine->options, machine->option_count, sizeof(*grown));

	if (!grown)
		return -ENOMEM;
	machine->options = grown;
	grown[machine->option_count] = strndup(line, strcspn(line, "\n"));
	if (!grown[machine->option_count])
		return -ENOMEM;
	machine->option_count++;
	return 0;
}

/* zlib reads what is not compressed, too. */
static bool read_options(struct machine *machine, char *path)
{
	char line[OPTION_LINE_SIZE];
	gzFile file = gzopen(path, "re");

	free(path);
	if (!file)
		return false;
	while (machine->option_count < OPTIONS_MAX && gzgets(file, line, sizeof(line))) {
		if (!strncmp(line, "CONFIG_", strlen("CONFIG_")) && add_option(machine, line))
			break;
	}
	gzclose(file);
	if (machine->option_count)
		qsort(machine->options, machine->option_count, sizeof(*machine->options),
		      compare_lines);
	return machine->option_count > 0;
}

static void find_options(struct machine *machine)
{
	const char *release = machine->release;

	if (machine->running && !machine->settings->kernel &&
	    read_options(machine, machine_path(machine, "proc/config.gz")))
		return;
	if (!*release || strchr(release, '/') ||
	    read_options(machine, machine_path(machine, "boot/config-%s", release)) ||
	    read_options(machine, machine_path(machine, "lib/modules/%s/config", release)))
		return;
	read_options(machine, machine_path(machine, "lib/modules/%s/build/.config", release));
}

static void find_modules(struct machine *machine)
{
	/* Neither what modprobe.d says nor what is on the command line of this machine matters. */
	const char *no_configuration = NULL;
	char *path;

	if (!*machine->release || strchr(machine->release, '/'))
		return;
	path = machine_path(machine, "lib/modules/%s", machine->release);
	if (!access(path, F_OK)) {
		machine->modules = kmod_new(path, &no_configuration);
		driver_list_read(&machine->drivers, path);
	}
	free(path);
}

static enum exit_code find_base(struct machine *machine)
{
	const char *named = machine->settings->base;
	char *path = named ? strdup(named) : machine_path(machine, "sys/firmware/fdt");
	enum exit_code code = EXIT_CODE_OK;

	if (path && (named || !access(path, F_OK)))
		code = base_tree_read(&machine->blob, path);
	free(path);
	if (code || !machine->blob.bytes)
		return code;
	fdt_tree_init(&machine->base, machine->blob.bytes);
	return base_tree_list_connectors(&machine->blob, &machine->connectors);
}

static void find_policy(struct machine *machine)
{
	char value[8];

	machine->signed_overlays =
		!sysfs_read(machine->root, "sys/module/plugtree/parameters/signed_overlays", value,
			    sizeof(value)) &&
		*value == 'Y';
}

/**
 * machine_open() - look at a machine
 * @machine: filled, to be given to machine_close() whatever the result
 * @settings: what the options say
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code machine_open(struct machine *machine, const struct settings *settings)
{
	struct stat status;

	*machine = (struct machine){ .settings = settings };
	machine->root = open(settings->sysroot, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (machine->root < 0 || fstat(machine->root, &status)) {
		text_complain("cannot open %s: %s", settings->sysroot, strerror(errno));
		return EXIT_CODE_UNREADABLE;
	}
	machine->owner = status.st_uid;
	machine->running = !faccessat(machine->root, "sys/module", F_OK, 0);
	find_release(machine);
	find_options(machine);
	find_modules(machine);
	find_policy(machine);
	return find_base(machine);
}

/**
 * machine_has_option() - is the kernel built with an option?
 * @machine: the machine, whose options are known
 * @option: its name, with CONFIG_
 *
 * Return: true if it is, as a module or built in.
 */
bool machine_has_option(const struct machine *machine, const char *option)
{
	static const char values[] = "ym";
	char line[OPTION_LINE_SIZE];
	char *key = line;
	size_t i;

	for (i = 0; values[i]; i++) {
		snprintf(line, sizeof(line), "%s=%c", option, values[i]);
		if (bsearch(&key, machine->options, machine->option_count,
			    sizeof(*machine->options), compare_lines))
			return true;
	}
	return false;
}

/**
 * machine_close() - let a machine go
 * @machine: the machine
 */
void machine_close(struct machine *machine)
{
	findings_free(&machine->findings);
	socket_list_free(&machine->connectors);
	blob_free(&machine->blob);
	driver_list_free(&machine->drivers);
	kmod_unref(machine->modules);
	sysfs_free_list(machine->options, machine->option_count);
	if (machine->root >= 0)
		close(machine->root);
}
