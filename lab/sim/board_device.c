// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Controllers of a base board. A new kind is a line in the table and its functions.
 */
#include <errno.h>
#include <string.h>

#include "lab/sim/board_device.h"
#include "lab/sim/virtio_gpio.h"
#include "lab/sim/virtio_i2c.h"
#include "lab/sim/virtio_pcidev.h"
#include "lab/words.h"

#define US_PER_BIT_100KHZ 10.0
#define US_PER_BIT_400KHZ 2.5

static int i2c_read(struct board_device *device, char *const *words)
{
	if (words[0])
		return -EINVAL;
	device->i2c = i2c_bus_create();
	return device->i2c ? 0 : -ENOMEM;
}

static int i2c_watch(struct board_device *device, struct history *history)
{
	return history_watch_bus(history, device->name, device->i2c);
}

static int i2c_start(struct board_device *device, struct event_loop *loop, const char *path)
{
	return virtio_i2c_create(&device->device, loop, path, device->i2c);
}

/** struct value - something that was counted */
struct value {
	const char *name;
	int64_t value;
};

static json_object *to_json(const struct value *values, size_t count)
{
	json_object *object = json_object_new_object();
	size_t i;

	for (i = 0; i < count; i++)
		json_object_object_add(object, values[i].name,
				       json_object_new_int64(values[i].value));
	return object;
}

static json_object *i2c_statistics(struct board_device *device, bool reset)
{
	struct i2c_statistics *statistics = i2c_bus_statistics(device->i2c);
	const struct value values[] = {
		{ "transfers", statistics->transfers },
		{ "messages", statistics->messages },
		{ "written", statistics->written },
		{ "read", statistics->read },
		{ "refused", statistics->refused },
		{ "us_at_100khz", statistics->bits * US_PER_BIT_100KHZ },
		{ "us_at_400khz", statistics->bits * US_PER_BIT_400KHZ },
	};

	if (reset)
		*statistics = (struct i2c_statistics){ 0 };
	return to_json(values, sizeof(values) / sizeof(values[0]));
}

static void i2c_destroy(struct board_device *device)
{
	i2c_bus_destroy(device->i2c);
}

static int gpio_read(struct board_device *device, char *const *words)
{
	unsigned long lines;

	if (!words[0] || words[1] || words_number(words[0], &lines) || !lines || lines > 256)
		return -EINVAL;
	device->bank = gpio_bank_create(lines);
	return device->bank ? 0 : -ENOMEM;
}

static int gpio_watch(struct board_device *device, struct history *history)
{
	return history_watch_bank(history, device->name, device->bank);
}

static int gpio_start(struct board_device *device, struct event_loop *loop, const char *path)
{
	return virtio_gpio_create(&device->device, loop, path, device->bank);
}

static void gpio_destroy(struct board_device *device)
{
	gpio_bank_destroy(device->bank);
}

/* The number behind KEY= in a word, if it is a line that this bus does not use yet. */
static int read_line(const char *word, const char *key, const struct gpio_bank *bank,
		     uint64_t *used, unsigned int *line)
{
	size_t length = strlen(key);
	unsigned long number;

	if (strncmp(word, key, length) || words_number(word + length, &number) ||
	    number >= gpio_bank_count(bank) || number >= 64 || *used >> number & 1)
		return -EINVAL;
	*used |= 1ULL << number;
	*line = number;
	return 0;
}

static int read_selects(char *word, const struct gpio_bank *bank, uint64_t *used,
			struct spi_lines *lines)
{
	char *rest;

	if (strncmp(word, "cs=", 3))
		return -EINVAL;
	for (word = strtok_r(word + 3, ",", &rest); word; word = strtok_r(NULL, ",", &rest)) {
		if (lines->selects == SPI_SELECTS_MAX ||
		    read_line(word, "", bank, used, &lines->select[lines->selects++]))
			return -EINVAL;
	}
	return lines->selects ? 0 : -EINVAL;
}

static int spi_read(struct board_device *device, char *const *words)
{
	struct board_device *gpio = words[0] ? board_device_find(device->before, words[0]) : NULL;
	struct spi_lines lines = { 0 };
	uint64_t used = 0;
	int i;

	for (i = 0; i < 5; i++)
		if (!words[i])
			return -EINVAL;
	if (words[5] || !gpio || !gpio->bank ||
	    read_line(words[1], "sck=", gpio->bank, &used, &lines.clock) ||
	    read_line(words[2], "mosi=", gpio->bank, &used, &lines.to_chip) ||
	    read_line(words[3], "miso=", gpio->bank, &used, &lines.from_chip) ||
	    read_selects(words[4], gpio->bank, &used, &lines))
		return -EINVAL;
	device->spi = spi_bus_create(gpio->bank, &lines);
	return device->spi ? 0 : -ENOMEM;
}

static int spi_watch(struct board_device *device, struct history *history)
{
	return history_watch_spi(history, device->name, device->spi);
}

static json_object *spi_statistics(struct board_device *device, bool reset)
{
	struct spi_statistics *statistics = spi_bus_statistics(device->spi);
	const struct value values[] = {
		{ "messages", statistics->messages },
		{ "bytes", statistics->bytes },
		{ "refused", statistics->refused },
		{ "us_at_1mhz", statistics->bits },
	};

	if (reset)
		*statistics = (struct spi_statistics){ 0 };
	return to_json(values, sizeof(values) / sizeof(values[0]));
}

static void spi_destroy(struct board_device *device)
{
	spi_bus_destroy(device->spi);
}

static int mmio_read(struct board_device *device, char *const *words)
{
	if (words[0])
		return -EINVAL;
	device->mmio = mmio_create();
	return device->mmio ? 0 : -ENOMEM;
}

static int mmio_start(struct board_device *device, struct event_loop *loop, const char *path)
{
	return virtio_pcidev_create(&device->device, loop, path, mmio_target(device->mmio));
}

static void mmio_free(struct board_device *device)
{
	mmio_destroy(device->mmio);
}

static int uart_read(struct board_device *device, char *const *words)
{
	struct board_device *where;
	unsigned long start;
	int ret;

	if (!words[0] || !words[1] || words[2] || words_number(words[1], &start))
		return -EINVAL;
	where = board_device_find(device->before, words[0]);
	if (!where || !where->mmio)
		return -EINVAL;
	device->serial = serial_bus_create();
	if (!device->serial)
		return -ENOMEM;
	ret = uart16550_create(&device->uart, where->mmio, start, device->serial);
	if (ret)
		serial_bus_destroy(device->serial);
	return ret;
}

static int serial_watch(struct board_device *device, struct history *history)
{
	return history_watch_serial(history, device->name, device->serial);
}

static int uart_start(struct board_device *device, struct event_loop *loop, const char *path)
{
	serial_bus_start(device->serial, loop);
	return 0;
}

static int line_read(struct board_device *device, char *const *words)
{
	if (words[0])
		return -EINVAL;
	device->serial = serial_bus_create();
	return device->serial ? 0 : -ENOMEM;
}

static int line_start(struct board_device *device, struct event_loop *loop, const char *path)
{
	serial_bus_start(device->serial, loop);
	return uart_socket_create(&device->uart_socket, loop, path, device->serial);
}

static json_object *serial_statistics(struct board_device *device, bool reset)
{
	struct serial_statistics *statistics = serial_bus_statistics(device->serial);
	const struct value values[] = {
		{ "to_chip", statistics->to_chip },
		{ "from_chip", statistics->from_chip },
		{ "unheard", statistics->unheard },
		{ "garbled", statistics->garbled },
	};

	if (reset)
		*statistics = (struct serial_statistics){ 0 };
	return to_json(values, sizeof(values) / sizeof(values[0]));
}

static void uart_free(struct board_device *device)
{
	uart_socket_destroy(device->uart_socket);
	uart16550_destroy(device->uart);
	serial_bus_destroy(device->serial);
}

static void lan966x_free(struct board_device *device)
{
	lan966x_destroy(device->lan966x);
	gpio_bank_destroy(device->bank);
	i2c_bus_destroy(device->i2c);
}

static int lan966x_read(struct board_device *device, char *const *words)
{
	int ret = -ENOMEM;

	if (words[0])
		return -EINVAL;
	device->i2c = i2c_bus_create();
	device->bank = gpio_bank_create(LAN966X_LINES);
	if (device->i2c && device->bank)
		ret = lan966x_create(&device->lan966x, device->i2c, device->bank);
	if (ret)
		lan966x_free(device);
	return ret;
}

static int lan966x_start(struct board_device *device, struct event_loop *loop, const char *path)
{
	return virtio_pcidev_create(&device->device, loop, path,
				    &lan966x_function(device->lan966x)->target);
}

static const struct board_device_kind kinds[] = {
	{ "i2c", "", i2c_read, i2c_watch, i2c_start, i2c_statistics, i2c_destroy },
	{ "spi", " GPIO-DEVICE sck=N mosi=N miso=N cs=N,N, all different lines below 64", spi_read,
	  spi_watch, NULL, spi_statistics, spi_destroy },
	{ "gpio", " LINES, with 1 to 256 of them", gpio_read, gpio_watch, gpio_start, NULL,
	  gpio_destroy },
	{ "mmio", "", mmio_read, NULL, mmio_start, NULL, mmio_free },
	{ "uart", " MMIO ADDRESS, with registers of its own in a device of kind mmio", uart_read,
	  serial_watch, uart_start, serial_statistics, uart_free },
	{ "lan966x", "", lan966x_read, i2c_watch, lan966x_start, i2c_statistics, lan966x_free },
	{ "uart-socket", "", line_read, serial_watch, line_start, serial_statistics, uart_free },
};

int board_device_read(struct data_file *file, struct board_device *device, const char *kind,
		      char *const *words)
{
	unsigned int i;
	int ret;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i].name, kind))
			device->kind = &kinds[i];
	if (!device->kind)
		return data_file_mistake(file, "there is no kind of device \"%.64s\"", kind);
	ret = device->kind->read(device, words);
	if (ret == -EINVAL)
		return data_file_mistake(file, "device NAME %s%s", kind, device->kind->usage);
	return ret ? data_file_mistake(file, "%s", strerror(-ret)) : 0;
}

struct board_device *board_device_find(struct board_device *last, const char *name)
{
	while (last && strcmp(last->name, name))
		last = last->before;
	return last;
}

struct bus *board_device_bus(struct board_device *device)
{
	if (device->spi)
		return spi_bus_base(device->spi);
	if (device->serial)
		return serial_bus_base(device->serial);
	return device->i2c ? i2c_bus_base(device->i2c) : NULL;
}

void board_device_destroy(struct board_device *device)
{
	vhost_device_destroy(device->device);
	device->kind->destroy(device);
}
