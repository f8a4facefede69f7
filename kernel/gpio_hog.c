// SPDX-License-Identifier: GPL-2.0-only
/*
 * Hogs on lines of a connector: each is a device of the add-on that holds its lines at a level.
 *
 * The kernel's own hogs are children of the GPIO controller, where an add-on can put none but on
 * its own controllers. Who destroys one: the driver core, with the device; its lines are free then.
 */
#include <linux/gpio/consumer.h>
#include <linux/mod_devicetable.h>
#include <linux/platform_device.h>
#include <linux/property.h>

#include "gpio_hog.h"

static int gpio_hog_read_flags(struct device *dev, enum gpiod_flags *flags)
{
	bool input = device_property_read_bool(dev, "input");
	bool high = device_property_read_bool(dev, "output-high");
	bool low = device_property_read_bool(dev, "output-low");

	if (input + high + low != 1)
		return dev_err_probe(dev, -EINVAL,
				     "wants one of input, output-high and output-low\n");
	*flags = input ? GPIOD_IN : high ? GPIOD_OUT_HIGH : GPIOD_OUT_LOW;
	return 0;
}

static int gpio_hog_probe(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;
	const char *name = fwnode_get_name(dev_fwnode(dev));
	struct gpio_descs *lines;
	enum gpiod_flags flags;
	unsigned int i;
	int ret;

	ret = gpio_hog_read_flags(dev, &flags);
	if (ret)
		return ret;
	lines = devm_gpiod_get_array(dev, NULL, flags);
	if (IS_ERR(lines))
		return dev_err_probe(dev, PTR_ERR(lines), "gpios\n");
	device_property_read_string(dev, "line-name", &name);
	for (i = 0; i < lines->ndescs; i++)
		gpiod_set_consumer_name(lines->desc[i], name);
	return 0;
}

static const struct of_device_id gpio_hog_match[] = { { .compatible = "plugtree,gpio-hog" }, {} };
MODULE_DEVICE_TABLE(of, gpio_hog_match);

static struct platform_driver gpio_hog_driver = {
	.probe = gpio_hog_probe,
	.driver = {
		.name = "plugtree-gpio-hog",
		.of_match_table = gpio_hog_match,
	},
};

/**
 * gpio_hog_init() - from now on hogs find their driver
 *
 * Context: Module load.
 * Return: 0 or a negative errno.
 */
int __init gpio_hog_init(void)
{
	return platform_driver_register(&gpio_hog_driver);
}

/**
 * gpio_hog_exit() - the reverse of gpio_hog_init()
 *
 * Context: Module unload, when no connector is left and with it no hog.
 */
void gpio_hog_exit(void)
{
	platform_driver_unregister(&gpio_hog_driver);
}
