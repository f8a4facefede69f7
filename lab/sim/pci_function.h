/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_PCI_FUNCTION_H
#define SIM_PCI_FUNCTION_H

#include <stdbool.h>
#include <stdint.h>

#include "lab/sim/mmio.h"
#include "lab/sim/virtio_pcidev.h"

#define PCI_FUNCTION_BARS 6

/**
 * struct pci_identity - who a PCI function is, as in its configuration space
 * @vendor: vendor
 * @device: device
 * @class_code: class, subclass and programming interface, 24 bits
 * @subvendor: subsystem vendor
 * @subdevice: subsystem
 */
struct pci_identity {
	uint16_t vendor;
	uint16_t device;
	uint32_t class_code;
	uint16_t subvendor;
	uint16_t subdevice;
};

/**
 * struct pci_function - a PCI function with memory BARs and one MSI message
 * @target: what the guest's accesses go to
 * @identity: who it is
 * @bars: registers of each BAR, NULL where there is none; stay their owner's
 * @sizes: bytes of each BAR, a power of two
 * @has_msi: it can send an interrupt
 * @has_pin: it says that it has an interrupt line; nothing here ever pulls it
 * @linked: the guest reaches it; if not, reads give ones and writes are lost
 * @breaks_after: so many accesses to registers, and the link breaks; 0 for never, and after any
 *	change of the link
 * @reset: the guest's link came back: everything is as after power-on. May be NULL
 * @owner: for @reset
 * @command: command register
 * @addresses: what the guest wrote into the BARs
 * @msi_control: what the guest may set of the message control word
 * @msi_address: where the message goes
 * @msi_data: the message
 * @pending: an interrupt has not been sent yet
 */
struct pci_function {
	struct pcidev_target target;
	struct pci_identity identity;
	struct mmio *bars[PCI_FUNCTION_BARS];
	uint32_t sizes[PCI_FUNCTION_BARS];
	bool has_msi;
	bool has_pin;
	bool linked;
	unsigned long breaks_after;
	void (*reset)(void *owner);
	void *owner;
	uint16_t command;
	uint32_t addresses[PCI_FUNCTION_BARS];
	uint16_t msi_control;
	uint32_t msi_address;
	uint16_t msi_data;
	bool pending;
};

/** pci_function_init() - a function without BARs; the owner fills those and @has_msi */
void pci_function_init(struct pci_function *function, const struct pci_identity *identity);

/** pci_function_interrupt() - send the MSI, now or as soon as the guest lets it */
void pci_function_interrupt(struct pci_function *function);

/** pci_function_set_link() - the link to the guest breaks, or comes back after a power cycle */
void pci_function_set_link(struct pci_function *function, bool linked);

#endif
