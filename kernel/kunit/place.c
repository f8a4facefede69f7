// SPDX-License-Identifier: GPL-2.0-only
/*
 * A place for front ends of the tests' own: the lab's connector "aux", with nothing plugged.
 */
#include <linux/of.h>
#include <linux/of_platform.h>
#include <linux/platform_device.h>

#include "place.h"

/**
 * place_take() - take a connector's front end away
 *
 * Return: the front end's device without its driver; NULL if there is none.
 */
struct platform_device *place_take(void)
{
	struct device_node *node = of_find_node_by_path("/connector-aux");
	struct platform_device *place = of_find_device_by_node(node);

	of_node_put(node);
	if (place)
		device_release_driver(&place->dev);
	return place;
}

/**
 * place_give_back() - the reverse of place_take()
 * @place: what that returned
 */
void place_give_back(struct platform_device *place)
{
	if (!place)
		return;
	WARN_ON(device_attach(&place->dev) != 1);
	put_device(&place->dev);
}
