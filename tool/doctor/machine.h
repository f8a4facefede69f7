/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The machine that is examined: this one, or the root file system of another.
 */
#ifndef TOOL_DOCTOR_MACHINE_H
#define TOOL_DOCTOR_MACHINE_H

#include <libkmod.h>
#include <stdbool.h>
#include <sys/types.h>

#include "base_tree.h"
#include "blob.h"
#include "common/rules/tree.h"
#include "driver_list.h"
#include "finding.h"
#include "option.h"

#define MACHINE_RELEASE_SIZE 128

/**
 * struct machine - what is examined
 * @settings: what the options say
 * @root: its root directory, open
 * @owner: who owns that: root, on a running system
 * @running: it is a system that runs: it has a sys/module
 * @release: its kernel's release, empty when unknown
 * @options: the lines of the kernel's configuration, sorted; none when unknown
 * @option_count: how many
 * @modules: the kernel's modules, NULL when there are none
 * @drivers: what they are for
 * @blob: the base tree
 * @base: how it is read; its root is 0 when there is none
 * @connectors: the connectors in it
 * @signed_overlays: the module asks for signatures everywhere
 * @findings: what was found
 */
struct machine {
	const struct settings *settings;
	int root;
	uid_t owner;
	bool running;
	char release[MACHINE_RELEASE_SIZE];
	char **options;
	size_t option_count;
	struct kmod_ctx *modules;
	struct driver_list drivers;
	struct blob blob;
	struct tree base;
	struct socket_list connectors;
	bool signed_overlays;
	struct findings findings;
};

enum exit_code machine_open(struct machine *machine, const struct settings *settings);
bool machine_has_option(const struct machine *machine, const char *option);
char *machine_path(const struct machine *machine, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void machine_close(struct machine *machine);

#endif
