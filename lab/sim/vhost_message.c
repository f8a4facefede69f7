// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Framing of the vhost-user protocol: a header, a payload, and files as ancillary data of the
 * first byte.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/sim/vhost_message.h"

/* More room than is accepted, so that too many files are seen and closed, not cut off. */
#define FILES_ROOM (2 * VHOST_FILES_MAX)

static int keep_files(struct vhost_message *message, const struct cmsghdr *control)
{
	int files[FILES_ROOM], ret = 0;
	size_t count = (control->cmsg_len - CMSG_LEN(0)) / sizeof(int), i;

	memcpy(files, CMSG_DATA(control), count * sizeof(int));
	for (i = 0; i < count; i++) {
		if (message->file_count < VHOST_FILES_MAX) {
			message->files[message->file_count++] = files[i];
		} else {
			close(files[i]);
			ret = -EPROTO;
		}
	}
	return ret;
}

static int receive_header(int socket, struct vhost_message *message)
{
	union {
		char space[CMSG_SPACE(sizeof(int) * FILES_ROOM)];
		struct cmsghdr alignment;
	} control;
	struct iovec vector = { &message->header, sizeof(message->header) };
	struct msghdr header = {
		.msg_iov = &vector,
		.msg_iovlen = 1,
		.msg_control = control.space,
		.msg_controllen = sizeof(control.space),
	};
	struct cmsghdr *at;
	ssize_t length;
	int ret = 0;

	do
		length = recvmsg(socket, &header, MSG_CMSG_CLOEXEC | MSG_WAITALL);
	while (length < 0 && errno == EINTR);
	if (length < 0)
		return -errno;
	for (at = CMSG_FIRSTHDR(&header); at; at = CMSG_NXTHDR(&header, at))
		if (at->cmsg_level == SOL_SOCKET && at->cmsg_type == SCM_RIGHTS &&
		    keep_files(message, at))
			ret = -EPROTO;
	if (!length)
		return -ECONNRESET;
	if (length != sizeof(message->header) || header.msg_flags & MSG_CTRUNC)
		return -EPROTO;
	return ret;
}

static int receive_payload(int socket, struct vhost_message *message)
{
	size_t done = 0;
	ssize_t length;

	while (done < message->header.size) {
		length =
			recv(socket, message->payload.bytes + done, message->header.size - done, 0);
		if (length < 0 && errno == EINTR)
			continue;
		if (length <= 0)
			return length ? -errno : -EPROTO;
		done += length;
	}
	return 0;
}

int vhost_message_receive(int socket, struct vhost_message *message)
{
	int ret;

	memset(message, 0, sizeof(*message));
	ret = receive_header(socket, message);
	if (ret)
		return ret;
	if ((message->header.flags & VHOST_FLAG_VERSION_MASK) != VHOST_FLAG_VERSION ||
	    message->header.flags & VHOST_FLAG_REPLY || message->header.size > VHOST_PAYLOAD_MAX)
		return -EPROTO;
	return receive_payload(socket, message);
}

static int send_message(int socket, struct vhost_message *message)
{
	struct iovec vectors[2] = {
		{ &message->header, sizeof(message->header) },
		{ message->payload.bytes, message->header.size },
	};
	struct msghdr header = { .msg_iov = vectors, .msg_iovlen = 2 };
	ssize_t length, expected = sizeof(message->header) + message->header.size;

	do
		length = sendmsg(socket, &header, MSG_NOSIGNAL);
	while (length < 0 && errno == EINTR);
	if (length < 0)
		return -errno;
	return length == expected ? 0 : -EIO;
}

int vhost_message_reply(int socket, struct vhost_message *message)
{
	message->header.flags = VHOST_FLAG_VERSION | VHOST_FLAG_REPLY;
	return send_message(socket, message);
}

int vhost_message_ask(int socket, struct vhost_message *message, int timeout)
{
	struct pollfd readable = { .fd = socket, .events = POLLIN };
	uint32_t request = message->header.request;
	int ret;

	message->header.flags = VHOST_FLAG_VERSION | VHOST_FLAG_NEED_REPLY;
	ret = send_message(socket, message);
	if (ret)
		return ret;
	do
		ret = poll(&readable, 1, timeout);
	while (ret < 0 && errno == EINTR);
	if (ret <= 0)
		return ret ? -errno : -ETIMEDOUT;
	memset(message, 0, sizeof(*message));
	ret = receive_header(socket, message);
	if (!ret && (message->header.request != request ||
		     message->header.flags != (VHOST_FLAG_VERSION | VHOST_FLAG_REPLY) ||
		     message->header.size != sizeof(message->payload.number)))
		ret = -EPROTO;
	if (!ret)
		ret = receive_payload(socket, message);
	vhost_message_close_files(message);
	return !ret && message->payload.number ? -EIO : ret;
}

int vhost_message_take_file(struct vhost_message *message)
{
	int file;

	if (!message->file_count)
		return -1;
	file = message->files[0];
	message->files[0] = -1;
	return file;
}

void vhost_message_close_files(struct vhost_message *message)
{
	unsigned int i;

	for (i = 0; i < message->file_count; i++)
		if (message->files[i] >= 0)
			close(message->files[i]);
	message->file_count = 0;
}
