// SPDX-License-Identifier: GPL-2.0-only
/*
 * Signatures of overlays.
 *
 * A signature is a file beside the overlay, detached PKCS#7, by a key of the kernel's builtin or
 * secondary keyring. It vouches for the bytes of an overlay, not for its name.
 */
#include <linux/firmware.h>
#include <linux/moduleparam.h>
#include <linux/verification.h>

#include "compat.h"
#include "connector.h"
#include "firmware.h"
#include "signature.h"

/* As sig_enforce of the module loader: whoever may write it may not take it back. */
static bool signed_overlays;
module_param(signed_overlays, bool_enable_only, 0644);
MODULE_PARM_DESC(signed_overlays,
		 "Take signed overlays only, in all connectors; cannot be switched off again");

/**
 * signature_required() - must overlays for a connector be signed?
 * @connector: the connector
 *
 * Context: Any.
 * Return: true if its node asks for it, or that of a connector that it is in, or the module's
 *	parameter does.
 */
bool signature_required(const struct plugtree_connector *connector)
{
	return connector->signed_overlays || READ_ONCE(signed_overlays);
}

static int signature_verify(const struct firmware *overlay, const struct firmware *signature)
{
#if COMPAT_HAS_VERIFICATION
	return verify_pkcs7_signature(overlay->data, overlay->size, signature->data,
				      signature->size, VERIFY_USE_SECONDARY_KEYRING,
				      VERIFYING_UNSPECIFIED_SIGNATURE, NULL, NULL);
#else
	return -EOPNOTSUPP;
#endif
}

/* The X.509 and PKCS#7 parsers have many errors for what they cannot read. */
static enum plugtree_reason signature_reason(int error)
{
	switch (error) {
	case -ENOKEY:
		return PLUGTREE_UNKNOWN_KEY;
	case -EKEYREJECTED:
		return PLUGTREE_SIGNATURE_MISMATCH;
	case -ENOPKG:
	case -ENOENT:
		return PLUGTREE_SIGNATURE_UNSUPPORTED;
	case -ENOMEM:
		return PLUGTREE_NO_MEMORY;
	default:
		return PLUGTREE_BAD_SIGNATURE;
	}
}

/**
 * signature_check() - ask for the signature of an overlay
 * @connector: the connector
 * @overlay: the overlay
 * @path: where it was found below /lib/firmware
 * @refusal: filled when the overlay is refused
 *
 * Context: Process context, may sleep.
 * Return: 0, or -EINVAL when refused.
 */
int signature_check(struct plugtree_connector *connector, const struct firmware *overlay,
		    const char *path, struct plugtree_refusal *refusal)
{
	const struct firmware *signature;
	int ret;

	if (!COMPAT_HAS_VERIFICATION)
		return plugtree_refuse(refusal, PLUGTREE_CANNOT_VERIFY, "%s", path);
	signature = firmware_signature(connector, path, refusal);
	if (!signature)
		return -EINVAL;
	ret = signature_verify(overlay, signature);
	release_firmware(signature);
	if (!ret)
		return 0;
	return plugtree_refuse(refusal, signature_reason(ret), "%s.p7s: error %d", path, ret);
}
