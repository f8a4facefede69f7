/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef LAB_SURVEY_SCENARIO_H
#define LAB_SURVEY_SCENARIO_H

#include "lab/survey_driver.h"

/**
 * survey_scenario_write() - write what the lab needs to survey a driver
 * @driver: the driver
 * @directory: an existing directory; gets NAME.scn, the scenario, NAME.dtso, the overlay, and
 *	lab,survey/NAME.addon, the add-on
 * @kernel: kernel flavour
 *
 * Return: 0 or a negative errno.
 */
int survey_scenario_write(const struct survey_driver *driver, const char *directory,
			  const char *kernel);

#endif
