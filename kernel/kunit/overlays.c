// SPDX-License-Identifier: GPL-2.0-only
/*
 * The overlays that are linked into the tests, as grafts.
 */
#include <kunit/test.h>

#include "../graft.h"
#include "../overlay.h"
#include "overlays.h"

/**
 * overlays_graft() - graft an overlay that is good
 * @test: the test, which ends if the overlay is refused
 * @begin: the overlay
 * @end: its end
 * @connector: the connector's node
 * @name: the connector's name
 *
 * Return: the graft.
 */
struct graft *overlays_graft(struct kunit *test, const char *begin, const char *end,
			     struct device_node *connector, const char *name)
{
	struct plugtree_refusal refusal = {};
	struct overlay *overlay;
	struct graft *graft;

	overlay = overlay_unpack(begin, end - begin, &refusal);
	KUNIT_ASSERT_NOT_NULL_MSG(test, overlay, "%s", refusal.subject);
	KUNIT_ASSERT_EQ_MSG(test, overlay_check(overlay, connector, &refusal), 0, "%s",
			    refusal.subject);
	graft = graft_apply(overlay, name, NULL, &refusal);
	overlay_free(overlay);
	KUNIT_ASSERT_NOT_NULL_MSG(test, graft, "%s", refusal.subject);
	return graft;
}
