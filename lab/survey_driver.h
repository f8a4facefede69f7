/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_SURVEY_DRIVER_H
#define LAB_SURVEY_DRIVER_H

#include <stdbool.h>

#include "lab/sim/data_file.h"

#define SURVEY_LINES_MAX 16
#define SURVEY_NAME_SIZE 64

/**
 * struct survey_lines - lines of text
 * @line: each of them
 * @count: their number
 */
struct survey_lines {
	char *line[SURVEY_LINES_MAX];
	unsigned int count;
};

/**
 * struct survey_hold - a file that user space holds open while the add-on is pulled out
 * @path: the file; $device is the device's folder
 * @mode: r or rw
 * @error: name of the error that reading it then gives; NULL if that is not looked at
 */
struct survey_hold {
	char *path;
	char *mode;
	char *error;
};

/**
 * struct survey_bus - a kind of bus
 * @name: that of the connector's extension bus, or devices
 * @sysfs: as below /sys/bus
 * @device: format of the names of its devices there, for the address
 * @counted: it has messages, and something can be pulled out at one of them
 */
struct survey_bus {
	const char *name;
	const char *sysfs;
	const char *device;
	bool counted;
};

/**
 * struct survey_driver - a driver to be surveyed, as its file says
 * @name: the file's name without ending
 * @driver: the driver's name
 * @subsystem: what it belongs to
 * @bus: where its device is
 * @address: the address there
 * @compatible: of its device
 * @module: to be loaded before, for drivers that cannot be found by compatible; NULL for others
 * @cause: why removal is not clean, for those who read the table; NULL without
 * @properties: device tree text for its node
 * @nodes: device tree text for the whole overlay, besides
 * @chips: lines of the add-on's file
 * @uses: commands that use it; $device is its folder in sysfs
 * @holds: files that are held open
 * @hold_count: their number
 */
struct survey_driver {
	char name[SURVEY_NAME_SIZE];
	char driver[SURVEY_NAME_SIZE];
	char subsystem[SURVEY_NAME_SIZE];
	const struct survey_bus *bus;
	unsigned long address;
	char compatible[2 * SURVEY_NAME_SIZE];
	char *module;
	char *cause;
	struct survey_lines properties;
	struct survey_lines nodes;
	struct survey_lines chips;
	struct survey_lines uses;
	struct survey_hold holds[SURVEY_LINES_MAX];
	unsigned int hold_count;
};

/**
 * survey_driver_read() - read a driver's file
 * @driver: the result; survey_driver_free() frees what belongs to it, in any case
 * @path: the file
 * @problem: PROBLEM_SIZE bytes; on error a sentence
 *
 * Return: 0, -EINVAL for a mistake in the file, another negative errno if it cannot be read.
 */
int survey_driver_read(struct survey_driver *driver, const char *path, char *problem);

/** survey_driver_free() - free what belongs to a driver that was read */
void survey_driver_free(struct survey_driver *driver);

/**
 * survey_driver_device() - the name of its device below /sys/bus/…/devices
 * @driver: the driver
 * @name: SURVEY_NAME_SIZE bytes for it
 */
void survey_driver_device(const struct survey_driver *driver, char *name);

#endif
