// SPDX-License-Identifier: GPL-2.0-only
/*
 * The node of an endpoint: a graft of its own, with what the overlay needs to find its registers
 * and interrupts.
 */
#include <linux/of.h>
#include <linux/of_address.h>

#include "graft.h"
#include "pci/endpoint.h"

#define ENDPOINT_ADDRESS_CELLS 3
#define ENDPOINT_SIZE_CELLS 2
#define ENDPOINT_MAX_CELLS 4

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

/**
 * endpoint_add_node() - make the node of an endpoint, and make it that of the PCI device
 * @endpoint: the endpoint
 *
 * Below the host bridge's or bus' node; else below the root, which needs no device tree at all.
 *
 * Context: Process context, may sleep.
 * Return: 0; -EOPNOTSUPP if the tree has no cells for a BAR; -ENOMEM; -EINVAL if the tree does not
 *         take the node. Nothing is changed then.
 */
int endpoint_add_node(struct pci_endpoint *endpoint)
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
	endpoint_set_node(endpoint);
	return 0;
}

/**
 * endpoint_remove_node() - the reverse of endpoint_add_node()
 * @endpoint: the endpoint, whose connector is gone
 *
 * Context: Process context, may sleep.
 */
void endpoint_remove_node(struct pci_endpoint *endpoint)
{
	endpoint_reset_node(endpoint);
	graft_remove(endpoint->graft);
}
