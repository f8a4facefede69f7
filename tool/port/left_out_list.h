/* SPDX-License-Identifier: GPL-2.0-or-later */
/* clang-format off */
/*
 * What plugtree port cannot bring along, as
 *
 *	X(identifier, name, sentence, hint)
 *
 * No include guard: whoever includes this defines X first and undefines it afterwards.
 */

X(PARAMETERS, "parameters", "parameters are set by a boot loader, before the overlay is one",
	"write an overlay for each setting, or set what most add-ons have")
X(DORMANT, "dormant", "the fragment does nothing unless a parameter wakes it up",
	"call it __overlay__ if it is wanted")
X(UNKNOWN_TARGET, "unknown-target", "the base tree has no such node",
	"use the tree of the board that the overlay is for, compiled with dtc -@")
X(FOREIGN_TARGET, "foreign-target", "the connector has no bus that leads there",
	"give the connector that bus, or let the base board have the node")
X(BASE_NODE_CHANGED, "base-node-changed", "the overlay makes another device of a node of the base board",
	"give the add-on a device of its own, or change the base tree for good")
X(CHIP_SELECT_NOT_MAPPED, "chip-select-not-mapped", "the connector has no such chip select",
	"add it to the spi-chip-selects of the connector's bus")
X(LINE_NOT_MAPPED, "line-not-mapped", "the connector has no such line",
	"add it to the connector's map in the base tree")
X(UNKNOWN_LABEL, "unknown-label", "the base tree has no such label",
	"use the tree of the board that the overlay is for, compiled with dtc -@")
X(LOST_REFERENCE, "lost-reference", "the property refers to a node that is not brought along",
	"see what is said about that node")
X(ODD_PROPERTY, "odd-property", "references in the property are not where cells are",
	"write it by hand")
