// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A hint for each reason of common/reasons.h. They tell what to do, since the kernel's sentence
 * tells what is wrong.
 */
#include <string.h>

#include "common/reasons.h"
#include "hint.h"

#define MEND_OVERLAY "mend the overlay's source, compile it with dtc, install it and rescan"
#define SIGN_AGAIN "sign the overlay that is installed again, install the signature, then rescan"
#define REBUILD_OVERLAY "compile the overlay again with dtc, install it and rescan"

/* clang-format off */
static const char *const hints[PLUGTREE_REASON_COUNT] = {
	[PLUGTREE_BAD_BLOB] = REBUILD_OVERLAY,
	[PLUGTREE_TOO_BIG] = MEND_OVERLAY,
	[PLUGTREE_TOO_DEEP] = MEND_OVERLAY,
	[PLUGTREE_TOO_MANY_NODES] = MEND_OVERLAY,
	[PLUGTREE_BAD_NAME] = MEND_OVERLAY,
	[PLUGTREE_NO_FRAGMENT] = "let the overlay add nodes below a label of the connector",
	[PLUGTREE_FOREIGN_TARGET] = "an add-on may only add nodes below its own connector",
	[PLUGTREE_PROPERTY_ON_BASE_NODE] =
		"move the property into a node that the overlay adds itself",
	[PLUGTREE_EXISTING_NODE] = "give the node another name, or leave it out",
	[PLUGTREE_EXISTING_LABEL] = "give the label another name, or compile without -@",
	[PLUGTREE_UNKNOWN_LABEL] =
		"use a bus or an exported symbol of the connector, or let its export-symbols name it",
	[PLUGTREE_NO_PHANDLE] = "build the base tree with a reference to that node, or dtc -@",
	[PLUGTREE_BAD_FIXUP] = REBUILD_OVERLAY,
	[PLUGTREE_DUPLICATE_NODE] = MEND_OVERLAY,
	[PLUGTREE_DUPLICATE_PHANDLE] = MEND_OVERLAY,
	[PLUGTREE_FORBIDDEN_NODE] = "leave that node out of the overlay",
	[PLUGTREE_WRONG_CONNECTOR] =
		"plug the add-on into a connector of its type, or mend the overlay's root compatible",
	[PLUGTREE_BAD_ADDRESS] = "give the device a reg that its bus of the connector has",
	[PLUGTREE_NO_SUCH_BAR] = "mend the \"ranges\" of the overlay's bus",
	[PLUGTREE_BAR_TOO_SMALL] = "use the overlay of this device",
	[PLUGTREE_OUTSIDE_BARS] = "mend the \"ranges\" of the overlay's bus",
	[PLUGTREE_NO_INTERRUPT] = "use an overlay without interrupts, or a host with MSI",
	[PLUGTREE_LINK_DOWN] = "look at its power and its link",
	[PLUGTREE_BAD_CONNECTOR] = "mend the connector's node in the base board's tree",
	[PLUGTREE_BAD_SPECIFIER] = MEND_OVERLAY,
	[PLUGTREE_NOT_MAPPED] =
		"use a line that this type of connector has, or add it to the map in the base tree",
	[PLUGTREE_BAD_MAP] = "mend the base tree",
	[PLUGTREE_BAD_GRAPH] =
		"let each endpoint name the other one, from port@1 of the link to the panel",
	[PLUGTREE_LINK_MISMATCH] = "use a connector with such a link, or another bridge",
	[PLUGTREE_TAIL_ABSENT] = "see whether the bridge's driver is installed and uses the link",
	[PLUGTREE_TAIL_FAILED] = "see the kernel log, then rescan",
	[PLUGTREE_ADDRESS_CONFLICT] =
		"set the add-on to another address, or use a connector on another bus",
	[PLUGTREE_POWER_FAILED] = "check the supply of the connector",
	[PLUGTREE_POWER_GOOD_TIMEOUT] = "check that the add-on is seated and gets its power",
	[PLUGTREE_POWER_LOST] = "check that the add-on is seated and draws no more than allowed",
	[PLUGTREE_NO_IDENTITY] = "name the model: plugtree load CONNECTOR MODEL",
	[PLUGTREE_ID_OVERLAY_MISSING] =
		"install the connector type's ID overlay below /lib/firmware, then rescan",
	[PLUGTREE_ID_ABSENT] =
		"check that the add-on is seated; if it has no ID: plugtree load CONNECTOR MODEL",
	[PLUGTREE_ID_BLANK] =
		"write the add-on's ID, or name the model: plugtree load CONNECTOR MODEL",
	[PLUGTREE_ID_CORRUPT] =
		"plug it again; if it stays, write the ID anew or: plugtree load CONNECTOR MODEL",
	[PLUGTREE_ID_UNKNOWN_FORMAT] =
		"write an ID in a known format, or name the model: plugtree load CONNECTOR MODEL",
	[PLUGTREE_UNKNOWN_MODEL] = "install the overlay of this model below /lib/firmware, then rescan",
	[PLUGTREE_UNSIGNED] = "sign the overlay: plugtree sign; install the file beside it, then rescan",
	[PLUGTREE_BAD_SIGNATURE] = SIGN_AGAIN,
	[PLUGTREE_SIGNATURE_MISMATCH] = SIGN_AGAIN,
	[PLUGTREE_UNKNOWN_KEY] =
		"sign it with a key of the kernel's keyring, or add the key to that, then rescan",
	[PLUGTREE_SIGNATURE_UNSUPPORTED] =
		"sign it with an RSA key and SHA-256, or build the kernel with the algorithm",
	[PLUGTREE_CANNOT_VERIFY] =
		"use a kernel with CONFIG_SYSTEM_DATA_VERIFICATION, or do not ask for signatures",
	[PLUGTREE_NO_MEMORY] = "free some memory, then rescan",
	[PLUGTREE_APPLY_FAILED] = "see the kernel log, then rescan",
	[PLUGTREE_BUS_MISSING] = "load the driver of that bus, then rescan",
	[PLUGTREE_DEVICE_FAILED] = "see the kernel log, then rescan",
	[PLUGTREE_PROBE_FAILED] = "see the kernel log for what the driver says, then rescan",
	[PLUGTREE_NO_DRIVER] = "install or enable the driver module, then rescan",
	[PLUGTREE_EJECTED] = "pull the add-on, or bring it back: plugtree rescan CONNECTOR, or load it by name",
	[PLUGTREE_STEP_HANGS] = "close what still uses the add-on's devices; see the kernel log",
};
/* clang-format on */

/**
 * hint_for() - what to do about a reason
 * @reason: name of the reason, which may be unknown
 *
 * Return: a sentence without full stop, or NULL when there is no advice.
 */
const char *hint_for(const char *reason)
{
	unsigned int i;

	for (i = 0; i < PLUGTREE_REASON_COUNT; i++) {
		if (!strcmp(plugtree_reason_name(i), reason))
			return hints[i];
	}
	return NULL;
}
