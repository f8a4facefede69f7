// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Watching the state of a connector without ever asking twice for nothing.
 *
 * The kernel wakes poll(2) on the "state" attribute at each change after the last read of it. So a
 * watch that begins before a request misses nothing: the first change that it sees is at the
 * earliest the first step of what was asked for. (But for a retry that ends between the begin of
 * the watch and the request: its result is then taken for that of the request.) Changes may run
 * together; only the last state counts here.
 *
 * This works without any daemon, and where no uevents come through, as in a container. Files that
 * are a copy of a sysfs notify by inotify(7) instead.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "state_watch.h"
#include "sysfs.h"
#include "text.h"

static int read_live_state(int fd, char *state, size_t size)
{
	ssize_t length = pread(fd, state, size - 1, 0);

	if (length < 0)
		return -errno;
	state[length] = '\0';
	state[strcspn(state, "\n")] = '\0';
	return 0;
}

static int watch_copy(struct state_watch *watch)
{
	char path[sizeof("/proc/self/fd/") + 3 * sizeof(int)];
	int ret;

	watch->inotify = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (watch->inotify < 0)
		return -errno;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", watch->directory);
	if (inotify_add_watch(watch->inotify, path, IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE_SELF) <
	    0) {
		ret = -errno;
		close(watch->inotify);
		watch->inotify = -1;
		return ret;
	}
	return sysfs_read(watch->directory, "state", watch->last, sizeof(watch->last));
}

static int watch_live(struct state_watch *watch)
{
	watch->state = openat(watch->directory, "state", O_RDONLY | O_CLOEXEC);
	if (watch->state < 0)
		return -errno;
	return read_live_state(watch->state, watch->last, sizeof(watch->last));
}

/**
 * state_watch_begin() - begin to watch
 * @watch: filled, to be ended with state_watch_end() unless this fails
 * @class: the class directory
 * @connector: name of the connector
 *
 * Return: 0; -ENOENT when there is no such connector; another negative errno.
 */
int state_watch_begin(struct state_watch *watch, int class, const char *connector)
{
	int ret;

	*watch = (struct state_watch){ .state = -1, .inotify = -1 };
	watch->directory = connector_open(class, connector);
	if (watch->directory < 0)
		return watch->directory;
	ret = sysfs_is_live(watch->directory) ? watch_live(watch) : watch_copy(watch);
	if (ret)
		state_watch_end(watch);
	return ret;
}

static void drain_inotify(int fd)
{
	char events[4096] __attribute__((aligned(8)));

	while (read(fd, events, sizeof(events)) > 0)
		;
}

/* Returns 1 when there was a change, 0 when it was something else. */
static int read_change(struct state_watch *watch, char *state, size_t size)
{
	int ret;

	if (watch->state >= 0) {
		ret = read_live_state(watch->state, state, size);
		return ret ? ret : 1;
	}
	drain_inotify(watch->inotify);
	ret = sysfs_read(watch->directory, "state", state, size);
	if (ret || !strcmp(state, watch->last))
		return ret;
	text_copy(watch->last, sizeof(watch->last), state);
	return 1;
}

/**
 * state_watch_settle() - wait until the connector has changed and settled
 * @watch: the watch
 * @state: the state seen last, settled or not; left alone if nothing has changed
 * @size: size of @state in bytes
 * @deadline: wait no longer than this
 *
 * Return: 0; -ETIMEDOUT; -ENODEV or -ENOENT when the connector is gone; another negative errno.
 */
int state_watch_settle(struct state_watch *watch, char *state, size_t size, deadline_t deadline)
{
	struct pollfd pollfd = {
		.fd = watch->state >= 0 ? watch->state : watch->inotify,
		.events = watch->state >= 0 ? POLLPRI : POLLIN,
	};
	char seen[CONNECTOR_TEXT_SIZE];
	int ret;

	for (;;) {
		ret = poll(&pollfd, 1, deadline_poll_timeout(deadline));
		if (ret < 0 && errno != EINTR)
			return -errno;
		if (!ret)
			return -ETIMEDOUT;
		if (ret < 0)
			continue;
		ret = read_change(watch, seen, sizeof(seen));
		if (ret < 0)
			return ret;
		if (!ret)
			continue;
		text_copy(state, size, seen);
		if (connector_is_settled(state))
			return 0;
	}
}

/**
 * state_watch_end() - end the watch
 * @watch: the watch
 */
void state_watch_end(struct state_watch *watch)
{
	if (watch->inotify >= 0)
		close(watch->inotify);
	if (watch->state >= 0)
		close(watch->state);
	close(watch->directory);
}
