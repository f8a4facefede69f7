// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Judge, then merge; each failure has its complaint.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base_tree.h"
#include "dry_plug.h"
#include "merge.h"
#include "text.h"
#include "verdict.h"

/**
 * dry_plug() - plug an overlay
 * @base: the base tree
 * @connector: path of the connector in it
 * @overlay: the bytes of the overlay
 * @file: their name, for complaints
 * @merged: the base tree with the overlay in it, to be given to blob_free() whatever the result
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code dry_plug(const struct blob *base, const char *connector, const struct blob *overlay,
			const char *file, struct blob *merged)
{
	struct verdict verdict = { .file = file, .connector = connector };
	struct plugtree_refusal *refusal = &verdict.refusal;
	int ret = verdict_make(&verdict, overlay, base, NULL);

	*merged = (struct blob){};
	if (!ret && verdict_accepts(&verdict))
		ret = merge_overlay(base, connector, overlay, merged, refusal);
	verdict_free(&verdict);
	if (!verdict_accepts(&verdict)) {
		text_complain("%s in %s is refused: %s: %s", file, connector,
			      plugtree_reason_name(refusal->reason), refusal->subject);
		return EXIT_CODE_FAILED;
	}
	if (!ret)
		return EXIT_CODE_OK;
	text_complain("out of memory");
	return EXIT_CODE_FAILED;
}

/* Splits "PATH:FILE", unless that is the name of a file as a whole. */
static enum exit_code find_place(const struct blob *base, const char *connector, const char *word,
				 struct socket_list *place, const char **file)
{
	const char *colon = access(word, F_OK) ? strchr(word, ':') : NULL;
	char *path = colon ? strndup(word, (size_t)(colon - word)) : NULL;
	enum exit_code code = base_tree_connectors(base, colon ? path : connector, place);

	*file = colon ? colon + 1 : word;
	free(path);
	if (code || place->count == 1)
		return code;
	text_complain("--with %s: say which connector it is in: PATH:FILE", word);
	return EXIT_CODE_USAGE;
}

/**
 * dry_plug_word() - plug an overlay that the command line names
 * @base: the base tree, replaced by the one with the overlay in it
 * @connector: path of the connector, NULL for the only one that there is
 * @word: "FILE", or "PATH:FILE" for another connector
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code dry_plug_word(struct blob *base, const char *connector, const char *word)
{
	struct blob overlay = {}, merged = {};
	struct socket_list place;
	const char *file;
	enum exit_code code = find_place(base, connector, word, &place, &file);

	if (!code)
		code = overlay_read(&overlay, file);
	if (!code)
		code = dry_plug(base, place.paths[0], &overlay, file, &merged);
	if (!code) {
		blob_free(base);
		*base = merged;
	} else {
		blob_free(&merged);
	}
	blob_free(&overlay);
	socket_list_free(&place);
	return code;
}
