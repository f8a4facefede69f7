// SPDX-License-Identifier: GPL-2.0-only
/*
 * Overlay files below /lib/firmware/plugtree.
 *
 * An identity can only ever select one of the files there: its parts are reduced to a few harmless
 * characters, and no path is made of anything else that comes from an add-on.
 */
#include <linux/device.h>
#include <linux/firmware.h>

#include "connector.h"
#include "firmware.h"

static const struct firmware *firmware_get(struct plugtree_connector *connector, const char *path)
{
	const struct firmware *firmware;
	int ret = firmware_request_nowarn(&firmware, path, connector->dev.parent);

	return ret ? ERR_PTR(ret) : firmware;
}

static void firmware_refuse(enum plugtree_reason reason, const char *path, long error,
			    struct plugtree_refusal *refusal)
{
	if (error == -ENOMEM)
		plugtree_refuse(refusal, PLUGTREE_NO_MEMORY, "%s", path);
	else if (error == -ENOENT)
		plugtree_refuse(refusal, reason, "%s", path);
	else
		plugtree_refuse(refusal, reason, "%s: error %ld", path, error);
}

/**
 * firmware_id_overlay() - get the ID overlay of a connector's type
 * @connector: the connector
 * @path: where the path below /lib/firmware goes
 * @size: size of @path in bytes
 * @refusal: filled on failure: id-overlay-missing, or no-memory
 *
 * Return: the file, to be released with release_firmware(); NULL on failure.
 */
const struct firmware *firmware_id_overlay(struct plugtree_connector *connector, char *path,
					   size_t size, struct plugtree_refusal *refusal)
{
	const struct firmware *firmware;

	scnprintf(path, size, "plugtree/%s/id.dtbo", connector->type);
	firmware = firmware_get(connector, path);
	if (!IS_ERR(firmware))
		return firmware;
	firmware_refuse(PLUGTREE_ID_OVERLAY_MISSING, path, PTR_ERR(firmware), refusal);
	return NULL;
}

static int firmware_model_path(struct plugtree_connector *connector,
			       const struct id_identity *identity,
			       enum id_specificity specificity, char *path, size_t size)
{
	char name[3 * ID_TEXT_SIZE];
	int ret;

	if (connector->ops->overlay_name) {
		ret = connector->ops->overlay_name(identity, specificity, name, sizeof(name));
		if (!ret)
			scnprintf(path, size, "plugtree/%s.dtbo", name);
		return ret;
	}
	ret = id_file_name(identity, specificity, name, sizeof(name));
	if (!ret)
		scnprintf(path, size, "plugtree/%s/%s.dtbo", connector->type, name);
	return ret;
}

/**
 * firmware_model_overlay() - get the overlay of a model
 * @connector: the connector
 * @identity: the model
 * @path: where the path below /lib/firmware goes that was found
 * @size: size of @path in bytes
 * @refusal: filled on failure: unknown-model, or no-memory
 *
 * Looks for vendor, model and revision, then without the revision, then without the vendor.
 *
 * Return: the file, to be released with release_firmware(); NULL on failure.
 */
const struct firmware *firmware_model_overlay(struct plugtree_connector *connector,
					      const struct id_identity *identity, char *path,
					      size_t size, struct plugtree_refusal *refusal)
{
	const struct firmware *firmware = NULL;
	long error = -ENOENT;
	int specificity;

	for (specificity = ID_VENDOR_MODEL_REVISION; specificity <= ID_MODEL; specificity++) {
		if (firmware_model_path(connector, identity, specificity, path, size))
			continue;
		firmware = firmware_get(connector, path);
		if (!IS_ERR(firmware))
			return firmware;
		error = PTR_ERR(firmware);
		if (error != -ENOENT)
			break;
	}
	if (!firmware)
		plugtree_refuse(refusal, PLUGTREE_UNKNOWN_MODEL, "the name \"%s\" is not usable",
				identity->model);
	else
		firmware_refuse(PLUGTREE_UNKNOWN_MODEL, path, error, refusal);
	path[0] = '\0';
	return NULL;
}

/**
 * firmware_signature() - get the signature of an overlay
 * @connector: the connector
 * @overlay: path of the overlay below /lib/firmware
 * @refusal: filled on failure: unsigned
 *
 * The file has the name of the overlay and the ending .p7s, as that which the kernel's own
 * sign-file writes.
 *
 * Return: the file, to be released with release_firmware(); NULL on failure.
 */
const struct firmware *firmware_signature(struct plugtree_connector *connector, const char *overlay,
					  struct plugtree_refusal *refusal)
{
	char path[PLUGTREE_PATH_SIZE + sizeof(".p7s")];
	const struct firmware *firmware;

	scnprintf(path, sizeof(path), "%s.p7s", overlay);
	firmware = firmware_get(connector, path);
	if (!IS_ERR(firmware))
		return firmware;
	if (PTR_ERR(firmware) == -ENOENT)
		plugtree_refuse(refusal, PLUGTREE_UNSIGNED, "%s", path);
	else
		plugtree_refuse(refusal, PLUGTREE_UNSIGNED, "%s: error %ld", path,
				PTR_ERR(firmware));
	return NULL;
}
