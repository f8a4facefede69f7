// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The flattened form: header, memory reservations, structure and strings.
 *
 * The kernel exports no libfdt to modules and its unflattener trusts what it reads, so the bytes
 * are checked here before any reader sees them, in the tool as well so that both agree. This
 * accepts less than fdt_check_full(): version 17 only, properties before subnodes, a bounded depth.
 *
 * Source: Devicetree Specification v0.4, chapter 5.
 */
#include "blob.h"
#include "rules.h"

#define BLOB_MAGIC 0xd00dfeed
#define BLOB_VERSION 17
#define BLOB_HEADER_SIZE 40

#define TOKEN_BEGIN_NODE 1
#define TOKEN_END_NODE 2
#define TOKEN_PROPERTY 3
#define TOKEN_NOP 4
#define TOKEN_END 9
#define TOKEN_SIZE 4

/* Bookkeeping nodes repeat the whole path of what they speak about below one node more. */
#define BLOB_MAX_DEPTH (RULES_MAX_DEPTH + 1)
#define BLOB_MAX_NODES (2 * RULES_MAX_NODES)

/* Which name is too long is found out later, but a reader has them twice. */
#define BLOB_MAX_NAMES (BLOB_MAX_NODES * (RULES_MAX_NAME + 1))

/**
 * struct blob_part - a part of a blob
 * @bytes: its first byte
 * @size: its size in bytes
 * @offset: where it begins in the blob
 */
struct blob_part {
	const uint8_t *bytes;
	uint32_t size;
	uint32_t offset;
};

/**
 * struct blob_walk - where the walk over a structure block is
 * @structure: the structure block
 * @strings: the strings block
 * @refusal: where the reason goes
 * @position: offset of the next token in @structure
 * @depth: nodes that are open
 * @nodes: nodes seen so far
 * @names: bytes of the names of these nodes
 * @properties: properties seen so far
 * @properties_allowed: no subnode was closed yet in the node that is open
 */
struct blob_walk {
	struct blob_part structure;
	struct blob_part strings;
	struct plugtree_refusal *refusal;
	uint32_t position;
	unsigned int depth;
	unsigned int nodes;
	uint32_t names;
	unsigned int properties;
	bool properties_allowed;
};

static int refuse_blob(struct plugtree_refusal *refusal, uint32_t offset, const char *what)
{
	return plugtree_refuse(refusal, PLUGTREE_BAD_BLOB, "byte 0x%lx: %s", (unsigned long)offset,
			       what);
}

static int refuse_walk(const struct blob_walk *walk, const char *what)
{
	return refuse_blob(walk->refusal, walk->structure.offset + walk->position, what);
}

/* The part whose offset and size are at these places of the header. */
static bool find_part(const uint8_t *blob, uint32_t total, unsigned int offset_at,
		      unsigned int size_at, struct blob_part *part)
{
	part->offset = read_be32(blob + offset_at);
	part->size = read_be32(blob + size_at);
	if (part->offset < BLOB_HEADER_SIZE || part->offset > total ||
	    part->size > total - part->offset)
		return false;
	part->bytes = blob + part->offset;
	return true;
}

static int check_header(const uint8_t *blob, size_t size, struct plugtree_refusal *refusal)
{
	uint32_t total;

	if (size < BLOB_HEADER_SIZE)
		return refuse_blob(refusal, (uint32_t)size, "too short for a header");
	if (read_be32(blob) != BLOB_MAGIC)
		return refuse_blob(refusal, 0, "no device tree blob");
	total = read_be32(blob + 4);
	if (total < BLOB_HEADER_SIZE || total > size)
		return refuse_blob(refusal, 4, "the total size is not that of the file");
	if (read_be32(blob + 20) < BLOB_VERSION || read_be32(blob + 24) > BLOB_VERSION)
		return refuse_blob(refusal, 20, "the version is not supported");
	if (read_be32(blob + 24) > read_be32(blob + 20))
		return refuse_blob(refusal, 24, "the versions contradict each other");
	return 0;
}

/* Nothing in an overlay uses them, but a reader may walk to their end. */
static int check_reservations(const uint8_t *blob, uint32_t total, struct plugtree_refusal *refusal)
{
	uint32_t offset = read_be32(blob + 16);

	if (offset < BLOB_HEADER_SIZE || offset % 8)
		return refuse_blob(refusal, 16, "the memory reservations are misplaced");
	for (; offset <= total && total - offset >= 16; offset += 16) {
		if (!read_be32(blob + offset + 8) && !read_be32(blob + offset + 12))
			return 0;
	}
	return refuse_blob(refusal, 16, "the memory reservations have no end");
}

/* Moves behind a field of @size bytes and its padding. */
static bool advance(struct blob_walk *walk, uint32_t size)
{
	uint32_t left = walk->structure.size - walk->position;

	if (size > left || (TOKEN_SIZE - size % TOKEN_SIZE) % TOKEN_SIZE > left - size)
		return false;
	walk->position += (size + TOKEN_SIZE - 1) / TOKEN_SIZE * TOKEN_SIZE;
	return true;
}

static int begin_node(struct blob_walk *walk)
{
	const uint8_t *name = walk->structure.bytes + walk->position;
	const uint8_t *end = memchr(name, 0, walk->structure.size - walk->position);

	if (!end)
		return refuse_walk(walk, "the name of a node has no end");
	if (!walk->nodes && *name)
		return refuse_walk(walk, "the root has a name");
	if (!advance(walk, (uint32_t)(end - name) + 1))
		return refuse_walk(walk, "the name of a node is cut off");
	if (walk->depth > BLOB_MAX_DEPTH)
		return plugtree_refuse(walk->refusal, PLUGTREE_TOO_DEEP, "%s: more than %d levels",
				       (const char *)name, RULES_MAX_DEPTH);
	if (walk->nodes == BLOB_MAX_NODES)
		return plugtree_refuse(walk->refusal, PLUGTREE_TOO_MANY_NODES, "more than %d",
				       RULES_MAX_NODES);
	walk->names += (uint32_t)(end - name) + 1;
	if (walk->names > BLOB_MAX_NAMES)
		return plugtree_refuse(walk->refusal, PLUGTREE_BAD_NAME,
				       "nodes have names of more than %d characters",
				       RULES_MAX_NAME);
	walk->depth++;
	walk->nodes++;
	walk->properties_allowed = true;
	return 0;
}

static int skip_property(struct blob_walk *walk)
{
	const uint8_t *field = walk->structure.bytes + walk->position;
	uint32_t name;

	if (!walk->properties_allowed)
		return refuse_walk(walk, "a property is misplaced");
	if (!advance(walk, 8))
		return refuse_walk(walk, "a property is cut off");
	name = read_be32(field + 4);
	if (name >= walk->strings.size ||
	    !memchr(walk->strings.bytes + name, 0, walk->strings.size - name))
		return refuse_walk(walk, "the name of a property is not in the strings block");
	if (!advance(walk, read_be32(field)))
		return refuse_walk(walk, "the value of a property is cut off");
	if (++walk->properties > RULES_MAX_ALL_PROPERTIES)
		return plugtree_refuse(walk->refusal, PLUGTREE_TOO_BIG,
				       "more than %d properties", RULES_MAX_ALL_PROPERTIES);
	return 0;
}

static void end_node(struct blob_walk *walk)
{
	walk->depth--;
	walk->properties_allowed = false;
}

static int take_token(struct blob_walk *walk, uint32_t token)
{
	/* Readers expect the root at the very beginning and nothing behind it. */
	if (!walk->depth && (walk->nodes || token != TOKEN_BEGIN_NODE))
		return refuse_walk(walk, "something is outside of the root");
	switch (token) {
	case TOKEN_BEGIN_NODE:
		return begin_node(walk);
	case TOKEN_END_NODE:
		end_node(walk);
		return 0;
	case TOKEN_PROPERTY:
		return skip_property(walk);
	case TOKEN_NOP:
		return 0;
	default:
		return refuse_walk(walk, "an unknown token");
	}
}

static int check_structure(struct blob_walk *walk)
{
	int error;

	if (walk->structure.offset % TOKEN_SIZE || walk->structure.size % TOKEN_SIZE)
		return refuse_blob(walk->refusal, 8, "the structure block is not aligned");
	while (walk->position < walk->structure.size) {
		uint32_t token = read_be32(walk->structure.bytes + walk->position);

		walk->position += TOKEN_SIZE;
		if (token == TOKEN_END) {
			if (walk->depth || !walk->nodes || walk->position != walk->structure.size)
				return refuse_walk(walk, "the end is misplaced");
			return 0;
		}
		error = take_token(walk, token);
		if (error)
			return error;
	}
	return refuse_walk(walk, "no end");
}

/**
 * rules_check_blob() - may these bytes be given to a reader?
 * @blob: the bytes, at any alignment
 * @size: how many there are; the blob may be shorter
 * @refusal: filled when refused
 *
 * Linear in @size. After a good verdict every name is terminated, every property lies inside, and
 * levels, nodes, their names and properties are few enough for the kernel to unflatten.
 *
 * Return: 0; -EINVAL with one of bad-blob, bad-name, too-big, too-deep, too-many-nodes.
 */
int rules_check_blob(const void *blob, size_t size, struct plugtree_refusal *refusal)
{
	struct blob_walk walk = { .refusal = refusal };
	uint32_t total;
	int error;

	if (size > RULES_MAX_BLOB)
		return plugtree_refuse(refusal, PLUGTREE_TOO_BIG, "more than %d bytes",
				       RULES_MAX_BLOB);
	error = check_header(blob, size, refusal);
	if (error)
		return error;
	total = read_be32((const uint8_t *)blob + 4);
	error = check_reservations(blob, total, refusal);
	if (error)
		return error;
	if (!find_part(blob, total, 8, 36, &walk.structure))
		return refuse_blob(refusal, 8, "the structure block is misplaced");
	if (!find_part(blob, total, 12, 32, &walk.strings))
		return refuse_blob(refusal, 12, "the strings block is misplaced");
	return check_structure(&walk);
}
