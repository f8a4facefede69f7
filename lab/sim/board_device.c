// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Controllers of a base board. A new kind is a line in the table and its functions.
 */
#include <errno.h>
#include <string.h>

#include "lab/sim/board_device.h"
#include "lab/sim/virtio_gpio.h"
#include "lab/sim/virtio_i2c.h"
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

static json_object *i2c_statistics(struct board_device *device, bool reset)
{
	struct i2c_statistics *statistics = i2c_bus_statistics(device->i2c);
	const struct {
		const char *name;
		int64_t value;
	} values[] = {
		{ "transfers", statistics->transfers },
		{ "messages", statistics->messages },
		{ "written", statistics->written },
		{ "read", statistics->read },
		{ "refused", statistics->refused },
		{ "us_at_100khz", statistics->bits * US_PER_BIT_100KHZ },
		{ "us_at_400khz", statistics->bits * US_PER_BIT_400KHZ },
	};
	json_object *object = json_object_new_object();
	unsigned int i;

	for (i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		json_object_object_add(object, values[i].name,
				       json_object_new_int64(values[i].value));
	if (reset)
		*statistics = (struct i2c_statistics){ 0 };
	return object;
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

static const struct board_device_kind kinds[] = {
	{ "i2c", "", i2c_read, i2c_watch, i2c_start, i2c_statistics, i2c_destroy },
	{ "gpio", " LINES, with 1 to 256 of them", gpio_read, gpio_watch, gpio_start, NULL,
	  gpio_destroy },
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

struct bus *board_device_bus(struct board_device *device)
{
	return device->i2c ? i2c_bus_base(device->i2c) : NULL;
}

void board_device_destroy(struct board_device *device)
{
	vhost_device_destroy(device->device);
	device->kind->destroy(device);
}
