// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree verify: would a kernel that trusts these certificates take the signatures of overlays?
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_tree.h"
#include "command.h"
#include "json.h"
#include "refusal.h"
#include "signature.h"
#include "text.h"

/* What stops a file from being looked at weighs more than a refusal. */
static enum exit_code worse(enum exit_code one, enum exit_code other)
{
	return one == EXIT_CODE_OK || (one == EXIT_CODE_FAILED && other) ? other : one;
}

static void show(const char *file, const struct plugtree_refusal *refusal,
		 struct json_object *array)
{
	bool good = refusal->reason == PLUGTREE_NONE;
	struct json_object *object;

	if (array) {
		object = json_object_new_object();
		json_add_text(object, "file", file);
		json_add_text(object, "verdict", good ? "verified" : "refused");
		refusal_add_json(object, refusal, NULL);
		json_object_array_add(array, object);
		return;
	}
	text_put_styled(stdout, STYLE_BOLD, file);
	fputs("  ", stdout);
	text_put_styled(stdout, good ? STYLE_GREEN : STYLE_RED, good ? "verified" : "refused");
	putchar('\n');
	if (!good)
		refusal_print(refusal, NULL);
}

static enum exit_code check_signature(const struct blob *overlay, const char *path,
				      X509_STORE *trusted, struct plugtree_refusal *refusal)
{
	struct blob signature;
	enum exit_code code = EXIT_CODE_OK;
	int ret = blob_read(&signature, path);

	if (!ret)
		ret = signature_check(&signature, overlay, trusted, path, refusal);
	else if (ret == -ENOENT)
		ret = plugtree_refuse(refusal, PLUGTREE_UNSIGNED, "%s", path);
	else
		text_complain("cannot read %s: %s", path, strerror(-ret));
	if (ret)
		code = refusal->reason ? EXIT_CODE_FAILED : exit_code_of_file_error(ret);
	blob_free(&signature);
	return code;
}

static enum exit_code verify_file(const char *file, X509_STORE *trusted, struct json_object *array)
{
	struct plugtree_refusal refusal = { .reason = PLUGTREE_NONE };
	char *path = signature_path(file);
	struct blob overlay;
	enum exit_code code = overlay_read(&overlay, file);

	if (!code && !path)
		code = EXIT_CODE_FAILED;
	else if (!code)
		code = check_signature(&overlay, path, trusted, &refusal);
	if (!code || refusal.reason)
		show(file, &refusal, array);
	blob_free(&overlay);
	free(path);
	return code;
}

static enum exit_code verify(const struct context *context, int count, char **operands)
{
	const struct settings *settings = context->settings;
	enum exit_code code = EXIT_CODE_OK;
	struct json_object *object, *array = NULL;
	X509_STORE *trusted;
	int i;

	if (!settings->certificate) {
		text_complain("verify: who is to be trusted? Say --certificate");
		return EXIT_CODE_USAGE;
	}
	trusted = signature_trust(settings->certificate);
	if (!trusted)
		return EXIT_CODE_UNREADABLE;
	if (settings->json)
		array = json_object_new_array();
	for (i = 0; i < count; i++)
		code = worse(code, verify_file(operands[i], trusted, array));
	X509_STORE_free(trusted);
	if (array) {
		object = json_object_new_object();
		json_add(object, "verdicts", array);
		json_print(object, true);
	}
	return code;
}

static const struct option_description *const verify_options[] = {
	&option_trust,
	&option_json,
	NULL,
};

const struct command verify_command = {
	.name = "verify",
	.operands = "FILE...",
	.completion = "file...",
	.summary = "check the signatures of overlays",
	.description =
		"Say of the overlay in each FILE whether FILE.p7s is a signature of it by one of the\n"
		"certificates, or by one that they issued: what the kernel does with the keys of its\n"
		"keyring, and with the same reasons. Needs no kernel. The exit status is that of the\n"
		"worst verdict: 0 or 1; or 8 for a FILE that cannot be read.",
	.operands_min = 1,
	.operands_max = OPERANDS_UNLIMITED,
	.options = verify_options,
	.standalone = true,
	.run = verify,
};
