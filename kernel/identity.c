// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reading an identity.
 *
 * The ID overlay adds "addon-id { compatible = "plugtree,id-<format>"; nvmem-cells = <&cell>; }".
 * The cell is a window into its NVMEM device; only the bytes that the format needs are read, which
 * is why this goes to the device and not to the cell: cells are read whole. The NVMEM device is
 * held for the time of the reading only, since an add-on that is pulled takes it along.
 */
#include <linux/device.h>
#include <linux/nvmem-consumer.h>
#include <linux/of.h>
#include <linux/property.h>

#include "identity.h"

#define ID_COMPATIBLE_PREFIX "plugtree,id-"

static const struct id_format *identity_format(const struct device_node *node)
{
	const char *compatible;

	if (of_property_read_string(node, "compatible", &compatible) ||
	    !str_has_prefix(compatible, ID_COMPATIBLE_PREFIX))
		return NULL;
	return id_format_find(compatible + strlen(ID_COMPATIBLE_PREFIX));
}

static struct device_node *identity_nvmem_node(struct device_node *cell)
{
	struct device_node *parent = of_get_parent(cell);

	if (parent && of_node_name_eq(parent, "nvmem-layout"))
		return of_get_next_parent(parent);
	return parent;
}

/**
 * struct identity_window - a cell of an NVMEM device
 * @nvmem: the device
 * @offset: the cell's first byte
 * @size: the cell's size in bytes
 */
struct identity_window {
	struct nvmem_device *nvmem;
	u32 offset;
	u32 size;
};

static int identity_read_bytes(void *context, unsigned int offset, void *buffer, size_t length)
{
	const struct identity_window *window = context;
	int ret = nvmem_device_read(window->nvmem, window->offset + offset, length, buffer);

	if (ret < 0)
		return ret;
	return ret == length ? 0 : -EIO;
}

static int identity_open(struct device_node *node, struct identity_window *window,
			 struct plugtree_refusal *refusal)
{
	struct device_node *cell __free(device_node) = of_parse_phandle(node, "nvmem-cells", 0);
	struct device_node *nvmem __free(device_node) = cell ? identity_nvmem_node(cell) : NULL;

	if (!nvmem || of_property_read_u32_index(cell, "reg", 0, &window->offset) ||
	    of_property_read_u32_index(cell, "reg", 1, &window->size))
		return plugtree_refuse(refusal, PLUGTREE_NO_IDENTITY,
				       "addon-id:nvmem-cells names no cell with a reg");
	window->nvmem = nvmem_device_find(nvmem, device_match_of_node);
	if (IS_ERR(window->nvmem))
		return plugtree_refuse(refusal, PLUGTREE_ID_ABSENT, "%s", nvmem->full_name);
	return 0;
}

static int identity_refuse(enum id_verdict verdict, const struct id_problem *problem,
			   struct plugtree_refusal *refusal)
{
	static const enum plugtree_reason reasons[] = {
		[ID_ABSENT] = PLUGTREE_ID_ABSENT,
		[ID_BLANK] = PLUGTREE_ID_BLANK,
		[ID_CORRUPT] = PLUGTREE_ID_CORRUPT,
		[ID_UNKNOWN_FORMAT] = PLUGTREE_ID_UNKNOWN_FORMAT,
	};

	return plugtree_refuse(refusal, reasons[verdict], "byte 0x%x: %s", problem->offset,
			       problem->what ?: "");
}

/**
 * identity_read() - who is it?
 * @connector: the connector's node, with the ID overlay grafted and its devices bound
 * @identity: filled on success
 * @refusal: filled on failure
 *
 * Context: Process context, may sleep. Bus transfers.
 * Return: 0 or -EINVAL.
 */
int identity_read(struct device_node *connector, struct id_identity *identity,
		  struct plugtree_refusal *refusal)
{
	struct device_node *node __free(device_node) = of_get_child_by_name(connector, "addon-id");
	const struct id_format *format = node ? identity_format(node) : NULL;
	struct identity_window window;
	struct id_problem problem = {};
	struct id_source source;
	enum id_verdict verdict;
	int ret;

	if (!format)
		return plugtree_refuse(refusal, PLUGTREE_NO_IDENTITY,
				       "addon-id:compatible names no format that is known");
	ret = identity_open(node, &window, refusal);
	if (ret)
		return ret;
	source = (struct id_source){
		.read = identity_read_bytes,
		.context = &window,
		.size = window.size,
	};
	verdict = format->decode(&source, identity, &problem);
	nvmem_device_put(window.nvmem);
	return verdict == ID_GOOD ? 0 : identity_refuse(verdict, &problem, refusal);
}
