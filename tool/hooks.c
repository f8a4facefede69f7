// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Running hooks, one after the other, each in a process group of its own that ends with its time. The
 * kernel waits for none of them.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hooks.h"
#include "text.h"

/* In this order; a file takes the place of those of the same name further down. */
static const char *const directories[] = {
	"etc/plugtree/hooks.d",
	"usr/local/lib/plugtree/hooks.d",
	"usr/lib/plugtree/hooks.d",
};

#define DIRECTORY_COUNT (sizeof(directories) / sizeof(directories[0]))

/* As run-parts(8): what editors and package managers leave behind has other characters. */
static int is_hook(const struct dirent *entry)
{
	return !entry->d_name[strspn(entry->d_name, "abcdefghijklmnopqrstuvwxyz"
						    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")];
}

static void set(const char *key, const char *value)
{
	char name[64];

	snprintf(name, sizeof(name), "PLUGTREE_%s", key);
	setenv(name, value, 1);
}

/**
 * hooks_describe() - put into the environment what hooks are told
 * @connector: the connector
 * @state: the state that they are told
 */
void hooks_describe(const struct connector *connector, const char *state)
{
#define X(member, key) set(#key, connector->member);
	CONNECTOR_TEXTS(X)
#undef X
	set("CONNECTOR", connector->name);
	set("STATE", state);
}

static int wait_for_end(pid_t child, long long limit_ms)
{
	struct pollfd end = { .fd = (int)syscall(SYS_pidfd_open, child, 0), .events = POLLIN };
	int ret;

	if (end.fd < 0)
		return -errno;
	do
		ret = poll(&end, 1, (int)limit_ms);
	while (ret < 0 && errno == EINTR);
	close(end.fd);
	return ret > 0 ? 0 : -ETIMEDOUT;
}

static void complain_about_status(const char *path, int status)
{
	if (WIFEXITED(status) && WEXITSTATUS(status))
		text_complain("%s: exit status %d", path, WEXITSTATUS(status));
	else if (WIFSIGNALED(status))
		text_complain("%s: ended by signal %d", path, WTERMSIG(status));
}

/* Return: 0; -ECHILD after a complaint. */
static int run(const char *path, long long limit_ms)
{
	pid_t child = fork();
	int status = 0;

	if (!child) {
		setpgid(0, 0);
		execl(path, path, (char *)NULL);
		_exit(127);
	}
	if (child < 0) {
		text_complain("%s: %s", path, strerror(errno));
		return -ECHILD;
	}
	/* Both do it, so that it is done whoever comes first. */
	setpgid(child, child);
	if (wait_for_end(child, limit_ms)) {
		text_complain("%s: took longer than %lld s, and was ended", path, limit_ms / 1000);
		kill(-child, SIGKILL);
		waitpid(child, NULL, 0);
		return -ECHILD;
	}
	waitpid(child, &status, 0);
	/* What it left behind in its group goes with it. */
	kill(-child, SIGKILL);
	complain_about_status(path, status);
	return status ? -ECHILD : 0;
}

/* Who may write a hook decides what root does. */
static bool is_safe(const char *path, uid_t owner)
{
	struct stat status;

	if (stat(path, &status) || !S_ISREG(status.st_mode) || access(path, X_OK))
		return false;
	if (status.st_uid == owner && !(status.st_mode & (S_IWGRP | S_IWOTH)))
		return true;
	text_complain("%s: not run, since somebody else than root may write it", path);
	return false;
}

static bool is_replaced(const char *sysroot, size_t directory, const char *name)
{
	char path[PATH_MAX];
	size_t i;

	for (i = 0; i < directory; i++) {
		snprintf(path, sizeof(path), "%s/%s/%s", sysroot, directories[i], name);
		if (!access(path, F_OK))
			return true;
	}
	return false;
}

static int run_directory(const char *sysroot, size_t directory, long long limit_ms)
{
	struct dirent **entries;
	char path[PATH_MAX];
	int count, i, ret = 0;

	snprintf(path, sizeof(path), "%s/%s", sysroot, directories[directory]);
	count = scandir(path, &entries, is_hook, alphasort);
	for (i = 0; i < count; i++) {
		snprintf(path, sizeof(path), "%s/%s/%s", sysroot, directories[directory],
			 entries[i]->d_name);
		if (!is_replaced(sysroot, directory, entries[i]->d_name) &&
		    is_safe(path, geteuid()) && run(path, limit_ms))
			ret = -ECHILD;
		free(entries[i]);
	}
	if (count >= 0)
		free(entries);
	return ret;
}

/**
 * hooks_run() - run all hooks
 * @sysroot: directory that stands for the root of the file system
 * @limit_ms: how long each may take
 *
 * They get the environment of this program.
 *
 * Return: 0; -ECHILD when one failed or was ended, after a complaint about each.
 */
int hooks_run(const char *sysroot, long long limit_ms)
{
	const char *root = strcmp(sysroot, "/") ? sysroot : "";
	size_t i;
	int ret = 0;

	fflush(stdout);
	for (i = 0; i < DIRECTORY_COUNT; i++) {
		if (run_directory(root, i, limit_ms))
			ret = -ECHILD;
	}
	return ret;
}
