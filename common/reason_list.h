/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* clang-format off */
/*
 * Every named reason for which plugtree refuses an overlay or gives up an insertion, as
 *
 *	X(identifier, name, lasting, sentence)
 *
 * One line here is all that a new reason needs. The name is interface: it is what the "reason"
 * attribute, the uevents and the tool show, so it never changes once released. lasting: nothing
 * changes by trying again, so the connector goes to quarantine at once.
 *
 * No include guard: whoever includes this defines X first and undefines it afterwards.
 */

X(NONE, "none", false, "")

/* the overlay itself: common/rules */
X(BAD_BLOB, "bad-blob", true, "the overlay is not a well-formed device tree blob")
X(TOO_BIG, "too-big", true, "the overlay is larger than the limit")
X(TOO_DEEP, "too-deep", true, "the overlay nests nodes deeper than the limit")
X(TOO_MANY_NODES, "too-many-nodes", true, "the overlay has more nodes than the limit")
X(BAD_NAME, "bad-name", true, "a node or property name has characters that are not allowed")
X(NO_FRAGMENT, "no-fragment", true, "the overlay has no fragment that adds anything")
X(FOREIGN_TARGET, "foreign-target", true,
	"a fragment targets something that does not belong to the connector")
X(PROPERTY_ON_BASE_NODE, "property-on-base-node", true,
	"the overlay writes a property of a node of the base tree")
X(EXISTING_NODE, "existing-node", true, "the overlay adds a node that exists already")
X(EXISTING_LABEL, "existing-label", true,
	"the overlay gives a node a label that the connector provides already")
X(UNKNOWN_LABEL, "unknown-label", true,
	"the overlay names a label that the connector does not provide")
X(NO_PHANDLE, "no-phandle", true, "the overlay refers to a base node that has no phandle")
X(BAD_FIXUP, "bad-fixup", true, "a fixup of the overlay points nowhere")
X(DUPLICATE_NODE, "duplicate-node", true, "the overlay adds the same node twice")
X(DUPLICATE_PHANDLE, "duplicate-phandle", true, "two nodes of the overlay have the same phandle")
X(FORBIDDEN_NODE, "forbidden-node", true,
	"the overlay adds a node that an add-on must not have there")
X(WRONG_CONNECTOR, "wrong-connector", true, "the overlay is for another type of connector")
X(BAD_ADDRESS, "bad-address", true,
	"a device on a bus has no address, or one that the bus does not have")
X(BAD_SPECIFIER, "bad-specifier", true,
	"a property of the overlay does not have the cells that its provider asks for")
X(NOT_MAPPED, "not-mapped", true, "the connector does not have what the overlay asks it for")
X(BAD_MAP, "bad-map", true, "a map of the base tree is malformed")
X(ADDRESS_CONFLICT, "address-conflict", true, "a bus address is taken already")
X(BAD_GRAPH, "bad-graph", true,
	"the ports of the add-on do not make one chain that begins at the connector's link")
X(LINK_MISMATCH, "link-mismatch", true,
	"the add-on asks the display link for what the connector does not give")

/* the overlay of a PCIe endpoint: common/rules/endpoint.c, kernel/pci/ */
X(NO_SUCH_BAR, "no-such-bar", true, "the overlay uses a BAR that the endpoint does not have")
X(BAR_TOO_SMALL, "bar-too-small", true, "registers of the overlay lie behind the end of a BAR")
X(OUTSIDE_BARS, "outside-bars", true, "registers of the overlay lead to no BAR")
X(NO_INTERRUPT, "no-interrupt", true, "the endpoint has no interrupt that can be used")
X(LINK_DOWN, "link-down", false, "the endpoint does not answer")

/* the connector's own node: common/rules/connector.c */
X(BAD_CONNECTOR, "bad-connector", true, "the connector's node in the base tree is wrong")

/* presence, power, identity: kernel/insertion and the front ends */
X(POWER_FAILED, "power-failed", false, "the supply of the connector could not be switched on")
X(POWER_GOOD_TIMEOUT, "power-good-timeout", false, "the add-on did not report power-good in time")
X(POWER_LOST, "power-lost", false, "the add-on lost its power")
X(NO_IDENTITY, "no-identity", true,
	"the connector has no means to identify an add-on; load its model by name")
X(ID_OVERLAY_MISSING, "id-overlay-missing", false,
	"the firmware file of the ID overlay was not found")
X(ID_ABSENT, "id-absent", false, "nothing answered where the identity should be")
X(ID_BLANK, "id-blank", true, "the identity was never written")
X(ID_CORRUPT, "id-corrupt", false, "the identity is damaged")
X(ID_UNKNOWN_FORMAT, "id-unknown-format", true, "the identity has an unknown format")
X(UNKNOWN_MODEL, "unknown-model", false, "no overlay file was found for this model")

/* whose overlay it is: kernel/signature and "plugtree verify" */
X(UNSIGNED, "unsigned", false, "overlays must be signed here, and this one has no signature file")
X(BAD_SIGNATURE, "bad-signature", true,
	"the signature file holds no detached PKCS#7 signature, or a damaged one")
X(SIGNATURE_MISMATCH, "signature-mismatch", true,
	"the signature is of other bytes, or its key was revoked")
X(UNKNOWN_KEY, "unknown-key", false, "the overlay is signed by a key that is not trusted here")
X(SIGNATURE_UNSUPPORTED, "signature-unsupported", true,
	"the signature uses an algorithm that is not available")
X(CANNOT_VERIFY, "cannot-verify", true,
	"overlays must be signed here, and this kernel cannot check signatures")

/* the tree and the devices: kernel/graft, kernel/devices */
X(NO_MEMORY, "no-memory", false, "there is not enough memory")
X(APPLY_FAILED, "apply-failed", false, "the kernel could not add the nodes")
X(BUS_MISSING, "bus-missing", false, "the bus behind an extension bus is not there")
X(DEVICE_FAILED, "device-failed", false, "a device could not be created")
X(PROBE_FAILED, "probe-failed", false, "the driver of a device did not accept it")
X(TAIL_ABSENT, "tail-absent", false, "nothing on the add-on has taken the connector's display link")
X(TAIL_FAILED, "tail-failed", false, "the display on the add-on could not be made ready to be lit")

/* not failures: why the connector is as it is */
X(NO_DRIVER, "no-driver", false, "no driver is known for a device")
X(EJECTED, "ejected", false, "the add-on was taken out of service; pull it or rescan")
X(STEP_HANGS, "step-hangs", false, "a step takes longer than it should")
