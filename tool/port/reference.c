// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * References of an add-on's nodes: what the base board calls a line becomes what the connector calls
 * it, by its maps read backwards; whatever else is of the base board becomes an exported symbol.
 */
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "common/rules/fdt.h"
#include "offers.h"
#include "port.h"

/**
 * struct lines - a kind of line
 * @map: how the connector's map is spelled
 * @exact: all cells have to be those of the map; else the first one has, and the others are kept
 */
struct lines {
	const struct nexus_kind *map;
	bool exact;
};

static const struct nexus_kind pwm_map = { "#pwm-cells", "pwm-map", "pwm-map-mask", false };
static const struct lines gpio_lines = { &gpio_offer.map, false };
static const struct lines interrupt_lines = { &interrupt_offer.map, true };
static const struct lines pwm_lines = { &pwm_map, false };

static const struct lines *lines_of(const char *property)
{
	const struct line_offer *offer = line_offer_of(property);

	if (offer)
		return offer == &interrupt_offer ? &interrupt_lines : &gpio_lines;
	return strcmp(property, "pwms") ? NULL : &pwm_lines;
}

static bool find_entry(const struct port *port, const struct lines *lines, int provider,
		       const uint8_t *cells, size_t size, struct nexus_entry *entry)
{
	struct nexus nexus;

	if (size < 4 || !nexus_open(&nexus, lines->map, &port->base, port->connector))
		return false;
	while (nexus_next(&nexus, entry)) {
		size_t count = lines->exact ? entry->provided_size : 4;

		if (fdt_tree_offset(entry->provider) == provider && count <= size &&
		    !memcmp(entry->provided, cells, count))
			return true;
	}
	return false;
}

/* The cells of a line, as the connector has them; what the base board's do not say is 0. */
static bool put_line(struct port *port, FILE *stream, const struct lines *lines, int provider,
		     const uint8_t *cells, size_t size)
{
	size_t count = nexus_count(&port->base, port->connector, lines->map->cells), i;
	struct dts dts = { .stream = stream };
	struct nexus_entry entry;

	if (!find_entry(port, lines, provider, cells, size, &entry))
		return false;
	for (i = 0; i < count; i++) {
		const uint8_t *from = i && !lines->exact ? cells : entry.specifier;

		fputs(i ? " " : "", stream);
		dts_cell(&dts, from == cells && 4 * i >= size ? 0 : read_be32(from + 4 * i));
	}
	return true;
}

static bool is_behind_map(const struct port *port, int provider)
{
	struct nexus_entry entry;
	struct nexus nexus;

	if (!nexus_open(&nexus, &interrupt_offer.map, &port->base, port->connector))
		return false;
	while (nexus_next(&nexus, &entry)) {
		if (fdt_tree_offset(entry.provider) == provider)
			return true;
	}
	return false;
}

/**
 * port_own_label() - the label of a node of the overlay
 * @port: the port
 * @node: the node, which has a phandle
 * @label: filled
 */
void port_own_label(const struct port *port, int node, char label[PORT_LABEL_SIZE])
{
	const char *symbol = classic_label(port->classic.overlay, node);

	if (symbol)
		snprintf(label, PORT_LABEL_SIZE, "%s", symbol);
	else
		snprintf(label, PORT_LABEL_SIZE, "node_%x",
			 fdt_get_phandle(port->classic.overlay, node));
}

/* To a node of the overlay: it goes along, or becomes a pin group of the base board. */
static enum left_out_kind put_local(struct port *port, FILE *stream,
				    const struct reference *reference)
{
	const struct place *place = port_place_of(port, reference->target);
	char label[PORT_LABEL_SIZE];

	if (!place || place->to == TO_NOWHERE || place->to == TO_BASE)
		return LEFT_OUT_LOST_REFERENCE;
	port_own_label(port, reference->target, label);
	fprintf(stream, "&%s", place->to == TO_PINS ? port_export(port, label, -1) : label);
	return LEFT_OUT_KIND_COUNT;
}

/*
 * One reference and the cells behind it that belong to it.
 *
 * Return: LEFT_OUT_KIND_COUNT, or why it cannot be brought along.
 */
static enum left_out_kind put_reference(struct port *port, FILE *stream,
					const struct reference *reference, const uint8_t *cells,
					size_t left, size_t *used)
{
	const struct lines *lines = lines_of(reference->property);
	size_t size;

	*used = 0;
	if (!reference->label)
		return put_local(port, stream, reference);
	if (reference->target < 0)
		return LEFT_OUT_UNKNOWN_LABEL;
	if (!strcmp(reference->property, "interrupt-parent")) {
		fputs("&connector", stream);
		return is_behind_map(port, reference->target) ? LEFT_OUT_KIND_COUNT :
								LEFT_OUT_LINE_NOT_MAPPED;
	}
	if (!lines) {
		fprintf(stream, "&%s", port_export(port, reference->label, reference->target));
		return LEFT_OUT_KIND_COUNT;
	}
	size = 4 * nexus_count(&port->base, fdt_tree_node(reference->target), lines->map->cells);
	if (size > left)
		return LEFT_OUT_ODD_PROPERTY;
	*used = size;
	fputs("&connector ", stream);
	return put_line(port, stream, lines, reference->target, cells, size) ?
		       LEFT_OUT_KIND_COUNT :
		       LEFT_OUT_LINE_NOT_MAPPED;
}

/* In the base board's own tree references stay what they are. */
static enum left_out_kind put_base_reference(struct port *port, FILE *stream,
					     const struct reference *reference)
{
	const struct place *place;
	char label[PORT_LABEL_SIZE];

	if (reference->label) {
		fprintf(stream, "&%s", reference->label);
		return reference->target < 0 ? LEFT_OUT_UNKNOWN_LABEL : LEFT_OUT_KIND_COUNT;
	}
	place = port_place_of(port, reference->target);
	if (!place || place->to != TO_PINS)
		return LEFT_OUT_LOST_REFERENCE;
	port_own_label(port, reference->target, label);
	fprintf(stream, "&%s", label);
	return LEFT_OUT_KIND_COUNT;
}

static enum left_out_kind put_all(struct port *port, FILE *stream, bool to_base, int node,
				  const char *name, const uint8_t *value, size_t size)
{
	struct dts dts = { .stream = stream };
	enum left_out_kind kind = LEFT_OUT_KIND_COUNT;
	const struct reference *reference;
	size_t offset, used;

	if (size % 4)
		return LEFT_OUT_ODD_PROPERTY;
	for (offset = 0; kind == LEFT_OUT_KIND_COUNT && offset < size; offset += 4) {
		fputs(offset ? " " : "", stream);
		reference = classic_reference(&port->classic, node, name, (uint32_t)offset);
		if (!reference) {
			dts_cell(&dts, read_be32(value + offset));
		} else if (to_base) {
			kind = put_base_reference(port, stream, reference);
		} else {
			kind = put_reference(port, stream, reference, value + offset + 4,
					     size - offset - 4, &used);
			offset += used;
		}
	}
	return kind;
}

static bool finish(struct port *port, struct dts *dts, const struct place *place, int node,
		   const char *name, const char *text, enum left_out_kind kind)
{
	if (kind != LEFT_OUT_KIND_COUNT) {
		port_leave_out(port, kind, place, node, name);
		return false;
	}
	dts_begin_property(dts, name);
	fprintf(dts->stream, "<%s>", text);
	dts_end_property(dts);
	return true;
}

/**
 * struct draft - the value of a property, of which is not known yet whether it can be brought along
 * @stream: where to write
 * @text: what was written
 * @length: bytes of it
 */
struct draft {
	FILE *stream;
	char *text;
	size_t length;
};

static bool draft_begin(struct draft *draft, struct port *port)
{
	*draft = (struct draft){};
	draft->stream = open_memstream(&draft->text, &draft->length);
	if (!draft->stream)
		port->failed = true;
	return draft->stream;
}

static bool draft_end(struct draft *draft, struct port *port, struct dts *dts,
		      const struct place *place, int node, const char *name,
		      enum left_out_kind kind)
{
	bool written;

	fclose(draft->stream);
	written = finish(port, dts, place, node, name, draft->text, kind);
	free(draft->text);
	return written;
}

/**
 * port_write_references() - write a property that refers to nodes
 * @port: the port
 * @dts: where to: the add-on's text or the proposal
 * @place: where the node goes
 * @node: the node
 * @name: name of the property
 * @value: its value
 * @size: bytes of it
 *
 * Return: true; false when it is left out, which was said.
 */
bool port_write_references(struct port *port, struct dts *dts, const struct place *place, int node,
			   const char *name, const void *value, size_t size)
{
	enum left_out_kind kind;
	struct draft draft;

	if (!draft_begin(&draft, port))
		return false;
	kind = put_all(port, draft.stream, dts == &port->proposal, node, name, value, size);
	return draft_end(&draft, port, dts, place, node, name, kind);
}

/* As the kernel looks for it: upwards, to a node that names a parent or is a controller. */
static int base_interrupt_parent(const struct port *port, int node)
{
	const void *base = port->classic.base;
	const fdt32_t *parent;
	int size;

	for (; node >= 0; node = fdt_parent_offset(base, node)) {
		parent = fdt_getprop(base, node, "interrupt-parent", &size);
		if (parent && size == sizeof(*parent))
			return fdt_node_offset_by_phandle(base, fdt32_ld(parent));
		if (fdt_getprop(base, node, "#interrupt-cells", NULL))
			return node;
	}
	return -FDT_ERR_NOTFOUND;
}

/**
 * struct interrupt_parent - who takes the interrupts of a node
 * @provider: the node of the base tree; negative for one of the overlay
 * @named: a node of the overlay names it
 */
struct interrupt_parent {
	int provider;
	bool named;
};

static struct interrupt_parent interrupt_parent_of(const struct port *port,
						   const struct place *place, int node)
{
	const void *overlay = port->classic.overlay;
	const struct reference *reference;
	int at;

	for (at = node; at > 0 && at != place->fragment; at = fdt_parent_offset(overlay, at)) {
		reference = classic_reference(&port->classic, at, "interrupt-parent", 0);
		if (reference)
			return (struct interrupt_parent){ reference->label ? reference->target : -1,
							  true };
		if (at != node && fdt_getprop(overlay, at, "#interrupt-cells", NULL))
			return (struct interrupt_parent){ -1, true };
	}
	return (struct interrupt_parent){ base_interrupt_parent(port, place->target), false };
}

/* Lines that name no provider, since all are of one. */
static enum left_out_kind put_lines(struct port *port, FILE *stream, const struct lines *lines,
				    int provider, const char *before, const uint8_t *value,
				    size_t size)
{
	size_t each = 4 * nexus_count(&port->base, fdt_tree_node(provider), lines->map->cells);
	size_t offset;

	if (!each || size % each)
		return LEFT_OUT_ODD_PROPERTY;
	for (offset = 0; offset < size; offset += each) {
		fprintf(stream, "%s%s", offset ? " " : "", before);
		if (!put_line(port, stream, lines, provider, value + offset, each))
			return LEFT_OUT_LINE_NOT_MAPPED;
	}
	return LEFT_OUT_KIND_COUNT;
}

static bool write_lines(struct port *port, const struct place *place, int node, const char *name,
			const struct lines *lines, int provider, const char *before,
			const void *value, size_t size)
{
	enum left_out_kind kind;
	struct draft draft;

	if (!draft_begin(&draft, port))
		return false;
	kind = put_lines(port, draft.stream, lines, provider, before, value, size);
	return draft_end(&draft, port, &port->addon, place, node, name, kind);
}

/**
 * port_write_hog_lines() - write the property "gpios" of a hog
 * @port: the port
 * @place: where it goes; its target is the GPIO controller
 * @node: the node
 * @value: the value
 * @size: bytes of it
 *
 * Return: true; false when it is left out, which was said.
 */
bool port_write_hog_lines(struct port *port, const struct place *place, int node, const void *value,
			  size_t size)
{
	return write_lines(port, place, node, "gpios", &gpio_lines, place->target, "&connector ",
			   value, size);
}

/**
 * port_write_interrupts() - write the property "interrupts" of an add-on's node
 * @port: the port
 * @place: where the node goes
 * @node: the node
 * @value: the value
 * @size: bytes of it
 *
 * Return: true; false when it is left out, which was said.
 */
bool port_write_interrupts(struct port *port, const struct place *place, int node,
			   const void *value, size_t size)
{
	struct interrupt_parent parent = interrupt_parent_of(port, place, node);

	if (parent.provider < 0) {
		dts_begin_property(&port->addon, "interrupts");
		dts_value(&port->addon, value, size);
		dts_end_property(&port->addon);
		return true;
	}
	if (!write_lines(port, place, node, "interrupts", &interrupt_lines, parent.provider, "",
			 value, size))
		return false;
	return parent.named || finish(port, &port->addon, place, node, "interrupt-parent",
				      "&connector", LEFT_OUT_KIND_COUNT);
}
