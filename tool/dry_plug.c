// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Judge, then merge; each failure has its complaint.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
static enum exit_code find_place(const struct blob *base, const struct socket_list *connectors,
				 const char *word, struct socket_list *place, const char **file)
{
	const char *colon = strchr(word, ':');
	enum exit_code code;
	char *path;

	*file = word;
	*place = (struct socket_list){};
	if (!colon || !access(word, F_OK)) {
		if (connectors->count == 1)
			return base_tree_connectors(base, connectors->paths[0], place);
		text_complain("--with %s: say which connector it is in: PATH:FILE", word);
		return EXIT_CODE_USAGE;
	}
	*file = colon + 1;
	path = strndup(word, (size_t)(colon - word));
	if (!path)
		return EXIT_CODE_FAILED;
	code = base_tree_connectors(base, path, place);
	free(path);
	return code;
}

/**
 * dry_plug_word() - plug an overlay that the command line names
 * @base: the base tree, replaced by the one with the overlay in it
 * @connectors: the connectors that the command is about
 * @word: "FILE", when that is one connector only, or "PATH:FILE" for any connector
 *
 * Return: EXIT_CODE_OK, or another code after a complaint.
 */
enum exit_code dry_plug_word(struct blob *base, const struct socket_list *connectors,
			     const char *word)
{
	struct blob overlay = {}, merged = {};
	struct socket_list place;
	const char *file;
	enum exit_code code = find_place(base, connectors, word, &place, &file);

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
