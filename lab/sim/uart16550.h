/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_UART16550_H
#define SIM_UART16550_H

#include "lab/sim/mmio.h"
#include "lab/sim/serial_bus.h"

struct uart16550;

/**
 * uart16550_create() - a 16550A between an address space and a serial line
 * @uart: the result
 * @mmio: the address space; stays the caller's and must live longer
 * @start: address of its eight registers
 * @bus: the line; likewise
 *
 * Return: 0, -ENOMEM, or as mmio_add().
 */
int uart16550_create(struct uart16550 **uart, struct mmio *mmio, uint64_t start,
		     struct serial_bus *bus);

/** uart16550_destroy() - take it out and free it; NULL is fine */
void uart16550_destroy(struct uart16550 *uart);

#endif
