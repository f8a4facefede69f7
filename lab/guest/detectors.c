// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests to the kernel's detectors: its log, kmemleak.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lab/guest/verbs.h"

#define KMEMLEAK "/sys/kernel/debug/kmemleak"
/* kmemleak reports no object younger than this (MSECS_MIN_AGE in mm/kmemleak.c) */
#define LEAK_AGE_MS 5000

static void sleep_ms(long ms)
{
	struct timespec time = { .tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000 };

	while (nanosleep(&time, &time) && errno == EINTR)
		;
}

static int write_file(const char *path, const char *text, FILE *reply)
{
	int error = 0;
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0 || write(fd, text, strlen(text)) < 0) {
		error = errno;
		fprintf(reply, "cannot write %s to %s: %s", text, path, strerror(error));
	}
	if (fd >= 0)
		close(fd);
	return -error;
}

/* klog: the records of the kernel log since the last klog, in the format of /dev/kmsg. */
int verb_klog(const struct words *request, FILE *reply)
{
	static int log = -1;
	char record[8192];
	ssize_t got;

	if (log < 0)
		log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (log < 0)
		return -errno;
	for (;;) {
		got = read(log, record, sizeof(record));
		if (got > 0)
			fwrite(record, 1, got, reply);
		else if (got < 0 && errno == EPIPE)
			fprintf(reply, "3,0,0,-;lab: kernel log records were lost\n");
		else if (!got || errno != EINTR)
			return 0;
	}
}

/* leaks-clear: forget what kmemleak has found so far. */
int verb_leaks_clear(const struct words *request, FILE *reply)
{
	return write_file(KMEMLEAK, "clear", reply);
}

/*
 * leaks: kmemleak's report of the objects that nothing points to.
 *
 * The first scan notes each object's checksum, and only an object that is old enough and still the
 * same at the second one is reported.
 */
int verb_leaks(const struct words *request, FILE *reply)
{
	char part[4096];
	ssize_t got;
	int fd, ret;

	ret = write_file(KMEMLEAK, "scan", reply);
	if (ret)
		return ret;
	sleep_ms(LEAK_AGE_MS + 100);
	ret = write_file(KMEMLEAK, "scan", reply);
	if (ret)
		return ret;
	fd = open(KMEMLEAK, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	while ((got = read(fd, part, sizeof(part))) > 0)
		fwrite(part, 1, got, reply);
	close(fd);
	return 0;
}
