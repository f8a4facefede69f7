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
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/of_address.h>
#include <linux/pci.h>

#include "connector.h"
#include "graft.h"

/* Lines that inner devices may ask for, where the endpoint has fewer vectors; and at the most. */
#define ENDPOINT_LINES 8
#define ENDPOINT_MAX_LINES 32

#define ENDPOINT_ADDRESS_CELLS 3
#define ENDPOINT_SIZE_CELLS 2
#define ENDPOINT_MAX_CELLS 4

static char *ids;
module_param(ids, charp, 0444);
MODULE_PARM_DESC(ids,
		 "Endpoints to be taken, as vendor:device[:subvendor:subdevice] in hexadecimal, separated by commas");

struct pci_endpoint;

/**
 * struct endpoint_vector - an interrupt vector of an endpoint
 * @endpoint: whose
 * @index: its number among the vectors
 */
struct endpoint_vector {
	struct pci_endpoint *endpoint;
	unsigned int index;
};

/**
 * struct pci_endpoint - one endpoint
 * @pdev: the PCI device
 * @connector: the connector
 * @graft: its node, which is a graft of its own
 * @node: that node
 * @of_node: what the PCI device had for a node before
 * @fwnode: the same, for firmware of any kind
 * @state: its configuration space when it was found
 * @lines: interrupt lines that inner devices may ask for; 0 if it has no interrupt
 * @domain: them, while it is powered and has any
 * @vector_count: vectors that it got, which serve the lines in turn
 * @vectors: them
 */
struct pci_endpoint {
	struct pci_dev *pdev;
	struct plugtree_connector *connector;
	struct graft *graft;
	struct device_node *node;
	struct device_node *of_node;
	struct fwnode_handle *fwnode;
	struct pci_saved_state *state;
	unsigned int lines;
	struct irq_domain *domain;
	unsigned int vector_count;
	struct endpoint_vector vectors[ENDPOINT_MAX_LINES];
};

static int endpoint_map_line(struct irq_domain *domain, unsigned int irq, irq_hw_number_t line)
{
	irq_set_chip_and_handler(irq, &dummy_irq_chip, handle_simple_irq);
	irq_set_noprobe(irq);
	return 0;
}

static void endpoint_unmap_line(struct irq_domain *domain, unsigned int irq)
{
	irq_set_chip_and_handler(irq, NULL, NULL);
}

static const struct irq_domain_ops endpoint_domain_ops = {
	.map = endpoint_map_line,
	.unmap = endpoint_unmap_line,
	.xlate = irq_domain_xlate_onecell,
};

/*
 * A thread: inner interrupt controllers read registers behind the endpoint, which may take long, or
 * for ever where it is gone.
 */
static irqreturn_t endpoint_interrupt(int irq, void *data)
{
	struct endpoint_vector *vector = data;
	struct pci_endpoint *endpoint = vector->endpoint;
	unsigned int line;

	for (line = vector->index; line < endpoint->lines; line += endpoint->vector_count)
		generic_handle_domain_irq_safe(endpoint->domain, line);
	return IRQ_HANDLED;
}

static int endpoint_request_vectors(struct pci_endpoint *endpoint)
{
	unsigned int index;
	int ret;

	for (index = 0; index < endpoint->vector_count; index++) {
		endpoint->vectors[index].endpoint = endpoint;
		endpoint->vectors[index].index = index;
		ret = request_threaded_irq(pci_irq_vector(endpoint->pdev, index), NULL,
					   endpoint_interrupt, IRQF_ONESHOT,
					   dev_name(&endpoint->connector->dev),
					   &endpoint->vectors[index]);
		if (ret)
			goto err_free;
	}
	return 0;

err_free:
	while (index--)
		free_irq(pci_irq_vector(endpoint->pdev, index), &endpoint->vectors[index]);
	return ret;
}

static void endpoint_free_vectors(struct pci_endpoint *endpoint)
{
	unsigned int index = endpoint->vector_count;

	while (index--)
		free_irq(pci_irq_vector(endpoint->pdev, index), &endpoint->vectors[index]);
}

/* Those that drivers have asked for and nobody has disposed of: GPIO lines, for example. */
static void endpoint_remove_domain(struct pci_endpoint *endpoint)
{
	unsigned int line, irq;

	for (line = 0; line < endpoint->lines; line++) {
		irq = irq_find_mapping(endpoint->domain, line);
		if (irq)
			irq_dispose_mapping(irq);
	}
	irq_domain_remove(endpoint->domain);
	endpoint->domain = NULL;
}

static int endpoint_start_interrupts(struct pci_endpoint *endpoint,
				     struct plugtree_refusal *refusal)
{
	struct pci_dev *pdev = endpoint->pdev;
	int ret;

	if (!endpoint->lines)
		return 0;
	ret = pci_alloc_irq_vectors(pdev, 1, endpoint->lines, PCI_IRQ_ALL_TYPES);
	if (ret < 0)
		return plugtree_refuse(refusal, PLUGTREE_NO_INTERRUPT, "vectors: error %d", ret);
	endpoint->vector_count = ret;
	endpoint->domain = irq_domain_create_linear(of_fwnode_handle(endpoint->node),
						    endpoint->lines, &endpoint_domain_ops, NULL);
	if (!endpoint->domain) {
		plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "interrupt lines");
		goto err_free_vectors;
	}
	ret = endpoint_request_vectors(endpoint);
	if (!ret)
		return 0;
	plugtree_refuse(refusal, PLUGTREE_NO_INTERRUPT, "request: error %d", ret);
	endpoint_remove_domain(endpoint);
err_free_vectors:
	pci_free_irq_vectors(pdev);
	return -EINVAL;
}

static void endpoint_stop_interrupts(struct pci_endpoint *endpoint)
{
	if (!endpoint->lines)
		return;
	endpoint_free_vectors(endpoint);
	endpoint_remove_domain(endpoint);
	pci_free_irq_vectors(endpoint->pdev);
}

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

static unsigned int endpoint_count_lines(struct pci_dev *pdev)
{
	int vectors = max(pci_msi_vec_count(pdev), pci_msix_vec_count(pdev));

	if (vectors <= 0)
		return pdev->pin ? ENDPOINT_LINES : 0;
	return clamp(vectors, ENDPOINT_LINES, ENDPOINT_MAX_LINES);
}

/**
 * struct endpoint_cells - cells of a property being written
 * @cells: them
 * @count: how many
 */
struct endpoint_cells {
	__be32 cells[PCI_STD_NUM_BARS *
		     (ENDPOINT_ADDRESS_CELLS + ENDPOINT_MAX_CELLS + ENDPOINT_SIZE_CELLS)];
	unsigned int count;
};

static void endpoint_put(struct endpoint_cells *cells, u64 value, unsigned int count)
{
	while (count--)
		cells->cells[cells->count++] = cpu_to_be32(count < 2 ? value >> 32 * count : 0);
}

/* As of_pci_prop_ranges() of the kernel writes them, which is not for modules. */
static void endpoint_put_pci_address(struct endpoint_cells *cells, struct pci_dev *pdev, int bar)
{
	unsigned long flags = pci_resource_flags(pdev, bar);
	u32 space = 0x80000000 | (flags & IORESOURCE_MEM_64 ? 3 : 2) << 24 |
		    (flags & IORESOURCE_PREFETCH ? 0x40000000 : 0) | pdev->bus->number << 16 |
		    pdev->devfn << 8;

	endpoint_put(cells, space, 1);
	endpoint_put(cells, pci_bus_address(pdev, bar), 2);
}

/* One entry for each memory BAR; its number is the first cell of the inner address. */
static int endpoint_put_ranges(struct endpoint_cells *ranges, struct pci_dev *pdev,
			       const struct device_node *bus)
{
	int root_cells = bus ? 0 : of_n_addr_cells(of_root);
	int bar;

	if (root_cells > ENDPOINT_MAX_CELLS)
		return -EOPNOTSUPP;
	for (bar = 0; bar < PCI_STD_NUM_BARS; bar++) {
		if (!(pci_resource_flags(pdev, bar) & IORESOURCE_MEM) ||
		    !pci_resource_len(pdev, bar))
			continue;
		endpoint_put(ranges, (u64)bar << 32, 1 + 1);
		endpoint_put(ranges, 0, 1);
		if (!bus && root_cells < 2 && upper_32_bits(pci_resource_end(pdev, bar)))
			return -EOPNOTSUPP;
		if (bus)
			endpoint_put_pci_address(ranges, pdev, bar);
		else
			endpoint_put(ranges, pci_resource_start(pdev, bar), root_cells);
		endpoint_put(ranges, pci_resource_len(pdev, bar), ENDPOINT_SIZE_CELLS);
	}
	return 0;
}

/* Below the host bridge's or bus' node; else below the root, which needs no device tree at all. */
static int endpoint_add_node(struct pci_endpoint *endpoint)
{
	struct pci_dev *pdev = endpoint->pdev;
	struct device_node *bus = pdev->bus->dev.of_node;
	const __be32 address_cells = cpu_to_be32(ENDPOINT_ADDRESS_CELLS);
	const __be32 size_cells = cpu_to_be32(ENDPOINT_SIZE_CELLS);
	const __be32 lines = cpu_to_be32(endpoint->lines), one = cpu_to_be32(1), zero = 0;
	const __be32 reg[5] = { cpu_to_be32(pdev->bus->number << 16 | pdev->devfn << 8) };
	struct endpoint_cells ranges = {};
	struct plugtree_refusal refusal = {};
	char name[48], label[32], compatible[80];
	int ret, length;

	ret = endpoint_put_ranges(&ranges, pdev, bus);
	if (ret)
		return dev_err_probe(&pdev->dev, ret,
				     "the root of the device tree has no cells for a BAR\n");
	snprintf(name, sizeof(name), "plugtree-pci-%04x-%02x-%02x-%x", pci_domain_nr(pdev->bus),
		 pdev->bus->number, PCI_SLOT(pdev->devfn), PCI_FUNC(pdev->devfn));
	snprintf(label, sizeof(label), "pci-%s", pci_name(pdev));
	length = 1 + scnprintf(compatible, sizeof(compatible),
			       "pci%x,%x%cplugtree,pci-endpoint%cplugtree,connector", pdev->vendor,
			       pdev->device, 0, 0);

	const struct tree_property properties[] = {
		{ "compatible", compatible, length },
		{ "label", label, strlen(label) + 1 },
		{ "#address-cells", &address_cells, sizeof(address_cells) },
		{ "#size-cells", &size_cells, sizeof(size_cells) },
		{ "ranges", ranges.cells, ranges.count * sizeof(__be32) },
		{ "debounce-interval", &zero, sizeof(zero) },
		{ "interrupt-controller", "", 0 },
		{ "#interrupt-cells", &one, sizeof(one) },
		{ bus ? "reg" : NULL, reg, sizeof(reg) },
		{ endpoint->lines ? "plugtree,interrupt-lines" : NULL, &lines, sizeof(lines) },
	};

	endpoint->graft = graft_add_node(bus ?: of_root, name, properties, ARRAY_SIZE(properties),
					 &refusal);
	if (!endpoint->graft)
		return dev_err_probe(&pdev->dev,
				     refusal.reason == PLUGTREE_NO_MEMORY ? -ENOMEM : -EINVAL,
				     "no node: %s\n", refusal.subject);
	endpoint->node = graft_first_node(endpoint->graft);
	return 0;
}

/*
 * The PCI device is the node's device, so that inner devices are probed in order of what they use;
 * but they must not be linked to it: the driver core would then unbind them before remove(), in an
 * order of its own. The PCI core takes a dynamic node that it finds for one of its own making, so
 * remove() puts back what was there.
 */
static void endpoint_set_node(struct pci_endpoint *endpoint)
{
	struct device *dev = &endpoint->pdev->dev;
	struct fwnode_handle *fwnode = of_fwnode_handle(endpoint->node);

	endpoint->of_node = dev->of_node;
	endpoint->fwnode = dev->fwnode;
	fwnode->dev = dev;
	fwnode_set_flag(fwnode, FWNODE_FLAG_NEEDS_CHILD_BOUND_ON_ADD);
	dev->of_node = endpoint->node;
	if (!endpoint->fwnode || endpoint->of_node)
		dev->fwnode = fwnode;
}

static void endpoint_reset_node(struct pci_endpoint *endpoint)
{
	struct device *dev = &endpoint->pdev->dev;

	dev->fwnode = endpoint->fwnode;
	dev->of_node = endpoint->of_node;
	of_fwnode_handle(endpoint->node)->dev = NULL;
}

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
	endpoint_set_node(endpoint);
	endpoint->connector = plugtree_connector_register(&pdev->dev, &endpoint_ops, endpoint);
	if (!IS_ERR(endpoint->connector))
		return 0;

	ret = PTR_ERR(endpoint->connector);
	endpoint_reset_node(endpoint);
	graft_remove(endpoint->graft);
err_free_state:
	kfree(endpoint->state);
	return ret;
}

static void endpoint_remove(struct pci_dev *pdev)
{
	struct pci_endpoint *endpoint = pci_get_drvdata(pdev);

	plugtree_connector_unregister(endpoint->connector);
	endpoint_reset_node(endpoint);
	graft_remove(endpoint->graft);
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

static int endpoint_add_id(const char *id)
{
	unsigned int vendor, device, subvendor = PCI_ANY_ID, subdevice = PCI_ANY_ID;
	int fields = sscanf(id, "%x:%x:%x:%x", &vendor, &device, &subvendor, &subdevice);

	if (fields < 2) {
		pr_warn("plugtree-pci: ids: \"%*pE\" is no vendor:device\n", (int)strlen(id), id);
		return 0;
	}
	return pci_add_dynid(&endpoint_driver, vendor, device, subvendor, subdevice, 0, 0, 0);
}

static int endpoint_add_ids(void)
{
	char *list, *rest, *id;
	int ret = 0;

	if (!ids)
		return 0;
	list = kstrdup(ids, GFP_KERNEL);
	if (!list)
		return -ENOMEM;
	for (rest = list; !ret && (id = strsep(&rest, ","));)
		ret = *id ? endpoint_add_id(id) : 0;
	kfree(list);
	return ret;
}

static int __init endpoint_init(void)
{
	int ret;

	ret = bus_register_notifier(&pci_bus_type, &endpoint_notifier);
	if (ret)
		return ret;
	ret = pci_register_driver(&endpoint_driver);
	if (ret)
		goto err_unregister_notifier;
	ret = endpoint_add_ids();
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
