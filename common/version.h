/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The version of module and tool. meson.build reads it from here.
 */
#ifndef PLUGTREE_VERSION_H
#define PLUGTREE_VERSION_H

#define PLUGTREE_VERSION "0.1.0"

#endif
