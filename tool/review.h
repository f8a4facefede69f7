/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The review of an overlay that the rules have accepted: is what it says wise?
 */
#ifndef TOOL_REVIEW_H
#define TOOL_REVIEW_H

#include "common/rules/rules.h"
#include "driver_list.h"
#include "warning.h"

int review_overlay(const struct rules_input *input, const struct rules_plan *plan,
		   const struct driver_list *drivers, struct warnings *warnings);

#endif
