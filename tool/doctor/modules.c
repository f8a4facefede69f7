// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Is the module there, is it of this kernel and of this version, and does it run?
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/version.h"
#include "examine.h"
#include "sysfs.h"
#include "text.h"

#define VALUE_SIZE 128

/**
 * struct installed - the module as it is installed
 * @there: it is installed, or built into the kernel
 * @version: its version, empty when it says none
 * @source: the hash of its source, empty when it says none
 * @release: the kernel that it is for, empty when it is built in
 */
struct installed {
	bool there;
	char version[VALUE_SIZE];
	char source[VALUE_SIZE];
	char release[VALUE_SIZE];
};

static void read_info(struct installed *installed, struct kmod_module *module)
{
	static const struct {
		const char *key;
		size_t offset;
	} members[] = {
		{ "version", offsetof(struct installed, version) },
		{ "srcversion", offsetof(struct installed, source) },
		{ "vermagic", offsetof(struct installed, release) },
	};
	struct kmod_list *list = NULL, *item;
	size_t i;

	if (kmod_module_get_info(module, &list) < 0)
		return;
	kmod_list_foreach(item, list)
	{
		for (i = 0; i < ARRAY_SIZE(members); i++) {
			if (!strcmp(kmod_module_info_get_key(item), members[i].key))
				text_copy((char *)installed + members[i].offset, VALUE_SIZE,
					  kmod_module_info_get_value(item));
		}
	}
	kmod_module_info_free_list(list);
	/* "6.12.1 SMP preempt mod_unload aarch64" */
	installed->release[strcspn(installed->release, " ")] = '\0';
}

static void find_installed(struct installed *installed, const struct machine *machine)
{
	struct kmod_list *list = NULL, *item;
	struct kmod_module *module;

	*installed = (struct installed){};
	if (!machine->modules ||
	    kmod_module_new_from_lookup(machine->modules, "plugtree", &list) < 0)
		return;
	kmod_list_foreach(item, list)
	{
		module = kmod_module_get_module(item);
		installed->there = true;
		read_info(installed, module);
		kmod_module_unref(module);
	}
	kmod_module_unref_list(list);
}

static void examine_installed(struct machine *machine, const struct installed *installed)
{
	if (!installed->there) {
		findings_add(&machine->findings, FINDING_MODULE_MISSING, "lib/modules/%s",
			     machine->release);
		return;
	}
	if (*installed->release && strcmp(installed->release, machine->release))
		findings_add(&machine->findings, FINDING_MODULE_OF_OTHER_KERNEL, "%s, not %s",
			     installed->release, machine->release);
	if (*installed->version && strcmp(installed->version, PLUGTREE_VERSION))
		findings_add(&machine->findings, FINDING_MODULE_VERSION, "module %s, tool %s",
			     installed->version, PLUGTREE_VERSION);
}

static void examine_loaded(struct machine *machine, const struct installed *installed)
{
	char source[VALUE_SIZE];

	if (faccessat(machine->root, "sys/module/plugtree", F_OK, 0)) {
		findings_add(&machine->findings, FINDING_MODULE_NOT_LOADED, "plugtree");
		return;
	}
	/* The version may be the same, as for whoever builds it anew. */
	if (!sysfs_read(machine->root, "sys/module/plugtree/srcversion", source, sizeof(source)) &&
	    *installed->source && strcmp(source, installed->source))
		findings_add(&machine->findings, FINDING_MODULE_STALE, "loaded %s, installed %s",
			     source, installed->source);
}

/**
 * examine_modules() - the module, installed and loaded
 * @machine: the machine
 * @summary: filled
 */
void examine_modules(struct machine *machine, char summary[SUMMARY_SIZE])
{
	struct installed installed;

	find_installed(&installed, machine);
	snprintf(summary, SUMMARY_SIZE, "plugtree %s, tool %s",
		 !installed.there    ? "not installed" :
		 !*installed.version ? "of no version" :
				       installed.version,
		 PLUGTREE_VERSION);
	/* Without a release nobody knows where to look. */
	if (*machine->release)
		examine_installed(machine, &installed);
	if (machine->running)
		examine_loaded(machine, &installed);
}
