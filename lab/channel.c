// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "lab/channel.h"

void channel_open(struct channel *channel, int fd)
{
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	channel->fd = fd;
	channel->start = 0;
	channel->end = 0;
	channel->excuse = NULL;
}

int channel_connect(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd, ret;

	if (strlen(path) >= sizeof(address.sun_path))
		return -ENAMETOOLONG;
	strcpy(address.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	if (!connect(fd, (struct sockaddr *)&address, sizeof(address)))
		return fd;
	ret = -errno;
	close(fd);
	return ret;
}

void channel_begin_wait(struct channel *channel, long long (*excuse)(void))
{
	channel->excuse = excuse;
	channel->excused = excuse();
}

void channel_close(struct channel *channel)
{
	if (channel->fd >= 0)
		close(channel->fd);
	channel->fd = -1;
}

long long channel_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* What is left until the deadline: negative if it is over, whatever is excused. */
static long long time_left(const struct channel *channel, long long deadline)
{
	long long left = deadline - channel_now(), excused;

	if (left >= 0 || !channel->excuse)
		return left;
	excused = channel->excuse() - channel->excused;
	return left + (excused > 0 ? excused : 0);
}

/* Waits until the descriptor can be read or written. Return: 0, -ETIMEDOUT or poll()'s error. */
static int channel_wait(const struct channel *channel, short events, long long deadline)
{
	struct pollfd ready = { .fd = channel->fd, .events = events };
	long long left = -1;
	int ret;

	do {
		if (deadline >= 0) {
			left = time_left(channel, deadline);
			if (left < 0)
				return -ETIMEDOUT;
		}
		/* Up to a time after the deadline, so that the next look finds it over. */
		ret = poll(&ready, 1, left < 0 ? -1 : left + 1);
	} while (!ret || (ret < 0 && errno == EINTR));
	return ret < 0 ? -errno : 0;
}

/* Reads what is there into the empty buffer. */
static int channel_fill(struct channel *channel, long long deadline)
{
	ssize_t got;
	int ret;

	channel->start = 0;
	channel->end = 0;
	for (;;) {
		got = read(channel->fd, channel->buffer, sizeof(channel->buffer));
		if (got > 0) {
			channel->end = got;
			return 0;
		}
		if (!got)
			return -EPIPE;
		if (errno == ECONNRESET || errno == EIO)
			return -EPIPE;
		if (errno != EAGAIN && errno != EINTR)
			return -errno;
		ret = channel_wait(channel, POLLIN, deadline);
		if (ret)
			return ret;
	}
}

int channel_read_line(struct channel *channel, char *line, size_t size, long long deadline)
{
	size_t length = 0;
	char c;
	int ret;

	for (;;) {
		if (channel->start == channel->end) {
			ret = channel_fill(channel, deadline);
			if (ret) {
				line[length] = '\0';
				return ret;
			}
		}
		c = channel->buffer[channel->start++];
		if (c == '\n')
			break;
		if (length + 1 == size) {
			line[length] = '\0';
			return -EMSGSIZE;
		}
		line[length++] = c;
	}
	line[length] = '\0';
	return 0;
}

int channel_read(struct channel *channel, void *bytes, size_t size, long long deadline)
{
	char *to = bytes;
	size_t part;
	int ret;

	while (size) {
		if (channel->start == channel->end) {
			ret = channel_fill(channel, deadline);
			if (ret)
				return ret;
		}
		part = channel->end - channel->start;
		if (part > size)
			part = size;
		memcpy(to, channel->buffer + channel->start, part);
		channel->start += part;
		to += part;
		size -= part;
	}
	return 0;
}

int channel_write(struct channel *channel, const void *bytes, size_t size, long long deadline)
{
	const char *from = bytes;
	ssize_t done;
	int ret;

	while (size) {
		done = write(channel->fd, from, size);
		if (done > 0) {
			from += done;
			size -= done;
			continue;
		}
		if (done < 0 && errno != EAGAIN && errno != EINTR)
			return -errno;
		ret = channel_wait(channel, POLLOUT, deadline);
		if (ret)
			return ret;
	}
	return 0;
}
