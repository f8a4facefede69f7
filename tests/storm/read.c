// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The role "read": reads every file of every connector, and lists its directories.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storm.h"

enum { READS, GONE };

static void read_file(struct actor *actor, int directory, const char *name)
{
	char text[4096];
	int fd = openat(directory, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0) {
		actor->counts[GONE]++;
		return;
	}
	if (read(fd, text, sizeof(text)) < 0)
		actor->counts[GONE]++;
	else
		actor->counts[READS]++;
	close(fd);
}

/* Takes @fd over. Links lead out of the connector, except those at the very top. */
static void read_directory(struct actor *actor, int fd, bool top)
{
	DIR *directory = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *entry;
	struct stat status;

	if (!directory) {
		actor->counts[GONE]++;
		if (fd >= 0)
			close(fd);
		return;
	}
	while ((entry = readdir(directory))) {
		if (entry->d_name[0] == '.' ||
		    fstatat(dirfd(directory), entry->d_name, &status, top ? 0 : AT_SYMLINK_NOFOLLOW))
			continue;
		if (S_ISDIR(status.st_mode))
			read_directory(actor,
				       openat(dirfd(directory), entry->d_name,
					      O_RDONLY | O_DIRECTORY | O_CLOEXEC),
				       false);
		else if (S_ISREG(status.st_mode) && status.st_mode & 0444)
			read_file(actor, dirfd(directory), entry->d_name);
	}
	closedir(directory);
}

static void read_all(struct actor *actor)
{
	read_directory(actor, open(CONNECTORS, O_RDONLY | O_DIRECTORY | O_CLOEXEC), true);
	read_directory(actor,
		       open("/sys/kernel/debug/plugtree", O_RDONLY | O_DIRECTORY | O_CLOEXEC),
		       false);
}

const struct role read_role = {
	.name = "read",
	.counts = { "files read", "were gone" },
	.act = read_all,
	.pause_ms = 1,
};
