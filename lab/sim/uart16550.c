// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * 16550A UART (National Semiconductor PC16550D) with a clock of 1.8432 MHz.
 *
 * Sending takes no time, so the transmitter is always empty. What is received waits in a FIFO that
 * is deeper than the real one's 16 bytes, as the guest's time and that of the chips are not the
 * same; when even that is full the rest is lost, which is an overrun.
 */
#include <errno.h>
#include <linux/serial_reg.h>
#include <stdlib.h>

#include "lab/sim/uart16550.h"

#define REGISTERS 8
#define CLOCK_HZ 1843200
#define FIFO_SIZE 4096

#define container(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

/**
 * struct uart16550 - the UART
 * @region: its registers
 * @mmio: where they are
 * @port: its end of the line
 * @bus: the line
 * @divisor: divisor latch
 * @ier: interrupt enable register
 * @fcr: FIFO control register
 * @lcr: line control register
 * @mcr: modem control register
 * @scratch: scratch register
 * @modem: modem inputs when they were last read
 * @empty_pending: the transmitter became empty, and the driver was not told
 * @overrun: received bytes were lost
 * @fifo: what was received
 * @first: index of the oldest byte in @fifo
 * @count: bytes in @fifo
 */
struct uart16550 {
	struct mmio_region region;
	struct mmio *mmio;
	struct serial_port port;
	struct serial_bus *bus;
	uint16_t divisor;
	uint8_t ier, fcr, lcr, mcr, scratch;
	uint8_t modem;
	bool empty_pending;
	bool overrun;
	uint8_t fifo[FIFO_SIZE];
	unsigned int first;
	unsigned int count;
};

static void receive(struct serial_port *port, const uint8_t *data, size_t length)
{
	struct uart16550 *uart = container(port, struct uart16550, port);

	for (; length && uart->count < FIFO_SIZE; length--, uart->count++)
		uart->fifo[(uart->first + uart->count) % FIFO_SIZE] = *data++;
	uart->overrun |= length > 0;
}

static uint8_t take_byte(struct uart16550 *uart)
{
	uint8_t byte;

	if (!uart->count)
		return 0;
	byte = uart->fifo[uart->first];
	uart->first = (uart->first + 1) % FIFO_SIZE;
	uart->count--;
	return byte;
}

static void send_byte(struct uart16550 *uart, uint8_t byte)
{
	if (uart->mcr & UART_MCR_LOOP)
		receive(&uart->port, &byte, 1);
	else
		serial_bus_write(uart->bus, &byte, 1);
	uart->empty_pending = true;
}

/* In loop mode the outputs are wired to the inputs. */
static uint8_t modem_inputs(const struct uart16550 *uart)
{
	if (!(uart->mcr & UART_MCR_LOOP))
		return UART_MSR_DCD | UART_MSR_DSR |
		       (serial_bus_is_clear_to_send(uart->bus) ? UART_MSR_CTS : 0);
	return (uart->mcr & UART_MCR_RTS ? UART_MSR_CTS : 0) |
	       (uart->mcr & UART_MCR_DTR ? UART_MSR_DSR : 0) |
	       (uart->mcr & UART_MCR_OUT1 ? UART_MSR_RI : 0) |
	       (uart->mcr & UART_MCR_OUT2 ? UART_MSR_DCD : 0);
}

/* The lower half of the modem status register says what changed since the last read. */
static uint8_t modem_changes(const struct uart16550 *uart)
{
	return (modem_inputs(uart) ^ uart->modem) >> 4;
}

static uint8_t read_modem_status(struct uart16550 *uart)
{
	uint8_t changes = modem_changes(uart);

	uart->modem = modem_inputs(uart);
	return uart->modem | changes;
}

static uint8_t read_line_status(struct uart16550 *uart)
{
	uint8_t status = UART_LSR_THRE | UART_LSR_TEMT | (uart->count ? UART_LSR_DR : 0) |
			 (uart->overrun ? UART_LSR_OE : 0);

	uart->overrun = false;
	return status;
}

/* The interrupt with the highest priority. Reading it is the answer to "transmitter empty". */
static uint8_t read_interrupt(struct uart16550 *uart)
{
	uint8_t fifos = uart->fcr & UART_FCR_ENABLE_FIFO ? 0xc0 : 0;

	if (uart->ier & UART_IER_RLSI && uart->overrun)
		return fifos | UART_IIR_RLSI;
	if (uart->ier & UART_IER_RDI && uart->count)
		return fifos | UART_IIR_RDI;
	if (uart->ier & UART_IER_THRI && uart->empty_pending) {
		uart->empty_pending = false;
		return fifos | UART_IIR_THRI;
	}
	if (uart->ier & UART_IER_MSI && modem_changes(uart))
		return fifos | UART_IIR_MSI;
	return fifos | UART_IIR_NO_INT;
}

static uint64_t uart_read(struct mmio_region *region, uint64_t offset, unsigned int size)
{
	struct uart16550 *uart = container(region, struct uart16550, region);
	bool divisor = uart->lcr & UART_LCR_DLAB;

	switch (offset) {
	case UART_RX:
		return divisor ? uart->divisor & 0xff : take_byte(uart);
	case UART_IER:
		return divisor ? uart->divisor >> 8 : uart->ier;
	case UART_IIR:
		return read_interrupt(uart);
	case UART_LCR:
		return uart->lcr;
	case UART_MCR:
		return uart->mcr;
	case UART_LSR:
		return read_line_status(uart);
	case UART_MSR:
		return read_modem_status(uart);
	default:
		return uart->scratch;
	}
}

static void set_line(struct uart16550 *uart, uint8_t lcr)
{
	/* A divisor of 0 counts all the way round. */
	if (uart->lcr & UART_LCR_DLAB && !(lcr & UART_LCR_DLAB))
		serial_bus_set_speed(uart->bus,
				     CLOCK_HZ / 16 / (uart->divisor ? uart->divisor : 0x10000));
	uart->lcr = lcr;
}

static void set_fifo(struct uart16550 *uart, uint8_t fcr)
{
	if (fcr & UART_FCR_CLEAR_RCVR)
		uart->count = 0;
	uart->fcr = fcr;
}

static void uart_write(struct mmio_region *region, uint64_t offset, unsigned int size,
		       uint64_t value)
{
	struct uart16550 *uart = container(region, struct uart16550, region);
	bool divisor = uart->lcr & UART_LCR_DLAB;
	uint8_t byte = value;

	switch (offset) {
	case UART_TX:
		if (divisor)
			uart->divisor = (uart->divisor & 0xff00) | byte;
		else
			send_byte(uart, byte);
		break;
	case UART_IER:
		if (divisor) {
			uart->divisor = (uart->divisor & 0xff) | byte << 8;
			break;
		}
		/* Enabling it with the transmitter empty asks at once. */
		uart->empty_pending |= byte & ~uart->ier & UART_IER_THRI;
		uart->ier = byte & 0xf;
		break;
	case UART_FCR:
		set_fifo(uart, byte);
		break;
	case UART_LCR:
		set_line(uart, byte);
		break;
	case UART_MCR:
		uart->mcr = byte & 0x1f;
		break;
	case UART_SCR:
		uart->scratch = byte;
		break;
	}
}

int uart16550_create(struct uart16550 **result, struct mmio *mmio, uint64_t start,
		     struct serial_bus *bus)
{
	struct uart16550 *uart = calloc(1, sizeof(*uart));
	int ret;

	if (!uart)
		return -ENOMEM;
	uart->region.start = start;
	uart->region.size = REGISTERS;
	uart->region.read = uart_read;
	uart->region.write = uart_write;
	ret = mmio_add(mmio, &uart->region);
	if (ret) {
		free(uart);
		return ret;
	}
	uart->mmio = mmio;
	uart->port.receive = receive;
	uart->bus = bus;
	uart->modem = modem_inputs(uart);
	serial_bus_set_port(bus, &uart->port);
	*result = uart;
	return 0;
}

void uart16550_destroy(struct uart16550 *uart)
{
	if (!uart)
		return;
	serial_bus_set_port(uart->bus, NULL);
	mmio_remove(uart->mmio, &uart->region);
	free(uart);
}
