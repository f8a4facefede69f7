// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The overlays: is there what connectors will look for, and would each be accepted by one of them?
 */
#include <fcntl.h>
#include <libfdt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/rules/fdt.h"
#include "examine.h"
#include "hint.h"
#include "signature.h"
#include "sysfs.h"
#include "verdict.h"

#define FIRMWARE "lib/firmware/plugtree"

static tree_node connector_node(const struct machine *machine, size_t i)
{
	return fdt_tree_node(fdt_path_offset(machine->blob.bytes, machine->connectors.paths[i]));
}

/* The first string of its compatible, as the kernel takes it. */
static const char *type_of(const struct machine *machine, size_t i)
{
	struct tree_property compatible;

	if (!tree_find(&machine->base, connector_node(machine, i), "compatible", &compatible) ||
	    !memchr(compatible.value, '\0', (size_t)compatible.size))
		return "";
	return compatible.value;
}

static bool has(const struct machine *machine, size_t i, const char *property)
{
	return tree_has(&machine->base, connector_node(machine, i), property);
}

static bool is_first_of_type(const struct machine *machine, size_t i)
{
	size_t other;

	for (other = 0; other < i; other++) {
		if (!strcmp(type_of(machine, other), type_of(machine, i)))
			return false;
	}
	return true;
}

static bool ends_with(const char *text, const char *end)
{
	size_t length = strlen(text);

	return length > strlen(end) && !strcmp(text + length - strlen(end), end);
}

/* What common/id/file_name.c makes of an identity. */
static bool is_reachable(const char *name)
{
	return !name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-@")];
}

static void note_refusal(struct machine *machine, const char *file, const struct verdict *verdict)
{
	findings_add_hint(&machine->findings, FINDING_OVERLAY_REFUSED,
			  hint_for(plugtree_reason_name(verdict->refusal.reason)),
			  "%s, in %s: %s: %s", file, verdict->connector,
			  plugtree_reason_name(verdict->refusal.reason), verdict->refusal.subject);
}

static void note_warnings(struct machine *machine, const char *file, const struct verdict *verdict)
{
	const struct warning *warning = verdict->warnings.list;
	size_t i;

	for (i = 0; i < verdict->warnings.count; i++, warning++) {
		if (warning->kind == WARNING_NO_DRIVER)
			findings_add(&machine->findings, FINDING_NO_DRIVER, "%s: %s", file,
				     warning->subject);
		else
			findings_add_hint(&machine->findings, FINDING_OVERLAY_UNWISE,
					  warning_wording(warning->kind)->hint,
					  "%s, in %s: %s: %s", file, verdict->connector,
					  warning_wording(warning->kind)->name, warning->subject);
	}
}

/* Connectors of one type may differ: one that does not take it is told, with its name. */
static void judge(struct machine *machine, const char *type, const char *file,
		  const struct blob *overlay)
{
	const struct driver_list *drivers = machine->drivers.count ? &machine->drivers : NULL;
	bool warned = false;
	size_t i;

	for (i = 0; i < machine->connectors.count; i++) {
		struct verdict verdict = { .file = file,
					   .connector = machine->connectors.paths[i] };

		if (strcmp(type_of(machine, i), type) ||
		    verdict_make(&verdict, overlay, &machine->blob, drivers))
			continue;
		if (!verdict_accepts(&verdict))
			note_refusal(machine, file, &verdict);
		else if (!warned)
			note_warnings(machine, file, &verdict);
		warned = warned || verdict_accepts(&verdict);
		verdict_free(&verdict);
	}
}

static bool wants_signature(const struct machine *machine, const char *type)
{
	size_t i;

	if (machine->signed_overlays)
		return true;
	for (i = 0; i < machine->connectors.count; i++) {
		if (!strcmp(type_of(machine, i), type) && has(machine, i, "signed-overlays"))
			return true;
	}
	return false;
}

static void examine_signature(struct machine *machine, const char *type, const char *path)
{
	char *signature = signature_path(path);

	if (signature && wants_signature(machine, type) && access(signature, F_OK))
		findings_add(&machine->findings, FINDING_UNSIGNED, "%s", path);
	free(signature);
}

static void examine_overlay(struct machine *machine, const char *type, const char *name)
{
	char *path = machine_path(machine, FIRMWARE "/%s/%s", type, name);
	struct blob overlay;

	if (!is_reachable(name))
		findings_add(&machine->findings, FINDING_NAME_UNREACHABLE, "%s", path);
	if (blob_read(&overlay, path))
		findings_add(&machine->findings, FINDING_OVERLAY_UNREADABLE, "%s", path);
	else
		judge(machine, type, path, &overlay);
	examine_signature(machine, type, path);
	blob_free(&overlay);
	free(path);
}

/* Return: how many overlays there are. */
static size_t examine_type(struct machine *machine, size_t i)
{
	const char *type = type_of(machine, i);
	char *path = machine_path(machine, FIRMWARE "/%s", type);
	int fd = strchr(type, '/') ? -1 : sysfs_open_directory(AT_FDCWD, path);
	char **names = NULL;
	size_t count = 0, overlays = 0, name;

	if (fd >= 0)
		sysfs_list(fd, &names, &count);
	for (name = 0; name < count; name++) {
		if (!ends_with(names[name], ".dtbo"))
			continue;
		examine_overlay(machine, type, names[name]);
		overlays++;
	}
	if (!overlays)
		findings_add(&machine->findings, FINDING_NO_OVERLAYS, "%s", path);
	sysfs_free_list(names, count);
	if (fd >= 0)
		close(fd);
	free(path);
	return overlays;
}

/* One that detects add-ons and has no straps has to read who they are. */
static bool reads_identities(const struct machine *machine, const char *type)
{
	size_t i;

	for (i = 0; i < machine->connectors.count; i++) {
		if (!strcmp(type_of(machine, i), type) && has(machine, i, "plugged-gpios") &&
		    !has(machine, i, "model-gpios"))
			return true;
	}
	return false;
}

static void examine_id(struct machine *machine, const char *type)
{
	char *path = machine_path(machine, FIRMWARE "/%s/id.dtbo", type);

	if (reads_identities(machine, type) && access(path, F_OK))
		findings_add(&machine->findings, FINDING_NO_ID_OVERLAY, "%s", path);
	free(path);
}

static void examine_other_types(struct machine *machine)
{
	int fd = sysfs_open_directory(machine->root, FIRMWARE);
	char **names;
	size_t count, name, i;

	if (fd < 0)
		return;
	if (!sysfs_list(fd, &names, &count)) {
		for (name = 0; name < count; name++) {
			for (i = 0; i < machine->connectors.count; i++) {
				if (!strcmp(type_of(machine, i), names[name]))
					break;
			}
			if (i == machine->connectors.count)
				findings_add(&machine->findings, FINDING_TYPE_UNKNOWN, "%s/%s",
					     FIRMWARE, names[name]);
		}
		sysfs_free_list(names, count);
	}
	close(fd);
}

/**
 * examine_firmware() - overlays
 * @machine: the machine
 * @summary: filled
 */
void examine_firmware(struct machine *machine, char summary[SUMMARY_SIZE])
{
	size_t overlays = 0, i;

	for (i = 0; i < machine->connectors.count; i++) {
		if (!is_first_of_type(machine, i))
			continue;
		overlays += examine_type(machine, i);
		examine_id(machine, type_of(machine, i));
	}
	/* An add-on's own connectors are of types that the base tree does not know. */
	if (machine->connectors.count)
		examine_other_types(machine);
	snprintf(summary, SUMMARY_SIZE, "%zu overlays judged in %s", overlays, FIRMWARE);
}
