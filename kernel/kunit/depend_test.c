// SPDX-License-Identifier: GPL-2.0-only
/*
 * A front end that comes to depend on a controller just while that goes. Both drivers are here, and
 * the front end is probed in the midst of the controller's going, as it would be on another CPU.
 */
#include <kunit/test.h>
#include <linux/delay.h>
#include <linux/i2c.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

#include "../devices.h"
#include "../graft.h"
#include "overlays.h"

#define GONE_WITHIN_MS 5000

/**
 * struct question - what a front end asks for in its probe
 * @controller: the controller that it is to depend on
 * @adapter: or the I2C adapter
 * @answer: what became of that
 */
static struct question {
	struct device *controller;
	struct i2c_adapter *adapter;
	int answer;
} question;

static int front_end_probe(struct platform_device *pdev)
{
	question.answer = question.adapter ? i2c_depend(&pdev->dev, question.adapter) :
					     devices_depend(&pdev->dev, question.controller);
	return question.answer;
}

static struct platform_driver front_end_driver = {
	.probe = front_end_probe,
	.driver = { .name = "plugtree-kunit-front-end" },
};

static struct platform_device *part_create(const char *name, struct device *parent,
					   struct device_node *node)
{
	const struct platform_device_info info = {
		.parent = parent,
		.fwnode = of_fwnode_handle(node),
		.name = name,
		.id = PLATFORM_DEVID_AUTO,
	};

	return platform_device_register_full(&info);
}

static int ask(const struct question *what)
{
	struct platform_device *front_end;

	question = *what;
	/* Who is not asked has no answer. */
	question.answer = -ENODATA;
	front_end = part_create("plugtree-kunit-front-end", NULL, NULL);
	if (IS_ERR(front_end))
		return PTR_ERR(front_end);
	platform_device_unregister(front_end);
	return question.answer;
}

static int depend_on(struct device *device)
{
	return ask(&(struct question){ .controller = device });
}

static int depend_on_adapter(struct i2c_adapter *adapter)
{
	return ask(&(struct question){ .adapter = adapter });
}

/**
 * struct controller - the controller, as its driver has it
 * @fails: its probe fails, and it goes at once
 * @answer: to a front end that asked while it went
 */
static struct controller {
	bool fails;
	int answer;
} controller;

static void controller_goes(void *device)
{
	controller.answer = depend_on(device);
}

static int controller_probe(struct platform_device *pdev)
{
	int ret;

	if (!controller.fails)
		return 0;
	ret = devm_add_action(&pdev->dev, controller_goes, &pdev->dev);
	return ret ?: -ENODEV;
}

static void controller_remove(struct platform_device *pdev)
{
	controller_goes(&pdev->dev);
}

static struct platform_driver controller_driver = {
	.probe = controller_probe,
	.remove = controller_remove,
	.driver = { .name = "plugtree-kunit-controller" },
};

static struct platform_driver *const drivers[] = { &front_end_driver, &controller_driver };

static int depend_suite_init(struct kunit_suite *suite)
{
	return __platform_register_drivers(drivers, ARRAY_SIZE(drivers), THIS_MODULE);
}

static void depend_suite_exit(struct kunit_suite *suite)
{
	platform_unregister_drivers(drivers, ARRAY_SIZE(drivers));
}

static struct platform_device *controller_create(struct kunit *test, bool fails)
{
	struct platform_device *device;

	controller = (struct controller){ .fails = fails, .answer = -ENODATA };
	device = part_create("plugtree-kunit-controller", NULL, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, device);
	KUNIT_ASSERT_EQ(test, device_is_bound(&device->dev), !fails);
	return device;
}

static void controller_that_stays_is_taken(struct kunit *test)
{
	struct platform_device *device = controller_create(test, false);

	KUNIT_EXPECT_EQ(test, depend_on(&device->dev), 0);
	platform_device_unregister(device);
}

static void controller_that_unbinds_is_refused(struct kunit *test)
{
	struct platform_device *device = controller_create(test, false);

	device_release_driver(&device->dev);
	KUNIT_EXPECT_EQ(test, controller.answer, -EPROBE_DEFER);
	platform_device_unregister(device);
}

static void controller_whose_probe_fails_is_refused(struct kunit *test)
{
	struct platform_device *device = controller_create(test, true);

	KUNIT_EXPECT_EQ(test, controller.answer, -EPROBE_DEFER);
	platform_device_unregister(device);
}

/* The device above it stays, and would do. */
static void controller_that_is_unregistered_is_refused(struct kunit *test)
{
	struct platform_device *above = controller_create(test, false);
	struct platform_device *device = part_create("plugtree-kunit-part", &above->dev, NULL);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, device);
	KUNIT_EXPECT_EQ(test, depend_on(&device->dev), 0);
	get_device(&device->dev);
	platform_device_unregister(device);
	KUNIT_EXPECT_EQ(test, depend_on(&device->dev), -EPROBE_DEFER);
	put_device(&device->dev);
	platform_device_unregister(above);
}

/* As when the driver of a host goes and comes: the controller that it makes is another one then. */
static void front_end_comes_back_with_the_host(struct kunit *test)
{
	struct platform_device *host = controller_create(test, false);
	struct platform_device *device = part_create("plugtree-kunit-controller", &host->dev, NULL);
	struct platform_device *front_end;

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, device);
	question = (struct question){ .controller = &device->dev };
	front_end = part_create("plugtree-kunit-front-end", NULL, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, front_end);
	KUNIT_EXPECT_TRUE(test, device_is_bound(&front_end->dev));
	platform_device_unregister(device);
	device_release_driver(&host->dev);
	KUNIT_EXPECT_FALSE(test, device_is_bound(&front_end->dev));
	question = (struct question){ .controller = &host->dev };
	KUNIT_EXPECT_EQ(test, device_attach(&host->dev), 1);
	wait_for_device_probe();
	KUNIT_EXPECT_TRUE(test, device_is_bound(&front_end->dev));
	platform_device_unregister(front_end);
	platform_device_unregister(host);
}

static int channel_transfer(struct i2c_adapter *adapter, struct i2c_msg *messages, int count)
{
	return -EIO;
}

static u32 channel_functionality(struct i2c_adapter *adapter)
{
	return I2C_FUNC_I2C;
}

static const struct i2c_algorithm channel_algorithm = {
	.xfer = channel_transfer,
	.functionality = channel_functionality,
};

/**
 * struct channel - a channel of an I2C multiplexer that has lost its driver
 * @multiplexer: the multiplexer
 * @parent: the base board's adapter above it
 * @adapter: the channel
 * @removal: deletes @adapter, and waits until nobody has it any more
 */
struct channel {
	struct platform_device *multiplexer;
	struct i2c_adapter *parent;
	struct i2c_adapter adapter;
	struct work_struct removal;
};

static void channel_remove(struct work_struct *work)
{
	struct channel *channel = container_of(work, struct channel, removal);

	i2c_del_adapter(&channel->adapter);
}

static struct i2c_adapter *base_adapter(struct kunit *test)
{
	struct device_node *bus = of_find_node_by_path("/connector-aux/i2c-aux");
	struct device_node *node = of_parse_phandle(bus, "i2c-parent", 0);
	struct i2c_adapter *adapter = i2c_get_adapter_by_fwnode(of_fwnode_handle(node));

	of_node_put(node);
	of_node_put(bus);
	KUNIT_ASSERT_NOT_NULL(test, adapter);
	return adapter;
}

static struct channel *channel_create(struct kunit *test)
{
	struct channel *channel = kunit_kzalloc(test, sizeof(*channel), GFP_KERNEL);
	struct device_node *node = of_find_node_by_path("/connector-aux/devices/multiplexer");
	struct i2c_adapter *adapter = &channel->adapter;

	KUNIT_ASSERT_NOT_NULL(test, channel);
	channel->parent = base_adapter(test);
	channel->multiplexer = part_create("plugtree-kunit-multiplexer",
					   channel->parent->dev.parent, node);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, channel->multiplexer);
	strscpy(adapter->name, "channel");
	adapter->owner = THIS_MODULE;
	adapter->algo = &channel_algorithm;
	adapter->dev.parent = &channel->parent->dev;
	adapter->dev.of_node = of_get_next_child(node, NULL);
	of_node_put(node);
	INIT_WORK(&channel->removal, channel_remove);
	KUNIT_ASSERT_EQ(test, i2c_add_adapter(adapter), 0);
	return channel;
}

static void channel_destroy(struct channel *channel, struct device_node *node)
{
	of_node_put(node);
	platform_device_unregister(channel->multiplexer);
	i2c_put_adapter(channel->parent);
}

static bool await_unregistered(struct device *device)
{
	unsigned int waited;

	for (waited = 0; device_is_registered(device) && waited < GONE_WITHIN_MS; waited += 20)
		msleep(20);
	return !device_is_registered(device);
}

/* The multiplexer stays, and there is a driver above it; only the channel tells. */
static void channel_that_went_is_refused(struct kunit *test)
{
	struct device_node *connector = of_find_node_by_path("/connector-aux");
	struct graft *graft = overlays_graft(test, __dtbo_devices_begin, __dtbo_devices_end,
					     connector, "aux");
	struct channel *channel = channel_create(test);
	struct device_node *node = channel->adapter.dev.of_node;
	struct i2c_adapter *found = i2c_get_adapter_by_fwnode(of_fwnode_handle(node));

	KUNIT_EXPECT_PTR_EQ(test, found, &channel->adapter);
	KUNIT_EXPECT_EQ(test, depend_on_adapter(found), 0);
	schedule_work(&channel->removal);
	KUNIT_EXPECT_TRUE(test, await_unregistered(&found->dev));
	KUNIT_EXPECT_EQ(test, depend_on_adapter(found), -EPROBE_DEFER);
	i2c_put_adapter(found);
	flush_work(&channel->removal);
	channel_destroy(channel, node);
	graft_remove(graft);
	of_node_put(connector);
}

static struct kunit_case depend_cases[] = {
	KUNIT_CASE(controller_that_stays_is_taken),
	KUNIT_CASE(controller_that_unbinds_is_refused),
	KUNIT_CASE(controller_whose_probe_fails_is_refused),
	KUNIT_CASE(controller_that_is_unregistered_is_refused),
	KUNIT_CASE(front_end_comes_back_with_the_host),
	KUNIT_CASE(channel_that_went_is_refused),
	{}
};

static struct kunit_suite depend_suite = {
	.name = "plugtree-depend",
	.suite_init = depend_suite_init,
	.suite_exit = depend_suite_exit,
	.test_cases = depend_cases,
};

kunit_test_suite(depend_suite);
