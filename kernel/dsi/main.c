// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module for displays on add-ons: what is set up in which order, and taken down in reverse.
 */
#include <linux/module.h>

#include <drm/drm_mipi_dsi.h>

#include "../devices.h"
#include "slot.h"

/* Matches nothing; the bus is given to drivers only. */
static struct mipi_dsi_driver dsi_bus_driver = {
	.driver.name = "plugtree-dsi-bus",
};

static int __init plugtree_dsi_init(void)
{
	int ret;

	ret = mipi_dsi_driver_register(&dsi_bus_driver);
	if (ret)
		return ret;
	dsi_device_bus.type = dsi_bus_driver.driver.bus;
	ret = dsi_slots_create();
	if (ret)
		goto err_unregister_driver;
	ret = device_bus_register(&dsi_device_bus);
	if (ret)
		goto err_destroy_slots;
	ret = dsi_slots_start();
	if (ret)
		goto err_unregister_bus;
	return 0;

err_unregister_bus:
	device_bus_unregister(&dsi_device_bus);
err_destroy_slots:
	dsi_slots_destroy();
err_unregister_driver:
	mipi_dsi_driver_unregister(&dsi_bus_driver);
	return ret;
}

static void __exit plugtree_dsi_exit(void)
{
	dsi_slots_stop();
	device_bus_unregister(&dsi_device_bus);
	dsi_slots_destroy();
	mipi_dsi_driver_unregister(&dsi_bus_driver);
}

module_init(plugtree_dsi_init);
module_exit(plugtree_dsi_exit);

MODULE_DESCRIPTION("Displays on hot-pluggable add-on boards");
MODULE_AUTHOR("plugtree developers");
MODULE_LICENSE("GPL");
