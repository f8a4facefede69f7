// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The add-on, the overlay and the scenario by which a driver is surveyed.
 *
 * Each "say" begins a phase; survey_verdict.c knows by them what something happened in. Actions that
 * fail do not end the scenario, for what comes behind has to be seen, too.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "lab/survey_scenario.h"

#define PATH_SIZE 4096

/* Bus messages of a probe at which the add-on is pulled out. */
static const unsigned int pulled_at[] = { 1, 2, 3, 5, 8 };

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Writes text with the device's folder for $device. */
static void print_for_device(FILE *out, const struct survey_driver *driver, const char *text)
{
	static const char variable[] = "$device";
	char device[SURVEY_NAME_SIZE];
	const char *at;

	survey_driver_device(driver, device);
	while ((at = strstr(text, variable))) {
		fprintf(out, "%.*s/sys/bus/%s/devices/%s", (int)(at - text), text,
			driver->bus->sysfs, device);
		text = at + strlen(variable);
	}
	fputs(text, out);
}

static void print_addon(FILE *out, const struct survey_driver *driver)
{
	unsigned int i;

	fputs("type lab,survey\nstrap 1\n", out);
	for (i = 0; i < driver->chips.count; i++)
		fprintf(out, "%s\n", driver->chips.line[i]);
}

static void print_overlay(FILE *out, const struct survey_driver *driver)
{
	unsigned int i;

	fputs("/dts-v1/;\n/plugin/;\n\n/ {\n\tcompatible = \"lab,survey\";\n};\n\n", out);
	for (i = 0; i < driver->nodes.count; i++)
		fprintf(out, "%s\n", driver->nodes.line[i]);
	fprintf(out, "\n&%s {\n", driver->bus->name);
	if (driver->bus->counted)
		fprintf(out, "\tpart: part@%lx {\n\t\treg = <0x%lx>;\n", driver->address,
			driver->address);
	else
		fputs("\tpart: part {\n", out);
	fprintf(out, "\t\tcompatible = \"%s\";\n", driver->compatible);
	if (!strcmp(driver->bus->name, "spi"))
		fputs("\t\tspi-max-frequency = <1000000>;\n", out);
	for (i = 0; i < driver->properties.count; i++)
		fprintf(out, "\t\t%s\n", driver->properties.line[i]);
	fputs("\t};\n};\n", out);
}

static void print_phase(FILE *out, const char *phase)
{
	fprintf(out, "\nsay %s\n", phase);
}

static void print_plug(FILE *out, const struct survey_driver *driver)
{
	char device[SURVEY_NAME_SIZE];

	survey_driver_device(driver, device);
	fprintf(out, "plug survey %s\nwait survey ready\nexpect-device %s:%s %s\n", driver->name,
		driver->bus->sysfs, device, driver->driver);
}

static void print_unplug(FILE *out, const struct survey_driver *driver)
{
	char device[SURVEY_NAME_SIZE];

	survey_driver_device(driver, device);
	fprintf(out, "unplug survey\nwait survey empty\nexpect-no-device %s:%s\n",
		driver->bus->sysfs, device);
}

static void print_uses(FILE *out, const struct survey_driver *driver)
{
	unsigned int i;

	for (i = 0; i < driver->uses.count; i++) {
		fputs("run ", out);
		print_for_device(out, driver, driver->uses.line[i]);
		fputc('\n', out);
	}
}

static void print_holds(FILE *out, const struct survey_driver *driver)
{
	unsigned int i;

	for (i = 0; i < driver->hold_count; i++) {
		fprintf(out, "hold file%u ", i);
		print_for_device(out, driver, driver->holds[i].path);
		fprintf(out, " %s\n", driver->holds[i].mode);
	}
}

/* The connector is looked at again at the end: was it the open files that it waited for? */
static void print_releases(FILE *out, const struct survey_driver *driver)
{
	unsigned int i;

	for (i = 0; i < driver->hold_count; i++) {
		if (driver->holds[i].error)
			fprintf(out, "held-read file%u %s\n", i, driver->holds[i].error);
		fprintf(out, "release file%u\n", i);
	}
	print_phase(out, "closed");
	fputs("wait survey empty\n", out);
}

/* User space goes on and on until it is refused, which is when the device is gone. */
static void print_user(FILE *out, const struct survey_driver *driver)
{
	unsigned int i;

	fputs("start user while ", out);
	for (i = 0; i < driver->uses.count; i++) {
		fputs(i ? " && { " : "{ ", out);
		print_for_device(out, driver, driver->uses.line[i]);
		fputs("; }", out);
	}
	fputs(" >/dev/null 2>&1; do :; done\n", out);
}

static void print_busy(FILE *out, const struct survey_driver *driver)
{
	print_plug(out, driver);
	print_holds(out, driver);
	print_user(out, driver);
	print_unplug(out, driver);
	fputs("finish user\n", out);
	print_releases(out, driver);
}

/* The insertion's number tells that the connector is not empty from before. */
static void print_pulled_at(FILE *out, const struct survey_driver *driver, unsigned int insertions)
{
	unsigned int i;

	for (i = 0; i < COUNT(pulled_at); i++) {
		fprintf(out, "sim unplug-at survey messages=%u\nplug survey %s\n", pulled_at[i],
			driver->name);
		fprintf(out, "wait-file /sys/class/plugtree/survey/insertions %u\n",
			insertions + i + 1);
		fputs("wait survey ready|failed|empty\n", out);
		print_unplug(out, driver);
	}
}

/* Where no message can be counted: as soon as the device comes into sight, more or less. */
static void print_pulled_when_seen(FILE *out, const struct survey_driver *driver)
{
	char device[SURVEY_NAME_SIZE], seen[3][4 * SURVEY_NAME_SIZE];
	unsigned int i;

	survey_driver_device(driver, device);
	snprintf(seen[0], sizeof(seen[0]), "/proc/device-tree/connector-survey/%s/part",
		 driver->bus->name);
	snprintf(seen[1], sizeof(seen[1]), "/sys/bus/%s/devices/%s", driver->bus->sysfs, device);
	snprintf(seen[2], sizeof(seen[2]), "/sys/bus/%s/devices/%s/driver", driver->bus->sysfs,
		 device);
	for (i = 0; i < COUNT(seen); i++) {
		fprintf(out, "plug survey %s\nwait-file %s\n", driver->name, seen[i]);
		print_unplug(out, driver);
	}
}

static void print_scenario(FILE *out, const struct survey_driver *driver, const char *kernel)
{
	fprintf(out, "board survey\nkernel %s\naddons .\ngo-on\n", kernel);
	fprintf(out, "firmware %s.dtso as plugtree/lab,survey/strap-1.dtbo\n", driver->name);
	/* What the driver core says when a probe finds its device, or that of a supplier, gone. */
	fputs("expect-log \"/: probe with driver [^ ]+ failed with error -[0-9]+$/\" maybe\n", out);
	/* A machine that has other work, too. What really hangs is told by the state. */
	fputs("expect-log \"/^plugtree survey: .* for more than [0-9]+ ms/\" maybe\n", out);
	/* In the phase of the binding: without its module it cannot be bound. */
	print_phase(out, "bind");
	if (driver->module)
		fprintf(out, "run modprobe %s\n", driver->module);
	print_plug(out, driver);
	print_phase(out, "use");
	print_uses(out, driver);
	print_phase(out, "idle");
	print_unplug(out, driver);
	print_phase(out, "busy");
	print_busy(out, driver);
	print_phase(out, "probe");
	if (driver->bus->counted)
		print_pulled_at(out, driver, 2);
	else
		print_pulled_when_seen(out, driver);
	print_phase(out, "replug");
	print_plug(out, driver);
	print_uses(out, driver);
	print_unplug(out, driver);
	print_phase(out, "end");
}

/* Return: the stream of a new file DIRECTORY/PREFIX NAME ENDING, or NULL. */
static FILE *create(const struct survey_driver *driver, const char *directory, const char *prefix,
		    const char *ending)
{
	char path[PATH_SIZE];

	if (snprintf(path, sizeof(path), "%s/%s%s%s", directory, prefix, driver->name, ending) >=
	    (int)sizeof(path)) {
		errno = ENAMETOOLONG;
		return NULL;
	}
	return fopen(path, "we");
}

int survey_scenario_write(const struct survey_driver *driver, const char *directory,
			  const char *kernel)
{
	char path[PATH_SIZE];
	FILE *out;

	snprintf(path, sizeof(path), "%s/lab,survey", directory);
	if (mkdir(path, 0755) && errno != EEXIST)
		return -errno;
	out = create(driver, directory, "lab,survey/", ".addon");
	if (!out)
		return -errno;
	print_addon(out, driver);
	if (fclose(out))
		return -errno;
	out = create(driver, directory, "", ".dtso");
	if (!out)
		return -errno;
	print_overlay(out, driver);
	if (fclose(out))
		return -errno;
	out = create(driver, directory, "", ".scn");
	if (!out)
		return -errno;
	print_scenario(out, driver, kernel);
	return fclose(out) ? -errno : 0;
}
