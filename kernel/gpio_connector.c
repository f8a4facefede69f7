// SPDX-License-Identifier: GPL-2.0-only
/*
 * The GPIO connector: bindings/plugtree,connector.yaml.
 *
 * Who destroys what: the interrupts go first, then the connector with all that is plugged, then
 * the lines and the supply, which are managed. Reset is left asserted and the supply off.
 */
#include <linux/bitmap.h>
#include <linux/gpio/consumer.h>
#include <linux/interrupt.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/pm.h>
#include <linux/property.h>
#include <linux/regulator/consumer.h>

#include "connector.h"
#include "devices.h"
#include "gpio_connector.h"
#include "trace.h"

#define GPIO_CONNECTOR_MAX_STRAPS 16

/**
 * struct gpio_connector - one GPIO connector
 * @dev: the platform device
 * @connector: the connector
 * @plugged: presence line, NULL if there is none
 * @powergood: power-good line, NULL if there is none
 * @reset: reset line, NULL if there is none
 * @straps: strap lines, NULL if there are none
 * @vcc: supply, NULL if there is none
 * @plugged_irq: of @plugged, 0 if there is none
 * @powergood_irq: of @powergood, 0 if there is none
 * @powergood_edges: counts them
 * @powered: the add-on relies on its power, so an edge of power-good means that it was lost
 * @asleep: the presence wakes the system from this sleep, during which no line can be asked
 * @post_power_on_ms: from supply on to the next step
 * @powergood_timeout_ms: for power-good to come
 * @reset_assert_us: how long reset stays asserted with the power on
 * @reset_deassert_us: how long the add-on needs after its reset
 */
struct gpio_connector {
	struct device *dev;
	struct plugtree_connector *connector;
	struct gpio_desc *plugged;
	struct gpio_desc *powergood;
	struct gpio_desc *reset;
	struct gpio_descs *straps;
	struct regulator *vcc;
	int plugged_irq;
	int powergood_irq;
	atomic_t powergood_edges;
	bool powered;
	bool asleep;
	u32 post_power_on_ms;
	u32 powergood_timeout_ms;
	u32 reset_assert_us;
	u32 reset_deassert_us;
};

/* A line that cannot be read counts as "away": that is the safe side. */
static bool gpio_connector_present(struct plugtree_connector *connector)
{
	struct gpio_connector *gpio = connector->front_end;

	return gpiod_get_value_cansleep(gpio->plugged) == 1;
}

static void gpio_connector_set_reset(struct gpio_connector *gpio, bool asserted)
{
	if (gpio->reset)
		gpiod_set_value_cansleep(gpio->reset, asserted);
}

static bool gpio_connector_power_good(struct gpio_connector *gpio)
{
	return !gpio->powergood || gpiod_get_value_cansleep(gpio->powergood) == 1;
}

/*
 * Power-good has an interrupt that wakes the connector, so this looks once per wake-up and once
 * at the end.
 */
static int gpio_connector_await_power_good(struct gpio_connector *gpio, ktime_t end,
					   struct plugtree_refusal *refusal)
{
	struct plugtree_connector *connector = gpio->connector;
	ktime_t begin = ktime_get();
	int moves, ret = 0;

	do {
		moves = atomic_read(&connector->moves);
		if (gpio_connector_power_good(gpio))
			break;
		if (plugtree_connector_interrupted(connector))
			ret = -EINTR;
		else if (ktime_compare(ktime_get(), end) >= 0)
			ret = plugtree_refuse(refusal, PLUGTREE_POWER_GOOD_TIMEOUT, "%u ms",
					      gpio->powergood_timeout_ms);
		else
			wait_event_hrtimeout(connector->changed,
					     atomic_read(&connector->moves) != moves ||
						     plugtree_connector_interrupted(connector),
					     ktime_sub(end, ktime_get()));
	} while (!ret);

	scoped_guard(mutex, &connector->lock)
		timeline_waited(&connector->timeline, ktime_to_ns(ktime_sub(ktime_get(), begin)));
	return ret;
}

/*
 * Power-good may bounce while the power rises: the add-on is in reset, and the time for that begins
 * anew. From the moment at which that ends, no edge is forgiven.
 */
static int gpio_connector_settle_power(struct gpio_connector *gpio,
				       struct plugtree_refusal *refusal)
{
	ktime_t end = ktime_add_ms(ktime_get(), gpio->powergood_timeout_ms);
	int edges, ret;

	do {
		WRITE_ONCE(gpio->powered, false);
		ret = gpio_connector_await_power_good(gpio, end, refusal);
		if (ret)
			return ret;
		/* The edge by which the power became good does not count. */
		if (gpio->powergood_irq)
			synchronize_irq(gpio->powergood_irq);
		edges = atomic_read(&gpio->powergood_edges);
		ret = gpio->reset ? plugtree_connector_wait(gpio->connector,
							    gpio->reset_assert_us) : 0;
		if (ret)
			return ret;
		/* Pairs with the interrupt's handler: it sees this, or its edge is seen here. */
		smp_store_mb(gpio->powered, true);
		if (edges == atomic_read(&gpio->powergood_edges))
			return 0;
	} while (ktime_before(ktime_get(), end));
	WRITE_ONCE(gpio->powered, false);
	return plugtree_refuse(refusal, PLUGTREE_POWER_GOOD_TIMEOUT, "%u ms",
			       gpio->powergood_timeout_ms);
}

static int gpio_connector_power_on(struct plugtree_connector *connector,
				   struct plugtree_refusal *refusal)
{
	struct gpio_connector *gpio = connector->front_end;
	int ret;

	ret = gpio->vcc ? regulator_enable(gpio->vcc) : 0;
	if (ret)
		return plugtree_refuse(refusal, PLUGTREE_POWER_FAILED, "vcc-supply: error %d", ret);
	ret = gpio->post_power_on_ms ?
		      plugtree_connector_wait(connector, gpio->post_power_on_ms * USEC_PER_MSEC) :
		      0;
	ret = ret ?: gpio_connector_settle_power(gpio, refusal);
	if (ret)
		goto err_disable;

	gpio_connector_set_reset(gpio, false);
	if (gpio->reset)
		ret = plugtree_connector_wait(connector, gpio->reset_deassert_us);
	if (ret)
		goto err_assert_reset;
	return 0;

err_assert_reset:
	WRITE_ONCE(gpio->powered, false);
	gpio_connector_set_reset(gpio, true);
err_disable:
	if (gpio->vcc)
		regulator_disable(gpio->vcc);
	return ret;
}

static void gpio_connector_power_off(struct plugtree_connector *connector)
{
	struct gpio_connector *gpio = connector->front_end;

	WRITE_ONCE(gpio->powered, false);
	gpio_connector_set_reset(gpio, true);
	if (gpio->vcc)
		regulator_disable(gpio->vcc);
}

static int gpio_connector_identify(struct plugtree_connector *connector,
				   struct id_identity *identity, struct plugtree_refusal *refusal)
{
	struct gpio_connector *gpio = connector->front_end;
	DECLARE_BITMAP(values, GPIO_CONNECTOR_MAX_STRAPS) = {};
	int ret;

	ret = gpiod_get_array_value_cansleep(gpio->straps->ndescs, gpio->straps->desc,
					     gpio->straps->info, values);
	if (ret)
		return plugtree_refuse(refusal, PLUGTREE_ID_ABSENT, "model-gpios: error %d", ret);
	scnprintf(identity->model, sizeof(identity->model), "strap-%lu", values[0]);
	return 0;
}

/*
 * The four kinds of connector: with and without detection, with and without straps. An operation
 * that is there says that the connector can do it.
 */
#define GPIO_CONNECTOR_OPS(present_op, identify_op)                               \
	{                                                                         \
		.present = (present_op), .power_on = gpio_connector_power_on,     \
		.power_off = gpio_connector_power_off, .identify = (identify_op), \
	}

static const struct plugtree_connector_ops gpio_connector_ops[2][2] = {
	{ GPIO_CONNECTOR_OPS(NULL, NULL), GPIO_CONNECTOR_OPS(NULL, gpio_connector_identify) },
	{ GPIO_CONNECTOR_OPS(gpio_connector_present, NULL),
	  GPIO_CONNECTOR_OPS(gpio_connector_present, gpio_connector_identify) },
};

/*
 * Reset has to wait until the controllers are awake. The wake-up is for an edge that comes before
 * the interrupt itself is armed.
 */
static irqreturn_t gpio_connector_sleeping_irq(struct gpio_connector *gpio)
{
	plugtree_connector_lost(gpio->connector);
	plugtree_connector_moved(gpio->connector);
	pm_wakeup_hard_event(gpio->dev);
	return IRQ_HANDLED;
}

/*
 * Reset first: the chips must be quiet before anything else is decided. Whatever the level is by
 * now, an edge means that the contact was open: it may be closed again before this thread runs.
 */
static irqreturn_t gpio_connector_plugged_irq(int irq, void *data)
{
	struct gpio_connector *gpio = data;
	bool present;

	if (READ_ONCE(gpio->asleep))
		return gpio_connector_sleeping_irq(gpio);
	present = gpio_connector_present(gpio->connector);
	gpio_connector_set_reset(gpio, true);
	plugtree_connector_lost(gpio->connector);
	trace_plugtree_presence(dev_name(&gpio->connector->dev), present);
	plugtree_connector_moved(gpio->connector);
	return IRQ_HANDLED;
}

/*
 * The power may be good again before this thread runs, and yet chips may have lost their state. So
 * any edge is a loss, as with the presence.
 */
static irqreturn_t gpio_connector_powergood_irq(int irq, void *data)
{
	struct gpio_connector *gpio = data;

	atomic_inc(&gpio->powergood_edges);
	/* Pairs with gpio_connector_settle_power(). */
	smp_mb__after_atomic();
	if (READ_ONCE(gpio->powered)) {
		gpio_connector_set_reset(gpio, true);
		plugtree_connector_power_lost(gpio->connector);
		return IRQ_HANDLED;
	}
	atomic_inc(&gpio->connector->moves);
	wake_up(&gpio->connector->changed);
	return IRQ_HANDLED;
}

static void gpio_connector_read_timing(struct gpio_connector *gpio)
{
	gpio->powergood_timeout_ms = 1000;
	gpio->reset_assert_us = 10 * USEC_PER_MSEC;
	gpio->reset_deassert_us = 10 * USEC_PER_MSEC;
	device_property_read_u32(gpio->dev, "post-power-on-delay-ms", &gpio->post_power_on_ms);
	device_property_read_u32(gpio->dev, "powergood-timeout-ms", &gpio->powergood_timeout_ms);
	device_property_read_u32(gpio->dev, "reset-assert-us", &gpio->reset_assert_us);
	device_property_read_u32(gpio->dev, "reset-deassert-us", &gpio->reset_deassert_us);
}

static int gpio_connector_get_line(struct gpio_connector *gpio, const char *name,
				   enum gpiod_flags flags, struct gpio_desc **line)
{
	*line = devm_gpiod_get_optional(gpio->dev, name, flags);
	if (IS_ERR(*line))
		return dev_err_probe(gpio->dev, PTR_ERR(*line), "%s-gpios\n", name);
	return 0;
}

static int gpio_connector_get_lines(struct gpio_connector *gpio)
{
	int ret;

	ret = gpio_connector_get_line(gpio, "reset", GPIOD_OUT_HIGH, &gpio->reset);
	ret = ret ?: gpio_connector_get_line(gpio, "plugged", GPIOD_IN, &gpio->plugged);
	ret = ret ?: gpio_connector_get_line(gpio, "powergood", GPIOD_IN, &gpio->powergood);
	if (ret)
		return ret;
	gpio->straps = devm_gpiod_get_array_optional(gpio->dev, "model", GPIOD_IN);
	if (IS_ERR(gpio->straps))
		return dev_err_probe(gpio->dev, PTR_ERR(gpio->straps), "model-gpios\n");
	/* Straps that lead nowhere are no straps to the GPIO core. */
	if (!gpio->straps && device_property_present(gpio->dev, "model-gpios"))
		return dev_err_probe(gpio->dev, -EINVAL, "model-gpios: no GPIO controller\n");
	if (gpio->straps && gpio->straps->ndescs > GPIO_CONNECTOR_MAX_STRAPS)
		return dev_err_probe(gpio->dev, -EINVAL, "model-gpios: more than %d\n",
				     GPIO_CONNECTOR_MAX_STRAPS);
	gpio->vcc = devm_regulator_get_optional(gpio->dev, "vcc");
	if (PTR_ERR(gpio->vcc) == -ENODEV)
		gpio->vcc = NULL;
	if (IS_ERR(gpio->vcc))
		return dev_err_probe(gpio->dev, PTR_ERR(gpio->vcc), "vcc-supply\n");
	return 0;
}

static int gpio_connector_request_irq(struct gpio_connector *gpio, struct gpio_desc *line,
				      irq_handler_t handler, const char *name, int *irq)
{
	int ret;

	if (!line)
		return 0;
	*irq = gpiod_to_irq(line);
	if (*irq < 0)
		return dev_err_probe(gpio->dev, *irq, "%s-gpios: no interrupt\n", name);
	ret = request_threaded_irq(*irq, NULL, handler,
				   IRQF_TRIGGER_RISING | IRQF_TRIGGER_FALLING | IRQF_ONESHOT,
				   dev_name(gpio->dev), gpio);
	if (ret)
		*irq = 0;
	return ret ? dev_err_probe(gpio->dev, ret, "%s-gpios: interrupt\n", name) : 0;
}

static void gpio_connector_free_irq(struct gpio_connector *gpio, int irq)
{
	if (irq > 0)
		free_irq(irq, gpio);
}

static int gpio_connector_probe(struct platform_device *pdev)
{
	const struct plugtree_connector_ops *ops;
	struct gpio_connector *gpio;
	int ret;

	gpio = devm_kzalloc(&pdev->dev, sizeof(*gpio), GFP_KERNEL);
	if (!gpio)
		return -ENOMEM;
	gpio->dev = &pdev->dev;
	platform_set_drvdata(pdev, gpio);
	gpio_connector_read_timing(gpio);
	ret = gpio_connector_get_lines(gpio);
	if (ret)
		return ret;
	device_init_wakeup(&pdev->dev, device_property_read_bool(&pdev->dev, "wakeup-source"));
	ops = &gpio_connector_ops[!!gpio->plugged][!!gpio->straps];
	gpio->connector = plugtree_connector_register(&pdev->dev, ops, gpio);
	if (IS_ERR(gpio->connector)) {
		ret = PTR_ERR(gpio->connector);
		goto err_disable_wakeup;
	}
	ret = devices_require(gpio->connector);
	if (ret)
		goto err_unregister;
	ret = gpio_connector_request_irq(gpio, gpio->plugged, gpio_connector_plugged_irq, "plugged",
					 &gpio->plugged_irq);
	if (ret)
		goto err_unregister;
	ret = gpio_connector_request_irq(gpio, gpio->powergood, gpio_connector_powergood_irq,
					 "powergood", &gpio->powergood_irq);
	if (ret)
		goto err_free_plugged_irq;
	/* An add-on that is present already takes the same path. */
	plugtree_connector_start(gpio->connector);
	return 0;

err_free_plugged_irq:
	gpio_connector_free_irq(gpio, gpio->plugged_irq);
err_unregister:
	plugtree_connector_unregister(gpio->connector);
err_disable_wakeup:
	device_init_wakeup(&pdev->dev, false);
	return ret;
}

static void gpio_connector_remove(struct platform_device *pdev)
{
	struct gpio_connector *gpio = platform_get_drvdata(pdev);

	gpio_connector_free_irq(gpio, gpio->powergood_irq);
	gpio_connector_free_irq(gpio, gpio->plugged_irq);
	plugtree_connector_unregister(gpio->connector);
	device_init_wakeup(&pdev->dev, false);
}

/* The controllers of the lines go next; what the lines say then is no plug and no pull. */
static void gpio_connector_shutdown(struct platform_device *pdev)
{
	struct gpio_connector *gpio = platform_get_drvdata(pdev);

	gpio_connector_free_irq(gpio, gpio->powergood_irq);
	gpio_connector_free_irq(gpio, gpio->plugged_irq);
	gpio->powergood_irq = 0;
	gpio->plugged_irq = 0;
}

/* The system sleeps all the same, and who plugged something finds out when it wakes. */
static bool gpio_connector_arm_wake(struct gpio_connector *gpio)
{
	int ret;

	if (!device_may_wakeup(gpio->dev))
		return false;
	ret = enable_irq_wake(gpio->plugged_irq);
	if (ret)
		dev_warn(gpio->dev,
			 "plugged-gpios: the line cannot wake the system: error %d\n", ret);
	return !ret;
}

/*
 * The controllers of the lines sleep next, and a handler that asks one would hang the suspend. An
 * edge that a controller keeps meanwhile comes after the resume, and counts.
 */
static int gpio_connector_suspend(struct device *dev)
{
	struct gpio_connector *gpio = dev_get_drvdata(dev);

	if (gpio->powergood_irq)
		disable_irq(gpio->powergood_irq);
	if (!gpio->plugged_irq)
		return 0;
	if (!gpio_connector_arm_wake(gpio)) {
		disable_irq(gpio->plugged_irq);
		return 0;
	}
	WRITE_ONCE(gpio->asleep, true);
	synchronize_irq(gpio->plugged_irq);
	return 0;
}

static void gpio_connector_enable_irqs(struct gpio_connector *gpio)
{
	if (gpio->asleep) {
		WRITE_ONCE(gpio->asleep, false);
		disable_irq_wake(gpio->plugged_irq);
	} else if (gpio->plugged_irq) {
		enable_irq(gpio->plugged_irq);
	}
	if (gpio->powergood_irq)
		enable_irq(gpio->powergood_irq);
}

/* The levels tell what happened without an edge that anybody saw. */
static void gpio_connector_look(struct gpio_connector *gpio)
{
	struct plugtree_connector *connector = gpio->connector;

	if (gpio->plugged && !gpio_connector_present(connector))
		plugtree_connector_lost(connector);
	if (READ_ONCE(gpio->powered) && !gpio_connector_power_good(gpio))
		plugtree_connector_power_lost(connector);
}

static int gpio_connector_resume(struct device *dev)
{
	struct gpio_connector *gpio = dev_get_drvdata(dev);

	gpio_connector_enable_irqs(gpio);
	gpio_connector_look(gpio);
	plugtree_connector_resume(gpio->connector);
	/* Before the drivers of what may be another add-on resume. */
	if (atomic_read(&gpio->connector->lost))
		gpio_connector_set_reset(gpio, true);
	return 0;
}

static DEFINE_SIMPLE_DEV_PM_OPS(gpio_connector_pm_ops, gpio_connector_suspend,
				gpio_connector_resume);

static const struct of_device_id gpio_connector_of_match[] = {
	{ .compatible = "plugtree,connector" }, {}
};
MODULE_DEVICE_TABLE(of, gpio_connector_of_match);

static struct platform_driver gpio_connector_driver = {
	.probe = gpio_connector_probe,
	.remove = gpio_connector_remove,
	.shutdown = gpio_connector_shutdown,
	.driver = {
		.name = "plugtree-connector",
		.pm = pm_sleep_ptr(&gpio_connector_pm_ops),
		.of_match_table = gpio_connector_of_match,
	},
};

/**
 * gpio_connector_init() - register the front end
 *
 * Return: 0 or a negative errno.
 */
int gpio_connector_init(void)
{
	return platform_driver_register(&gpio_connector_driver);
}

/**
 * gpio_connector_exit() - unregister the front end
 */
void gpio_connector_exit(void)
{
	platform_driver_unregister(&gpio_connector_driver);
}
