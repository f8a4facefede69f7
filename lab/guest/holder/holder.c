// SPDX-License-Identifier: GPL-2.0-only
/*
 * A consumer outside of all add-ons: its driver gets an EEPROM's cell, a regulator, a clock, a LED
 * or a PWM by name, keeps it, and uses it when it is told to. What is held is released when the
 * driver is unbound, as any driver would.
 */
#include <linux/cleanup.h>
#include <linux/clk.h>
#include <linux/debugfs.h>
#include <linux/leds.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/nvmem-consumer.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/pwm.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#define HOLDER "plugtree-holder"
#define CONNECTION "held"

static struct platform_device *holder;
static struct dentry *holder_directory;

/* Protects what is held. */
static DEFINE_MUTEX(holder_lock);

static char held_name[64];

static struct nvmem_cell *held_cell;

/* The one cell of a lab's ID EEPROM. */
static int cell_get(struct device *device, const char *name)
{
	struct nvmem_cell_lookup lookup = {
		.nvmem_name = name,
		.cell_name = "identity",
		.dev_id = HOLDER,
		.con_id = CONNECTION,
	};

	nvmem_add_cell_lookups(&lookup, 1);
	held_cell = nvmem_cell_get(device, CONNECTION);
	nvmem_del_cell_lookups(&lookup, 1);
	return PTR_ERR_OR_ZERO(held_cell);
}

static int cell_use(void)
{
	size_t length;
	void *data = nvmem_cell_read(held_cell, &length);

	if (IS_ERR(data))
		return PTR_ERR(data);
	kfree(data);
	return 0;
}

static void cell_put(void)
{
	nvmem_cell_put(held_cell);
}

static struct regulator *held_regulator;

static int regulator_hold(struct device *device, const char *name)
{
	int ret;

	held_regulator = regulator_get_optional(device, name);
	if (IS_ERR(held_regulator))
		return PTR_ERR(held_regulator);
	ret = regulator_enable(held_regulator);
	if (ret)
		regulator_put(held_regulator);
	return ret;
}

static int regulator_use(void)
{
	int ret = regulator_disable(held_regulator);

	return ret ?: regulator_enable(held_regulator);
}

static void regulator_release(void)
{
	regulator_disable(held_regulator);
	regulator_put(held_regulator);
}

static struct clk *held_clock;

static int clock_get(struct device *device, const char *name)
{
	struct of_phandle_args provider = { .np = of_find_node_by_name(NULL, name) };

	if (!provider.np)
		return -ENOENT;
	held_clock = of_clk_get_from_provider(&provider);
	of_node_put(provider.np);
	return PTR_ERR_OR_ZERO(held_clock);
}

static int clock_use(void)
{
	int ret = clk_prepare_enable(held_clock);

	if (!ret)
		clk_disable_unprepare(held_clock);
	return ret;
}

static void clock_put(void)
{
	clk_put(held_clock);
}

static struct led_classdev *held_led;

static int led_hold(struct device *device, const char *name)
{
	struct led_lookup_data lookup = {
		.provider = name,
		.dev_id = HOLDER,
		.con_id = CONNECTION,
	};

	led_add_lookup(&lookup);
	held_led = led_get(device, CONNECTION);
	led_remove_lookup(&lookup);
	return PTR_ERR_OR_ZERO(held_led);
}

static int led_use(void)
{
	return led_set_brightness_sync(held_led, LED_FULL);
}

static void led_release(void)
{
	led_put(held_led);
}

static struct pwm_device *held_pwm;

/* That which a node of some name refers to. Only the managed way to get it takes a node. */
static int pwm_hold(struct device *device, const char *name)
{
	struct device_node *node = of_find_node_by_name(NULL, name);

	if (!node)
		return -ENOENT;
	if (!devres_open_group(device, &held_pwm, GFP_KERNEL)) {
		of_node_put(node);
		return -ENOMEM;
	}
	held_pwm = devm_fwnode_pwm_get(device, of_fwnode_handle(node), NULL);
	devres_close_group(device, &held_pwm);
	of_node_put(node);
	if (!IS_ERR(held_pwm))
		return 0;
	devres_release_group(device, &held_pwm);
	return PTR_ERR(held_pwm);
}

static int pwm_use(void)
{
	struct pwm_state state;

	pwm_init_state(held_pwm, &state);
	state.enabled = true;
	state.duty_cycle = state.period / 2;
	return pwm_apply_might_sleep(held_pwm, &state);
}

static void pwm_release(void)
{
	devres_release_group(&holder->dev, &held_pwm);
}

/**
 * struct handle - a kind of thing to hold
 * @kind: its name
 * @get: gets the one of a name for a device. Return: 0 or a negative errno
 * @use: does with it what it is for. Return: 0 or a negative errno
 * @put: releases it
 * @held: it is held
 */
struct handle {
	const char *kind;
	int (*get)(struct device *device, const char *name);
	int (*use)(void);
	void (*put)(void);
	bool held;
};

static struct handle handles[] = {
	{ "cell", cell_get, cell_use, cell_put },
	{ "regulator", regulator_hold, regulator_use, regulator_release },
	{ "clock", clock_get, clock_use, clock_put },
	{ "led", led_hold, led_use, led_release },
	{ "pwm", pwm_hold, pwm_use, pwm_release },
};

static struct handle *handle_find(const char *kind)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(handles); i++) {
		if (!strcmp(handles[i].kind, kind))
			return &handles[i];
	}
	return NULL;
}

static void handle_release(struct handle *handle)
{
	lockdep_assert_held(&holder_lock);
	if (handle->held)
		handle->put();
	handle->held = false;
}

static int holder_hold(struct handle *handle)
{
	int ret;

	if (handle->held)
		return -EBUSY;
	ret = handle->get(&holder->dev, held_name);
	handle->held = !ret;
	return ret;
}

static int holder_use(struct handle *handle)
{
	return handle->held ? handle->use() : -ENOENT;
}

static int holder_release(struct handle *handle)
{
	if (!handle->held)
		return -ENOENT;
	handle_release(handle);
	return 0;
}

/* "KIND" or "KIND NAME" */
static ssize_t holder_write(struct file *file, const char __user *data, size_t size, loff_t *offset)
{
	int (*act)(struct handle *handle) = file_inode(file)->i_private;
	char line[80] = {}, *kind, *name;
	struct handle *handle;
	int ret;

	if (size >= sizeof(line))
		return -EINVAL;
	if (copy_from_user(line, data, size))
		return -EFAULT;
	name = strim(line);
	kind = strsep(&name, " ");
	handle = handle_find(kind);
	if (!handle)
		return -EINVAL;
	guard(mutex)(&holder_lock);
	strscpy(held_name, name ?: "");
	ret = act(handle);
	return ret ?: size;
}

static const struct file_operations holder_fops = {
	.owner = THIS_MODULE,
	.open = simple_open,
	.write = holder_write,
};

static int holder_probe(struct platform_device *device)
{
	return 0;
}

static void holder_remove(struct platform_device *device)
{
	unsigned int i;

	guard(mutex)(&holder_lock);
	for (i = 0; i < ARRAY_SIZE(handles); i++)
		handle_release(&handles[i]);
}

static struct platform_driver holder_driver = {
	.driver.name = HOLDER,
	.probe = holder_probe,
	.remove_new = holder_remove,
};

static int __init holder_init(void)
{
	int ret = platform_driver_register(&holder_driver);

	if (ret)
		return ret;
	holder = platform_device_register_simple(HOLDER, PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(holder)) {
		platform_driver_unregister(&holder_driver);
		return PTR_ERR(holder);
	}
	holder_directory = debugfs_create_dir(HOLDER, NULL);
	debugfs_create_file("hold", 0200, holder_directory, holder_hold, &holder_fops);
	debugfs_create_file("use", 0200, holder_directory, holder_use, &holder_fops);
	debugfs_create_file("release", 0200, holder_directory, holder_release, &holder_fops);
	return 0;
}

static void __exit holder_exit(void)
{
	debugfs_remove(holder_directory);
	platform_device_unregister(holder);
	platform_driver_unregister(&holder_driver);
}

module_init(holder_init);
module_exit(holder_exit);

MODULE_DESCRIPTION("Holds on to devices of add-ons, for tests");
MODULE_AUTHOR("plugtree developers");
MODULE_LICENSE("GPL");
