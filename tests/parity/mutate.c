// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree-mutate SEED COUNT DIRECTORY FILE…: writes COUNT damaged copies of the files, in turn.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mutation.h"

#define BLOB_MAX (4 << 20)
#define DAMAGES_MAX 3

static uint8_t blob[BLOB_MAX];

static int complain(const char *path)
{
	fprintf(stderr, "plugtree-mutate: %s: %s\n", path, strerror(errno));
	return 1;
}

static int write_copy(const struct mutation *mutation, const char *directory, unsigned long index)
{
	char path[4096];
	FILE *file;
	int failed;

	snprintf(path, sizeof(path), "%s/%06lu", directory, index);
	file = fopen(path, "w");
	if (!file)
		return complain(path);
	failed = fwrite(mutation->bytes, 1, mutation->size, file) != mutation->size;
	failed |= fclose(file);
	return failed ? complain(path) : 0;
}

static int mutate_file(const char *path, const char *directory, unsigned long index,
		       uint64_t *random)
{
	struct mutation mutation = { .bytes = blob, .room = sizeof(blob), .random = random };
	FILE *file = fopen(path, "r");
	uint32_t damages;

	if (!file)
		return complain(path);
	mutation.size = fread(blob, 1, sizeof(blob) / 2, file);
	fclose(file);
	if (!mutation.size)
		return 0;
	for (damages = 1 + mutation_number(random, DAMAGES_MAX); damages; damages--)
		mutate(&mutation);
	return write_copy(&mutation, directory, index);
}

int main(int argc, char **argv)
{
	unsigned long count, index;
	uint64_t random;
	int failed = 0;

	if (argc < 5) {
		fputs("Usage: plugtree-mutate SEED COUNT DIRECTORY FILE...\n", stderr);
		return 2;
	}
	random = strtoull(argv[1], NULL, 0);
	count = strtoul(argv[2], NULL, 0);
	for (index = 0; !failed && index < count; index++)
		failed = mutate_file(argv[4 + index % (unsigned long)(argc - 4)], argv[3], index,
				     &random);
	return failed;
}
