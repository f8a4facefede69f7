// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for drivers.
 */
#include <linux/device.h>
#include <linux/device/bus.h>

#include "bind.h"
#include "connector.h"
#include "devices.h"

static int bind_match(struct device_driver *driver, void *device)
{
	return driver->bus->match && driver->bus->match(device, driver) > 0;
}

/**
 * bind_has_driver() - is a driver known for a device?
 * @device: the device
 *
 * Context: Process context, may sleep.
 */
bool bind_has_driver(struct device *device)
{
	return bus_for_each_drv(device->bus, NULL, device, bind_match);
}

static unsigned int bind_count(const struct devices *devices)
{
	struct device_entry *entry;
	unsigned int count = 0;

	list_for_each_entry(entry, &devices->list, list)
		count += device_is_bound(entry->device);
	return count;
}

/**
 * bind_devices() - wait until every device that has a driver is bound
 * @devices: the devices
 * @refusal: filled with the device that is not bound: probe-failed when this function fails, or
 *	device-failed for one that an add-on's own adapter should have, and has not;
 *	no-driver when it succeeds although no driver is known for a device, else none
 *
 * A device may have been refused because another one, its supplier, was not there yet. So those
 * that are not bound are tried again, for as long as one more gets bound, by this or by the driver
 * core, which tries again as well, in a thread of its own.
 *
 * Context: The connector's worker. Probes drivers.
 * Return: 0, -EINVAL when a driver refuses its device or a device is missing, -EINTR when the
 *         insertion must stop.
 */
int bind_devices(struct devices *devices, struct plugtree_refusal *refusal)
{
	struct device_entry *entry;
	unsigned int before;

	do {
		before = bind_count(devices);
		refusal->reason = PLUGTREE_NONE;
		list_for_each_entry(entry, &devices->list, list) {
			if (plugtree_connector_interrupted(devices->connector))
				return -EINTR;
			if (device_is_bound(entry->device))
				continue;
			if (!bind_has_driver(entry->device)) {
				if (refusal->reason == PLUGTREE_NONE)
					plugtree_refuse(refusal, PLUGTREE_NO_DRIVER, "%s",
							entry->link);
				continue;
			}
			watchdog_note(devices->connector, "%s", entry->link);
			if (device_attach(entry->device) == 1)
				continue;
			plugtree_refuse(refusal, PLUGTREE_PROBE_FAILED, "%s", entry->link);
		}
	} while (refusal->reason == PLUGTREE_PROBE_FAILED && bind_count(devices) > before);

	if (refusal->reason == PLUGTREE_PROBE_FAILED)
		return -EINVAL;
	return i2c_check_adapters(devices->graft, refusal);
}
