// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What memory chips tell of their bytes, and take.
 */
#include <errno.h>

#include "lab/sim/chip.h"
#include "lab/sim/chips/memory.h"
#include "lab/words.h"

int memory_set_key(uint8_t *bytes, size_t size, const char *key, const char *value)
{
	unsigned long offset, number;

	if (chip_key_number(key, "byte@", size, &offset))
		return -ENOENT;
	if (words_number(value, &number) || number > 0xff)
		return -EINVAL;
	bytes[offset] = number;
	return 0;
}

int memory_get_key(const uint8_t *bytes, size_t size, const char *key, FILE *out)
{
	unsigned long offset;

	if (!key) {
		fprintf(out, "size=%zu", size);
		return 0;
	}
	if (chip_key_number(key, "byte@", size, &offset))
		return -ENOENT;
	fprintf(out, "0x%02x", bytes[offset]);
	return 0;
}
