// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An MDIO controller. An access takes no time, and one to an address without a PHY is an error.
 */
#include <linux/mii.h>
#include <string.h>

#include "lab/sim/lan966x/blocks.h"

enum miim_register {
	MIIM_STATUS = 0x0,
	MIIM_COMMAND = 0x8,
	MIIM_DATA = 0xc,
};

#define COMMAND_VALID (1U << 31)
#define COMMAND_WRITE (1U << 1)
#define COMMAND_READ (1U << 2)
#define DATA_ERROR (3U << 16)

static uint64_t miim_read(struct mmio_region *region, uint64_t offset, unsigned int size)
{
	struct miim *miim = (struct miim *)region;

	return offset == MIIM_DATA ? miim->data : 0;
}

static void miim_write(struct mmio_region *region, uint64_t offset, unsigned int size,
		       uint64_t value)
{
	struct miim *miim = (struct miim *)region;
	unsigned int phy = value >> 25 & 0x1f, number = value >> 20 & 0x1f;

	if (offset != MIIM_COMMAND || !(value & COMMAND_VALID))
		return;
	miim->data = DATA_ERROR;
	if (!(miim->present >> phy & 1))
		return;
	if (value & COMMAND_WRITE && number != MII_PHYSID1 && number != MII_PHYSID2)
		miim->registers[phy][number] = value >> 4;
	miim->data = miim->registers[phy][number];
}

static void add_phy(struct miim *miim, unsigned int address)
{
	uint16_t *registers = miim->registers[address];

	miim->present |= 1U << address;
	registers[MII_BMCR] = BMCR_ANENABLE;
	registers[MII_BMSR] = BMSR_ANEGCAPABLE | BMSR_100FULL | BMSR_10FULL;
	registers[MII_PHYSID1] = 0x0022;
	registers[MII_PHYSID2] = 0x1670;
	registers[MII_ADVERTISE] = ADVERTISE_CSMA | ADVERTISE_100FULL | ADVERTISE_10FULL;
}

void miim_init(struct miim *miim)
{
	miim->present = 0;
	memset(miim->registers, 0, sizeof(miim->registers));
	miim->data = 0;
	miim->region.start = 0x413c;
	miim->region.size = 0x24;
	miim->region.read = miim_read;
	miim->region.write = miim_write;
	add_phy(miim, 1);
	add_phy(miim, 2);
}
