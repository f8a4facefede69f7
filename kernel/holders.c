// SPDX-License-Identifier: GPL-2.0-only
/*
 * Holders.
 *
 * Most subsystems let their users keep what they have and answer -ENODEV once the hardware is gone.
 * Those of the table free it under a user inside the kernel. Nothing but their counts tells that
 * there is one, so that is what is looked at, before a driver is unbound.
 *
 * What add-ons hold of themselves is released by then: devices go in the reverse order of their
 * probes.
 */
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/mtd/mtd.h>
#include <linux/regulator/driver.h>
#include <linux/string.h>

#include "compat.h"
#include "holders.h"

static int holders_count_child(struct device *device, void *count)
{
	++*(unsigned int *)count;
	return 0;
}

/* Everybody who looked the device up has a reference on it, and nobody else has for long. */
static bool holders_referenced(struct device *device, struct device *top)
{
	unsigned int children = 0;

	device_for_each_child(device, &children, holders_count_child);
	return kref_read(&device->kobj.kref) >
	       COMPAT_DEVICE_REFERENCES + children * COMPAT_CHILD_REFERENCES;
}

static int holders_count_supplied(struct device *device, void *count)
{
	struct regulator_dev *regulator = container_of(device, struct regulator_dev, dev);

	if (device->class && !strcmp(device->class->name, "regulator") && regulator->supply)
		++*(unsigned int *)count;
	return device_for_each_child(device, count, holders_count_supplied);
}

/* The regulators of one chip may supply each other; the core does not say which. */
static bool holders_regulator(struct device *device, struct device *top)
{
	struct regulator_dev *regulator = container_of(device, struct regulator_dev, dev);
	unsigned int supplied = 0;

	device_for_each_child(top, &supplied, holders_count_supplied);
	if (regulator->supply)
		supplied--;
	return READ_ONCE(regulator->open_count) > supplied;
}

/*
 * Users of a whole chip are not counted, only those of its driver. So one who uses another chip of
 * this driver counts, too: better to wait for him than to free what somebody uses. The class also
 * has devices for reading only, which are of no type.
 */
static bool holders_mtd(struct device *device, struct device *top)
{
	struct mtd_info *mtd = container_of(device, struct mtd_info, dev);
	struct module *owner;

	if (!device->type || strcmp(device->type->name, "mtd"))
		return false;
	owner = mtd_get_master(mtd)->owner;
	return owner && module_refcount(owner) > 0;
}

/**
 * struct holders_subsystem - a subsystem whose devices must not go while they are used
 * @name: of the bus or the class
 * @held: is a device of it used by somebody who is not in @top, or below?
 */
struct holders_subsystem {
	const char *name;
	bool (*held)(struct device *device, struct device *top);
};

static const struct holders_subsystem holders_subsystems[] = {
	/* Its callbacks go into the memory of a driver that is gone. */
	{ "nvmem", holders_referenced },
	/* The structure is freed. */
	{ "regulator", holders_regulator },
	/* The structure is the driver's, and led_put() looks for the driver. */
	{ "leds", holders_referenced },
	/* The structure is the driver's. */
	{ "mtd", holders_mtd },
};

/**
 * struct holders_search - the way through a device and everything below it
 * @top: where it began
 * @held: the answer
 * @size: size of @held in bytes
 */
struct holders_search {
	struct device *top;
	char *held;
	size_t size;
};

static int holders_visit(struct device *device, void *data)
{
	const struct holders_search *search = data;
	const char *name = dev_bus_name(device);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(holders_subsystems); i++) {
		if (strcmp(holders_subsystems[i].name, name) ||
		    !holders_subsystems[i].held(device, search->top))
			continue;
		scnprintf(search->held, search->size, "%s:%s", name, dev_name(device));
		return 1;
	}
	return device_for_each_child(device, data, holders_visit);
}

/**
 * holders_find() - does somebody use a device, or one below it, who would not survive its removal?
 * @device: a device of an add-on
 * @held: the name of what is held, as "SUBSYSTEM:DEVICE"
 * @size: size of @held in bytes
 *
 * Who it is cannot be told: the subsystems count their users and keep no list that is for others.
 *
 * Context: Process context, may sleep. The tree below @device may change meanwhile.
 * Return: true, with @held filled, or false.
 */
bool holders_find(struct device *device, char *held, size_t size)
{
	struct holders_search search = { .top = device, .held = held, .size = size };

	return device_for_each_child(device, &search, holders_visit);
}
