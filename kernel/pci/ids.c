// SPDX-License-Identifier: GPL-2.0-only
/*
 * Which endpoints are taken, as a table that needs no recompiling. "new_id" and "driver_override"
 * of the PCI core say more.
 */
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "pci/endpoint.h"

static char *ids;
module_param(ids, charp, 0444);
MODULE_PARM_DESC(ids,
		 "Endpoints to be taken, as vendor:device[:subvendor:subdevice] in hexadecimal, separated by commas");

static int endpoint_add_id(struct pci_driver *driver, const char *id)
{
	unsigned int vendor, device, subvendor = PCI_ANY_ID, subdevice = PCI_ANY_ID;
	int fields = sscanf(id, "%x:%x:%x:%x", &vendor, &device, &subvendor, &subdevice);

	if (fields < 2) {
		pr_warn("plugtree-pci: ids: \"%*pE\" is no vendor:device\n", (int)strlen(id), id);
		return 0;
	}
	return pci_add_dynid(driver, vendor, device, subvendor, subdevice, 0, 0, 0);
}

/**
 * endpoint_add_ids() - let a driver take the endpoints of the table
 * @driver: the driver, which is registered; its ids go when it is unregistered
 *
 * An entry that cannot be read is told in the log and left out.
 *
 * Context: Process context, may sleep. Endpoints that are there are probed.
 * Return: 0; -ENOMEM; another negative errno of the PCI core. Ids that were added stay.
 */
int endpoint_add_ids(struct pci_driver *driver)
{
	char *list, *rest, *id;
	int ret = 0;

	if (!ids)
		return 0;
	list = kstrdup(ids, GFP_KERNEL);
	if (!list)
		return -ENOMEM;
	for (rest = list; !ret && (id = strsep(&rest, ","));)
		ret = *id ? endpoint_add_id(driver, id) : 0;
	kfree(list);
	return ret;
}
