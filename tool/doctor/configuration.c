// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * connectors.d: is it right, and will anybody read it?
 */
#include <libfdt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/rules/fdt.h"
#include "configuration.h"
#include "examine.h"

static bool is_connector(const struct machine *machine, const char *wanted)
{
	char name[CONNECTOR_NAME_SIZE];
	size_t i;

	for (i = 0; i < machine->connectors.count; i++) {
		tree_node node = fdt_tree_node(
			fdt_path_offset(machine->blob.bytes, machine->connectors.paths[i]));

		if (!base_tree_connector_name(&machine->base, node, name) && !strcmp(name, wanted))
			return true;
	}
	return false;
}

static bool has_udev_rule(const struct machine *machine)
{
	static const char *const directories[] = { "etc", "run", "usr/local/lib", "usr/lib",
						   "lib" };
	char path[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(directories); i++) {
		snprintf(path, sizeof(path), "%s/udev/rules.d/90-plugtree.rules", directories[i]);
		if (!faccessat(machine->root, path, F_OK, 0))
			return true;
	}
	return false;
}

/**
 * examine_configuration() - what is loaded by name
 * @machine: the machine
 * @summary: filled
 */
void examine_configuration(struct machine *machine, char summary[SUMMARY_SIZE])
{
	struct configuration configuration;
	size_t i;

	configuration_read(&configuration, machine->settings->sysroot);
	snprintf(summary, SUMMARY_SIZE, "%zu connectors in connectors.d", configuration.count);
	if (configuration.mistakes)
		findings_add(&machine->findings, FINDING_CONFIGURATION_MISTAKE, "%u of them",
			     configuration.mistakes);
	/* Connectors on add-ons, which have a dot in their names, are in no base tree. */
	for (i = 0; machine->connectors.count && i < configuration.count; i++) {
		const struct assignment *assignment = &configuration.assignments[i];

		if (!strchr(assignment->connector, '.') &&
		    !is_connector(machine, assignment->connector))
			findings_add(&machine->findings, FINDING_CONNECTOR_UNKNOWN, "%s:%u: %s",
				     assignment->file, assignment->line, assignment->connector);
	}
	if (configuration.count && !has_udev_rule(machine))
		findings_add(&machine->findings, FINDING_NO_UDEV_RULE, "90-plugtree.rules");
	configuration_free(&configuration);
}
