// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module: what is set up in which order, and taken down in reverse.
 */
#include <linux/debugfs.h>
#include <linux/module.h>

#include "common/version.h"
#include "compat.h"
#include "connector.h"
#include "drivers.h"
#include "gpio_connector.h"
#include "gpio_hog.h"
#include "quarantine.h"
#include "sleep.h"
#include "uart_slot.h"

static struct dentry *plugtree_debugfs;

static int __init plugtree_init(void)
{
	int ret;

	plugtree_debugfs = debugfs_create_dir("plugtree", NULL);
	quarantine_init(plugtree_debugfs);
	ret = connector_class_init();
	if (ret)
		goto err_remove_debugfs;
	ret = sleep_init();
	if (ret)
		goto err_exit_class;
	ret = uart_slot_init();
	if (ret)
		goto err_exit_sleep;
	ret = gpio_hog_init();
	if (ret)
		goto err_exit_slots;
	ret = gpio_connector_init();
	if (ret)
		goto err_exit_hogs;
	return 0;

err_exit_hogs:
	gpio_hog_exit();
err_exit_slots:
	uart_slot_exit();
err_exit_sleep:
	sleep_exit();
err_exit_class:
	connector_class_exit();
err_remove_debugfs:
	debugfs_remove_recursive(plugtree_debugfs);
	quarantine_exit();
	return ret;
}

static void __exit plugtree_exit(void)
{
	gpio_connector_exit();
	gpio_hog_exit();
	uart_slot_exit();
	sleep_exit();
	connector_class_exit();
	debugfs_remove_recursive(plugtree_debugfs);
	quarantine_exit();
	drivers_forget_absent();
}

module_init(plugtree_init);
module_exit(plugtree_exit);

MODULE_VERSION(PLUGTREE_VERSION);
MODULE_DESCRIPTION("Hot-pluggable add-on boards described by device tree overlays");
MODULE_AUTHOR("plugtree developers");
MODULE_LICENSE("GPL");
