// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree sign: signatures for overlays, as the kernel wants them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base_tree.h"
#include "command.h"
#include "common/rules/blob.h"
#include "signature.h"
#include "text.h"

static enum exit_code write_signature(const struct blob *signature, const char *overlay)
{
	char *path = signature_path(overlay);
	int ret = path ? blob_write(signature, path) : -ENOMEM;

	if (ret)
		text_complain("cannot write %s.p7s: %s", overlay, strerror(-ret));
	free(path);
	return ret ? exit_code_of_file_error(ret) : EXIT_CODE_OK;
}

/* Nothing but an overlay: the key may be trusted for other things, too. */
static enum exit_code sign_overlay(const struct blob *overlay, const char *file,
				   const struct signer *signer)
{
	struct plugtree_refusal refusal;
	struct blob signature;
	enum exit_code code;

	if (rules_check_blob(overlay->bytes, overlay->size, &refusal)) {
		text_complain("%s: %s", file, plugtree_reason_sentence(refusal.reason));
		return EXIT_CODE_FAILED;
	}
	if (signature_make(&signature, overlay, signer))
		return EXIT_CODE_FAILED;
	code = write_signature(&signature, file);
	blob_free(&signature);
	return code;
}

static enum exit_code sign_file(const char *file, const struct signer *signer)
{
	struct blob overlay;
	enum exit_code code = overlay_read(&overlay, file);

	if (!code)
		code = sign_overlay(&overlay, file, signer);
	blob_free(&overlay);
	return code;
}

static enum exit_code sign(const struct context *context, int count, char **operands)
{
	const struct settings *settings = context->settings;
	enum exit_code code = EXIT_CODE_OK;
	struct signer signer;
	int i, ret;

	if (!settings->key) {
		text_complain("sign: a key is missing, say --key");
		return EXIT_CODE_USAGE;
	}
	ret = signer_open(&signer, settings->key, settings->certificate);
	if (ret)
		code = ret == -EACCES ? EXIT_CODE_PERMISSION : EXIT_CODE_UNREADABLE;
	for (i = 0; !code && i < count; i++)
		code = sign_file(operands[i], &signer);
	signer_close(&signer);
	return code;
}

static const struct option_description *const sign_options[] = {
	&option_key,
	&option_certificate,
	NULL,
};

const struct command sign_command = {
	.name = "sign",
	.operands = "FILE...",
	.completion = "file...",
	.summary = "sign overlays",
	.description =
		"Make a detached PKCS#7 signature of the overlay in each FILE and write it to FILE.p7s,\n"
		"where the kernel looks for it if a connector takes signed overlays only. The digest is\n"
		"SHA-256. A pass phrase of the key is asked for on the terminal. The first FILE that\n"
		"cannot be signed ends it.",
	.operands_min = 1,
	.operands_max = OPERANDS_UNLIMITED,
	.options = sign_options,
	.standalone = true,
	.run = sign,
};
