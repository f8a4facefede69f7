// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Identity format "mikrobus-click": page 0 of a ClickID memory and the header of its manifest.
 * Layout: mikrobus_click.h.
 *
 * There is neither signature nor checksum; the manifest's header has to serve for both. What the
 * manifest says about drivers is not looked at: the overlay says that. The serial number is the
 * product's number, since there is none of the single board.
 */
#include "formats.h"
#include "mikrobus_click.h"

#define READ_SIZE (CLICK_MANIFEST + CLICK_MANIFEST_HEADER_SIZE)

static enum id_verdict check_manifest(const uint8_t *bytes, unsigned int memory_size,
				      struct id_problem *problem)
{
	unsigned int size = read_le16(bytes + CLICK_MANIFEST_SIZE);

	if (id_is_blank(bytes + CLICK_MANIFEST, CLICK_MANIFEST_HEADER_SIZE))
		return id_problem_at(problem, ID_BLANK, CLICK_MANIFEST,
				     "the manifest is not written");
	/* The Greybus specification is at 0.x; a page 0 of something else ends here, too. */
	if (bytes[CLICK_MANIFEST_VERSION_MAJOR])
		return id_problem_at(problem, ID_UNKNOWN_FORMAT, CLICK_MANIFEST_VERSION_MAJOR,
				     "the version of the manifest is not known");
	if (size < CLICK_MANIFEST_HEADER_SIZE || size > CLICK_MANIFEST_MAX_SIZE ||
	    size > memory_size - CLICK_MANIFEST)
		return id_problem_at(problem, ID_CORRUPT, CLICK_MANIFEST_SIZE,
				     "the size of the manifest is not plausible");
	return ID_GOOD;
}

static enum id_verdict take_page(const uint8_t *page, struct id_identity *identity,
				 struct id_problem *problem)
{
	enum id_verdict verdict;

	verdict = id_take_text(identity->model, page + CLICK_NAME, CLICK_NAME_SIZE, CLICK_NAME,
			       problem);
	if (verdict != ID_GOOD)
		return verdict;
	if (!identity->model[0])
		return id_problem_at(problem, ID_CORRUPT, CLICK_NAME, "the name is empty");
	if (!(page[CLICK_KIND] & CLICK_KIND_CUSTOM))
		snprintf(identity->vendor, sizeof(identity->vendor), CLICK_VENDOR);
	snprintf(identity->revision, sizeof(identity->revision), "%u.%u", page[CLICK_VERSION_MAJOR],
		 page[CLICK_VERSION_MINOR]);
	snprintf(identity->serial, sizeof(identity->serial), "%u",
		 (unsigned int)read_le16(page + CLICK_NUMBER));
	return ID_GOOD;
}

static enum id_verdict decode(const struct id_source *source, struct id_identity *identity,
			      struct id_problem *problem)
{
	uint8_t bytes[READ_SIZE];
	size_t length = source->size < sizeof(bytes) ? source->size : sizeof(bytes);
	enum id_verdict verdict;

	if (!length)
		return id_problem_at(problem, ID_UNKNOWN_FORMAT, 0, "the window is empty");
	verdict = id_read(source, 0, bytes, length, problem);
	if (verdict != ID_GOOD)
		return verdict;
	if (id_is_blank(bytes, length))
		return id_problem_at(problem, ID_BLANK, 0, "no byte is written");
	if (length < sizeof(bytes))
		return id_problem_at(problem, ID_CORRUPT, (unsigned int)length,
				     "the image is cut off");
	verdict = check_manifest(bytes, source->size, problem);
	return verdict == ID_GOOD ? take_page(bytes, identity, problem) : verdict;
}

static enum id_verdict click_decode(const struct id_source *source, struct id_identity *identity,
				    struct id_problem *problem)
{
	enum id_verdict verdict;

	memset(identity, 0, sizeof(*identity));
	verdict = decode(source, identity, problem);
	if (verdict != ID_GOOD)
		memset(identity, 0, sizeof(*identity));
	return verdict;
}

const struct id_format id_format_mikrobus_click = {
	.name = "mikrobus-click",
	.decode = click_decode,
};
