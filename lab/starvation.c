// SPDX-License-Identifier: GPL-2.0-or-later
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lab/starvation.h"

/* Children of children; a guest of User-Mode Linux is two levels. */
#define DEPTH_MAX 8

static FILE *open_thread_file(pid_t pid, const char *thread, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "/proc/%d/task/%.16s/%s", pid, thread, name);
	return fopen(path, "re");
}

/* Nanoseconds that one thread has waited. */
static long long thread_waited(pid_t pid, const char *thread)
{
	FILE *file = open_thread_file(pid, thread, "schedstat");
	long long ran, waited = 0;

	if (!file)
		return 0;
	if (fscanf(file, "%lld %lld", &ran, &waited) != 2)
		waited = 0;
	fclose(file);
	return waited;
}

static long long children_waited(pid_t pid, unsigned int depth);

static long long process_waited(pid_t pid, unsigned int depth)
{
	long long waited = children_waited(pid, depth);
	struct dirent *entry;
	char path[64];
	DIR *threads;

	snprintf(path, sizeof(path), "/proc/%d/task", pid);
	threads = opendir(path);
	while (threads && (entry = readdir(threads)))
		if (entry->d_name[0] != '.')
			waited += thread_waited(pid, entry->d_name);
	if (threads)
		closedir(threads);
	return waited;
}

/* Those of the first thread, which starts them all in whatever the launcher runs. */
static long long children_waited(pid_t pid, unsigned int depth)
{
	long long waited = 0;
	char thread[16];
	FILE *children;
	int child;

	snprintf(thread, sizeof(thread), "%d", pid);
	children = depth < DEPTH_MAX ? open_thread_file(pid, thread, "children") : NULL;
	while (children && fscanf(children, "%d", &child) == 1)
		waited += process_waited(child, depth + 1);
	if (children)
		fclose(children);
	return waited;
}

long long starvation(void)
{
	return children_waited(getpid(), 0) / 1000000;
}
