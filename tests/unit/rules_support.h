/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the tests of the rules share: blobs from sources, and one question in one call.
 */
#ifndef PLUGTREE_TESTS_RULES_SUPPORT_H
#define PLUGTREE_TESTS_RULES_SUPPORT_H

#include "common/rules/blob.h"
#include "common/rules/fdt.h"
#include "common/rules/rules.h"

/**
 * struct blob - a device tree blob in memory of its own
 * @bytes: the bytes, allocated to the byte so that a read beyond is seen
 * @size: how many
 */
struct blob {
	void *bytes;
	size_t size;
};

/**
 * struct question - everything that an input to the rules needs
 * @input: the input
 * @overlay: reader of the overlay
 * @base: reader of the base tree
 */
struct question {
	struct rules_input input;
	struct tree overlay;
	struct tree base;
};

struct blob blob_from_command(const char *command);
struct blob blob_from_source(const char *path);
struct blob blob_copy(const void *bytes, size_t size);
void blob_free(struct blob *blob);
void question_init(struct question *question, const void *overlay, const void *base,
		   const char *connector);
int judge(const struct blob *overlay, const struct blob *base, const char *connector,
	  struct plugtree_refusal *refusal);

#endif
