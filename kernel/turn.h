/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef PLUGTREE_TURN_H
#define PLUGTREE_TURN_H

struct plugtree_connector;

void turn_take(struct plugtree_connector *connector);
void turn_pass(struct plugtree_connector *connector);
void turn_wake(void);

#endif
