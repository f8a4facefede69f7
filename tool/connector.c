// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reading a connector.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "connector.h"
#include "sysfs.h"
#include "text.h"

/**
 * connector_is_name() - can a connector be called so?
 * @name: what may be a name
 *
 * Return: true if the kernel may give this name to a connector.
 */
bool connector_is_name(const char *name)
{
	return *name && *name != '.' && *name != '-' &&
	       !name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-")];
}

/**
 * connector_open() - open the directory of a connector
 * @class: the class directory
 * @name: its name, which may be anything
 *
 * Return: a file descriptor, to be closed; -ENOENT when there is no such connector; another negative
 * errno.
 */
int connector_open(int class, const char *name)
{
	int fd;

	if (!*name || *name == '.' || strchr(name, '/'))
		return -ENOENT;
	fd = sysfs_open_directory(class, name);
	if (fd == -ENOTDIR || fd == -ENAMETOOLONG || fd == -ENODEV)
		return -ENOENT;
	return fd;
}

/**
 * connector_read() - take a look at a connector
 * @connector: filled; an attribute that is missing or goes away is left empty
 * @class: the class directory
 * @name: name of the connector
 *
 * Return: 0; -ENOENT when there is no such connector; another negative errno.
 */
int connector_read(struct connector *connector, int class, const char *name)
{
	int fd = connector_open(class, name);

	*connector = (struct connector){ .insertions = -1, .failures = -1 };
	if (fd < 0)
		return fd;
	text_copy(connector->name, sizeof(connector->name), name);
#define X(member, key) sysfs_read(fd, #member, connector->member, sizeof(connector->member));
	CONNECTOR_TEXTS(X)
#undef X
	sysfs_read_number(fd, "insertions", &connector->insertions);
	sysfs_read_number(fd, "failures", &connector->failures);
	sysfs_read(fd, "presence", connector->presence, sizeof(connector->presence));
	close(fd);
	return 0;
}

/**
 * connector_is_settled() - does a connector stay in this state if nobody touches it?
 * @state: name of the state
 *
 * Return: true for the states at the end of an insertion or a removal.
 */
bool connector_is_settled(const char *state)
{
	return !strcmp(state, "ready") || !strcmp(state, "failed") || !strcmp(state, "empty");
}

/**
 * connector_has_reason() - does the connector say why it is as it is?
 * @connector: the connector
 *
 * Return: true if so.
 */
bool connector_has_reason(const struct connector *connector)
{
	return *connector->reason && strcmp(connector->reason, "none");
}

/**
 * connector_has_identity() - is anything known of the add-on?
 * @connector: the connector
 *
 * Return: true if so.
 */
bool connector_has_identity(const struct connector *connector)
{
	return *connector->vendor || *connector->model || *connector->revision ||
	       *connector->serial;
}
