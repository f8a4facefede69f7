// SPDX-License-Identifier: GPL-2.0-only
/*
 * The connector: its class device, its worker's wake-up, its requests.
 *
 * Who destroys it: the front end, by plugtree_connector_unregister(), which first takes down what
 * is inserted. The class device may live on while user space holds it; it then answers, but
 * does nothing.
 */
#include <kunit/visibility.h>
#include <linux/export.h>
#include <linux/of.h>
#include <linux/slab.h>

#include "common/live/live.h"
#include "common/rules/connector.h"
#include "connector.h"
#include "insertion.h"
#include "sleep.h"
#include "trace.h"
#include "turn.h"
#include "tree.h"

static int connector_dev_uevent(const struct device *dev, struct kobj_uevent_env *env)
{
	return state_uevent(to_plugtree_connector((struct device *)dev), env);
}

static void connector_release(struct device *dev)
{
	struct plugtree_connector *connector = to_plugtree_connector(dev);

	insertion_free(connector->insertion);
	if (connector->outer)
		put_device(&connector->outer->dev);
	of_node_put(connector->node);
	mutex_destroy(&connector->lock);
	kfree(connector);
}

static const struct class connector_class = {
	.name = "plugtree",
	.dev_groups = plugtree_connector_groups,
	.dev_uevent = connector_dev_uevent,
	.dev_release = connector_release,
};

/**
 * connector_class_init() - register the class
 *
 * Return: 0 or a negative errno.
 */
int connector_class_init(void)
{
	return class_register(&connector_class);
}

/**
 * connector_class_exit() - unregister the class; no connector is left
 */
void connector_class_exit(void)
{
	class_unregister(&connector_class);
}

/**
 * struct connector_visit - what is done with each connector
 * @visit: does it
 * @data: for @visit
 */
struct connector_visit {
	int (*visit)(struct plugtree_connector *connector, void *data);
	void *data;
};

static int connector_visit_device(struct device *dev, void *data)
{
	struct connector_visit *visit = data;

	return visit->visit(to_plugtree_connector(dev), visit->data);
}

/**
 * connector_for_each() - visit all connectors
 * @visit: called for each; another return value than 0 ends it
 * @data: for @visit
 *
 * Connectors may come and go meanwhile; the one that is visited stays.
 *
 * Context: Process context, may sleep.
 * Return: 0, or what @visit returned.
 */
int connector_for_each(int (*visit)(struct plugtree_connector *connector, void *data), void *data)
{
	struct connector_visit each = { .visit = visit, .data = data };

	return class_for_each_device(&connector_class, NULL, &each, connector_visit_device);
}

static int connector_has_node(struct device *dev, const void *node)
{
	return to_plugtree_connector(dev)->node == node;
}

static struct plugtree_connector *connector_above(const struct device_node *node)
{
	struct device_node *above __free(device_node) = of_get_parent(node);
	struct device *dev;

	while (above && !of_device_is_compatible(above, "plugtree,connector"))
		above = of_get_next_parent(above);
	dev = above ? class_find_device(&connector_class, NULL, above, connector_has_node) : NULL;
	return dev ? to_plugtree_connector(dev) : NULL;
}

/*
 * A label comes from a tree; only what is good in a path and a uevent gets through. On an add-on it
 * is not unique, since two sockets may hold the same model, so the outer connector's name comes
 * before it.
 */
static int connector_set_name(struct plugtree_connector *connector)
{
	struct plugtree_connector *outer = connector->outer;
	char name[ID_TEXT_SIZE];
	struct tree base;

	tree_init(&base, of_root);
	if (live_own_name(&base, tree_from_node(connector->node), name, sizeof(name)))
		return -EINVAL;
	return dev_set_name(&connector->dev, "%s%s%s", outer ? dev_name(&outer->dev) : "",
			    outer ? "." : "", name);
}

/* The driver core would find out, but with a stack trace instead of a sentence. */
static int connector_check_name(struct plugtree_connector *connector)
{
	struct device *taken __free(put_device) =
		class_find_device_by_name(&connector_class, dev_name(&connector->dev));

	if (!taken)
		return 0;
	return dev_err_probe(connector->dev.parent, -EEXIST,
			     "%pOF: label: %pOF is called %s, too\n", connector->node,
			     to_plugtree_connector(taken)->node, dev_name(taken));
}

/*
 * The worker of the outer connector waits for that of the inner one when the add-on with the inner
 * one goes; never the other way round. Lockdep must not take them for one.
 */
static int connector_set_depth(struct plugtree_connector *connector)
{
	static struct lock_class_key keys[CONNECTOR_MAX_DEPTH], queue_keys[CONNECTOR_MAX_DEPTH];
	unsigned int depth = connector->outer ? connector->outer->depth + 1 : 0;

	if (depth >= CONNECTOR_MAX_DEPTH)
		return -ELOOP;
	connector->depth = depth;
	lockdep_init_map(&connector->work.work.lockdep_map, "plugtree_connector.work", &keys[depth],
			 0);
	lockdep_init_map(&connector->queue_map, "plugtree_connector.queue", &queue_keys[depth], 0);
	return 0;
}

/* With a class of its own for each connector, 64 of them fill lockdep's tables in a few plugs. */
static struct workqueue_struct *connector_alloc_queue(struct plugtree_connector *connector)
{
#ifdef CONFIG_LOCKDEP
	return alloc_ordered_workqueue_lockdep_map("plugtree-%.20s", WQ_FREEZABLE,
						   &connector->queue_map,
						   dev_name(&connector->dev));
#else
	return alloc_ordered_workqueue("plugtree-%.20s", WQ_FREEZABLE, dev_name(&connector->dev));
#endif
}

/* Told before anything is plugged; an add-on would only fail for a reason that is hard to see. */
static int connector_check_node(struct plugtree_connector *connector)
{
	struct plugtree_refusal refusal;
	struct tree base;

	tree_init(&base, of_root);
	if (!rules_check_connector(&base, tree_from_node(connector->node), &refusal))
		return 0;
	return dev_err_probe(connector->dev.parent,
			     refusal.reason == PLUGTREE_NO_MEMORY ? -ENOMEM : -EINVAL, "%s: %s\n",
			     plugtree_reason_sentence(refusal.reason), refusal.subject);
}

static int connector_read_node(struct plugtree_connector *connector)
{
	struct device *parent = connector->dev.parent;
	const char *type;
	int ret;

	ret = of_property_read_string_index(connector->node, "compatible", 0, &type);
	if (ret || !strcmp(type, "plugtree,connector"))
		return dev_err_probe(parent, -EINVAL, "%pOF: compatible names no connector type\n",
				     connector->node);
	if (strchr(type, '/') || type[0] == '.' || strscpy(connector->type, type) < 0)
		return dev_err_probe(parent, -EINVAL, "%pOF: compatible: bad connector type\n",
				     connector->node);
	ret = connector_set_name(connector);
	if (ret)
		return dev_err_probe(parent, ret, "%pOF: label: not usable as a name\n",
				     connector->node);
	ret = connector_check_name(connector);
	if (ret)
		return ret;
	ret = connector_set_depth(connector);
	if (ret)
		return dev_err_probe(parent, ret, "%pOF: more than %d connectors in each other\n",
				     connector->node, CONNECTOR_MAX_DEPTH);
	ret = connector_check_node(connector);
	if (ret)
		return ret;
	connector->debounce_ms = 20;
	of_property_read_u32(connector->node, "debounce-interval", &connector->debounce_ms);
	/* An add-on must not open a way round what its own connector asks for. */
	connector->signed_overlays = of_property_read_bool(connector->node, "signed-overlays") ||
				     (connector->outer && connector->outer->signed_overlays);
	return 0;
}

static struct plugtree_connector *
connector_alloc(struct device *parent, const struct plugtree_connector_ops *ops, void *front_end)
{
	struct plugtree_connector *connector = kzalloc(sizeof(*connector), GFP_KERNEL);

	if (!connector)
		return NULL;
	connector->insertion = insertion_alloc(connector);
	if (!connector->insertion) {
		kfree(connector);
		return NULL;
	}
	connector->ops = ops;
	connector->front_end = front_end;
	connector->node = of_node_get(parent->of_node);
	connector->outer = connector_above(connector->node);
	mutex_init(&connector->lock);
	init_waitqueue_head(&connector->changed);
	INIT_DELAYED_WORK(&connector->work, insertion_work);
	watchdog_init(connector);
	device_initialize(&connector->dev);
	connector->dev.class = &connector_class;
	connector->dev.parent = parent;
	return connector;
}

/**
 * plugtree_connector_register() - a front end has a connector
 * @parent: the front end's device; its node is the connector's node
 * @ops: the front end's operations
 * @front_end: the front end's own data
 *
 * The worker does nothing before plugtree_connector_start(), and requests of user space wait for
 * that.
 *
 * Context: Process context, may sleep.
 * Return: the connector, or an ERR_PTR: -EINVAL for a bad node (told in the log), -EEXIST when the
 *         label is taken, -ENOMEM.
 */
struct plugtree_connector *plugtree_connector_register(struct device *parent,
						       const struct plugtree_connector_ops *ops,
						       void *front_end)
{
	struct plugtree_connector *connector = connector_alloc(parent, ops, front_end);
	int ret;

	if (!connector)
		return ERR_PTR(-ENOMEM);
	ret = connector_read_node(connector);
	if (ret)
		goto err_put_device;
	connector->queue = connector_alloc_queue(connector);
	if (!connector->queue) {
		ret = -ENOMEM;
		goto err_put_device;
	}
	ret = device_add(&connector->dev);
	if (ret) {
		dev_err(parent, "connector %s: %pe\n", dev_name(&connector->dev), ERR_PTR(ret));
		goto err_destroy_queue;
	}
	connector->devices = kobject_create_and_add("devices", &connector->dev.kobj);
	if (!connector->devices) {
		ret = -ENOMEM;
		goto err_device_del;
	}
	return connector;

err_device_del:
	device_del(&connector->dev);
err_destroy_queue:
	destroy_workqueue(connector->queue);
err_put_device:
	put_device(&connector->dev);
	return ERR_PTR(ret);
}
EXPORT_SYMBOL_GPL(plugtree_connector_register);

/**
 * plugtree_connector_wake() - let the worker look at the connector
 * @connector: the connector
 *
 * User space may know the connector, and want something of it, before the front end is ready; then
 * this only wakes who waits.
 *
 * Context: Any.
 */
void plugtree_connector_wake(struct plugtree_connector *connector)
{
	wake_up(&connector->changed);
	turn_wake();
	if (READ_ONCE(connector->started))
		mod_delayed_work(connector->queue, &connector->work, 0);
}

/**
 * plugtree_connector_unregister() - the front end goes
 * @connector: the connector
 *
 * Takes down what is inserted and waits for that. The front end's operations are not called any
 * more when this returns.
 *
 * Context: Process context, may sleep, for as long as drivers need to go.
 */
void plugtree_connector_unregister(struct plugtree_connector *connector)
{
	scoped_guard(mutex, &connector->lock) {
		connector->dying = true;
		WRITE_ONCE(connector->started, true);
	}
	plugtree_connector_wake(connector);
	flush_delayed_work(&connector->work);
	cancel_delayed_work_sync(&connector->work);
	kobject_put(connector->devices);
	device_del(&connector->dev);
	destroy_workqueue(connector->queue);
	put_device(&connector->dev);
}
EXPORT_SYMBOL_GPL(plugtree_connector_unregister);

/**
 * plugtree_connector_start() - the front end is ready: let the worker look at the connector
 * @connector: the connector
 *
 * The worker has nothing to do before something is there. So a connector on an add-on leaves the
 * add-on's buses alone once its front end is bound.
 *
 * Context: Process context, may sleep. Takes @connector->lock.
 */
void plugtree_connector_start(struct plugtree_connector *connector)
{
	bool requested;

	scoped_guard(mutex, &connector->lock) {
		WRITE_ONCE(connector->started, true);
		requested = connector->request != PLUGTREE_REQUEST_NONE;
	}
	if (requested || (connector->ops->present && connector->ops->present(connector)))
		plugtree_connector_wake(connector);
}
EXPORT_SYMBOL_GPL(plugtree_connector_start);

/**
 * plugtree_connector_resume() - the system wakes, and the controllers of the connector are awake
 * @connector: the connector
 *
 * Looks whether the add-on that was ready when the system went to sleep is still the same; if not,
 * it counts as lost. The worker acts upon that once user space is back.
 *
 * Context: The front end's resume callback, after it has looked at the presence. Bus transfers.
 */
void plugtree_connector_resume(struct plugtree_connector *connector)
{
	insertion_resume(connector->insertion);
}

/**
 * plugtree_connector_moved() - the presence line moved
 * @connector: the connector
 *
 * Context: Any.
 */
void plugtree_connector_moved(struct plugtree_connector *connector)
{
	/* Until the worker rests; nothing where the connector does not wake the system. */
	pm_stay_awake(connector->dev.parent);
	atomic_inc(&connector->moves);
	atomic64_cmpxchg(&connector->moved_at, 0, ktime_get());
	plugtree_connector_wake(connector);
}

/**
 * plugtree_connector_lost() - the add-on was seen to be away
 * @connector: the connector
 *
 * Even if it is back when the worker looks: it was without power or in reset.
 *
 * Context: Any.
 */
void plugtree_connector_lost(struct plugtree_connector *connector)
{
	atomic_or(PLUGTREE_LOST_CONTACT, &connector->lost);
}

/**
 * plugtree_connector_power_lost() - an add-on that was powered is not any more
 * @connector: the connector
 *
 * Context: Any.
 */
void plugtree_connector_power_lost(struct plugtree_connector *connector)
{
	atomic_or(PLUGTREE_LOST_POWER, &connector->lost);
	plugtree_connector_wake(connector);
}

/**
 * plugtree_connector_interrupted() - must the insertion that is under way stop?
 * @connector: the connector
 *
 * Context: Process context.
 * Return: true if the add-on is gone, or was, or somebody wants it out, or the system is to sleep.
 */
bool plugtree_connector_interrupted(struct plugtree_connector *connector)
{
	return atomic_read(&connector->lost) || READ_ONCE(connector->dying) ||
	       READ_ONCE(connector->request) != PLUGTREE_REQUEST_NONE || sleep_is_near();
}

/**
 * plugtree_connector_waited() - account time as waiting in the timeline
 * @connector: the connector
 * @begin: when the wait began, as of ktime_get()
 *
 * Context: The connector's worker. Takes @connector->lock.
 */
void plugtree_connector_waited(struct plugtree_connector *connector, ktime_t begin)
{
	guard(mutex)(&connector->lock);
	timeline_waited(&connector->timeline, ktime_to_ns(ktime_sub(ktime_get(), begin)));
}

/**
 * plugtree_connector_wait() - wait because the hardware needs it
 * @connector: the connector
 * @microseconds: for how long
 *
 * The time is accounted as waiting in the timeline.
 *
 * Context: The connector's worker.
 * Return: 0 after the full time, -EINTR as soon as plugtree_connector_interrupted().
 */
int plugtree_connector_wait(struct plugtree_connector *connector, unsigned int microseconds)
{
	ktime_t begin = ktime_get();
	int ret;

	ret = wait_event_hrtimeout(connector->changed, plugtree_connector_interrupted(connector),
				   ns_to_ktime((u64)microseconds * NSEC_PER_USEC));
	plugtree_connector_waited(connector, begin);
	return ret == -ETIME ? 0 : -EINTR;
}

static int connector_check_request(struct plugtree_connector *connector,
				   enum plugtree_request request)
{
	enum plugtree_state state = connector->status.state;
	bool idle = state == PLUGTREE_EMPTY || state == PLUGTREE_FAILED;

	if (connector->dying)
		return -ENODEV;
	if (connector->request != PLUGTREE_REQUEST_NONE)
		return -EBUSY;
	switch (request) {
	case PLUGTREE_REQUEST_LOAD:
		return idle && !connector->load_taken ? 0 : -EBUSY;
	case PLUGTREE_REQUEST_EJECT:
		if (state == PLUGTREE_REMOVING || state == PLUGTREE_DRAINING)
			return -EBUSY;
		return state == PLUGTREE_EMPTY ? -ENODEV : 0;
	default:
		/* What cannot be detected has to be named. */
		return state == PLUGTREE_EMPTY && !connector->ops->present ? -ENODEV : 0;
	}
}

/**
 * plugtree_connector_request() - user space wants something
 * @connector: the connector
 * @request: what
 * @model: the model for PLUGTREE_REQUEST_LOAD, else NULL
 *
 * Context: Process context, may sleep. Takes @connector->lock.
 * Return: 0 if the worker will see to it, -EBUSY if an add-on is in service or a change is under
 *         way, -ENODEV if there is nothing to act upon, -EINVAL if the model's name is not usable.
 */
int plugtree_connector_request(struct plugtree_connector *connector, enum plugtree_request request,
			       const char *model)
{
	int ret;

	if (model && !id_is_model(model))
		return -EINVAL;
	if (request != PLUGTREE_REQUEST_EJECT && connector->ops->present &&
	    !connector->ops->present(connector))
		return -ENODEV;

	scoped_guard(mutex, &connector->lock) {
		ret = connector_check_request(connector, request);
		if (ret)
			return ret;
		/* What was away before is not what comes back after. */
		if (request == PLUGTREE_REQUEST_EJECT)
			atomic_set(&connector->lost, 0);
		connector->request = request;
		strscpy(connector->requested_model, model ?: "");
		/* Under the lock, so that a front end that starts now sees the request. */
		plugtree_connector_wake(connector);
	}
	return 0;
}
EXPORT_SYMBOL_IF_KUNIT(plugtree_connector_request);

/* Its own file knows nothing of modules. */
EXPORT_SYMBOL_GPL(id_file_name);
