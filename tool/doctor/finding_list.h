/* SPDX-License-Identifier: GPL-2.0-or-later */
/* clang-format off */
/*
 * What plugtree doctor may find, as
 *
 *	X(identifier, severity, name, sentence, hint)
 *
 * The name is interface, as that of a reason is. A hint of NULL goes by the subject.
 *
 * No include guard: whoever includes this defines X first and undefines it afterwards.
 */

/* kernel */
X(NO_RELEASE, ERROR, "no-release", "it is not known which kernel is meant",
	"name it with --kernel; lib/modules has none, or several")
X(UNTESTED_KERNEL, WARNING, "untested-kernel", "plugtree was never tested on this kernel",
	"use Linux 6.12, or run the tests of plugtree on this one")
X(NO_CONFIGURATION, NOTE, "no-configuration", "the configuration of the kernel is nowhere to be found",
	"build the kernel with CONFIG_IKCONFIG_PROC, or install its configuration in boot/")
X(OPTION_MISSING, ERROR, "option-missing", "plugtree needs an option that this kernel is built without",
	"build the kernel with it")
X(BUS_OPTION_MISSING, ERROR, "bus-option-missing", "this kernel cannot drive a bus of a connector",
	"build the kernel with the option, and the module for that kernel")

/* modules */
X(MODULE_MISSING, ERROR, "module-missing", "the module is not installed for this kernel",
	"install it, by make install or the package plugtree-dkms, and run depmod")
X(MODULE_OF_OTHER_KERNEL, ERROR, "module-of-other-kernel", "the module is built for another kernel",
	"build it against this kernel's tree")
X(MODULE_VERSION, WARNING, "module-version", "module and tool are of different versions",
	"install both from one source")
X(MODULE_NOT_LOADED, ERROR, "module-not-loaded", "the module is not loaded",
	"modprobe plugtree; if that fails, the kernel log says why")
X(MODULE_STALE, WARNING, "module-stale", "the module that runs is not the one that is installed",
	"load it anew, or reboot")

/* connectors */
X(NO_BASE_TREE, ERROR, "no-base-tree", "there is no base tree to judge anything by",
	"name its file with --base")
X(NO_CONNECTOR, ERROR, "no-connector", "the base tree has no connector",
	"give the board a node as docs/connector.md says, and boot with that tree")
X(BAD_CONNECTOR, ERROR, "bad-connector", "the node of the connector is wrong",
	"mend the base tree")
X(CONNECTOR_DISABLED, WARNING, "connector-disabled", "the connector is disabled",
	"set its status to okay")
X(NO_PROVIDER, ERROR, "no-provider", "the property refers to no node that provides what it asks for",
	"mend the base tree")
X(PROVIDER_DISABLED, ERROR, "provider-disabled", "what the connector needs is disabled",
	"enable it in the base tree")
X(LINE_TAKEN, ERROR, "line-taken", "another connector uses the same line",
	"mend the base tree")
X(CONNECTOR_NOT_THERE, ERROR, "connector-not-there", "the connector has a node, and did not come up",
	"something that it needs has no driver yet: see devices_deferred in debugfs, and the kernel log")
X(CONNECTOR_FAILED, ERROR, "connector-failed", "the add-on could not be brought into service", NULL)
X(CONNECTOR_DRAINS, WARNING, "connector-drains", "a removal does not come to its end",
	"close what still uses the add-on's devices")
X(NODES_HELD, WARNING, "nodes-held", "a node of an add-on that is gone is still held",
	"end the program or unbind the driver that holds it; the module cannot go before")

/* firmware */
X(NO_OVERLAYS, WARNING, "no-overlays", "there is no overlay for this type of connector",
	"install the overlays of its add-ons there")
X(NO_ID_OVERLAY, ERROR, "no-id-overlay",
	"a connector of this type has to read identities, and has no ID overlay",
	"install it; addons/ has examples")
X(TYPE_UNKNOWN, NOTE, "type-unknown", "no connector of this board is of this type",
	"nothing, unless a connector's compatible should name it")
X(NAME_UNREACHABLE, WARNING, "name-unreachable", "no identity leads to a file of this name",
	"rename it: file names are made of a-z, 0-9, '.', '_', '-', and '@' before the revision")
X(OVERLAY_UNREADABLE, ERROR, "overlay-unreadable", "the overlay cannot be read",
	"mend the link or the permissions")
X(OVERLAY_REFUSED, ERROR, "overlay-refused", "the kernel would refuse the overlay", NULL)
X(OVERLAY_UNWISE, WARNING, "overlay-unwise", "the overlay is legal and unwise",
	"see plugtree check")
X(NO_DRIVER, WARNING, "no-driver", "this kernel has no driver for a device of an add-on",
	"enable the driver in the kernel's configuration, or install the module; some drivers that are built "
	"in do not say what they are for")

/* configuration */
X(CONFIGURATION_MISTAKE, ERROR, "configuration-mistake", "lines or files of connectors.d are wrong",
	"mend what is said above")
X(CONNECTOR_UNKNOWN, WARNING, "connector-unknown", "the board has no connector that is configured",
	"mend the name in that file")
X(NO_UDEV_RULE, ERROR, "no-udev-rule", "add-ons are configured, and no udev rule loads them",
	"install 90-plugtree.rules: make install")

/* permissions and signatures */
X(WRITABLE, ERROR, "writable", "somebody else than root may write what add-ons are loaded from",
	"chown root, chmod go-w")
X(CANNOT_VERIFY, ERROR, "cannot-verify", "overlays have to be signed, and this kernel cannot verify it",
	"build the kernel with CONFIG_SYSTEM_DATA_VERIFICATION")
X(UNSIGNED, ERROR, "unsigned-overlay", "overlays have to be signed, and this one has no signature",
	"plugtree sign, and install the .p7s beside it")
