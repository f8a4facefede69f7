// SPDX-License-Identifier: GPL-2.0-only
/*
 * The DSI host, which is the first bridge of the chain.
 *
 * It keeps what attached and reads its parameters at each switch-on, as cdns-dsi does.
 */
#include <linux/delay.h>
#include <linux/module.h>

#include <drm/drm_atomic_helper.h>
#include <drm/drm_print.h>

#include "card.h"

static unsigned int stall_ms;
module_param(stall_ms, uint, 0644);
MODULE_PARM_DESC(stall_ms, "How long the host takes between the halves of a switch-on or switch-off");

static int host_attach(struct mipi_dsi_host *host, struct mipi_dsi_device *device)
{
	struct card *card = container_of(host, struct card, host);

	if (card->link)
		return -EBUSY;
	card->link = device;
	return card_make(card);
}

/* The card stays. */
static int host_detach(struct mipi_dsi_host *host, struct mipi_dsi_device *device)
{
	struct card *card = container_of(host, struct card, host);

	card->link = NULL;
	return 0;
}

static ssize_t host_transfer(struct mipi_dsi_host *host, const struct mipi_dsi_msg *message)
{
	struct card *card = container_of(host, struct card, host);

	atomic_inc(&card->sent);
	memset(message->rx_buf, 0, message->rx_len);
	return message->rx_len ?: message->tx_len;
}

static const struct mipi_dsi_host_ops host_ops = {
	.attach = host_attach,
	.detach = host_detach,
	.transfer = host_transfer,
};

/**
 * card_host_register() - open the host
 * @card: the card
 *
 * Return: 0 or a negative errno.
 */
int card_host_register(struct card *card)
{
	card->host.dev = card->drm.dev;
	card->host.ops = &host_ops;
	return mipi_dsi_host_register(&card->host);
}

static struct card *card_of(struct drm_bridge *bridge)
{
	return container_of(bridge, struct card, bridge);
}

static int bridge_attach(struct drm_bridge *bridge, enum drm_bridge_attach_flags flags)
{
	return drm_bridge_attach(bridge->encoder, card_of(bridge)->next, bridge, flags);
}

static void bridge_pre_enable(struct drm_bridge *bridge, struct drm_bridge_state *old)
{
	struct card *card = card_of(bridge);

	if (!card->link)
		return;
	card->lanes = card->link->lanes;
	card->mode_flags = card->link->mode_flags;
}

static void bridge_enable(struct drm_bridge *bridge, struct drm_bridge_state *old)
{
	struct card *card = card_of(bridge);

	msleep(READ_ONCE(stall_ms));
	atomic_inc(&card->switched_on);
	WRITE_ONCE(card->lit, true);
}

static void bridge_disable(struct drm_bridge *bridge, struct drm_bridge_state *old)
{
	WRITE_ONCE(card_of(bridge)->lit, false);
	msleep(READ_ONCE(stall_ms));
}

static const struct drm_bridge_funcs bridge_funcs = {
	.attach = bridge_attach,
	.atomic_pre_enable = bridge_pre_enable,
	.atomic_enable = bridge_enable,
	.atomic_disable = bridge_disable,
	.atomic_get_input_bus_fmts = drm_atomic_helper_bridge_propagate_bus_fmt,
	.atomic_reset = drm_atomic_helper_bridge_reset,
	.atomic_duplicate_state = drm_atomic_helper_bridge_duplicate_state,
	.atomic_destroy_state = drm_atomic_helper_bridge_destroy_state,
};

/**
 * card_host_init_bridge() - the host as a bridge, to be attached next
 * @card: the card
 */
void card_host_init_bridge(struct card *card)
{
	card->bridge.funcs = &bridge_funcs;
	card->bridge.of_node = card->drm.dev->of_node;
	card->bridge.type = DRM_MODE_CONNECTOR_DSI;
}
