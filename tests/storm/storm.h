/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What disturbs plugtree from user space while add-ons come and go.
 */
#ifndef TESTS_STORM_H
#define TESTS_STORM_H

#include <stdatomic.h>
#include <stdbool.h>

#define CONNECTORS "/sys/class/plugtree"

struct actor;

/**
 * struct role - something that goes on all the while, in a thread of its own
 * @name: what comes before the "=" on the command line
 * @counts: names of what @actor.counts counts; NULL behind the last one
 * @act: does it once
 * @end: puts back what was changed, when all threads have ended; or NULL
 * @pause_ms: the most that it waits before it acts again
 */
struct role {
	const char *name;
	const char *counts[4];
	void (*act)(struct actor *actor);
	void (*end)(struct actor *actor);
	unsigned int pause_ms;
};

/**
 * struct actor - one who plays a role
 * @role: which
 * @argument: what it is about, from the command line; may be empty
 * @seed: state of its own random numbers
 * @counts: what it did
 * @away: what it is about has been taken away by it
 * @problem: what must not be, empty if nothing is wrong
 */
struct actor {
	const struct role *role;
	const char *argument;
	unsigned int seed;
	unsigned long counts[3];
	bool away;
	char problem[256];
};

extern const struct role read_role, command_role, unload_role, rebind_role;

/**
 * storm_below() - a random number
 * @actor: whose random numbers
 * @limit: what it is below, at least 1
 */
unsigned int storm_below(struct actor *actor, unsigned int limit);

/**
 * storm_write() - write to a file of the kernel's
 * @path: the file
 * @text: what
 *
 * Return: 0, or a negative errno.
 */
int storm_write(const char *path, const char *text);

/**
 * storm_problem() - note what must not be; the first one stays
 * @actor: who found it
 * @format: printf format
 */
void storm_problem(struct actor *actor, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
