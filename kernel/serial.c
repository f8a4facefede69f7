// SPDX-License-Identifier: GPL-2.0-only
/*
 * Serial extension buses: a child of the connector with "serial-parent" stands for a UART of the
 * base board, which has room for one device.
 *
 * The serdev core takes no reference on the node of a device; the quarantine keeps the node for as
 * long as the device is held.
 */
#include <linux/device.h>
#include <linux/of.h>
#include <linux/serdev.h>

#include "connector.h"
#include "devices.h"
#include "extension.h"
#include "uart_slot.h"

static bool serial_claims(const struct device_node *container)
{
	return of_device_is_compatible(container, "serial-bus-extension") ||
	       of_property_present(container, "serial-parent");
}

/* The port takes whatever is enabled, and can have one only. */
static int serial_check_alone(struct device_node *container, struct device_node *node,
			      struct plugtree_refusal *refusal)
{
	if (!of_property_present(node, "compatible"))
		return plugtree_refuse(refusal, PLUGTREE_DEVICE_FAILED, "%pOF: no compatible",
				       node);
	for_each_available_child_of_node_scoped(container, other) {
		if (other != node)
			return plugtree_refuse(refusal, PLUGTREE_ADDRESS_CONFLICT,
					       "%s: taken by %s", container->full_name,
					       other->full_name);
	}
	return 0;
}

static int serial_create(struct devices *devices, struct device_node *node,
			 struct plugtree_refusal *refusal)
{
	struct device_node *uart __free(device_node) =
		extension_parent(node->parent, "serial-parent");
	struct serdev_device *serdev;
	int ret;

	if (!uart)
		return plugtree_refuse(refusal, PLUGTREE_BUS_MISSING, "%s",
				       node->parent->full_name);
	ret = serial_check_alone(node->parent, node, refusal);
	if (ret)
		return ret;
	serdev = uart_slot_plug(uart, node->parent, refusal);
	return serdev ? devices_add(devices, &serial_device_bus, &serdev->dev, refusal) : -EINVAL;
}

static int serial_populate(struct devices *devices, struct device_node *container,
			   struct plugtree_refusal *refusal)
{
	return devices_populate_each(devices, container, serial_create, refusal);
}

static void serial_destroy(struct device *device)
{
	of_node_clear_flag(device->of_node, OF_POPULATED);
	uart_slot_unplug(to_serdev_device(device));
}

/*
 * The slot itself would not do as the supplier: it is made anew each time that the UART is bound,
 * and the connector would not come back with it.
 */
static int serial_require(struct device *consumer, struct device_node *container)
{
	struct device_node *uart __free(device_node) = extension_parent(container, "serial-parent");
	struct device_node *slot __free(device_node) =
		of_get_compatible_child(uart, UART_SLOT_COMPATIBLE);
	struct device *controller __free(put_device) = uart ? uart_slot_controller(uart) : NULL;

	if (!uart)
		return dev_err_probe(consumer, -EINVAL, "%pOF: serial-parent: leads nowhere\n",
				     container);
	if (!slot)
		return dev_err_probe(consumer, -EINVAL, "%pOF: serial-parent: %pOF has no %s\n",
				     container, uart, UART_SLOT_COMPATIBLE);
	if (!controller)
		return dev_err_probe(consumer, -EPROBE_DEFER,
				     "%pOF: serial-parent: slot of %pOF not bound\n", container,
				     uart);
	return devices_depend(consumer, controller);
}

struct device_bus serial_device_bus = {
	.claims = serial_claims,
	.require = serial_require,
	.populate = serial_populate,
	.destroy = serial_destroy,
};
