// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The number of live objects per slab cache, made exact: what the kernel frees later is freed first,
 * and counting neither allocates nor frees. For this each cache's files stay open from the begin.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/module.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "lab/guest/verbs.h"

#define SLAB "/sys/kernel/slab"
#define PURGED_SIZE (40 << 20)
#define ROUNDS_QUIET 3
#define ROUNDS_MAX 12
/* Objects that come and go all the time. */
#define NOISE 2
#define ROUND_SECONDS 1

/**
 * struct cache - a slab cache
 * @name: its name
 * @objects: file that begins with the number of its objects
 * @shrink: file that makes it give back what is freed only later: stock, KASAN's quarantine
 */
struct cache {
	char name[64];
	int objects;
	int shrink;
};

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

static int is_cache(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/*
 * By name, but kmemleak's own first: it has an object for each one of the others and for what is in
 * no cache, and RCU frees them. To count others makes and frees some.
 */
static int compare_caches(const struct dirent **left, const struct dirent **right)
{
	int first = !strcmp((*right)->d_name, "kmemleak_object") -
		    !strcmp((*left)->d_name, "kmemleak_object");

	return first ? first : alphasort(left, right);
}

static int open_cache(struct cache *cache, const char *name)
{
	char path[512];

	snprintf(cache->name, sizeof(cache->name), "%s", name);
	snprintf(path, sizeof(path), SLAB "/%s/objects", name);
	cache->objects = open(path, O_RDONLY | O_CLOEXEC);
	if (cache->objects < 0)
		return -errno;
	snprintf(path, sizeof(path), SLAB "/%s/shrink", name);
	cache->shrink = open(path, O_WRONLY | O_CLOEXEC);
	if (cache->shrink >= 0)
		return 0;
	close(cache->objects);
	return -errno;
}

static void close_cache(struct cache *cache)
{
	close(cache->shrink);
	close(cache->objects);
}

/* Return: the number of its objects, or -1. */
static long count_objects(const struct cache *cache)
{
	char text[64] = "";

	if (pwrite(cache->shrink, "1", 1, 0) < 0 ||
	    pread(cache->objects, text, sizeof(text) - 1, 0) <= 0)
		return -1;
	return strtol(text, NULL, 10);
}

/*
 * Waits for what RCU frees, too: a grace period, and the kernel's own delay in front of it. That takes as
 * long as the machine is busy, so it is over when several rounds have freed nothing.
 */
static int settle(const struct cache *caches, int count)
{
	static const struct timespec pause = { .tv_sec = ROUND_SECONDS };
	int drop = open("/proc/sys/vm/drop_caches", O_WRONLY | O_CLOEXEC);
	long objects, before = 0;
	int round, i, quiet = 0, ret = 0;

	if (drop < 0)
		return -errno;
	for (round = 0; round < ROUNDS_MAX && quiet < ROUNDS_QUIET && !ret; round++) {
		if (pwrite(drop, "3", 1, 0) < 0)
			ret = -errno;
		nanosleep(&pause, NULL);
		for (i = 0; i < count; i++)
			count_objects(&caches[i]);
		objects = count_objects(&caches[0]);
		quiet = before - objects > NOISE ? 0 : quiet + 1;
		before = objects;
	}
	close(drop);
	nanosleep(&pause, NULL);
	return ret;
}

static int report_caches(const struct cache *caches, int count, FILE *reply)
{
	long objects;
	int i;

	for (i = 0; i < count; i++) {
		objects = count_objects(&caches[i]);
		if (objects < 0) {
			rewind(reply);
			fprintf(reply, "cannot count the objects of %s", caches[i].name);
			return -EIO;
		}
		fprintf(reply, "%s %ld\n", caches[i].name, objects);
	}
	return 0;
}

static int open_caches(struct cache *caches, struct dirent **names, int count, FILE *reply)
{
	int i, ret;

	for (i = 0; i < count; i++) {
		ret = open_cache(&caches[i], names[i]->d_name);
		if (!ret)
			continue;
		fprintf(reply, "cannot open the files of the slab cache %s: %s", names[i]->d_name,
			strerror(-ret));
		while (i--)
			close_cache(&caches[i]);
		return ret;
	}
	return 0;
}

static int count_caches(struct dirent **names, int count, FILE *reply)
{
	struct cache *caches = calloc(count, sizeof(*caches));
	int i, ret;

	if (!caches)
		return -ENOMEM;
	ret = open_caches(caches, names, count, reply);
	if (ret)
		goto free_caches;
	ret = purge_vmalloc(reply);
	if (!ret)
		ret = settle(caches, count);
	if (!ret)
		ret = report_caches(caches, count, reply);
	for (i = 0; i < count; i++)
		close_cache(&caches[i]);
free_caches:
	free(caches);
	return ret;
}

/* slab: the number of live objects per slab cache, one "NAME COUNT" per line. */
int verb_slab(const struct words *request, FILE *reply)
{
	struct dirent **names;
	int count, i, ret;

	count = scandir(SLAB, &names, is_cache, compare_caches);
	if (count < 0) {
		fprintf(reply, "cannot list " SLAB ": %s", strerror(errno));
		return -errno;
	}
	ret = count_caches(names, count, reply);
	for (i = 0; i < count; i++)
		free(names[i]);
	free(names);
	return ret;
}
