// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Events by libudev, straight from the kernel: there need not be a daemon.
 */
#include <errno.h>
#include <libudev.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "event.h"
#include "text.h"

/* A thousand events or so, for when the terminal is slow. */
#define RECEIVE_BUFFER (1024 * 1024)

/**
 * struct event_source - where events come from
 * @udev: libudev's context
 * @monitor: the subscription
 */
struct event_source {
	struct udev *udev;
	struct udev_monitor *monitor;
};

static int subscribe(struct event_source *source)
{
	int ret;

	source->monitor = udev_monitor_new_from_netlink(source->udev, "kernel");
	if (!source->monitor)
		return errno ? -errno : -ENOMEM;
	ret = udev_monitor_filter_add_match_subsystem_devtype(source->monitor, "plugtree", NULL);
	if (ret < 0)
		return ret;
	/* Without the privilege it stays as large as it is. */
	udev_monitor_set_receive_buffer_size(source->monitor, RECEIVE_BUFFER);
	ret = udev_monitor_enable_receiving(source->monitor);
	return ret < 0 ? ret : 0;
}

/**
 * event_source_open() - subscribe to the events of all connectors
 * @source: filled, to be closed with event_source_close() unless this fails
 *
 * Return: 0 or a negative errno.
 */
int event_source_open(struct event_source **source)
{
	struct event_source *opened = calloc(1, sizeof(*opened));
	int ret = -ENOMEM;

	if (!opened)
		return -ENOMEM;
	opened->udev = udev_new();
	if (opened->udev)
		ret = subscribe(opened);
	if (ret)
		event_source_close(opened);
	else
		*source = opened;
	return ret;
}

/**
 * event_source_close() - end a subscription
 * @source: the source
 */
void event_source_close(struct event_source *source)
{
	udev_monitor_unref(source->monitor);
	udev_unref(source->udev);
	free(source);
}

static void copy_property(char *text, struct udev_device *device, const char *key)
{
	const char *value = udev_device_get_property_value(device, key);

	text_copy(text, CONNECTOR_TEXT_SIZE, value ? value : "");
}

/* Return: whether the event says how a connector is. */
static bool event_read(struct connector *connector, struct udev_device *device)
{
	const char *insertions = udev_device_get_property_value(device, "PLUGTREE_INSERTION");

	*connector = (struct connector){ .insertions = -1, .failures = -1 };
	copy_property(connector->name, device, "PLUGTREE_CONNECTOR");
#define X(member, key) copy_property(connector->member, device, "PLUGTREE_" #key);
	CONNECTOR_TEXTS(X)
#undef X
	if (insertions)
		connector->insertions = strtoll(insertions, NULL, 10);
	return *connector->name && *connector->state;
}

static int event_receive(struct event_source *source, struct connector *connector)
{
	struct udev_device *device;
	bool is_event;

	errno = 0;
	device = udev_monitor_receive_device(source->monitor);
	if (!device)
		return errno == ENOBUFS ? -ENOBUFS : 0;
	is_event = event_read(connector, device);
	udev_device_unref(device);
	return is_event;
}

/**
 * event_next() - wait for the next event
 * @source: the source
 * @connector: filled with how the connector was right then; failures is unknown
 * @deadline: wait no longer than this
 *
 * Return: 0; -ETIMEDOUT; -ENOBUFS when events were lost, since they came faster than they were
 * taken; another negative errno.
 */
int event_next(struct event_source *source, struct connector *connector, deadline_t deadline)
{
	struct pollfd pollfd = {
		.fd = udev_monitor_get_fd(source->monitor),
		.events = POLLIN,
	};
	int ret;

	for (;;) {
		ret = poll(&pollfd, 1, deadline_poll_timeout(deadline));
		if (!ret)
			return -ETIMEDOUT;
		if (ret < 0 && errno != EINTR)
			return -errno;
		if (ret < 0)
			continue;
		ret = event_receive(source, connector);
		if (ret)
			return ret < 0 ? ret : 0;
	}
}
