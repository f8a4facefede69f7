/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The blocks of a LAN966x that the drivers touch. Each is registers in the address space of a BAR.
 */
#ifndef SIM_LAN966X_BLOCKS_H
#define SIM_LAN966X_BLOCKS_H

#include <stdbool.h>
#include <stdint.h>

#include "lab/sim/gpio_bank.h"
#include "lab/sim/i2c_bus.h"
#include "lab/sim/mmio.h"

#define OIC_WORDS 3
#define GPIO_LINES 78
#define GPIO_WORDS 3
#define MIIM_PHYS 32
#define PHY_REGISTERS 32

/* Sources of the interrupt controller. */
#define OIC_GPIO 17
#define OIC_FLEXCOM0 48

/**
 * struct oic - the interrupt controller for the outside, destination 0
 * @region: its registers
 * @raised: an enabled source has become active
 * @owner: for @raised
 * @level: which sources are active, 32 in each word
 * @sticky: which were
 * @enabled: which count
 * @map: which go to the destination
 */
struct oic {
	struct mmio_region region;
	void (*raised)(void *owner);
	void *owner;
	uint32_t level[OIC_WORDS];
	uint32_t sticky[OIC_WORDS];
	uint32_t enabled[OIC_WORDS];
	uint32_t map[OIC_WORDS];
};

/** oic_init() - nothing active, nothing enabled */
void oic_init(struct oic *oic);

/** oic_set() - the level of a source */
void oic_set(struct oic *oic, unsigned int source, bool active);

/**
 * struct gpio_block - the GPIO controller
 * @region: its registers
 * @oic: where its interrupt goes
 * @bank: the lines
 * @watcher: on @bank
 * @output: level of each line while it is an output
 * @direction: which lines are outputs
 * @event: which lines have changed their level
 * @enabled: which of these interrupt
 * @function: what else the pins are used as, 9 words that nothing here looks at
 */
struct gpio_block {
	struct mmio_region region;
	struct oic *oic;
	struct gpio_bank *bank;
	struct gpio_watcher watcher;
	uint32_t output[GPIO_WORDS];
	uint32_t direction[GPIO_WORDS];
	uint32_t event[GPIO_WORDS];
	uint32_t enabled[GPIO_WORDS];
	uint32_t function[9];
};

/** gpio_block_init() - all lines inputs. @bank has GPIO_LINES lines and outlives the block */
void gpio_block_init(struct gpio_block *gpio, struct gpio_bank *bank, struct oic *oic);

/** gpio_block_reset() - as after power-on */
void gpio_block_reset(struct gpio_block *gpio);

/**
 * struct flexcom - a serial engine in its role as an I2C controller
 * @region: its registers
 * @oic: where its interrupt goes
 * @source: which source it is there
 * @bus: the I2C bus
 * @mode: the role: 3 is I2C, in all others it answers nothing
 * @master: MMR, the address and what goes before the data
 * @internal: IADR, the bytes that go before the data
 * @clock: CWGR, which nothing here looks at
 * @length: ACR, how many bytes, and in which direction
 * @counts: the alternative command mode is on: it counts the bytes by itself
 * @status: SR
 * @mask: IMR
 * @data: of the message that is under way
 * @size: bytes of it
 * @at: how many of them went through the holding register
 */
struct flexcom {
	struct mmio_region region;
	struct oic *oic;
	unsigned int source;
	struct i2c_bus *bus;
	uint32_t mode;
	uint32_t master;
	uint32_t internal;
	uint32_t clock;
	uint32_t length;
	bool counts;
	uint32_t status;
	uint32_t mask;
	uint8_t data[260];
	unsigned int size;
	unsigned int at;
};

/** flexcom_init() - a serial engine without a role. @bus outlives it */
void flexcom_init(struct flexcom *flexcom, struct i2c_bus *bus, struct oic *oic,
		  unsigned int source);

/** flexcom_reset() - as after power-on */
void flexcom_reset(struct flexcom *flexcom);

/**
 * struct miim - an MDIO controller and the PHYs on its bus
 * @region: its registers
 * @present: bit N for a PHY at address N
 * @registers: of each PHY
 * @data: what was read last, with the error bits
 */
struct miim {
	struct mmio_region region;
	uint32_t present;
	uint16_t registers[MIIM_PHYS][PHY_REGISTERS];
	uint32_t data;
};

/** miim_init() - a bus with the two PHYs of the device */
void miim_init(struct miim *miim);

/**
 * struct plain_block - registers that keep what is written
 * @region: them
 * @words: up to 128
 */
struct plain_block {
	struct mmio_region region;
	uint32_t words[128];
};

/** plain_block_init() - @size bytes of them at @start, all zero */
void plain_block_init(struct plain_block *plain, uint64_t start, uint64_t size);

#endif
