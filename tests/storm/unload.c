// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The role "unload=MODULE": unloads the module, which it refuses while it is in use, and loads it again.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "storm.h"

enum { REFUSED, UNLOADED };

static void load(struct actor *actor)
{
	char module[64], *const arguments[] = { "modprobe", module, NULL };
	int ret, status = 0;
	pid_t process;

	strncpy(module, actor->argument, sizeof(module) - 1);
	module[sizeof(module) - 1] = '\0';
	ret = posix_spawn(&process, "/sbin/modprobe", NULL, NULL, arguments, environ);
	if (ret || waitpid(process, &status, 0) != process || status)
		storm_problem(actor, "modprobe %s: error %d, status %d", module, ret, status);
	else
		actor->away = false;
}

static void unload(struct actor *actor)
{
	if (actor->away) {
		load(actor);
	} else if (!syscall(SYS_delete_module, actor->argument, O_NONBLOCK)) {
		actor->counts[UNLOADED]++;
		actor->away = true;
	} else if (errno == EWOULDBLOCK || errno == EBUSY) {
		actor->counts[REFUSED]++;
	} else {
		storm_problem(actor, "unloading %s: %s", actor->argument, strerror(errno));
	}
}

static void end(struct actor *actor)
{
	if (actor->away)
		load(actor);
}

const struct role unload_role = {
	.name = "unload",
	.counts = { "times refused", "unloaded" },
	.act = unload,
	.end = end,
	.pause_ms = 8000,
};
