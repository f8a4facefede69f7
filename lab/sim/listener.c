// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A socket in the file system that takes connections.
 */
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/sim/listener.h"

#define BACKLOG 16

#define container(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

static void listener_ready(struct event_source *source, uint32_t events)
{
	struct listener *listener = container(source, struct listener, source);
	int file = accept4(source->fd, NULL, NULL, SOCK_CLOEXEC);

	if (file >= 0)
		listener->connected(listener, file);
}

int listener_open(struct listener *listener, struct event_loop *loop, const char *path)
{
	int ret;

	if (strlen(path) >= sizeof(listener->address.sun_path))
		return -ENAMETOOLONG;
	listener->loop = loop;
	listener->source.ready = listener_ready;
	listener->address.sun_family = AF_UNIX;
	strcpy(listener->address.sun_path, path);
	listener->source.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (listener->source.fd < 0)
		return -errno;
	if (bind(listener->source.fd, (struct sockaddr *)&listener->address,
		 sizeof(listener->address))) {
		ret = -errno;
		goto err_close;
	}
	ret = listen(listener->source.fd, BACKLOG) ? -errno : 0;
	if (!ret)
		ret = event_loop_add(loop, &listener->source);
	if (ret)
		goto err_unlink;
	return 0;

err_unlink:
	unlink(path);
err_close:
	close(listener->source.fd);
	return ret;
}

void listener_close(struct listener *listener)
{
	event_loop_remove(listener->loop, &listener->source);
	unlink(listener->address.sun_path);
	close(listener->source.fd);
}
