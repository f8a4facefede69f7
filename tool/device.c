// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reading the devices of an add-on.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "connector.h"
#include "device.h"
#include "sysfs.h"
#include "text.h"

/* The node's path starts after this part of the "of_node" link's target. */
#define NODE_PREFIX "/devicetree/base"

static void read_driver(struct device *device, int directory)
{
	char link[DEVICE_TEXT_SIZE + sizeof("/driver")];
	char target[PATH_MAX];
	const char *slash;

	snprintf(link, sizeof(link), "%s/driver", device->name);
	if (sysfs_read_link(directory, link, target, sizeof(target)))
		return;
	slash = strrchr(target, '/');
	text_copy(device->driver, sizeof(device->driver), slash ? slash + 1 : target);
}

static void read_node(struct device *device, int directory)
{
	char link[DEVICE_TEXT_SIZE + sizeof("/of_node")];
	char target[PATH_MAX];
	const char *path;

	snprintf(link, sizeof(link), "%s/of_node", device->name);
	if (sysfs_read_link(directory, link, target, sizeof(target)))
		return;
	path = strstr(target, NODE_PREFIX "/");
	if (path)
		text_copy(device->node, sizeof(device->node), path + strlen(NODE_PREFIX));
}

static void read_device(struct device *device, int directory, const char *name)
{
	text_copy(device->name, sizeof(device->name), name);
	read_driver(device, directory);
	read_node(device, directory);
}

/**
 * device_list() - the devices of the add-on in a connector
 * @devices: the devices, to be freed with free()
 * @count: how many there are
 * @class: the class directory
 * @connector: name of the connector
 *
 * A device that vanishes while it is looked at is listed with what was seen of it.
 *
 * Return: 0; -ENOENT when there is no such connector, or it shows no devices; another negative errno.
 * There is nothing to free after an error.
 */
int device_list(struct device **devices, size_t *count, int class, const char *connector)
{
	int connector_fd = connector_open(class, connector);
	char **names;
	int fd, ret;
	size_t i;

	*devices = NULL;
	*count = 0;
	if (connector_fd < 0)
		return connector_fd;
	fd = sysfs_open_directory(connector_fd, "devices");
	close(connector_fd);
	if (fd < 0)
		return fd;
	ret = sysfs_list(fd, &names, count);
	if (ret) {
		close(fd);
		return ret;
	}
	*devices = calloc(*count + 1, sizeof(**devices));
	for (i = 0; *devices && i < *count; i++)
		read_device(&(*devices)[i], fd, names[i]);
	sysfs_free_list(names, *count);
	close(fd);
	if (!*devices) {
		*count = 0;
		return -ENOMEM;
	}
	return 0;
}
