/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_CHIPS_H
#define SIM_CHIPS_H

#include "lab/sim/chip.h"
#include "lab/sim/i2c_bus.h"
#include "lab/sim/serial_bus.h"
#include "lab/sim/spi_bus.h"

extern const struct chip_type chip_24c02, chip_24c64, chip_25lc040, chip_adc081c, chip_ds1307, chip_ds2482, chip_gnss_mtk,
	chip_lm70, chip_lm75, chip_ltc2488, chip_m25p05, chip_mcp23017, chip_pca9548, chip_pca9555,
	chip_pca9685, chip_pcf8563, chip_registers, chip_sn65dsi83, chip_spi_registers,
	chip_tca6416;

#endif
