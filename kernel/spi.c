// SPDX-License-Identifier: GPL-2.0-only
/*
 * SPI extension buses: a child of the connector with "spi-parent" stands for a bus of the base
 * board, and "spi-chip-selects" says which chip selects of it the connector has.
 *
 * The core makes devices of the children of a controller's own node only, and exports neither its
 * list of controllers nor its reading of a device's node.
 */
#include <linux/device.h>
#include <linux/gpio/consumer.h>
#include <linux/of.h>
#include <linux/spi/spi.h>

#include "common/rules/rules.h"
#include "connector.h"
#include "devices.h"
#include "tree.h"

/* Of which a device has none. */
#define SPI_NO_SELECT ((u8)-1)

static bool spi_claims(const struct device_node *container)
{
	return of_property_present(container, "spi-parent") ||
	       of_device_is_compatible(container, "spi-bus-extension");
}

static void spi_put_controller(struct spi_controller *controller)
{
	if (!IS_ERR(controller))
		spi_controller_put(controller);
}

DEFINE_FREE(spi_controller, struct spi_controller *, spi_put_controller(_T))

/* The class of controllers is the core's own; one that is never registered shows which it is. */
static struct device *spi_find_controller(struct device *requester, struct device_node *node)
{
	struct spi_controller *sample __free(spi_controller) = spi_alloc_host(requester, 0);

	if (!sample)
		return ERR_PTR(-ENOMEM);
	return class_find_device_by_of_node(sample->dev.class, node) ?: ERR_PTR(-ENODEV);
}

/*
 * @select, which may be NULL: the connector's number in, the controller's number out. -ENODEV if
 * there is no controller, -ENOMEM.
 */
static struct spi_controller *spi_parent_controller(struct device *requester,
						    struct device_node *container, u32 *select)
{
	struct device *device;
	struct tree base;
	tree_node node;

	tree_init(&base, of_root);
	node = rules_bus_controller(&base, tree_from_node(container), select);
	if (!node)
		return ERR_PTR(-ENODEV);
	device = spi_find_controller(requester, tree_to_node(node));
	return IS_ERR(device) ? ERR_CAST(device) : container_of(device, struct spi_controller, dev);
}

static int spi_has_select(struct device *device, void *data)
{
	unsigned int i;

	if (device->bus != &spi_bus_type)
		return 0;
	for (i = 0; i < SPI_CS_CNT_MAX; i++) {
		if (spi_get_chipselect(to_spi_device(device), i) == *(u32 *)data)
			return 1;
	}
	return 0;
}

/* Told before the core finds out, which would only say "busy" or "invalid". */
static int spi_check_select(struct spi_controller *controller, u32 select,
			    const struct device_node *node, struct plugtree_refusal *refusal)
{
	struct device *taken __free(put_device) = NULL;

	if (select >= controller->num_chipselect || select == SPI_NO_SELECT)
		return plugtree_refuse(refusal, PLUGTREE_BAD_ADDRESS,
				       "%s: %s has no chip select %u", node->full_name,
				       dev_name(&controller->dev), select);
	taken = device_find_child(&controller->dev, &select, spi_has_select);
	if (!taken)
		return 0;
	return plugtree_refuse(refusal, PLUGTREE_ADDRESS_CONFLICT,
			       "%s: chip select %u of %s: taken by %s (%s)", node->full_name,
			       select, dev_name(&controller->dev), dev_name(taken),
			       taken->driver ? taken->driver->name : "no driver");
}

static const struct {
	const char *property;
	u32 mode;
} spi_modes[] = {
	{ "spi-cpha", SPI_CPHA },	    { "spi-cpol", SPI_CPOL },
	{ "spi-cs-high", SPI_CS_HIGH },	    { "spi-3wire", SPI_3WIRE },
	{ "spi-lsb-first", SPI_LSB_FIRST },
};

/* How many lines data have in each direction. */
static const struct {
	u32 width;
	u32 transmit;
	u32 receive;
} spi_widths[] = {
	{ 0, SPI_NO_TX, SPI_NO_RX },	   { 1, 0, 0 },
	{ 2, SPI_TX_DUAL, SPI_RX_DUAL },   { 4, SPI_TX_QUAD, SPI_RX_QUAD },
	{ 8, SPI_TX_OCTAL, SPI_RX_OCTAL },
};

static int spi_read_width(const struct device_node *node, const char *property, bool transmit,
			  u32 *mode, struct plugtree_refusal *refusal)
{
	unsigned int i;
	u32 width;

	if (of_property_read_u32(node, property, &width))
		return 0;
	for (i = 0; i < ARRAY_SIZE(spi_widths); i++) {
		if (spi_widths[i].width == width) {
			*mode |= transmit ? spi_widths[i].transmit : spi_widths[i].receive;
			return 0;
		}
	}
	return plugtree_refuse(refusal, PLUGTREE_DEVICE_FAILED, "%s: %s is %u", node->full_name,
			       property, width);
}

static void spi_read_delay(const struct device_node *node, const char *property,
			   struct spi_delay *delay)
{
	u32 value;

	if (of_property_read_u32(node, property, &value))
		return;
	/* The core keeps 16 bits of either unit. */
	if (value > U16_MAX) {
		delay->value = DIV_ROUND_UP(value, NSEC_PER_USEC);
		delay->unit = SPI_DELAY_UNIT_USECS;
	} else {
		delay->value = value;
		delay->unit = SPI_DELAY_UNIT_NSECS;
	}
}

static int spi_read_node(struct spi_device *spi, const struct device_node *node,
			 struct plugtree_refusal *refusal)
{
	unsigned int i;
	int ret;

	if (of_alias_from_compatible(node, spi->modalias, sizeof(spi->modalias)) < 0)
		return plugtree_refuse(refusal, PLUGTREE_DEVICE_FAILED, "%s: no usable compatible",
				       node->full_name);
	for (i = 0; i < ARRAY_SIZE(spi_modes); i++) {
		if (of_property_read_bool(node, spi_modes[i].property))
			spi->mode |= spi_modes[i].mode;
	}
	ret = spi_read_width(node, "spi-tx-bus-width", true, &spi->mode, refusal);
	if (!ret)
		ret = spi_read_width(node, "spi-rx-bus-width", false, &spi->mode, refusal);
	if (ret)
		return ret;
	of_property_read_u32(node, "spi-max-frequency", &spi->max_speed_hz);
	spi_read_delay(node, "spi-cs-setup-delay-ns", &spi->cs_setup);
	spi_read_delay(node, "spi-cs-hold-delay-ns", &spi->cs_hold);
	spi_read_delay(node, "spi-cs-inactive-delay-ns", &spi->cs_inactive);
	return 0;
}

static void spi_set_select(struct spi_device *spi, u32 select)
{
	struct gpio_desc **lines = spi->controller->cs_gpiods;
	unsigned int i;

	for (i = 0; i < SPI_CS_CNT_MAX; i++)
		spi_set_chipselect(spi, i, SPI_NO_SELECT);
	spi_set_chipselect(spi, 0, select);
	spi->cs_index_mask = BIT(0);
	/*
	 * The device says how it is selected, not the flags of the controller's "cs-gpios". For the
	 * children of the controller's own node the core sees to that when it asks for the line.
	 */
	if (lines && lines[select] &&
	    gpiod_is_active_low(lines[select]) == !!(spi->mode & SPI_CS_HIGH))
		gpiod_toggle_active_low(lines[select]);
}

static int spi_add(struct spi_device *spi, struct device_node *node, u32 select,
		   struct plugtree_refusal *refusal)
{
	int ret = spi_read_node(spi, node, refusal);

	if (ret)
		return ret;
	spi_set_select(spi, select);
	/* spi_unregister_device() puts the node. */
	device_set_node(&spi->dev, of_fwnode_handle(of_node_get(node)));
	ret = spi_add_device(spi);
	if (!ret)
		return 0;
	of_node_put(node);
	return devices_refuse(refusal, node, ret);
}

static int spi_create(struct devices *devices, struct device_node *node,
		      struct plugtree_refusal *refusal)
{
	struct spi_controller *controller __free(spi_controller) = NULL;
	struct spi_device *spi;
	u32 select;
	int ret;

	if (of_property_count_u32_elems(node, "reg") != 1)
		return plugtree_refuse(refusal, PLUGTREE_BAD_ADDRESS, "%s: reg is not one number",
				       node->full_name);
	of_property_read_u32(node, "reg", &select);
	controller = spi_parent_controller(devices->connector->dev.parent, node->parent, &select);
	if (PTR_ERR(controller) == -ENOMEM)
		return devices_refuse(refusal, node, -ENOMEM);
	if (IS_ERR(controller))
		return plugtree_refuse(refusal, PLUGTREE_BUS_MISSING, "%s",
				       node->parent->full_name);
	ret = spi_check_select(controller, select, node, refusal);
	if (ret)
		return ret;
	spi = spi_alloc_device(controller);
	if (!spi)
		return plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "%s", node->full_name);
	ret = spi_add(spi, node, select, refusal);
	if (ret) {
		spi_dev_put(spi);
		return ret;
	}
	return devices_add(devices, &spi_device_bus, &spi->dev, refusal);
}

static int spi_populate(struct devices *devices, struct device_node *container,
			struct plugtree_refusal *refusal)
{
	return devices_populate_each(devices, container, spi_create, refusal);
}

static void spi_destroy(struct device *device)
{
	spi_unregister_device(to_spi_device(device));
}

static int spi_require(struct device *consumer, struct device_node *container)
{
	struct spi_controller *controller __free(spi_controller) = NULL;

	if (!of_property_present(container, "spi-parent"))
		return dev_err_probe(consumer, -EINVAL, "%pOF: spi-parent: missing\n", container);
	controller = spi_parent_controller(consumer, container, NULL);
	if (IS_ERR(controller))
		return dev_err_probe(consumer,
				     PTR_ERR(controller) == -ENOMEM ? -ENOMEM : -EPROBE_DEFER,
				     "%pOF: spi-parent: no controller\n", container);
	return devices_depend(consumer, &controller->dev);
}

const struct device_bus spi_device_bus = {
	.type = &spi_bus_type,
	.claims = spi_claims,
	.require = spi_require,
	.populate = spi_populate,
	.destroy = spi_destroy,
};
