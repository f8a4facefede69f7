// SPDX-License-Identifier: GPL-2.0-only
/*
 * Requests that come at the worst moment: a connector with a front end of the test's own.
 */
#include <kunit/test.h>
#include <linux/completion.h>
#include <linux/platform_device.h>

#include "../connector.h"
#include "place.h"

#define WORKER_PATIENCE (10 * HZ)

/**
 * struct front_end - the test's own
 * @connector: the connector
 * @late: no second request is made by itself, or it has been
 * @late_ret: what became of it
 * @powering: the worker has got as far as to power the add-on
 */
struct front_end {
	struct plugtree_connector *connector;
	bool late;
	int late_ret;
	struct completion powering;
};

static struct platform_device *place;

/*
 * The worker asks this after it has taken a request and before it says so. The request of the test
 * itself comes before the worker runs.
 */
static bool front_end_present(struct plugtree_connector *connector)
{
	struct front_end *front_end = connector->front_end;

	if (current->flags & PF_WQ_WORKER && !front_end->late) {
		/* Now, since a request asks whether an add-on is there. */
		front_end->late = true;
		front_end->late_ret = plugtree_connector_request(connector, PLUGTREE_REQUEST_LOAD,
								 "second");
	}
	return true;
}

static int front_end_power_on(struct plugtree_connector *connector,
			      struct plugtree_refusal *refusal)
{
	struct front_end *front_end = connector->front_end;

	complete(&front_end->powering);
	refusal->reason = PLUGTREE_POWER_FAILED;
	return -EINVAL;
}

static const struct plugtree_connector_ops front_end_ops = {
	.present = front_end_present,
	.power_on = front_end_power_on,
};

static int request_suite_init(struct kunit_suite *suite)
{
	place = place_take();
	return place ? 0 : -ENODEV;
}

static void request_suite_exit(struct kunit_suite *suite)
{
	place_give_back(place);
}

/* Return: the connector, of which a first model has been asked for; NULL on failure. */
static struct plugtree_connector *load_first(struct front_end *front_end)
{
	struct plugtree_connector *connector;

	init_completion(&front_end->powering);
	connector = plugtree_connector_register(&place->dev, &front_end_ops, front_end);
	if (IS_ERR(connector))
		return NULL;
	if (plugtree_connector_request(connector, PLUGTREE_REQUEST_LOAD, "first")) {
		plugtree_connector_unregister(connector);
		return NULL;
	}
	plugtree_connector_start(connector);
	return connector;
}

static bool has_model(struct plugtree_connector *connector, const char *model)
{
	guard(mutex)(&connector->lock);
	return !strcmp(connector->status.identity.model, model);
}

static bool await_power(struct front_end *front_end)
{
	return wait_for_completion_timeout(&front_end->powering, WORKER_PATIENCE);
}

static void of_two_loads_one_is_taken(struct kunit *test)
{
	struct front_end front_end = {};
	struct plugtree_connector *connector = load_first(&front_end);

	KUNIT_ASSERT_NOT_NULL(test, connector);
	KUNIT_EXPECT_TRUE(test, await_power(&front_end));
	KUNIT_EXPECT_TRUE(test, has_model(connector, "first"));
	plugtree_connector_unregister(connector);
	KUNIT_EXPECT_TRUE(test, front_end.late);
	KUNIT_EXPECT_EQ(test, front_end.late_ret, -EBUSY);
}

static void a_load_that_failed_leaves_room(struct kunit *test)
{
	struct front_end front_end = { .late = true };
	struct plugtree_connector *connector = load_first(&front_end);

	KUNIT_ASSERT_NOT_NULL(test, connector);
	KUNIT_EXPECT_TRUE(test, await_power(&front_end));
	KUNIT_EXPECT_GT(test, wait_event_timeout(connector->changed,
						 !READ_ONCE(connector->working), WORKER_PATIENCE),
			0);
	KUNIT_EXPECT_EQ(test, connector->status.state, PLUGTREE_FAILED);
	reinit_completion(&front_end.powering);
	KUNIT_EXPECT_EQ(test,
			plugtree_connector_request(connector, PLUGTREE_REQUEST_LOAD, "second"), 0);
	KUNIT_EXPECT_TRUE(test, await_power(&front_end));
	KUNIT_EXPECT_TRUE(test, has_model(connector, "second"));
	plugtree_connector_unregister(connector);
}

static struct kunit_case request_cases[] = {
	KUNIT_CASE(of_two_loads_one_is_taken),
	KUNIT_CASE(a_load_that_failed_leaves_room),
	{}
};

static struct kunit_suite request_suite = {
	.name = "plugtree-request",
	.suite_init = request_suite_init,
	.suite_exit = request_suite_exit,
	.test_cases = request_cases,
};

kunit_test_suite(request_suite);
