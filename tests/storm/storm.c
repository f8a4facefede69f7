// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree-storm SEED ROLE[=ARGUMENT]…: a thread for each role, all at the same time, until SIGTERM.
 * Then puts everything back, says how much was done, and fails if something was wrong.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "storm.h"

#define ACTORS_MAX 16

static const struct role *const roles[] = { &read_role, &command_role, &unload_role, &rebind_role };

static struct actor actors[ACTORS_MAX];
static pthread_t threads[ACTORS_MAX];
static unsigned int actor_count;
static atomic_bool stop;

unsigned int storm_below(struct actor *actor, unsigned int limit)
{
	return (unsigned int)rand_r(&actor->seed) % limit;
}

int storm_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), ret = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		ret = -errno;
	close(fd);
	return ret;
}

void storm_problem(struct actor *actor, const char *format, ...)
{
	va_list list;

	if (actor->problem[0])
		return;
	va_start(list, format);
	vsnprintf(actor->problem, sizeof(actor->problem), format, list);
	va_end(list);
}

static void *play(void *argument)
{
	struct actor *actor = argument;

	while (!stop && !actor->problem[0]) {
		actor->role->act(actor);
		/* What is away keeps all others from working. */
		usleep((actor->away ? 20 : 1000) * storm_below(actor, actor->role->pause_ms + 1));
	}
	return NULL;
}

/* ROLE[=ARGUMENT] */
static int read_actor(struct actor *actor, char *word)
{
	char *argument = strchr(word, '=');
	size_t i;

	if (argument)
		*argument++ = '\0';
	actor->argument = argument ? argument : "";
	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (!strcmp(roles[i]->name, word))
			actor->role = roles[i];
	if (actor->role)
		return 0;
	fprintf(stderr, "plugtree-storm: there is no role %s\n", word);
	return -EINVAL;
}

static int start_all(void)
{
	unsigned int i;
	int ret;

	for (i = 0; i < actor_count; i++) {
		ret = pthread_create(&threads[i], NULL, play, &actors[i]);
		if (ret) {
			fprintf(stderr, "plugtree-storm: no thread: %s\n", strerror(ret));
			return -ret;
		}
	}
	return 0;
}

/* All have to stand still before anything is put back, the last one's work first. */
static void end_all(void)
{
	unsigned int i;

	stop = true;
	for (i = 0; i < actor_count; i++)
		pthread_join(threads[i], NULL);
	for (i = actor_count; i-- > 0;)
		if (actors[i].role->end)
			actors[i].role->end(&actors[i]);
}

static int report(const char *seed)
{
	unsigned int i, k;
	int ret = 0;

	printf("from seed %s\n", seed);
	for (i = 0; i < actor_count; i++) {
		const struct actor *actor = &actors[i];

		printf("%s", actor->role->name);
		for (k = 0; actor->role->counts[k]; k++)
			printf("%s %lu %s", k ? "," : ":", actor->counts[k],
			       actor->role->counts[k]);
		printf("%s%s%s\n", *actor->argument ? " (" : "", actor->argument,
		       *actor->argument ? ")" : "");
		if (!actor->problem[0])
			continue;
		printf("  wrong: %s\n", actor->problem);
		ret = 1;
	}
	return ret;
}

int main(int argc, char **argv)
{
	sigset_t signals;
	int number;

	if (argc < 3 || argc - 2 > ACTORS_MAX) {
		fprintf(stderr, "Usage: plugtree-storm SEED ROLE[=ARGUMENT]…\n");
		return 2;
	}
	for (; actor_count < (unsigned int)argc - 2; actor_count++) {
		actors[actor_count].seed = strtoul(argv[1], NULL, 0) + actor_count;
		if (read_actor(&actors[actor_count], argv[actor_count + 2]))
			return 2;
	}
	sigemptyset(&signals);
	sigaddset(&signals, SIGTERM);
	pthread_sigmask(SIG_BLOCK, &signals, NULL);
	if (start_all())
		return 1;
	sigwait(&signals, &number);
	end_all();
	return report(argv[1]);
}
