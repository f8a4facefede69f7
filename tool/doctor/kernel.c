// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Is the kernel one that plugtree works with?
 */
#include <stdio.h>
#include <string.h>

#include "common/rules/fdt.h"
#include "examine.h"

#include <libfdt.h>

#define TESTED_RELEASE "6.12."

static const char *const needed_options[] = {
	"CONFIG_OF_OVERLAY", "CONFIG_I2C", "CONFIG_GPIOLIB", "CONFIG_NVMEM", "CONFIG_MODULES",
};

/* Without these the module is built without the bus. */
static const struct {
	const char *property;
	const char *option;
} bus_options[] = {
	{ "spi-parent", "CONFIG_SPI" },
	{ "serial-parent", "CONFIG_SERIAL_DEV_BUS" },
};

static void examine_bus(struct machine *machine, const char *connector, tree_node bus)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bus_options); i++) {
		if (tree_has(&machine->base, bus, bus_options[i].property) &&
		    !machine_has_option(machine, bus_options[i].option))
			findings_add(&machine->findings, FINDING_BUS_OPTION_MISSING,
				     "%s, for %s/%s", bus_options[i].option, connector,
				     tree_name(&machine->base, bus));
	}
}

static void examine_buses(struct machine *machine)
{
	tree_node connector, bus;
	size_t i;

	for (i = 0; i < machine->connectors.count; i++) {
		const char *path = machine->connectors.paths[i];

		connector = fdt_tree_node(fdt_path_offset(machine->blob.bytes, path));
		for (bus = tree_child(&machine->base, connector); bus;
		     bus = tree_sibling(&machine->base, bus))
			examine_bus(machine, path, bus);
	}
}

static void examine_options(struct machine *machine)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(needed_options); i++) {
		if (!machine_has_option(machine, needed_options[i]))
			findings_add(&machine->findings, FINDING_OPTION_MISSING, "%s",
				     needed_options[i]);
	}
	examine_buses(machine);
}

/**
 * examine_kernel() - version and configuration
 * @machine: the machine
 * @summary: filled
 */
void examine_kernel(struct machine *machine, char summary[SUMMARY_SIZE])
{
	const char *release = machine->release;

	snprintf(summary, SUMMARY_SIZE, "%s, %zu options known", *release ? release : "unknown",
		 machine->option_count);
	if (!*release)
		findings_add(&machine->findings, FINDING_NO_RELEASE, "lib/modules");
	else if (strncmp(release, TESTED_RELEASE, strlen(TESTED_RELEASE)))
		findings_add(&machine->findings, FINDING_UNTESTED_KERNEL, "%s", release);
	if (machine->option_count)
		examine_options(machine);
	else
		findings_add(&machine->findings, FINDING_NO_CONFIGURATION, "boot/config-%s",
			     *release ? release : "RELEASE");
}
