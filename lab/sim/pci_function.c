// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A PCI function: its configuration space, its memory BARs, and its one message.
 */
#include <linux/pci_regs.h>
#include <string.h>

#include "lab/sim/pci_function.h"

/* Where the one capability is. */
#define MSI_AT 0x40

/* The 32 bits of the configuration space at an aligned offset. */
static uint32_t config_word(const struct pci_function *function, unsigned int offset)
{
	const struct pci_identity *identity = &function->identity;

	if (offset >= PCI_BASE_ADDRESS_0 && offset <= PCI_BASE_ADDRESS_5)
		return function->addresses[(offset - PCI_BASE_ADDRESS_0) / 4];
	switch (offset) {
	case PCI_VENDOR_ID:
		return identity->vendor | (uint32_t)identity->device << 16;
	case PCI_COMMAND:
		return function->command |
		       (function->has_msi ? (uint32_t)PCI_STATUS_CAP_LIST << 16 : 0);
	case PCI_CLASS_REVISION:
		return identity->class_code << 8;
	case PCI_SUBSYSTEM_VENDOR_ID:
		return identity->subvendor | (uint32_t)identity->subdevice << 16;
	case PCI_CAPABILITY_LIST:
		return function->has_msi ? MSI_AT : 0;
	case PCI_INTERRUPT_LINE:
		return function->has_pin ? 1U << 8 : 0;
	}
	if (!function->has_msi)
		return 0;
	switch (offset) {
	case MSI_AT:
		return PCI_CAP_ID_MSI | (uint32_t)function->msi_control << 16;
	case MSI_AT + PCI_MSI_ADDRESS_LO:
		return function->msi_address;
	case MSI_AT + PCI_MSI_DATA_32:
		return function->msi_data;
	}
	return 0;
}

static void set_config_word(struct pci_function *function, unsigned int offset, uint32_t value)
{
	unsigned int bar = (offset - PCI_BASE_ADDRESS_0) / 4;

	if (offset >= PCI_BASE_ADDRESS_0 && offset <= PCI_BASE_ADDRESS_5) {
		/* What the guest sees of the size is which bits stay zero. */
		function->addresses[bar] =
			function->sizes[bar] ? value & ~(function->sizes[bar] - 1) : 0;
		return;
	}
	switch (offset) {
	case PCI_COMMAND:
		function->command = value & (PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER |
					     PCI_COMMAND_INTX_DISABLE);
		break;
	case MSI_AT:
		function->msi_control = value >> 16 & PCI_MSI_FLAGS_ENABLE;
		break;
	case MSI_AT + PCI_MSI_ADDRESS_LO:
		function->msi_address = value & ~3U;
		break;
	case MSI_AT + PCI_MSI_DATA_32:
		function->msi_data = value;
		break;
	}
}

static void config_read(struct pci_function *function, uint64_t address, uint8_t *data, size_t size)
{
	size_t at;

	for (at = 0; at < size; at++, address++)
		data[at] = address > 0xff ? 0 :
					    config_word(function, address & ~3U) >> address % 4 * 8;
}

static void config_write(struct pci_function *function, uint64_t address, const uint8_t *data,
			 size_t size)
{
	unsigned int offset = address & ~3U, shift;
	uint32_t value;
	size_t at;

	if (address + size > 0x100 || address % 4 + size > 4)
		return;
	value = config_word(function, offset);
	for (at = 0; at < size; at++) {
		shift = (address % 4 + at) * 8;
		value = (value & ~(0xffU << shift)) | (uint32_t)data[at] << shift;
	}
	set_config_word(function, offset, value);
}

static struct pcidev_target *bar_target(struct pci_function *function, int bar, uint64_t address,
					size_t size)
{
	if (bar >= PCI_FUNCTION_BARS || !function->bars[bar] ||
	    !(function->command & PCI_COMMAND_MEMORY) || address > function->sizes[bar] ||
	    size > function->sizes[bar] - address)
		return NULL;
	return mmio_target(function->bars[bar]);
}

/* The access that breaks the link is the last one that gets through. */
static void count_access(struct pci_function *function)
{
	if (function->breaks_after && !--function->breaks_after)
		pci_function_set_link(function, false);
}

static void function_read(struct pcidev_target *target, int bar, uint64_t address, uint8_t *data,
			  size_t size)
{
	struct pci_function *function = (struct pci_function *)target;
	struct pcidev_target *registers;

	memset(data, 0xff, size);
	if (!function->linked)
		return;
	if (bar == PCIDEV_CONFIG) {
		config_read(function, address, data, size);
		return;
	}
	registers = bar_target(function, bar, address, size);
	if (registers)
		registers->read(registers, 0, address, data, size);
	count_access(function);
}

static void function_write(struct pcidev_target *target, int bar, uint64_t address,
			   const uint8_t *data, size_t size)
{
	struct pci_function *function = (struct pci_function *)target;
	struct pcidev_target *registers;

	if (!function->linked)
		return;
	if (bar == PCIDEV_CONFIG) {
		config_write(function, address, data, size);
		virtio_pcidev_look(target);
		return;
	}
	registers = bar_target(function, bar, address, size);
	if (registers)
		registers->write(registers, 0, address, data, size);
	count_access(function);
}

static bool function_take_interrupt(struct pcidev_target *target, uint16_t *message)
{
	struct pci_function *function = (struct pci_function *)target;

	if (!function->pending || !function->linked ||
	    !(function->msi_control & PCI_MSI_FLAGS_ENABLE) ||
	    !(function->command & PCI_COMMAND_MASTER))
		return false;
	function->pending = false;
	*message = function->msi_data;
	return true;
}

void pci_function_init(struct pci_function *function, const struct pci_identity *identity)
{
	memset(function, 0, sizeof(*function));
	function->target.read = function_read;
	function->target.write = function_write;
	function->target.take_interrupt = function_take_interrupt;
	function->identity = *identity;
	function->linked = true;
}

void pci_function_interrupt(struct pci_function *function)
{
	function->pending = true;
	virtio_pcidev_look(&function->target);
}

void pci_function_set_link(struct pci_function *function, bool linked)
{
	if (linked && !function->linked) {
		function->command = 0;
		memset(function->addresses, 0, sizeof(function->addresses));
		function->msi_control = 0;
		function->msi_address = 0;
		function->msi_data = 0;
		function->pending = false;
		if (function->reset)
			function->reset(function->owner);
	}
	function->linked = linked;
	function->breaks_after = 0;
}
