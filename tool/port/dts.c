// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Device tree source, in the usual layout. A blob does not say what its values are: text, cells or
 * bytes, whichever fits first.
 */
#include <ctype.h>
#include <string.h>

#include "common/rules/tree.h"
#include "dts.h"

static void indent(struct dts *dts)
{
	int i;

	for (i = 0; i < dts->depth; i++)
		fputc('\t', dts->stream);
}

/**
 * dts_open_node() - begin a node
 * @dts: the text
 * @label: its label, or NULL
 * @name: its name, or a reference to it
 */
void dts_open_node(struct dts *dts, const char *label, const char *name)
{
	if (!dts->fresh)
		fputc('\n', dts->stream);
	indent(dts);
	if (label)
		fprintf(dts->stream, "%s: ", label);
	fprintf(dts->stream, "%s {\n", name);
	dts->depth++;
	dts->fresh = true;
}

/**
 * dts_close_node() - end the node that was begun last
 * @dts: the text
 */
void dts_close_node(struct dts *dts)
{
	dts->depth--;
	indent(dts);
	fputs("};\n", dts->stream);
	dts->fresh = false;
}

/**
 * dts_begin_property() - begin a property that has a value
 * @dts: the text
 * @name: its name
 */
void dts_begin_property(struct dts *dts, const char *name)
{
	indent(dts);
	fprintf(dts->stream, "%s = ", name);
	dts->fresh = false;
}

/**
 * dts_end_property() - end it
 * @dts: the text
 */
void dts_end_property(struct dts *dts)
{
	fputs(";\n", dts->stream);
}

/**
 * dts_flag() - write a property that has no value
 * @dts: the text
 * @name: its name
 */
void dts_flag(struct dts *dts, const char *name)
{
	indent(dts);
	fprintf(dts->stream, "%s;\n", name);
	dts->fresh = false;
}

/* Strings that people wrote: printable, none of them empty. */
static bool is_text(const char *value, size_t size)
{
	size_t i;

	if (!size || value[size - 1] || !*value)
		return false;
	for (i = 0; i + 1 < size; i++) {
		if (value[i] ? !isprint((unsigned char)value[i]) : !value[i + 1])
			return false;
	}
	return true;
}

static void put_text(struct dts *dts, const char *value, size_t size)
{
	size_t i;

	fputc('"', dts->stream);
	for (i = 0; i + 1 < size; i++) {
		if (!value[i])
			fputs("\", \"", dts->stream);
		else if (value[i] == '"' || value[i] == '\\')
			fprintf(dts->stream, "\\%c", value[i]);
		else
			fputc(value[i], dts->stream);
	}
	fputc('"', dts->stream);
}

/* Numbers that people wrote in decimal: small ones, and frequencies. */
static bool is_decimal(uint32_t cell)
{
	return cell < 10 || !(cell % 100);
}

/**
 * dts_cell() - write a cell
 * @dts: the text, inside <>
 * @cell: the cell
 */
void dts_cell(struct dts *dts, uint32_t cell)
{
	fprintf(dts->stream, is_decimal(cell) ? "%u" : "0x%x", cell);
}

static void put_cells(struct dts *dts, const uint8_t *value, size_t size)
{
	size_t i;

	fputc('<', dts->stream);
	for (i = 0; i < size; i += 4) {
		if (i)
			fputc(' ', dts->stream);
		dts_cell(dts, read_be32(value + i));
	}
	fputc('>', dts->stream);
}

static void put_bytes(struct dts *dts, const uint8_t *value, size_t size)
{
	size_t i;

	fputc('[', dts->stream);
	for (i = 0; i < size; i++)
		fprintf(dts->stream, i ? " %02x" : "%02x", value[i]);
	fputc(']', dts->stream);
}

/**
 * dts_value() - write a value without references
 * @dts: the text
 * @value: the value
 * @size: bytes of it, not 0
 */
void dts_value(struct dts *dts, const void *value, size_t size)
{
	if (is_text(value, size))
		put_text(dts, value, size);
	else if (size % 4)
		put_bytes(dts, value, size);
	else
		put_cells(dts, value, size);
}

/**
 * dts_name() - a label made of a node's name
 * @label: filled
 * @size: bytes of it
 * @name: the name, with or without unit address
 */
void dts_name(char *label, size_t size, const char *name)
{
	size_t i;

	for (i = 0; i + 1 < size && name[i] && name[i] != '@'; i++)
		label[i] = isalnum((unsigned char)name[i]) ? name[i] : '_';
	label[i] = '\0';
}
