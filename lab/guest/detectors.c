// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests to the kernel's detectors: its log, kmemleak, the slab counts.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/module.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "lab/guest/verbs.h"

#define KMEMLEAK "/sys/kernel/debug/kmemleak"
#define SLAB "/sys/kernel/slab"
/* kmemleak reports no object younger than this (MSECS_MIN_AGE in mm/kmemleak.c) */
#define LEAK_AGE_MS 5000
#define PURGED_SIZE (40 << 20)
#define SLAB_ROUNDS 3

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

static int is_cache(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/*
 * By name, but kmemleak's own first: it has an object for each one of the others, freed only after a
 * grace period of RCU. To look at another cache makes and frees some.
 */
static int compare_caches(const struct dirent **left, const struct dirent **right)
{
	bool left_first = !strcmp((*left)->d_name, "kmemleak_object");
	bool right_first = !strcmp((*right)->d_name, "kmemleak_object");

	if (left_first != right_first)
		return left_first ? -1 : 1;
	return alphasort(left, right);
}

/* Has a cache give back what is freed only later: KASAN's quarantine, stock. */
static int shrink_cache(const char *cache)
{
	char path[512];
	int fd, ret = 0;

	snprintf(path, sizeof(path), SLAB "/%s/shrink", cache);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (write(fd, "1", 1) < 0)
		ret = -errno;
	close(fd);
	return ret;
}

/*
 * Reads the count at the begin of a cache's "objects". The files that are opened for one cache leave
 * objects in the quarantines of others, so each one is shrunk just before.
 */
static long cache_objects(const char *cache)
{
	char path[512], text[64] = "";
	ssize_t got = -1;
	int fd;

	snprintf(path, sizeof(path), SLAB "/%s/objects", cache);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	if (!shrink_cache(cache))
		got = read(fd, text, sizeof(text) - 1);
	close(fd);
	return got > 0 ? strtol(text, NULL, 10) : -1;
}

/*
 * Makes the kernel free the vmalloc areas that it has put off freeing, which it does when more than
 * 32 MiB of them wait. A module file that claims to be compressed is read into such an area, and,
 * in a kernel that cannot decompress modules, refused without a word.
 */
static int purge_vmalloc(FILE *reply)
{
	static const char path[] = "/tmp/.purge-vmalloc";
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	int ret = 0;

	if (fd < 0 || ftruncate(fd, PURGED_SIZE)) {
		ret = -errno;
		goto out;
	}
	close(fd);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || !syscall(SYS_finit_module, fd, "", MODULE_INIT_COMPRESSED_FILE) ||
	    errno != EOPNOTSUPP)
		ret = -errno;
out:
	if (fd >= 0)
		close(fd);
	unlink(path);
	if (ret)
		fprintf(reply, "cannot make the kernel free its vmalloc areas: %s", strerror(-ret));
	return ret;
}

static int report_cache(const char *cache, FILE *reply)
{
	long count = cache_objects(cache);

	if (count < 0) {
		rewind(reply);
		fprintf(reply, "cannot count the objects of the slab cache %s", cache);
		return -EIO;
	}
	fprintf(reply, "%s %ld\n", cache, count);
	return 0;
}

/*
 * slab: the number of live objects per slab cache, one "NAME COUNT" per line.
 *
 * Deferred frees (KASAN's quarantine, RCU, files, lazy unmaps) need shrinking and time to be done.
 */
int verb_slab(const struct words *request, FILE *reply)
{
	struct dirent **caches;
	int count, i, round, ret = 0;

	ret = purge_vmalloc(reply);
	if (ret)
		return ret;
	count = scandir(SLAB, &caches, is_cache, compare_caches);
	if (count < 0) {
		fprintf(reply, "cannot list " SLAB ": %s", strerror(errno));
		return -errno;
	}
	for (round = 0; round < SLAB_ROUNDS && !ret; round++) {
		ret = write_file("/proc/sys/vm/drop_caches", "3", reply);
		sleep_ms(1000);
		for (i = 0; i < count; i++)
			shrink_cache(caches[i]->d_name);
	}
	sleep_ms(1000);
	for (i = 0; i < count; i++) {
		if (!ret)
			ret = report_cache(caches[i]->d_name, reply);
		free(caches[i]);
	}
	free(caches);
	return ret;
}
