/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PLUGTREE_PCI_ENDPOINT_H
#define PLUGTREE_PCI_ENDPOINT_H

#include <linux/pci.h>

#include "connector.h"

/* Lines that inner devices may ask for, at the most. */
#define ENDPOINT_MAX_LINES 32

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

/* node.c */
int endpoint_add_node(struct pci_endpoint *endpoint);
void endpoint_remove_node(struct pci_endpoint *endpoint);

/* interrupts.c */
unsigned int endpoint_count_lines(struct pci_dev *pdev);
int endpoint_start_interrupts(struct pci_endpoint *endpoint, struct plugtree_refusal *refusal);
void endpoint_stop_interrupts(struct pci_endpoint *endpoint);

/* ids.c */
int endpoint_add_ids(struct pci_driver *driver);

#endif
