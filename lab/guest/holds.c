// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files that are kept open, by name, while the hardware behind them goes.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "lab/guest/verbs.h"

#define HOLDS_MAX 64

static struct {
	char name[32];
	int fd;
} holds[HOLDS_MAX];

static int find_hold(const char *name)
{
	int i;

	for (i = 0; i < HOLDS_MAX; i++)
		if (!strcmp(holds[i].name, name))
			return i;
	return -ENOENT;
}

static int known_hold(const char *name, FILE *reply)
{
	int i = *name ? find_hold(name) : -ENOENT;

	if (i < 0)
		fprintf(reply, "no file is held as %s", name);
	return i;
}

/* hold NAME PATH [rw]: open a file and keep it open. */
int verb_hold(const struct words *request, FILE *reply)
{
	const char *name = request->word[1], *path = request->word[2];
	bool writable = request->count > 3 && !strcmp(request->word[3], "rw");
	int free_slot = find_hold(""), error, fd;

	if (free_slot < 0 || find_hold(name) >= 0) {
		fprintf(reply, "a file is held as %s already, or too many are", name);
		return -EBUSY;
	}
	fd = open(path, (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) {
		error = errno;
		fprintf(reply, "cannot open %s: %s", path, strerror(error));
		return -error;
	}
	snprintf(holds[free_slot].name, sizeof(holds[free_slot].name), "%s", name);
	holds[free_slot].fd = fd;
	return 0;
}

/* held-read NAME [LENGTH [OFFSET]]: with an offset by pread(2), else from where the file stands. */
int verb_held_read(const struct words *request, FILE *reply)
{
	unsigned long length = 4096, offset = 0;
	char part[4096];
	ssize_t got;
	int error, i = known_hold(request->word[1], reply);

	if (i < 0)
		return i;
	if ((request->count > 2 && words_number(request->word[2], &length)) ||
	    (request->count > 3 && words_number(request->word[3], &offset)) ||
	    length > sizeof(part)) {
		fprintf(reply, "length and offset are numbers, the length %zu at the most",
			sizeof(part));
		return -EINVAL;
	}
	if (request->count > 3)
		got = pread(holds[i].fd, part, length, offset);
	else
		got = read(holds[i].fd, part, length);
	if (got < 0) {
		error = errno;
		fprintf(reply, "cannot read %s: %s", request->word[1], strerror(error));
		return -error;
	}
	fwrite(part, 1, got, reply);
	return 0;
}

/* held-write NAME TEXT */
int verb_held_write(const struct words *request, FILE *reply)
{
	int error, i = known_hold(request->word[1], reply);

	if (i < 0)
		return i;
	if (write(holds[i].fd, request->word[2], strlen(request->word[2])) < 0) {
		error = errno;
		fprintf(reply, "cannot write %s: %s", request->word[1], strerror(error));
		return -error;
	}
	return 0;
}

/* release NAME: close a held file. */
int verb_release(const struct words *request, FILE *reply)
{
	int i = known_hold(request->word[1], reply);

	if (i < 0)
		return i;
	close(holds[i].fd);
	holds[i].name[0] = '\0';
	return 0;
}
