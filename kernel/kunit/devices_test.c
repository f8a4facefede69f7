// SPDX-License-Identifier: GPL-2.0-only
/*
 * The devices of a graft, made and taken away by the test in place of a connector's worker. Of two
 * of them the drivers are here: "early" refers to "late", so it goes first, and "late" is probed
 * when the test wants it.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/i2c.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/workqueue.h>

#include "../connector.h"
#include "../devices.h"
#include "../graft.h"
#include "overlays.h"
#include "place.h"

#define PROBE_PATIENCE (10 * HZ)

/* For a removal that does not wait for a probe, to show it. */
#define OVERTAKING_TIME (HZ / 5)

/**
 * struct late - the device that "early" refers to
 * @device: the device, once its driver has seen it
 * @willing: its driver takes it; else it refuses it
 * @slow: its probe waits for @early_gone, for as long as a removal would need to overtake it
 * @again: somebody asks for a probe in the midst of the removal
 * @probes: how many there were
 * @overtaken: "early" went during a probe
 * @probing: a slow probe has begun
 * @early_gone: "early" has gone
 * @attach: asks for a probe beside the test
 */
static struct late {
	struct device *device;
	bool willing;
	bool slow;
	bool again;
	unsigned int probes;
	bool overtaken;
	struct completion probing;
	struct completion early_gone;
	struct work_struct attach;
} late;

static int late_probe(struct platform_device *pdev)
{
	late.device = &pdev->dev;
	late.probes++;
	if (late.slow) {
		complete(&late.probing);
		late.overtaken = wait_for_completion_timeout(&late.early_gone, OVERTAKING_TIME);
	}
	return late.willing ? 0 : -ENODEV;
}

static void late_attach(struct work_struct *work)
{
	WARN_ON(device_attach(late.device) != 1);
}

static int early_probe(struct platform_device *pdev)
{
	return 0;
}

static void early_remove(struct platform_device *pdev)
{
	complete(&late.early_gone);
	if (late.again)
		WARN_ON(device_attach(late.device));
}

static const struct of_device_id late_of_match[] = {
	{ .compatible = "plugtree,kunit-late" }, {}
};

static const struct of_device_id early_of_match[] = {
	{ .compatible = "plugtree,kunit-early" }, {}
};

static struct platform_driver late_driver = {
	.probe = late_probe,
	.driver = { .name = "plugtree-kunit-late", .of_match_table = late_of_match },
};

static struct platform_driver early_driver = {
	.probe = early_probe,
	.remove = early_remove,
	.driver = { .name = "plugtree-kunit-early", .of_match_table = early_of_match },
};

static struct platform_driver *const drivers[] = { &late_driver, &early_driver };
static const struct plugtree_connector_ops front_end_ops = {};
static struct platform_device *place;

static int devices_suite_init(struct kunit_suite *suite)
{
	int ret = __platform_register_drivers(drivers, ARRAY_SIZE(drivers), THIS_MODULE);

	if (ret)
		return ret;
	place = place_take();
	return place ? 0 : -ENODEV;
}

static void devices_suite_exit(struct kunit_suite *suite)
{
	place_give_back(place);
	platform_unregister_drivers(drivers, ARRAY_SIZE(drivers));
}

/**
 * struct addon - what a worker would know of an add-on
 * @connector: the connector that it is in
 * @graft: its nodes
 * @devices: its devices
 */
struct addon {
	struct plugtree_connector *connector;
	struct graft *graft;
	struct devices devices;
};

static void addon_create(struct addon *addon, struct kunit *test)
{
	struct plugtree_refusal refusal = {};

	late = (struct late){};
	init_completion(&late.probing);
	init_completion(&late.early_gone);
	INIT_WORK(&late.attach, late_attach);
	addon->connector = plugtree_connector_register(&place->dev, &front_end_ops, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, addon->connector);
	addon->graft = overlays_graft(test, __dtbo_devices_begin, __dtbo_devices_end,
				      addon->connector->node, "aux");
	watchdog_start(addon->connector, "kunit");
	devices_begin(&addon->devices, addon->connector, false);
	KUNIT_ASSERT_EQ_MSG(test, devices_create(&addon->devices, addon->graft, &refusal), 0, "%s",
			    refusal.subject);
}

static void addon_remove_devices(struct addon *addon, struct kunit *test)
{
	devices_remove(&addon->devices);
	KUNIT_EXPECT_TRUE(test, list_empty(&addon->devices.list));
}

static void addon_destroy(struct addon *addon)
{
	watchdog_stop(addon->connector);
	graft_remove(addon->graft);
	plugtree_connector_unregister(addon->connector);
}

/* What is no device is the base board's end of a display link, and nothing else of that name. */
static void ports_may_be_a_device(struct kunit *test)
{
	struct device_node *node;
	struct i2c_client *client;
	struct addon addon;

	addon_create(&addon, test);
	node = of_find_node_by_path("/connector-aux/i2c-aux/ports@30");
	client = of_find_i2c_device_by_node(node);
	of_node_put(node);
	KUNIT_EXPECT_NOT_NULL(test, client);
	if (client)
		put_device(&client->dev);
	addon_remove_devices(&addon, test);
	addon_destroy(&addon);
}

/* One that would begin in the midst of a removal would use what is half gone. */
static void no_probe_begins_during_removal(struct kunit *test)
{
	struct addon addon;

	addon_create(&addon, test);
	KUNIT_EXPECT_EQ(test, late.probes, 1);
	late.willing = true;
	late.again = true;
	addon_remove_devices(&addon, test);
	KUNIT_EXPECT_TRUE(test, completion_done(&late.early_gone));
	KUNIT_EXPECT_EQ(test, late.probes, 1);
	addon_destroy(&addon);
}

static void probe_that_runs_is_awaited(struct kunit *test)
{
	struct addon addon;

	addon_create(&addon, test);
	late.willing = true;
	late.slow = true;
	schedule_work(&late.attach);
	KUNIT_EXPECT_TRUE(test, wait_for_completion_timeout(&late.probing, PROBE_PATIENCE));
	addon_remove_devices(&addon, test);
	flush_work(&late.attach);
	KUNIT_EXPECT_EQ(test, late.probes, 2);
	KUNIT_EXPECT_FALSE(test, late.overtaken);
	addon_destroy(&addon);
}

static struct kunit_case devices_cases[] = {
	KUNIT_CASE(ports_may_be_a_device),
	KUNIT_CASE(no_probe_begins_during_removal),
	KUNIT_CASE(probe_that_runs_is_awaited),
	{}
};

static struct kunit_suite devices_suite = {
	.name = "plugtree-devices",
	.suite_init = devices_suite_init,
	.suite_exit = devices_suite_exit,
	.test_cases = devices_cases,
};

kunit_test_suite(devices_suite);
