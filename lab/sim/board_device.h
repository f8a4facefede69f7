/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SIM_BOARD_DEVICE_H
#define SIM_BOARD_DEVICE_H

#include <json-c/json.h>

#include "lab/sim/data_file.h"
#include "lab/sim/event_loop.h"
#include "lab/sim/gpio_bank.h"
#include "lab/sim/history.h"
#include "lab/sim/i2c_bus.h"
#include "lab/sim/lan966x/lan966x.h"
#include "lab/sim/mmio.h"
#include "lab/sim/serial_bus.h"
#include "lab/sim/spi_bus.h"
#include "lab/sim/uart16550.h"
#include "lab/sim/uart_socket.h"
#include "lab/sim/vhost_device.h"

#define BOARD_NAME_SIZE 64

struct board_device;

/**
 * struct board_device_kind - a kind of controller
 * @name: as in board files: "device NAME KIND …"
 * @usage: what follows in board files
 * @read: makes it; @words are what follows, NULL at the end. Return: 0, -EINVAL if they are wrong,
 *	-ENOMEM
 * @watch: lets the history look at it. Return: 0 or -ENOMEM. NULL for kinds with nothing to see
 * @start: listens on @path for the guest. Return: 0 or a negative errno. NULL for kinds that the
 *	guest sees through another device
 * @statistics: what it counted, from zero again if @reset; NULL for kinds that do not count
 * @destroy: frees what @read made, once the guest cannot reach it any more
 */
struct board_device_kind {
	const char *name;
	const char *usage;
	int (*read)(struct board_device *device, char *const *words);
	int (*watch)(struct board_device *device, struct history *history);
	int (*start)(struct board_device *device, struct event_loop *loop, const char *path);
	json_object *(*statistics)(struct board_device *device, bool reset);
	void (*destroy)(struct board_device *device);
};

/**
 * struct board_device - a controller of the base board
 * @name: its name, also that of its vhost-user socket and of the bus it controls
 * @kind: its kind
 * @i2c: the bus of an I2C adapter, or of one inside a PCIe endpoint, else NULL
 * @spi: the bus of an SPI controller, else NULL
 * @bank: the lines of a GPIO controller, or of one inside a PCIe endpoint, else NULL
 * @mmio: the registers behind a bus of registers, else NULL
 * @serial: the line of a UART, else NULL
 * @uart: a UART among the registers of another device, else NULL
 * @uart_socket: a UART that the emulator has, NULL until it is started
 * @lan966x: a PCIe endpoint, else NULL
 * @device: as the guest sees it; NULL until it is started, and for those that the guest sees only
 *	through another one
 * @before: the one that the board's file has before it; NULL for the first
 */
struct board_device {
	char name[BOARD_NAME_SIZE];
	const struct board_device_kind *kind;
	struct i2c_bus *i2c;
	struct spi_bus *spi;
	struct gpio_bank *bank;
	struct mmio *mmio;
	struct serial_bus *serial;
	struct uart16550 *uart;
	struct uart_socket *uart_socket;
	struct lan966x *lan966x;
	struct vhost_device *device;
	struct board_device *before;
};

/**
 * board_device_read() - make a controller from its line in a board file
 * @file: the file
 * @device: all zero but its name and @before
 * @kind: name of its kind
 * @words: what follows the kind, NULL at the end
 *
 * Return: 0, or -EINVAL with the mistake told. board_device_destroy() is due after success.
 */
int board_device_read(struct data_file *file, struct board_device *device, const char *kind,
		      char *const *words);

/** board_device_find() - one by its name among @last and those before it, or NULL */
struct board_device *board_device_find(struct board_device *last, const char *name);

/** board_device_bus() - the bus that it controls, NULL if it controls none */
struct bus *board_device_bus(struct board_device *device);

/** board_device_destroy() - the guest's connection first, then the hardware */
void board_device_destroy(struct board_device *device);

#endif
