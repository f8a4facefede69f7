// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Registers that only keep what is written: clock dividers, pin settings, resets of PHYs.
 */
#include <string.h>

#include "lab/sim/lan966x/blocks.h"

static uint64_t plain_read(struct mmio_region *region, uint64_t offset, unsigned int size)
{
	return ((struct plain_block *)region)->words[offset / 4];
}

static void plain_write(struct mmio_region *region, uint64_t offset, unsigned int size,
			uint64_t value)
{
	((struct plain_block *)region)->words[offset / 4] = value;
}

void plain_block_init(struct plain_block *plain, uint64_t start, uint64_t size)
{
	memset(plain->words, 0, sizeof(plain->words));
	plain->region.start = start;
	plain->region.size = size <= sizeof(plain->words) ? size : sizeof(plain->words);
	plain->region.read = plain_read;
	plain->region.write = plain_write;
}
