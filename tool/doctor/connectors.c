// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Connectors: their nodes, what those need of the base board, and how they are.
 */
#include <errno.h>
#include <libfdt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/rules/connector.h"
#include "common/rules/fdt.h"
#include "common/rules/rules.h"
#include "connector.h"
#include "examine.h"
#include "hint.h"
#include "sysfs.h"

/* A line of debugfs's quarantine, as far as it is shown. */
#define NODE_SIZE 256

/* No binding has more cells. */
#define CELLS_MAX 16

/**
 * struct need - a property of a connector that refers to something of the base board
 * @property: its name
 * @mark: property of whatever may be referred to, NULL if it need not have one
 * @cells: property with the number of cells behind the reference, NULL for none
 */
struct need {
	const char *property;
	const char *mark;
	const char *cells;
};

static const struct need needs[] = {
	{ "plugged-gpios", "gpio-controller", "#gpio-cells" },
	{ "powergood-gpios", "gpio-controller", "#gpio-cells" },
	{ "reset-gpios", "gpio-controller", "#gpio-cells" },
	{ "model-gpios", "gpio-controller", "#gpio-cells" },
	{ "vcc-supply", NULL, NULL },
};

static bool is_disabled(const struct tree *base, tree_node node)
{
	struct tree_property status;

	if (!tree_find(base, node, "status", &status))
		return false;
	return !rules_has_string(&status, "okay") && !rules_has_string(&status, "ok");
}

static tree_node connector_node(const struct machine *machine, size_t i)
{
	return fdt_tree_node(fdt_path_offset(machine->blob.bytes, machine->connectors.paths[i]));
}

static size_t cells_of(const struct machine *machine, const struct need *need, tree_node provider)
{
	struct tree_property cells;

	if (!need->cells || !tree_find(&machine->base, provider, need->cells, &cells) ||
	    cells.size != 4 || read_be32(cells.value) > CELLS_MAX)
		return 0;
	return read_be32(cells.value);
}

/* Is this line one of those that an earlier connector uses for itself? */
static bool is_taken(const struct machine *machine, size_t before, const uint8_t *line)
{
	struct tree_property property;
	size_t i, need;
	int offset;

	for (i = 0; i < before; i++) {
		for (need = 0; need < ARRAY_SIZE(needs); need++) {
			if (!needs[need].mark ||
			    !tree_find(&machine->base, connector_node(machine, i),
				       needs[need].property, &property))
				continue;
			for (offset = 0; offset + 8 <= property.size; offset += 4) {
				if (!memcmp((const uint8_t *)property.value + offset, line, 8))
					return true;
			}
		}
	}
	return false;
}

/* Return: whether the entries behind it can be told. */
static bool examine_entry(struct machine *machine, size_t i, const struct need *need,
			  tree_node provider, const uint8_t *entry, size_t left)
{
	const char *path = machine->connectors.paths[i];

	if (!provider || (need->mark && !tree_has(&machine->base, provider, need->mark))) {
		findings_add(&machine->findings, FINDING_NO_PROVIDER, "%s:%s", path,
			     need->property);
		return false;
	}
	if (is_disabled(&machine->base, provider))
		findings_add(&machine->findings, FINDING_PROVIDER_DISABLED, "%s, for %s:%s",
			     tree_name(&machine->base, provider), path, need->property);
	else if (need->mark && left >= 8 && is_taken(machine, i, entry))
		findings_add(&machine->findings, FINDING_LINE_TAKEN, "%s:%s", path, need->property);
	return true;
}

static void examine_need(struct machine *machine, size_t i, const struct need *need)
{
	struct tree_property property;
	tree_node provider;
	size_t offset, left;

	if (!tree_find(&machine->base, connector_node(machine, i), need->property, &property))
		return;
	for (offset = 0; offset + 4 <= (size_t)property.size;) {
		const uint8_t *entry = (const uint8_t *)property.value + offset;

		left = (size_t)property.size - offset;
		provider = tree_by_phandle(&machine->base, read_be32(entry));
		if (!examine_entry(machine, i, need, provider, entry, left))
			return;
		offset += 4 + 4 * cells_of(machine, need, provider);
	}
}

/* Of buses that lead nowhere the rules complain. */
static void examine_bus(struct machine *machine, const char *path, tree_node bus)
{
	tree_node controller = rules_bus_controller(&machine->base, bus, NULL);

	if (controller && controller != bus && is_disabled(&machine->base, controller))
		findings_add(&machine->findings, FINDING_PROVIDER_DISABLED, "%s, for %s/%s",
			     tree_name(&machine->base, controller), path,
			     tree_name(&machine->base, bus));
}

static void examine_node(struct machine *machine, size_t i)
{
	const char *path = machine->connectors.paths[i];
	tree_node node = connector_node(machine, i), bus;
	struct plugtree_refusal refusal = { .reason = PLUGTREE_NONE };
	size_t need;

	if (is_disabled(&machine->base, node)) {
		findings_add(&machine->findings, FINDING_CONNECTOR_DISABLED, "%s", path);
		return;
	}
	rules_check_connector(&machine->base, node, &refusal);
	if (refusal.reason != PLUGTREE_NONE)
		findings_add(&machine->findings, FINDING_BAD_CONNECTOR, "%s: %s: %s", path,
			     plugtree_reason_name(refusal.reason), refusal.subject);
	for (need = 0; need < ARRAY_SIZE(needs); need++)
		examine_need(machine, i, &needs[need]);
	for (bus = tree_child(&machine->base, node); bus; bus = tree_sibling(&machine->base, bus))
		examine_bus(machine, path, bus);
}

static void examine_state(struct machine *machine, int class, size_t i)
{
	char name[CONNECTOR_NAME_SIZE];
	struct connector connector;
	int ret;

	if (is_disabled(&machine->base, connector_node(machine, i)) ||
	    base_tree_connector_name(&machine->base, connector_node(machine, i), name))
		return;
	ret = connector_read(&connector, class, name);
	if (ret == -ENOENT)
		findings_add(&machine->findings, FINDING_CONNECTOR_NOT_THERE, "%s", name);
	if (ret)
		return;
	if (!strcmp(connector.state, "failed"))
		findings_add_hint(&machine->findings, FINDING_CONNECTOR_FAILED,
				  hint_for(connector.reason), "%s: %s: %s", name, connector.reason,
				  connector.error);
	if (!strcmp(connector.state, "draining"))
		findings_add(&machine->findings, FINDING_CONNECTOR_DRAINS, "%s: %s", name,
			     connector.error);
}

static void examine_states(struct machine *machine)
{
	int class = sysfs_open_class(machine->settings->sysroot);
	size_t i;

	/* Without the class the module is not loaded, which was said. */
	if (class < 0)
		return;
	for (i = 0; i < machine->connectors.count; i++)
		examine_state(machine, class, i);
	close(class);
}

static void examine_quarantine(struct machine *machine)
{
	char text[NODE_SIZE];

	/* Debugfs is root's, and need not be mounted. */
	if (sysfs_read(machine->root, "sys/kernel/debug/plugtree/quarantine", text, sizeof(text)) ||
	    !*text)
		return;
	text[strcspn(text, "\n")] = '\0';
	findings_add(&machine->findings, FINDING_NODES_HELD, "%s", text);
}

/**
 * examine_connectors() - connectors
 * @machine: the machine
 * @summary: filled
 */
void examine_connectors(struct machine *machine, char summary[SUMMARY_SIZE])
{
	size_t i;

	snprintf(summary, SUMMARY_SIZE, "%zu in the base tree", machine->connectors.count);
	if (!machine->base.root)
		findings_add(&machine->findings, FINDING_NO_BASE_TREE, "sys/firmware/fdt");
	else if (!machine->connectors.count)
		findings_add(&machine->findings, FINDING_NO_CONNECTOR, "/");
	for (i = 0; i < machine->connectors.count; i++)
		examine_node(machine, i);
	examine_states(machine);
	examine_quarantine(machine);
}
