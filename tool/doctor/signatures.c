// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Must overlays be signed, and could the kernel tell? Those that are not are found with the others.
 */
#include <libfdt.h>
#include <stdio.h>

#include "common/rules/fdt.h"
#include "examine.h"

#define OPTION "CONFIG_SYSTEM_DATA_VERIFICATION"

static size_t count_connectors(const struct machine *machine)
{
	size_t count = 0, i;

	for (i = 0; i < machine->connectors.count; i++)
		count += tree_has(&machine->base,
				  fdt_tree_node(fdt_path_offset(machine->blob.bytes,
								machine->connectors.paths[i])),
				  "signed-overlays");
	return count;
}

/**
 * examine_signatures() - the policy about signatures
 * @machine: the machine
 * @summary: filled
 */
void examine_signatures(struct machine *machine, char summary[SUMMARY_SIZE])
{
	size_t count = count_connectors(machine);

	if (machine->signed_overlays)
		snprintf(summary, SUMMARY_SIZE, "needed in all connectors");
	else if (count)
		snprintf(summary, SUMMARY_SIZE, "needed in %zu connectors", count);
	else
		snprintf(summary, SUMMARY_SIZE, "not asked for: who may write overlays decides");
	if ((machine->signed_overlays || count) && machine->option_count &&
	    !machine_has_option(machine, OPTION))
		findings_add(&machine->findings, FINDING_CANNOT_VERIFY, "%s", OPTION);
}
