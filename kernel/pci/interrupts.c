// SPDX-License-Identifier: GPL-2.0-only
/*
 * The interrupts of an endpoint: lines that its inner devices ask for, served by the vectors that
 * the PCI core has for it. There are lines while the endpoint is powered.
 */
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irqdomain.h>

#include "pci/endpoint.h"

/* Lines where the endpoint has fewer vectors. */
#define ENDPOINT_LINES 8

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

/**
 * endpoint_start_interrupts() - let the lines of an endpoint work
 * @endpoint: the endpoint, which is enabled
 * @refusal: filled on failure
 *
 * An endpoint without lines has nothing to start.
 *
 * Context: Process context, may sleep.
 * Return: 0; -EINVAL with no-interrupt or no-memory, and nothing is started then.
 */
int endpoint_start_interrupts(struct pci_endpoint *endpoint, struct plugtree_refusal *refusal)
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

/**
 * endpoint_stop_interrupts() - the reverse of endpoint_start_interrupts()
 * @endpoint: the endpoint; the devices that used its lines are gone
 *
 * Waits for handlers that run.
 *
 * Context: Process context, may sleep.
 */
void endpoint_stop_interrupts(struct pci_endpoint *endpoint)
{
	if (!endpoint->lines)
		return;
	endpoint_free_vectors(endpoint);
	endpoint_remove_domain(endpoint);
	pci_free_irq_vectors(endpoint->pdev);
}

/**
 * endpoint_count_lines() - how many interrupt lines the devices inside may ask for
 * @pdev: the PCI device
 *
 * Return: their number, 0 if it has no interrupt of any kind.
 */
unsigned int endpoint_count_lines(struct pci_dev *pdev)
{
	int vectors = max(pci_msi_vec_count(pdev), pci_msix_vec_count(pdev));

	if (vectors <= 0)
		return pdev->pin ? ENDPOINT_LINES : 0;
	return clamp(vectors, ENDPOINT_LINES, ENDPOINT_MAX_LINES);
}
