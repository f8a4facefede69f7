// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The address space, and the 16550A in it, by the accesses that drivers make.
 */
#include <errno.h>
#include <linux/serial_reg.h>
#include <string.h>

#include "lab/sim/chip.h"
#include "lab/sim/mmio.h"
#include "lab/sim/uart16550.h"
#include "tests/sim/test.h"

#define BASE 0x100

static struct mmio *mmio;
static struct serial_bus *bus;
static struct uart16550 *uart;
static struct chip *chip;

static int setup(void **state)
{
	mmio = mmio_create();
	bus = serial_bus_create();
	if (!mmio || !bus || uart16550_create(&uart, mmio, BASE, bus) ||
	    chip_create("gnss-mtk", 0, &chip))
		return -1;
	chip_power(chip, true);
	return 0;
}

static int teardown(void **state)
{
	bus_detach(serial_bus_base(bus), chip);
	chip_destroy(chip);
	uart16550_destroy(uart);
	serial_bus_destroy(bus);
	mmio_destroy(mmio);
	return 0;
}

static uint8_t in(unsigned int offset)
{
	uint8_t value;

	mmio_target(mmio)->read(mmio_target(mmio), 0, BASE + offset, &value, 1);
	return value;
}

static void out(unsigned int offset, uint8_t value)
{
	mmio_target(mmio)->write(mmio_target(mmio), 0, BASE + offset, &value, 1);
}

static void set_speed(unsigned int divisor)
{
	out(UART_LCR, UART_LCR_DLAB | UART_LCR_WLEN8);
	out(UART_DLL, divisor & 0xff);
	out(UART_DLM, divisor >> 8);
	out(UART_LCR, UART_LCR_WLEN8);
}

static void where_nothing_is_reads_give_ones(void **state)
{
	struct pcidev_target *target = mmio_target(mmio);
	uint8_t data[4] = { 0 };

	target->read(target, 0, 0, data, 4);
	assert_memory_equal(data, "\xff\xff\xff\xff", 4);
	memset(data, 0, 4);
	target->read(target, 1, BASE, data, 1);
	assert_int_equal(data[0], 0xff);
	/* Half in, half out; and an address that would wrap. */
	target->read(target, 0, BASE + 6, data, 4);
	assert_memory_equal(data, "\xff\xff\xff\xff", 4);
	target->read(target, 0, UINT64_MAX, data, 2);
	target->write(target, 0, UINT64_MAX, data, 2);
}

static void regions_do_not_overlap(void **state)
{
	struct mmio_region region = { .start = BASE + 7, .size = 1 };

	assert_int_equal(mmio_add(mmio, &region), -EBUSY);
	region.start = BASE + 8;
	assert_int_equal(mmio_add(mmio, &region), 0);
	mmio_remove(mmio, &region);
	region.size = 0;
	assert_int_equal(mmio_add(mmio, &region), -EINVAL);
	region.start = UINT64_MAX;
	region.size = 2;
	assert_int_equal(mmio_add(mmio, &region), -EINVAL);
}

static void the_scratch_register_and_the_divisor_keep_their_values(void **state)
{
	out(UART_SCR, 0x5a);
	assert_int_equal(in(UART_SCR), 0x5a);
	set_speed(0x123);
	out(UART_LCR, UART_LCR_DLAB);
	assert_int_equal(in(UART_DLL), 0x23);
	assert_int_equal(in(UART_DLM), 0x01);
	out(UART_LCR, 0);
	assert_int_equal(in(UART_IER), 0);
}

static void received_bytes_wait_and_ask(void **state)
{
	set_speed(12);
	bus_attach(serial_bus_base(bus), chip);
	out(UART_FCR, UART_FCR_ENABLE_FIFO | UART_FCR_CLEAR_RCVR);
	assert_int_equal(in(UART_IIR), 0xc0 | UART_IIR_NO_INT);
	out(UART_IER, UART_IER_RDI);
	serial_bus_send(chip, "ab", 2);
	assert_int_equal(in(UART_IIR), 0xc0 | UART_IIR_RDI);
	assert_true(in(UART_LSR)&UART_LSR_DR);
	assert_int_equal(in(UART_RX), 'a');
	assert_int_equal(in(UART_RX), 'b');
	assert_false(in(UART_LSR)&UART_LSR_DR);
	assert_int_equal(in(UART_IIR), 0xc0 | UART_IIR_NO_INT);
}

static void the_rest_is_an_overrun(void **state)
{
	static char much[5000];
	unsigned int count;

	set_speed(12);
	bus_attach(serial_bus_base(bus), chip);
	serial_bus_send(chip, much, sizeof(much));
	assert_true(in(UART_LSR)&UART_LSR_OE);
	assert_false(in(UART_LSR)&UART_LSR_OE);
	for (count = 0; in(UART_LSR)&UART_LSR_DR; count++)
		in(UART_RX);
	assert_int_equal(count, 4096);
}

/* As the driver's own test of the transmitter's interrupt expects it. */
static void an_empty_transmitter_asks_once(void **state)
{
	out(UART_IER, UART_IER_THRI);
	assert_int_equal(in(UART_LSR), UART_LSR_THRE | UART_LSR_TEMT);
	assert_int_equal(in(UART_IIR), UART_IIR_THRI);
	assert_int_equal(in(UART_IIR), UART_IIR_NO_INT);
	out(UART_TX, 'x');
	assert_int_equal(in(UART_IIR), UART_IIR_THRI);
	out(UART_IER, 0);
	out(UART_IER, UART_IER_THRI);
	assert_int_equal(in(UART_IIR), UART_IIR_THRI);
}

static void the_divisor_is_the_speed(void **state)
{
	static const char command[] = "$PMTK605*31\r\n";
	unsigned int i, divisor;
	char value[8];
	FILE *out_file;

	bus_attach(serial_bus_base(bus), chip);
	for (divisor = 24; divisor >= 12; divisor -= 12) {
		set_speed(divisor);
		for (i = 0; command[i]; i++)
			out(UART_TX, command[i]);
		out_file = fmemopen(value, sizeof(value), "w");
		assert_int_equal(chip->type->get(chip, "commands", out_file), 0);
		fclose(out_file);
		assert_string_equal(value, divisor == 12 ? "1" : "0");
	}
}

static void modem_inputs_follow_the_contact(void **state)
{
	assert_false(in(UART_MSR)&UART_MSR_CTS);
	out(UART_IER, UART_IER_MSI);
	assert_int_equal(in(UART_IIR), UART_IIR_NO_INT);
	bus_attach(serial_bus_base(bus), chip);
	assert_int_equal(in(UART_IIR), UART_IIR_MSI);
	assert_int_equal(in(UART_MSR) & (UART_MSR_CTS | UART_MSR_DCTS),
			 UART_MSR_CTS | UART_MSR_DCTS);
	assert_int_equal(in(UART_MSR)&UART_MSR_DCTS, 0);
	assert_int_equal(in(UART_IIR), UART_IIR_NO_INT);
}

static void in_loop_mode_it_hears_itself(void **state)
{
	out(UART_MCR, UART_MCR_LOOP | UART_MCR_OUT2 | UART_MCR_RTS);
	assert_int_equal(in(UART_MSR)&0xf0, UART_MSR_DCD | UART_MSR_CTS);
	out(UART_TX, 'l');
	assert_int_equal(in(UART_RX), 'l');
	assert_int_equal(serial_bus_statistics(bus)->unheard, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(where_nothing_is_reads_give_ones),
		TEST(regions_do_not_overlap),
		TEST(the_scratch_register_and_the_divisor_keep_their_values),
		TEST(received_bytes_wait_and_ask),
		TEST(the_rest_is_an_overrun),
		TEST(an_empty_transmitter_asks_once),
		TEST(the_divisor_is_the_speed),
		TEST(modem_inputs_follow_the_contact),
		TEST(in_loop_mode_it_hears_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
