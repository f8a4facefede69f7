// SPDX-License-Identifier: GPL-2.0-only
/*
 * A PCIe endpoint as a connector: bindings/plugtree,pci-endpoint.yaml.
 *
 * A module of its own: the nodes of a graft keep the core from being unloaded, and an endpoint's
 * own node is one; this module can go at any time.
 *
 * Who destroys what: remove() takes the connector, and with it all devices, nodes and interrupts of
 * the add-on; then the endpoint's node leaves the PCI device and the tree. Nothing here touches the
 * hardware on that way but the PCI core's own functions, which bear that it is gone.
 */
#include <linux/module.h>
#include <linux/pci.h>

#include "pci/endpoint.h"

static bool endpoint_present(struct plugtree_connector *connector)
{
	struct pci_endpoint *endpoint = connector->front_end;

	return !pci_dev_is_disconnected(endpoint->pdev);
}

/* What was away for a moment has forgotten its addresses. */
static int endpoint_power_on(struct plugtree_connector *connector,
			     struct plugtree_refusal *refusal)
{
	struct pci_endpoint *endpoint = connector->front_end;
	struct pci_dev *pdev = endpoint->pdev;
	int ret;

	if (!pci_device_is_present(pdev))
		return plugtree_refuse(refusal, PLUGTREE_LINK_DOWN, "%s", pci_name(pdev));
	pci_load_saved_state(pdev, endpoint->state);
	pci_restore_state(pdev);
	ret = pci_enable_device_mem(pdev);
	if (ret)
		return plugtree_refuse(refusal, PLUGTREE_POWER_FAILED, "%s: error %d",
				       pci_name(pdev), ret);
	pci_set_master(pdev);
	ret = endpoint_start_interrupts(endpoint, refusal);
	if (ret)
		pci_disable_device(pdev);
	return ret;
}

static void endpoint_power_off(struct plugtree_connector *connector)
{
	struct pci_endpoint *endpoint = connector->front_end;

	endpoint_stop_interrupts(endpoint);
	pci_disable_device(endpoint->pdev);
}

static int endpoint_identify(struct plugtree_connector *connector, struct id_identity *identity,
			     struct plugtree_refusal *refusal)
{
	struct pci_endpoint *endpoint = connector->front_end;
	struct pci_dev *pdev = endpoint->pdev;

	scnprintf(identity->vendor, sizeof(identity->vendor), "pci");
	scnprintf(identity->model, sizeof(identity->model), "%04x-%04x", pdev->vendor,
		  pdev->device);
	scnprintf(identity->revision, sizeof(identity->revision), "%04x-%04x",
		  pdev->subsystem_vendor, pdev->subsystem_device);
	return 0;
}

/* The subsystem is what the revision is to other add-ons. */
static int endpoint_overlay_name(const struct id_identity *identity,
				 enum id_specificity specificity, char *name, size_t size)
{
	char model[ID_TEXT_SIZE], subsystem[ID_TEXT_SIZE];
	struct id_identity part = {};
	int ret;

	ret = id_file_name(identity, specificity == ID_MODEL ? ID_MODEL : ID_VENDOR_MODEL, model,
			   sizeof(model));
	if (ret || specificity != ID_VENDOR_MODEL_REVISION)
		return ret ?: (strscpy(name, model, size) < 0 ? -ENOSPC : 0);
	strscpy(part.model, identity->revision);
	ret = id_file_name(&part, ID_MODEL, subsystem, sizeof(subsystem));
	if (!ret)
		scnprintf(name, size, "%s-%s", model, subsystem);
	return ret;
}

static const struct plugtree_connector_ops endpoint_ops = {
	.present = endpoint_present,
	.power_on = endpoint_power_on,
	.power_off = endpoint_power_off,
	.identify = endpoint_identify,
	.overlay_name = endpoint_overlay_name,
};

static int endpoint_save_state(struct pci_endpoint *endpoint)
{
	int ret = pci_save_state(endpoint->pdev);

	if (ret)
		return ret;
	endpoint->state = pci_store_saved_state(endpoint->pdev);
	return endpoint->state ? 0 : -ENOMEM;
}

static int endpoint_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct pci_endpoint *endpoint = devm_kzalloc(&pdev->dev, sizeof(*endpoint), GFP_KERNEL);
	int ret;

	if (!endpoint)
		return -ENOMEM;
	endpoint->pdev = pdev;
	endpoint->lines = endpoint_count_lines(pdev);
	pci_set_drvdata(pdev, endpoint);
	ret = endpoint_save_state(endpoint);
	if (ret)
		return ret;
	ret = endpoint_add_node(endpoint);
	if (ret)
		goto err_free_state;
	endpoint->connector = plugtree_connector_register(&pdev->dev, &endpoint_ops, endpoint);
	if (!IS_ERR(endpoint->connector))
		return 0;

	ret = PTR_ERR(endpoint->connector);
	endpoint_remove_node(endpoint);
err_free_state:
	kfree(endpoint->state);
	return ret;
}

static void endpoint_remove(struct pci_dev *pdev)
{
	struct pci_endpoint *endpoint = pci_get_drvdata(pdev);

	plugtree_connector_unregister(endpoint->connector);
	endpoint_remove_node(endpoint);
	kfree(endpoint->state);
}

/* Which endpoints is data: "ids", "new_id" and "driver_override" say it. */
static const struct pci_device_id endpoint_ids[] = { {} };

static struct pci_driver endpoint_driver = {
	.name = "plugtree-pci",
	.id_table = endpoint_ids,
	.probe = endpoint_probe,
	.remove = endpoint_remove,
};

/*
 * Not in probe(): when a driver has been bound, the driver core marks whatever is below the node
 * and has no device yet as something that will never have one, and inner devices would not wait for
 * each other.
 */
static int endpoint_bound(struct notifier_block *notifier, unsigned long event, void *data)
{
	struct device *dev = data;
	struct pci_endpoint *endpoint = dev_get_drvdata(dev);

	if (event == BUS_NOTIFY_BOUND_DRIVER && dev->driver == &endpoint_driver.driver)
		plugtree_connector_start(endpoint->connector);
	return NOTIFY_DONE;
}

static struct notifier_block endpoint_notifier = { .notifier_call = endpoint_bound };

static int __init endpoint_init(void)
{
	int ret;

	ret = bus_register_notifier(&pci_bus_type, &endpoint_notifier);
	if (ret)
		return ret;
	ret = pci_register_driver(&endpoint_driver);
	if (ret)
		goto err_unregister_notifier;
	ret = endpoint_add_ids(&endpoint_driver);
	if (!ret)
		return 0;
	pci_unregister_driver(&endpoint_driver);
err_unregister_notifier:
	bus_unregister_notifier(&pci_bus_type, &endpoint_notifier);
	return ret;
}

static void __exit endpoint_exit(void)
{
	pci_unregister_driver(&endpoint_driver);
	bus_unregister_notifier(&pci_bus_type, &endpoint_notifier);
}

module_init(endpoint_init);
module_exit(endpoint_exit);

MODULE_DESCRIPTION("PCIe endpoints described by device tree overlays");
MODULE_AUTHOR("plugtree developers");
MODULE_LICENSE("GPL");
