// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The outbound interrupt controller: 86 sources in three words, and one interrupt for the guest
 * whenever a source newly gets through. A source that is still active when it is enabled again
 * gets through again.
 */
#include <string.h>

#include "lab/sim/lan966x/blocks.h"

enum oic_register {
	OIC_STICKY = 0x30,
	OIC_ENABLED = 0x48,
	OIC_DISABLE = 0x54,
	OIC_ENABLE = 0x60,
};

/* Of destination 0; the words of one destination are not next to each other. */
static const unsigned int map_at[OIC_WORDS] = { 0x78, 0x9c, 0xc0 };
static const unsigned int identity_at[OIC_WORDS] = { 0xe4, 0x108, 0x12c };

static uint32_t identity(const struct oic *oic, unsigned int word)
{
	return oic->level[word] & oic->enabled[word] & oic->map[word];
}

/* Which of three words in a row; -1 for another register. */
static int word_of(uint64_t offset, enum oic_register first)
{
	return offset >= first && offset < first + 4 * OIC_WORDS ? (int)(offset - first) / 4 : -1;
}

static int word_in(uint64_t offset, const unsigned int *table)
{
	int word;

	for (word = 0; word < OIC_WORDS; word++)
		if (table[word] == offset)
			return word;
	return -1;
}

static uint64_t oic_read(struct mmio_region *region, uint64_t offset, unsigned int size)
{
	struct oic *oic = (struct oic *)region;
	int word;

	if ((word = word_of(offset, OIC_STICKY)) >= 0)
		return oic->sticky[word];
	if ((word = word_of(offset, OIC_ENABLED)) >= 0)
		return oic->enabled[word];
	if ((word = word_in(offset, map_at)) >= 0)
		return oic->map[word];
	if ((word = word_in(offset, identity_at)) >= 0)
		return identity(oic, word);
	return 0;
}

static void oic_write(struct mmio_region *region, uint64_t offset, unsigned int size,
		      uint64_t value)
{
	struct oic *oic = (struct oic *)region;
	uint32_t before;
	int word;

	if ((word = word_of(offset, OIC_STICKY)) >= 0) {
		oic->sticky[word] &= ~(uint32_t)value;
		return;
	}
	if ((word = word_of(offset, OIC_DISABLE)) >= 0) {
		oic->enabled[word] &= ~(uint32_t)value;
		return;
	}
	word = word_of(offset, OIC_ENABLE);
	if (word < 0)
		word = word_in(offset, map_at);
	if (word < 0)
		return;
	before = identity(oic, word);
	if (word_of(offset, OIC_ENABLE) >= 0)
		oic->enabled[word] |= value;
	else
		oic->map[word] = value;
	if (identity(oic, word) & ~before)
		oic->raised(oic->owner);
}

void oic_init(struct oic *oic)
{
	memset(oic->level, 0, sizeof(oic->level));
	memset(oic->sticky, 0, sizeof(oic->sticky));
	memset(oic->enabled, 0, sizeof(oic->enabled));
	memset(oic->map, 0, sizeof(oic->map));
	oic->region.start = 0xc0120;
	oic->region.size = 0x190;
	oic->region.read = oic_read;
	oic->region.write = oic_write;
}

void oic_set(struct oic *oic, unsigned int source, bool active)
{
	unsigned int word = source / 32;
	uint32_t bit = 1U << source % 32, before = identity(oic, word);

	if (!active) {
		oic->level[word] &= ~bit;
		return;
	}
	if (!(oic->level[word] & bit))
		oic->sticky[word] |= bit;
	oic->level[word] |= bit;
	if (identity(oic, word) & ~before)
		oic->raised(oic->owner);
}
