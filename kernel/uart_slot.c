// SPDX-License-Identifier: GPL-2.0-only
/*
 * The slot of a UART.
 *
 * The serial core makes a serdev port of a UART only when it has a child at its probe, and a port
 * takes its devices from the tree once, when it is added. So the base tree gives the UART one
 * permanent child, "plugtree,uart-slot". This driver binds to it and holds the UART's port, without
 * opening it. For the time of an insertion it adds a port of its own below it, on which the add-on
 * is the one device, and passes everything through: calls down to the slot's serdev device,
 * received bytes and write wake-ups up to the add-on.
 *
 * Both callbacks only come while the UART is open, and closing it waits for those on their way. It
 * is open only between the open and close of the add-on's driver, so it is closed before the port
 * above goes.
 *
 * The connector is a consumer of the UART's device (serial.c), so it is unbound, and its add-on
 * taken away, before the UART and with it the slot goes.
 */
#include <linux/cleanup.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/serdev.h>
#include <linux/slab.h>

#include "devices.h"
#include "uart_slot.h"

/* Where every add-on begins, whatever the one before it left; the tty layer's own default. */
#define UART_SLOT_SPEED 9600

/**
 * struct uart_slot - a slot
 * @list: in uart_slots
 * @uart: the slot's device on the UART's port
 * @port: the port for the add-on; NULL while there is none
 * @lock: protects @open, and the UART from being closed under those who ask for it
 * @open: the add-on's driver has opened it
 */
struct uart_slot {
	struct list_head list;
	struct serdev_device *uart;
	struct serdev_controller *port;
	struct mutex lock; /* see @lock above */
	bool open;
};

static LIST_HEAD(uart_slots);

/* Protects the list of slots and the port of each. */
static DEFINE_MUTEX(uart_slots_lock);

static struct serdev_device *port_uart(struct serdev_controller *port)
{
	struct uart_slot *slot = serdev_controller_get_drvdata(port);

	return slot->uart;
}

static ssize_t port_write_buf(struct serdev_controller *port, const u8 *data, size_t count)
{
	return serdev_device_write_buf(port_uart(port), data, count);
}

static void port_write_flush(struct serdev_controller *port)
{
	serdev_device_write_flush(port_uart(port));
}

static int port_write_room(struct serdev_controller *port)
{
	return serdev_device_write_room(port_uart(port));
}

static int port_open(struct serdev_controller *port)
{
	struct uart_slot *slot = serdev_controller_get_drvdata(port);
	int ret;

	guard(mutex)(&slot->lock);
	ret = serdev_device_open(slot->uart);
	if (ret)
		return ret;
	serdev_device_set_baudrate(slot->uart, UART_SLOT_SPEED);
	slot->open = true;
	return 0;
}

static void port_close(struct serdev_controller *port)
{
	struct uart_slot *slot = serdev_controller_get_drvdata(port);

	guard(mutex)(&slot->lock);
	slot->open = false;
	serdev_device_close(slot->uart);
}

static void port_set_flow_control(struct serdev_controller *port, bool enable)
{
	serdev_device_set_flow_control(port_uart(port), enable);
}

static int port_set_parity(struct serdev_controller *port, enum serdev_parity parity)
{
	return serdev_device_set_parity(port_uart(port), parity);
}

static unsigned int port_set_baudrate(struct serdev_controller *port, unsigned int speed)
{
	return serdev_device_set_baudrate(port_uart(port), speed);
}

static void port_wait_until_sent(struct serdev_controller *port, long timeout)
{
	serdev_device_wait_until_sent(port_uart(port), timeout);
}

static int port_get_tiocm(struct serdev_controller *port)
{
	return serdev_device_get_tiocm(port_uart(port));
}

static int port_set_tiocm(struct serdev_controller *port, unsigned int set, unsigned int clear)
{
	return serdev_device_set_tiocm(port_uart(port), set, clear);
}

static int port_break_ctl(struct serdev_controller *port, unsigned int state)
{
	return serdev_device_break_ctl(port_uart(port), state);
}

static const struct serdev_controller_ops port_ops = {
	.write_buf = port_write_buf,
	.write_flush = port_write_flush,
	.write_room = port_write_room,
	.open = port_open,
	.close = port_close,
	.set_flow_control = port_set_flow_control,
	.set_parity = port_set_parity,
	.set_baudrate = port_set_baudrate,
	.wait_until_sent = port_wait_until_sent,
	.get_tiocm = port_get_tiocm,
	.set_tiocm = port_set_tiocm,
	.break_ctl = port_break_ctl,
};

static size_t uart_slot_receive(struct serdev_device *uart, const u8 *data, size_t count)
{
	struct uart_slot *slot = serdev_device_get_drvdata(uart);

	return serdev_controller_receive_buf(slot->port, data, count);
}

static void uart_slot_write_wakeup(struct serdev_device *uart)
{
	struct uart_slot *slot = serdev_device_get_drvdata(uart);

	serdev_controller_write_wakeup(slot->port);
}

static const struct serdev_device_ops uart_slot_ops = {
	.receive_buf = uart_slot_receive,
	.write_wakeup = uart_slot_write_wakeup,
};

static struct uart_slot *uart_slot_find(const struct device_node *uart)
{
	struct uart_slot *slot;

	lockdep_assert_held(&uart_slots_lock);
	list_for_each_entry(slot, &uart_slots, list) {
		if (slot->uart->dev.of_node->parent == uart)
			return slot;
	}
	return NULL;
}

/**
 * uart_slot_controller() - the device of a UART whose slot is bound
 * @uart: the UART's node
 *
 * Return: the device that the UART's driver is bound to, with a reference; NULL if there is no slot
 *         or none is bound (yet).
 */
struct device *uart_slot_controller(const struct device_node *uart)
{
	struct uart_slot *slot;

	guard(mutex)(&uart_slots_lock);
	slot = uart_slot_find(uart);
	return slot ? get_device(slot->uart->ctrl->host) : NULL;
}

/* Makes the port for an add-on, which from then on has the slot. */
static struct serdev_controller *uart_slot_claim(const struct device_node *uart,
						 struct device_node *extension,
						 struct plugtree_refusal *refusal)
{
	struct serdev_controller *port;
	struct uart_slot *slot;

	guard(mutex)(&uart_slots_lock);
	slot = uart_slot_find(uart);
	if (!slot) {
		plugtree_refuse(refusal, PLUGTREE_BUS_MISSING, "%s: %pOF has no slot",
				extension->full_name, uart);
		return NULL;
	}
	if (slot->port) {
		plugtree_refuse(refusal, PLUGTREE_ADDRESS_CONFLICT, "%s: %pOF is taken by %pOF",
				extension->full_name, uart, slot->port->dev.of_node);
		return NULL;
	}
	port = serdev_controller_alloc(&slot->uart->dev, &slot->uart->dev, 0);
	if (!port) {
		plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "%s", extension->full_name);
		return NULL;
	}
	serdev_controller_set_drvdata(port, slot);
	port->ops = &port_ops;
	/* The port makes a device of the child that it finds here. */
	device_set_node(&port->dev, of_fwnode_handle(extension));
	slot->port = port;
	return port;
}

static void uart_slot_release(struct serdev_controller *port)
{
	struct uart_slot *slot = serdev_controller_get_drvdata(port);

	if (slot->open) {
		dev_warn(&port->dev, "the driver left the UART open\n");
		port_close(port);
	}
	scoped_guard(mutex, &uart_slots_lock)
		slot->port = NULL;
	serdev_controller_put(port);
}

/**
 * uart_slot_plug() - connect an add-on to a UART
 * @uart: the UART's node
 * @extension: the extension bus, with the add-on as its only enabled child; lives until
 *	uart_slot_unplug()
 * @refusal: filled on failure
 *
 * Context: Process context, may sleep. The driver is probed in another thread.
 * Return: the add-on's device, which belongs to its port; NULL when refused.
 */
struct serdev_device *uart_slot_plug(const struct device_node *uart, struct device_node *extension,
				     struct plugtree_refusal *refusal)
{
	struct serdev_controller *port = uart_slot_claim(uart, extension, refusal);
	int ret;

	if (!port)
		return NULL;
	ret = serdev_controller_add(port);
	if (!ret)
		return port->serdev;
	devices_refuse(refusal, extension, ret);
	uart_slot_release(port);
	return NULL;
}

/* Without flow control everything drains at the speed of the line, whoever waits for it. */
static void uart_slot_let_go(struct uart_slot *slot)
{
	guard(mutex)(&slot->lock);
	if (slot->open)
		serdev_device_set_flow_control(slot->uart, false);
}

/**
 * uart_slot_unplug() - the reverse of uart_slot_plug()
 * @addon: the add-on's device, registered, with a reference of the caller
 *
 * Context: Process context. Takes as long as the driver's remove().
 */
void uart_slot_unplug(struct serdev_device *addon)
{
	struct serdev_controller *port = addon->ctrl;

	/* An add-on that is gone is never clear to send, and closing would wait for it. */
	uart_slot_let_go(serdev_controller_get_drvdata(port));
	serdev_controller_remove(port);
	uart_slot_release(port);
}

static int uart_slot_probe(struct serdev_device *uart)
{
	struct uart_slot *slot = kzalloc(sizeof(*slot), GFP_KERNEL);

	if (!slot)
		return -ENOMEM;
	slot->uart = uart;
	mutex_init(&slot->lock);
	serdev_device_set_drvdata(uart, slot);
	serdev_device_set_client_ops(uart, &uart_slot_ops);
	guard(mutex)(&uart_slots_lock);
	list_add_tail(&slot->list, &uart_slots);
	return 0;
}

static void uart_slot_remove(struct serdev_device *uart)
{
	struct uart_slot *slot = serdev_device_get_drvdata(uart);

	scoped_guard(mutex, &uart_slots_lock)
		list_del(&slot->list);
	/* Only a front end that does not depend on its UARTs leaves an add-on behind. */
	if (slot->port)
		uart_slot_unplug(slot->port->serdev);
	mutex_destroy(&slot->lock);
	kfree(slot);
}

static const struct of_device_id uart_slot_of_match[] = { { .compatible = UART_SLOT_COMPATIBLE },
							  {} };
MODULE_DEVICE_TABLE(of, uart_slot_of_match);

static struct serdev_device_driver uart_slot_driver = {
	.probe = uart_slot_probe,
	.remove = uart_slot_remove,
	.driver = {
		.name = "plugtree-uart-slot",
		.of_match_table = uart_slot_of_match,
		/* It comes and goes with its UART, which connectors depend on. */
		.suppress_bind_attrs = true,
	},
};

/**
 * uart_slot_init() - register the slots' driver
 *
 * Return: 0 or a negative errno.
 */
int uart_slot_init(void)
{
	int ret = serdev_device_driver_register(&uart_slot_driver);

	/* The serdev core keeps its bus to itself, and gives it to drivers only. */
	if (!ret)
		serial_device_bus.type = uart_slot_driver.driver.bus;
	return ret;
}

/**
 * uart_slot_exit() - unregister the slots' driver, after all front ends
 */
void uart_slot_exit(void)
{
	serdev_device_driver_unregister(&uart_slot_driver);
}
