/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Random damage to blobs: the same for the same seed, on every machine.
 */
#ifndef PLUGTREE_TESTS_MUTATION_H
#define PLUGTREE_TESTS_MUTATION_H

#include <stddef.h>
#include <stdint.h>

/* What one mutation may add to a blob. */
#define MUTATION_GROWTH 65536

/**
 * struct mutation - a blob that is being damaged
 * @bytes: the blob
 * @size: how many bytes
 * @room: how many there is room for
 * @random: state of the random numbers
 */
struct mutation {
	uint8_t *bytes;
	size_t size;
	size_t room;
	uint64_t *random;
};

uint32_t mutation_number(uint64_t *random, uint32_t limit);
void mutate(struct mutation *mutation);

#endif
