/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_CHANNEL_H
#define LAB_CHANNEL_H

#include <stddef.h>

/**
 * struct channel - a byte stream read by lines and blocks, every wait bounded
 * @fd: socket or serial line; -1 when closed
 * @buffer: bytes read and not yet consumed
 * @start: first byte of @buffer that is not consumed
 * @end: one past the last byte in @buffer
 * @excuse: a clock of time that does not count, in milliseconds; NULL for none
 * @excused: what @excuse said at channel_begin_wait()
 */
struct channel {
	int fd;
	char buffer[8192];
	size_t start;
	size_t end;
	long long (*excuse)(void);
	long long excused;
};

/**
 * channel_open() - take over a file descriptor
 * @channel: to initialise
 * @fd: becomes non-blocking; closed by channel_close()
 */
void channel_open(struct channel *channel, int fd);

/**
 * channel_connect() - a connection to a socket in the file system
 * @path: its name
 *
 * Return: a descriptor that children do not inherit; -ENAMETOOLONG, or the error of socket(2) or
 * connect(2).
 */
int channel_connect(const char *path);

/**
 * channel_begin_wait() - from here on time that does not count moves the deadlines
 * @channel: for which waits
 * @excuse: a clock of such time, in milliseconds
 *
 * A wait of this channel ends as much later than its deadline as that clock has gone on since.
 */
void channel_begin_wait(struct channel *channel, long long (*excuse)(void));

/** channel_close() - close the descriptor; harmless on a closed channel */
void channel_close(struct channel *channel);

/**
 * channel_now() - the clock of all deadlines
 *
 * Return: milliseconds of CLOCK_MONOTONIC.
 */
long long channel_now(void);

/**
 * channel_read_line() - read up to and including the next newline
 * @channel: from where
 * @line: receives the line without its newline, always terminated
 * @size: bytes at @line
 * @deadline: channel_now() value after which to give up; negative: never
 *
 * Return: 0, -ETIMEDOUT, -EPIPE at the end of the stream, -EMSGSIZE when the line does not fit,
 * or the error of read(2).
 */
int channel_read_line(struct channel *channel, char *line, size_t size, long long deadline);

/**
 * channel_read() - read exactly so many bytes
 * @channel: from where
 * @bytes: receives them
 * @size: how many
 * @deadline: as for channel_read_line()
 *
 * Return: 0, -ETIMEDOUT, -EPIPE or the error of read(2).
 */
int channel_read(struct channel *channel, void *bytes, size_t size, long long deadline);

/**
 * channel_write() - write all bytes
 * @channel: where to
 * @bytes: what
 * @size: how many
 * @deadline: as for channel_read_line()
 *
 * Return: 0, -ETIMEDOUT or the error of write(2).
 */
int channel_write(struct channel *channel, const void *bytes, size_t size, long long deadline);

#endif
