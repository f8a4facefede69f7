// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Some damage is done to bytes, which mostly ends at the check of the flattened form. Most is done
 * to nodes and properties of a blob that is well-formed and stays so, to get at what comes after.
 */
#include <libfdt.h>
#include <stdbool.h>
#include <string.h>

#include "mutation.h"

/**
 * struct span - a part of a blob
 * @start: offset from the beginning of the blob
 * @size: bytes
 */
struct span {
	size_t start;
	size_t size;
};

/**
 * mutation_number() - a random number
 * @random: the state, changed
 * @limit: above 0
 *
 * Return: a number below the limit.
 */
uint32_t mutation_number(uint64_t *random, uint32_t limit)
{
	/* splitmix64 */
	uint64_t mixed = *random += 0x9e3779b97f4a7c15u;

	mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
	mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
	return (uint32_t)((mixed ^ mixed >> 31) % limit);
}

static uint32_t number(struct mutation *mutation, size_t limit)
{
	return mutation_number(mutation->random, (uint32_t)limit);
}

static void flip_bit(struct mutation *mutation)
{
	mutation->bytes[number(mutation, mutation->size)] ^= (uint8_t)(1 << number(mutation, 8));
}

static void set_byte(struct mutation *mutation)
{
	mutation->bytes[number(mutation, mutation->size)] = (uint8_t)number(mutation, 256);
}

static void set_word(struct mutation *mutation)
{
	static const uint32_t words[] = { 0, 1, 2, 3, 4, 9, 0x7fffffff, 0x80000000, 0xffffffff };
	size_t place = number(mutation, mutation->size) & ~3u;

	if (mutation->size - place >= 4)
		fdt32_st(mutation->bytes + place,
			 words[number(mutation, sizeof(words) / sizeof(words[0]))]);
}

static void copy_bytes(struct mutation *mutation)
{
	size_t from = number(mutation, mutation->size);
	size_t to = number(mutation, mutation->size);
	size_t count = 1 + number(mutation, 16);

	if (count <= mutation->size - from && count <= mutation->size - to)
		memmove(mutation->bytes + to, mutation->bytes + from, count);
}

/* One character for another: most names and paths stay well-formed. */
static void change_character(struct mutation *mutation)
{
	uint8_t *byte = mutation->bytes + number(mutation, mutation->size);

	if (*byte >= 'a' && *byte <= 'z')
		*byte = (uint8_t)("abz:/@0-_"[number(mutation, 9)]);
}

/* A token of the structure becomes another one. */
static void change_token(struct mutation *mutation)
{
	size_t place = number(mutation, mutation->size) & ~3u;

	if (mutation->size - place >= 4 &&
	    fdt32_ld((const fdt32_t *)(mutation->bytes + place)) <= 9)
		fdt32_st(mutation->bytes + place, number(mutation, 10));
}

static void cut_off(struct mutation *mutation)
{
	mutation->size = 1 + number(mutation, mutation->size);
}

/* Replaces a span of the structure block by @count bytes at @bytes, which are not in the blob. */
static bool splice(struct mutation *mutation, struct span span, const void *bytes, size_t count)
{
	uint8_t *blob = mutation->bytes;
	size_t tail = mutation->size - span.start - span.size;
	/* Or shrinkage: the sums wrap around. */
	uint32_t growth = (uint32_t)(count - span.size);

	if (count > span.size && count - span.size > mutation->room - mutation->size)
		return false;
	memmove(blob + span.start + count, blob + span.start + span.size, tail);
	memcpy(blob + span.start, bytes, count);
	if (fdt_off_dt_strings(blob) > fdt_off_dt_struct(blob))
		fdt_set_off_dt_strings(blob, fdt_off_dt_strings(blob) + growth);
	fdt_set_size_dt_struct(blob, fdt_size_dt_struct(blob) + growth);
	fdt_set_totalsize(blob, fdt_totalsize(blob) + growth);
	mutation->size = span.start + count + tail;
	return true;
}

/* Offset in the structure block of the end of what begins at @offset there. */
static int end_of(const void *blob, int offset)
{
	int depth = 0, next;

	do {
		switch (fdt_next_tag(blob, offset, &next)) {
		case FDT_BEGIN_NODE:
			depth++;
			break;
		case FDT_END_NODE:
			depth--;
			break;
		default:
			break;
		}
		offset = next;
	} while (depth && offset > 0);
	return offset;
}

/* Any node below the root, or any property: all are as likely. Its size is 0 if there is none. */
static struct span pick(struct mutation *mutation, uint32_t wanted)
{
	struct span span = { 0, 0 };
	const void *blob = mutation->bytes;
	int offset, next, chosen = -1;
	uint32_t tag, seen = 0;

	fdt_next_tag(blob, 0, &offset);
	for (;; offset = next) {
		tag = fdt_next_tag(blob, offset, &next);
		if (tag == FDT_END || next < 0)
			break;
		if (tag == wanted && !number(mutation, ++seen))
			chosen = offset;
	}
	if (chosen >= 0) {
		span.start = fdt_off_dt_struct(blob) + (size_t)chosen;
		span.size = (size_t)(end_of(blob, chosen) - chosen);
	}
	return span;
}

static uint8_t part[MUTATION_GROWTH];

static bool take(struct mutation *mutation, struct span span)
{
	if (!span.size || span.size > sizeof(part))
		return false;
	memcpy(part, mutation->bytes + span.start, span.size);
	return true;
}

static void remove_one(struct mutation *mutation, uint32_t tag)
{
	struct span span = pick(mutation, tag);

	if (span.size)
		splice(mutation, span, part, 0);
}

static void remove_node(struct mutation *mutation)
{
	remove_one(mutation, FDT_BEGIN_NODE);
}

static void remove_property(struct mutation *mutation)
{
	remove_one(mutation, FDT_PROP);
}

/* A copy of one goes in front of another one, or of itself. */
static void copy_one(struct mutation *mutation, uint32_t tag)
{
	struct span span = pick(mutation, tag);
	struct span place = number(mutation, 2) ? span : pick(mutation, tag);

	if (take(mutation, span))
		splice(mutation, (struct span){ place.start, 0 }, part, span.size);
}

static void copy_node(struct mutation *mutation)
{
	copy_one(mutation, FDT_BEGIN_NODE);
}

static void copy_property(struct mutation *mutation)
{
	copy_one(mutation, FDT_PROP);
}

/* A node gets another one's name, or one that means something. */
static void rename_node(struct mutation *mutation)
{
	static const char *const names[] = {
		"chosen",      "devices",	 "i2c-sensors", "addon-id",  "export-symbols",
		"__overlay__", "__fixups__",	 "a@1@2",	"connector", "__symbols__",
		"eeprom@50",   "thermometer@48", "a/b",		"",
	};
	struct span node = pick(mutation, FDT_BEGIN_NODE), other = pick(mutation, FDT_BEGIN_NODE);
	const char *name = names[number(mutation, sizeof(names) / sizeof(names[0]))];
	struct span old = { node.start + 4, 0 };

	if (!node.size)
		return;
	if (number(mutation, 2))
		name = (const char *)mutation->bytes + other.start + 4;
	old.size = (strlen((const char *)mutation->bytes + old.start) + 4) & ~(size_t)3;
	memset(part, 0, 512);
	strncpy((char *)part, name, 500);
	splice(mutation, old, part, (strlen((char *)part) + 4) & ~(size_t)3);
}

/* A property gets another one's name: often a label that there is not, or "target". */
static void rename_property(struct mutation *mutation)
{
	struct span property = pick(mutation, FDT_PROP), other = pick(mutation, FDT_PROP);

	if (property.size)
		memcpy(mutation->bytes + property.start + 8, mutation->bytes + other.start + 8, 4);
}

static void set_value(struct mutation *mutation, struct span property, size_t size)
{
	struct span value = { property.start + 12, property.size - 12 };

	fdt32_st(mutation->bytes + property.start + 4, (uint32_t)size);
	splice(mutation, value, part, (size + 3) & ~(size_t)3);
}

/* A property gets another one's value: paths, fixups, phandles, offsets. */
static void swap_value(struct mutation *mutation)
{
	struct span property = pick(mutation, FDT_PROP), other = pick(mutation, FDT_PROP);
	size_t size;

	if (!property.size || other.size > sizeof(part))
		return;
	memcpy(part, mutation->bytes + other.start + 12, other.size - 12);
	size = fdt32_ld((const fdt32_t *)(mutation->bytes + other.start + 4));
	set_value(mutation, property, size);
}

static void resize_value(struct mutation *mutation)
{
	struct span property = pick(mutation, FDT_PROP);
	size_t size;

	if (!property.size || property.size + 8 > sizeof(part))
		return;
	memset(part, 0, property.size + 8);
	memcpy(part, mutation->bytes + property.start + 12, property.size - 12);
	size = fdt32_ld((const fdt32_t *)(mutation->bytes + property.start + 4));
	set_value(mutation, property, number(mutation, size + 8));
}

static void set_cell(struct mutation *mutation)
{
	static const uint32_t cells[] = { 0, 1, 2, 3, 4, 8, 0x48, 0x50, 0x68, 0xffffffff };
	struct span property = pick(mutation, FDT_PROP);
	size_t count = property.size > 12 ? (property.size - 12) / 4 : 0;

	if (count)
		fdt32_st(mutation->bytes + property.start + 12 + 4 * number(mutation, count),
			 cells[number(mutation, sizeof(cells) / sizeof(cells[0]))]);
}

/* A path, a property name or an offset within a value that is text. */
static void change_text(struct mutation *mutation)
{
	struct span property = pick(mutation, FDT_PROP);

	if (property.size > 12)
		mutation->bytes[property.start + 12 + number(mutation, property.size - 12)] =
			(uint8_t)("abz:/@0-_4"[number(mutation, 10)]);
}

/* Of versions before 16 fdt_check_full() of libfdt 1.6 may read through a null pointer. */
static bool is_whole(const struct mutation *mutation)
{
	return mutation->size >= sizeof(struct fdt_header) && fdt_version(mutation->bytes) >= 16 &&
	       !fdt_check_full(mutation->bytes, mutation->size);
}

/**
 * mutate() - do some damage
 * @mutation: the blob, of a byte at least
 */
void mutate(struct mutation *mutation)
{
	static void (*const bytes[])(struct mutation * mutation) = {
		flip_bit, set_byte, set_word, copy_bytes, change_character, change_token, cut_off,
	};
	static void (*const parts[])(struct mutation * mutation) = {
		remove_node,	 remove_property, copy_node,	copy_property, rename_node,
		rename_property, swap_value,	  resize_value, set_cell,      change_text,
	};

	if (is_whole(mutation) && number(mutation, 8))
		parts[number(mutation, sizeof(parts) / sizeof(parts[0]))](mutation);
	else
		bytes[number(mutation, sizeof(bytes) / sizeof(bytes[0]))](mutation);
}
