// SPDX-License-Identifier: GPL-2.0-only
/*
 * The card: its host waits for the end of the link, and then the rest is made.
 */
#include <linux/dma-mapping.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>

#include <drm/drm_atomic_helper.h>
#include <drm/drm_bridge_connector.h>
#include <drm/drm_drv.h>
#include <drm/drm_fbdev_shmem.h>
#include <drm/drm_gem_framebuffer_helper.h>
#include <drm/drm_gem_shmem_helper.h>
#include <drm/drm_managed.h>
#include <drm/drm_of.h>
#include <drm/drm_probe_helper.h>
#include <drm/drm_simple_kms_helper.h>
#include <drm/drm_vblank.h>

#include "card.h"

static bool fbdev;
module_param(fbdev, bool, 0444);
MODULE_PARM_DESC(fbdev, "Whether there is a framebuffer for a console");

DEFINE_DRM_GEM_FOPS(card_fops);

static const struct drm_driver card_driver = {
	.driver_features = DRIVER_MODESET | DRIVER_ATOMIC | DRIVER_GEM,
	.fops = &card_fops,
	DRM_GEM_SHMEM_DRIVER_OPS,
	.name = "lab-card",
	.desc = "display controller of a lab base board",
	.date = "20261128",
	.major = 1,
};

static const struct drm_mode_config_funcs card_mode_config_funcs = {
	.fb_create = drm_gem_fb_create,
	.atomic_check = drm_atomic_helper_check,
	.atomic_commit = drm_atomic_helper_commit,
};

/*
 * As drm_atomic_helper_commit_tail_rpm(), but for the wait at the end: a vertical blanking that
 * does not come within 100 ms is a warning there, and a machine that has other work is late at
 * times.
 */
static void card_commit_tail(struct drm_atomic_state *state)
{
	struct drm_device *drm = state->dev;

	drm_atomic_helper_commit_modeset_disables(drm, state);
	drm_atomic_helper_commit_modeset_enables(drm, state);
	drm_atomic_helper_commit_planes(drm, state, DRM_PLANE_COMMIT_ACTIVE_ONLY);
	drm_atomic_helper_fake_vblank(state);
	drm_atomic_helper_commit_hw_done(state);
	drm_atomic_helper_wait_for_flip_done(drm, state);
	drm_atomic_helper_cleanup_planes(drm, state);
}

static const struct drm_mode_config_helper_funcs card_mode_config_helper_funcs = {
	.atomic_commit_tail = card_commit_tail,
};

static int card_init_mode_config(struct card *card)
{
	struct drm_mode_config *config = &card->drm.mode_config;
	int ret = drmm_mode_config_init(&card->drm);

	if (ret)
		return ret;
	config->min_width = 16;
	config->min_height = 16;
	config->max_width = 4096;
	config->max_height = 4096;
	config->preferred_depth = 24;
	config->funcs = &card_mode_config_funcs;
	config->helper_private = &card_mode_config_helper_funcs;
	return 0;
}

static int card_attach_bridges(struct card *card)
{
	bool own = device_property_read_bool(card->drm.dev, "bridge-connector");
	struct drm_connector *connector;
	int ret;

	card_host_init_bridge(card);
	ret = drm_bridge_attach(card->encoder, &card->bridge, NULL,
				own ? DRM_BRIDGE_ATTACH_NO_CONNECTOR : 0);
	if (ret || !own)
		return ret;
	connector = drm_bridge_connector_init(&card->drm, card->encoder);
	if (IS_ERR(connector))
		return PTR_ERR(connector);
	return drm_connector_attach_encoder(connector, card->encoder);
}

/**
 * card_make() - all that is behind the host
 * @card: the card, to whose host something has attached
 *
 * Return: 0 or a negative errno.
 */
int card_make(struct card *card)
{
	struct drm_device *drm = &card->drm;
	int ret;

	card->next = devm_drm_of_get_bridge(drm->dev, drm->dev->of_node, 1, 0);
	if (IS_ERR(card->next))
		return PTR_ERR(card->next);
	ret = card_init_mode_config(card);
	ret = ret ?: card_pipe_create(card);
	ret = ret ?: card_attach_bridges(card);
	ret = ret ?: drm_vblank_init(drm, 1);
	if (ret)
		return ret;
	drm_mode_config_reset(drm);
	drm_kms_helper_poll_init(drm);
	ret = drm_dev_register(drm, 0);
	if (ret)
		return ret;
	card->made = true;
	if (fbdev)
		drm_fbdev_shmem_setup(drm, 32);
	return 0;
}

static int card_probe(struct platform_device *device)
{
	struct card *card;
	int ret;

	ret = dma_coerce_mask_and_coherent(&device->dev, DMA_BIT_MASK(32));
	if (ret)
		return ret;
	card = devm_drm_dev_alloc(&device->dev, &card_driver, struct card, drm);
	if (IS_ERR(card))
		return PTR_ERR(card);
	platform_set_drvdata(device, card);
	card_capture_init(card);
	return card_host_register(card);
}

static void card_remove(struct platform_device *device)
{
	struct card *card = platform_get_drvdata(device);

	if (card->made) {
		drm_dev_unplug(&card->drm);
		drm_kms_helper_poll_fini(&card->drm);
		drm_atomic_helper_shutdown(&card->drm);
	}
	mipi_dsi_host_unregister(&card->host);
	card_capture_exit(card);
}

static int card_suspend(struct device *dev)
{
	struct card *card = dev_get_drvdata(dev);

	return card->made ? drm_mode_config_helper_suspend(&card->drm) : 0;
}

static int card_resume(struct device *dev)
{
	struct card *card = dev_get_drvdata(dev);

	return card->made ? drm_mode_config_helper_resume(&card->drm) : 0;
}

static DEFINE_SIMPLE_DEV_PM_OPS(card_pm_ops, card_suspend, card_resume);

static const struct of_device_id card_of_match[] = { { .compatible = "lab,dsi-card" }, {} };
MODULE_DEVICE_TABLE(of, card_of_match);

static struct platform_driver card_platform_driver = {
	.probe = card_probe,
	.remove = card_remove,
	.driver = {
		.name = "lab-card",
		.pm = pm_sleep_ptr(&card_pm_ops),
		.of_match_table = card_of_match,
	},
};
module_platform_driver(card_platform_driver);

MODULE_DESCRIPTION("Display controller of a lab base board");
MODULE_AUTHOR("plugtree developers");
MODULE_LICENSE("GPL");
