/* SPDX-License-Identifier: GPL-2.0-or-later */
/* clang-format off */
/*
 * What is legal in an overlay and still unwise, as
 *
 *	X(identifier, name, sentence, hint)
 *
 * The name is interface, as that of a reason is.
 *
 * No include guard: whoever includes this defines X first and undefines it afterwards.
 */

X(NO_TYPE, "no-type", "the overlay does not say for which type of connector it is",
	"give its root a compatible with the type")
X(UNCLAIMED_CONTAINER, "unclaimed-container", "no device is made of what is in this container",
	"put the device below a bus of the connector or below devices")
X(DISABLED, "disabled", "the node is disabled, so nothing is made of it or below it",
	"remove its status, or the node")
X(NO_COMPATIBLE, "no-compatible", "the device has no compatible, so it cannot be made",
	"say with its compatible what it is")
X(NO_DRIVER, "no-driver", "no driver module is known for the device",
	"install or enable the module; drivers that are built in are not listed there")
X(GPIO_NOT_OFFERED, "gpio-not-offered", "the connector does not offer this GPIO",
	"use a line of the connector's gpio-map")
X(INTERRUPT_NOT_OFFERED, "interrupt-not-offered", "the connector does not offer this interrupt",
	"use a line and trigger type of the connector's interrupt-map")
X(SUPPLY_NOT_EXPORTED, "supply-not-exported",
	"the supply is neither a regulator of the overlay nor one that the connector exports",
	"name a symbol of the connector's export-symbols")
