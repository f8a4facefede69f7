// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reading classic overlays: fragments, what they are for, and which cells are references.
 */
#include <errno.h>
#include <libfdt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "classic.h"
#include "common/reasons.h"
#include "common/rules/blob.h"
#include "text.h"

/* What the Devicetree Specification and dtc allow in names; nothing that is syntax in a dts. */
#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789,._+*#?@-"

static int add(struct classic *classic, const struct reference *reference)
{
	struct reference *grown =
		array_grow(classic->references, classic->count, sizeof(*classic->references));

	if (!grown)
		return -ENOMEM;
	classic->references = grown;
	grown[classic->count++] = *reference;
	return 0;
}

/* The node of a label, by the symbols of a blob that was compiled with them. */
static int find_label(const void *blob, const char *label)
{
	int symbols = fdt_path_offset(blob, "/__symbols__"), size;
	const char *path = symbols < 0 ? NULL : fdt_getprop(blob, symbols, label, &size);

	if (!path || !size || path[size - 1])
		return -FDT_ERR_NOTFOUND;
	return fdt_path_offset(blob, path);
}

/* A property, with the name that the blob has for it, which lasts. */
static const char *find_name(const void *blob, int node, const char *text, size_t length, int *size)
{
	const char *name;
	int property;

	fdt_for_each_property_offset(property, blob, node) {
		if (fdt_getprop_by_offset(blob, property, &name, size) && strlen(name) == length &&
		    !strncmp(name, text, length))
			return name;
	}
	return NULL;
}

/* "/fragment@0/__overlay__/node:property:offset"; no rule has seen it, so it may be anything. */
static int add_fixup(struct classic *classic, const char *label, const char *text)
{
	const char *colon = strchr(text, ':');
	const char *second = colon ? strchr(colon + 1, ':') : NULL;
	struct reference reference = { .label = label };
	int size;

	if (!second)
		return 0;
	reference.node = fdt_path_offset_namelen(classic->overlay, text, (int)(colon - text));
	if (reference.node < 0)
		return 0;
	reference.property = find_name(classic->overlay, reference.node, colon + 1,
				       (size_t)(second - colon - 1), &size);
	reference.offset = (uint32_t)strtoul(second + 1, NULL, 10);
	if (!reference.property || size < 4 || reference.offset > (uint32_t)size - 4)
		return 0;
	reference.target = find_label(classic->base, label);
	return add(classic, &reference);
}

static int add_fixups(struct classic *classic)
{
	int fixups = fdt_path_offset(classic->overlay, "/__fixups__");
	int property, size, ret = 0;
	const char *label, *text, *end;

	if (fixups < 0)
		return 0;
	fdt_for_each_property_offset(property, classic->overlay, fixups) {
		text = fdt_getprop_by_offset(classic->overlay, property, &label, &size);
		if (!text || !size || text[size - 1])
			continue;
		for (end = text + size; !ret && text < end; text += strlen(text) + 1)
			ret = add_fixup(classic, label, text);
		if (ret)
			return ret;
	}
	return 0;
}

static int add_local(struct classic *classic, int node, const char *name, const fdt32_t *offsets,
		     int count)
{
	struct reference reference = { .node = node, .property = name };
	int i, size, ret = 0;
	const uint8_t *value = fdt_getprop(classic->overlay, node, name, &size);

	for (i = 0; value && !ret && i < count; i++) {
		reference.offset = fdt32_ld(&offsets[i]);
		if (size < 4 || reference.offset > (uint32_t)size - 4)
			continue;
		reference.target = fdt_node_offset_by_phandle(
			classic->overlay, fdt32_ld((const fdt32_t *)(value + reference.offset)));
		ret = add(classic, &reference);
	}
	return ret;
}

/* __local_fixups__ has the shape of the overlay. Blobs that were checked have a limited depth. */
static int add_locals(struct classic *classic, int fixups, int node)
{
	const void *overlay = classic->overlay;
	const fdt32_t *offsets;
	const char *name;
	int property, child, size, ret = 0;

	fdt_for_each_property_offset(property, overlay, fixups) {
		offsets = fdt_getprop_by_offset(overlay, property, &name, &size);
		if (offsets && !ret)
			ret = add_local(classic, node, name, offsets, size / 4);
	}
	fdt_for_each_subnode(child, overlay, fixups) {
		int same = fdt_subnode_offset(overlay, node, fdt_get_name(overlay, child, NULL));

		if (same >= 0 && !ret)
			ret = add_locals(classic, child, same);
	}
	return ret;
}

static bool is_name(const char *name)
{
	return name && !name[strspn(name, NAME_CHARACTERS)];
}

static bool has_good_names(const void *blob)
{
	const char *name;
	int node, property;

	for (node = 0; node >= 0; node = fdt_next_node(blob, node, NULL)) {
		if (!is_name(fdt_get_name(blob, node, NULL)))
			return false;
		fdt_for_each_property_offset(property, blob, node) {
			if (!fdt_getprop_by_offset(blob, property, &name, NULL) || !is_name(name))
				return false;
		}
	}
	return true;
}

static bool is_overlay(const void *blob)
{
	int node;

	fdt_for_each_subnode(node, blob, 0) {
		if (fdt_subnode_offset(blob, node, "__overlay__") >= 0)
			return true;
	}
	return false;
}

/**
 * classic_open() - read a classic overlay
 * @classic: filled, to be given to classic_close() whatever the result
 * @overlay: its bytes, whatever they are
 * @base: the base tree that it was written for
 * @file: the overlay's name, for complaints
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code classic_open(struct classic *classic, const struct blob *overlay,
			    const struct blob *base, const char *file)
{
	struct plugtree_refusal refusal = { .reason = PLUGTREE_NONE };
	int local, ret;

	*classic = (struct classic){ .overlay = overlay->bytes, .base = base->bytes };
	if (rules_check_blob(overlay->bytes, overlay->size, &refusal)) {
		text_complain("%s: %s: %s", file, plugtree_reason_name(refusal.reason),
			      refusal.subject);
		return EXIT_CODE_UNREADABLE;
	}
	if (!has_good_names(overlay->bytes) || !is_overlay(overlay->bytes)) {
		text_complain("%s: is no overlay", file);
		return EXIT_CODE_UNREADABLE;
	}
	ret = add_fixups(classic);
	local = fdt_path_offset(overlay->bytes, "/__local_fixups__");
	if (!ret && local >= 0)
		ret = add_locals(classic, local, 0);
	if (!ret)
		return EXIT_CODE_OK;
	text_complain("out of memory");
	return EXIT_CODE_FAILED;
}

/**
 * classic_reference() - is a cell a reference?
 * @classic: the overlay
 * @node: the node
 * @property: name of the property
 * @offset: bytes in front of the cell there
 *
 * Return: the reference, NULL if it is an ordinary cell.
 */
const struct reference *classic_reference(const struct classic *classic, int node,
					  const char *property, uint32_t offset)
{
	size_t i;

	for (i = 0; i < classic->count; i++) {
		const struct reference *reference = &classic->references[i];

		if (reference->node == node && reference->offset == offset &&
		    !strcmp(reference->property, property))
			return reference;
	}
	return NULL;
}

/**
 * classic_first_reference() - does a property refer to nodes?
 * @classic: the overlay
 * @node: the node
 * @property: name of the property
 *
 * Return: one of its references, NULL if it has none.
 */
const struct reference *classic_first_reference(const struct classic *classic, int node,
						const char *property)
{
	size_t i;

	for (i = 0; i < classic->count; i++) {
		if (classic->references[i].node == node &&
		    !strcmp(classic->references[i].property, property))
			return &classic->references[i];
	}
	return NULL;
}

/**
 * classic_contents() - what a fragment adds to its target
 * @classic: the overlay
 * @fragment: a child of its root
 *
 * Return: the node, negative if it is no fragment, or one that does nothing.
 */
int classic_contents(const struct classic *classic, int fragment)
{
	return fdt_subnode_offset(classic->overlay, fragment, "__overlay__");
}

/**
 * classic_target() - what a fragment is for
 * @classic: the overlay
 * @fragment: the fragment
 *
 * Return: the node of the base tree, negative if there is none.
 */
int classic_target(const struct classic *classic, int fragment)
{
	const struct reference *reference = classic_reference(classic, fragment, "target", 0);
	const char *path;
	int size;

	if (reference)
		return reference->label ? reference->target : -FDT_ERR_NOTFOUND;
	path = fdt_getprop(classic->overlay, fragment, "target-path", &size);
	if (!path || !size || path[size - 1])
		return -FDT_ERR_NOTFOUND;
	return fdt_path_offset(classic->base, path);
}

/**
 * classic_label() - the label of a node
 * @blob: the blob that it is in
 * @node: the node
 *
 * Return: a label that the blob's symbols have for it, or NULL.
 */
const char *classic_label(const void *blob, int node)
{
	int symbols = fdt_path_offset(blob, "/__symbols__");
	char path[PATH_MAX];
	const char *name, *value;
	int property, size;

	if (symbols < 0 || fdt_get_path(blob, node, path, sizeof(path)))
		return NULL;
	fdt_for_each_property_offset(property, blob, symbols) {
		value = fdt_getprop_by_offset(blob, property, &name, &size);
		if (value && size > 0 && !value[size - 1] && !strcmp(value, path))
			return name;
	}
	return NULL;
}

/**
 * classic_close() - forget the references
 * @classic: the overlay
 */
void classic_close(struct classic *classic)
{
	free(classic->references);
	*classic = (struct classic){};
}
