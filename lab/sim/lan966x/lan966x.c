// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A LAN966x as a PCIe endpoint: BAR 0 is the CPU's 0xe2000000, BAR 1 its 0xe0000000.
 *
 * What the drivers of the tests touch, and no more: the switch itself is not there.
 */
#include <errno.h>
#include <stdlib.h>

#include "lab/sim/lan966x/blocks.h"
#include "lab/sim/lan966x/lan966x.h"

#define BAR0_SIZE (32U << 20)
#define BAR1_SIZE (16U << 20)

/**
 * struct lan966x - the device
 * @function: the PCI function
 * @oic: interrupt controller
 * @gpio: GPIO controller
 * @flexcom: serial engine 0
 * @miim: MDIO controller 1, that of the built-in PHYs
 * @phys: reset of these PHYs
 * @pins: settings of the pins
 * @clocks: dividers of the clocks
 * @gates: which of these run
 */
struct lan966x {
	struct pci_function function;
	struct oic oic;
	struct gpio_block gpio;
	struct flexcom flexcom;
	struct miim miim;
	struct plain_block phys;
	struct plain_block pins;
	struct plain_block clocks;
	struct plain_block gates;
};

static const struct pci_identity identity = {
	.vendor = 0x1055,
	.device = 0x9660,
	.class_code = 0x020000,
	.subvendor = 0x1055,
	.subdevice = 0x9660,
};

static void interrupt(void *owner)
{
	pci_function_interrupt(&((struct lan966x *)owner)->function);
}

/* Leaves them where they are in their address spaces. */
static void init_blocks(struct lan966x *device)
{
	oic_init(&device->oic);
	miim_init(&device->miim);
	plain_block_init(&device->phys, 0x10020, 0x4);
	plain_block_init(&device->pins, 0x10024, 4 * LAN966X_LINES);
	plain_block_init(&device->clocks, 0xc00a8, 0x38);
	plain_block_init(&device->gates, 0xc02cc, 0x4);
}

static void reset(void *owner)
{
	struct lan966x *device = owner;

	init_blocks(device);
	gpio_block_reset(&device->gpio);
	flexcom_reset(&device->flexcom);
}

static int add_regions(struct lan966x *device)
{
	struct mmio *bar0 = device->function.bars[0], *bar1 = device->function.bars[1];
	int ret;

	ret = mmio_add(bar0, &device->gpio.region);
	ret = ret ? ret : mmio_add(bar0, &device->miim.region);
	ret = ret ? ret : mmio_add(bar0, &device->phys.region);
	ret = ret ? ret : mmio_add(bar0, &device->pins.region);
	ret = ret ? ret : mmio_add(bar1, &device->flexcom.region);
	ret = ret ? ret : mmio_add(bar1, &device->clocks.region);
	ret = ret ? ret : mmio_add(bar1, &device->oic.region);
	return ret ? ret : mmio_add(bar1, &device->gates.region);
}

int lan966x_create(struct lan966x **result, struct i2c_bus *bus, struct gpio_bank *bank)
{
	struct lan966x *device = calloc(1, sizeof(*device));
	int ret = -ENOMEM;

	if (!device)
		return -ENOMEM;
	pci_function_init(&device->function, &identity);
	device->function.has_msi = true;
	device->function.reset = reset;
	device->function.owner = device;
	device->function.bars[0] = mmio_create();
	device->function.bars[1] = mmio_create();
	device->function.sizes[0] = BAR0_SIZE;
	device->function.sizes[1] = BAR1_SIZE;
	device->oic.raised = interrupt;
	device->oic.owner = device;
	init_blocks(device);
	gpio_block_init(&device->gpio, bank, &device->oic);
	flexcom_init(&device->flexcom, bus, &device->oic, OIC_FLEXCOM0);
	if (device->function.bars[0] && device->function.bars[1])
		ret = add_regions(device);
	if (ret) {
		lan966x_destroy(device);
		return ret;
	}
	*result = device;
	return 0;
}

void lan966x_destroy(struct lan966x *device)
{
	if (!device)
		return;
	gpio_bank_unwatch(device->gpio.bank, &device->gpio.watcher);
	mmio_destroy(device->function.bars[0]);
	mmio_destroy(device->function.bars[1]);
	free(device);
}

struct pci_function *lan966x_function(struct lan966x *device)
{
	return &device->function;
}
