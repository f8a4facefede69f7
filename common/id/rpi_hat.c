// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Identity format "rpi-hat": the ID EEPROM of a Raspberry Pi HAT (V1) or HAT+. Layout: rpi_hat.h.
 *
 * The header and the first atom's header come in one read, the vendor atom's rest in a second; an
 * image whose first atom is the vendor atom, as it should be, costs no other byte.
 */
#include "formats.h"
#include "rpi_hat.h"

#define FIRST_READ (HAT_HEADER_SIZE + HAT_ATOM_HEADER_SIZE)

/**
 * struct hat_image - an image on its way through the decoder
 * @source: where its bytes come from
 * @problem: what is wrong with it
 * @start: its first bytes: the header and the first atom's header
 * @version: HAT_VERSION_V1 or HAT_VERSION_PLUS
 * @atoms: number of atoms that it says it has
 * @length: number of bytes that it says it has, not more than the source has
 */
struct hat_image {
	const struct id_source *source;
	struct id_problem *problem;
	uint8_t start[FIRST_READ];
	unsigned int version;
	unsigned int atoms;
	unsigned int length;
};

/**
 * struct hat_atom - one atom, its bounds checked against the image
 * @header: its header
 * @offset: where its header begins in the image; 0 for no atom
 * @type: what it holds
 * @size: number of bytes of its data, without the checksum
 */
struct hat_atom {
	uint8_t header[HAT_ATOM_HEADER_SIZE];
	unsigned int offset;
	unsigned int type;
	unsigned int size;
};

static enum id_verdict corrupt_at(const struct hat_image *image, unsigned int offset,
				  const char *what)
{
	return id_problem_at(image->problem, ID_CORRUPT, offset, what);
}

static enum id_verdict read_bytes(const struct hat_image *image, unsigned int offset, void *buffer,
				  size_t length)
{
	return id_read(image->source, offset, buffer, length, image->problem);
}

static enum id_verdict read_header(struct hat_image *image)
{
	size_t length = image->source->size;
	enum id_verdict verdict;

	if (!length)
		return id_problem_at(image->problem, ID_UNKNOWN_FORMAT, 0, "the window is empty");
	if (length > FIRST_READ)
		length = FIRST_READ;
	verdict = read_bytes(image, 0, image->start, length);
	if (verdict != ID_GOOD)
		return verdict;
	verdict = id_check_signature(image->start, length, HAT_SIGNATURE, image->problem);
	if (verdict != ID_GOOD)
		return verdict;
	if (length < FIRST_READ)
		return corrupt_at(image, (unsigned int)length, "the image is cut off");
	image->version = image->start[HAT_HEADER_VERSION];
	image->atoms = read_le16(image->start + HAT_HEADER_ATOMS);
	image->length = read_le32(image->start + HAT_HEADER_LENGTH);
	if (image->version != HAT_VERSION_V1 && image->version != HAT_VERSION_PLUS)
		return id_problem_at(image->problem, ID_UNKNOWN_FORMAT, HAT_HEADER_VERSION,
				     "the format version is not known");
	if (!image->atoms || image->atoms > HAT_MAX_ATOMS)
		return corrupt_at(image, HAT_HEADER_ATOMS, "the number of atoms is not plausible");
	if (image->length < FIRST_READ || image->length > image->source->size)
		return corrupt_at(image, HAT_HEADER_LENGTH, "the total length is not plausible");
	return ID_GOOD;
}

/* The atom at @offset, which is at most the image's length. */
static enum id_verdict read_atom_header(const struct hat_image *image, unsigned int offset,
					struct hat_atom *atom)
{
	enum id_verdict verdict;
	uint32_t length;

	if (image->length - offset < HAT_ATOM_OVERHEAD)
		return corrupt_at(image, offset, "an atom begins too near to the end");
	if (offset == HAT_HEADER_SIZE) {
		memcpy(atom->header, image->start + offset, sizeof(atom->header));
	} else {
		verdict = read_bytes(image, offset, atom->header, sizeof(atom->header));
		if (verdict != ID_GOOD)
			return verdict;
	}
	length = read_le32(atom->header + HAT_ATOM_LENGTH);
	if (length < HAT_CRC_SIZE || length > image->length - offset - HAT_ATOM_HEADER_SIZE)
		return corrupt_at(image, offset + HAT_ATOM_LENGTH,
				  "the length of an atom is not plausible");
	atom->offset = offset;
	atom->type = read_le16(atom->header + HAT_ATOM_TYPE);
	atom->size = length - HAT_CRC_SIZE;
	return ID_GOOD;
}

/*
 * The vendor atom, if there is one, into @vendor; until it is met, a device tree atom into
 * @device_tree. What is not there has offset 0.
 */
static enum id_verdict find_atoms(const struct hat_image *image, struct hat_atom *vendor,
				  struct hat_atom *device_tree)
{
	unsigned int offset = HAT_HEADER_SIZE;
	enum id_verdict verdict;
	struct hat_atom atom;
	unsigned int index;

	for (index = 0; index < image->atoms; index++) {
		verdict = read_atom_header(image, offset, &atom);
		if (verdict != ID_GOOD)
			return verdict;
		if (atom.type == HAT_TYPE_VENDOR) {
			*vendor = atom;
			return ID_GOOD;
		}
		if (atom.type == HAT_TYPE_DEVICE_TREE)
			*device_tree = atom;
		offset += HAT_ATOM_OVERHEAD + atom.size;
	}
	return ID_GOOD;
}

/* The data of @atom and its checksum into @data, which must have room for both. */
static enum id_verdict read_data(const struct hat_image *image, const struct hat_atom *atom,
				 uint8_t *data)
{
	unsigned int offset = atom->offset + HAT_ATOM_HEADER_SIZE;
	enum id_verdict verdict;
	uint16_t crc;

	verdict = read_bytes(image, offset, data, atom->size + HAT_CRC_SIZE);
	if (verdict != ID_GOOD)
		return verdict;
	crc = id_crc16(atom->header, sizeof(atom->header), 0);
	crc = id_crc16(data, atom->size, crc);
	if (crc != read_le16(data + atom->size))
		return corrupt_at(image, offset + atom->size, "the checksum of an atom is wrong");
	return ID_GOOD;
}

/* Stored as four words, the least significant first; all zero stands for none. */
static void format_uuid(char *text, const uint8_t *uuid)
{
	unsigned long word0 = read_le32(uuid);
	unsigned long word1 = read_le32(uuid + 4);
	unsigned long word2 = read_le32(uuid + 8);
	unsigned long word3 = read_le32(uuid + 12);

	if (!word0 && !word1 && !word2 && !word3)
		return;
	snprintf(text, ID_TEXT_SIZE, "%08lx-%04lx-%04lx-%04lx-%04lx%08lx", word3, word2 >> 16,
		 word2 & 0xffff, word1 >> 16, word1 & 0xffff, word0);
}

static enum id_verdict decode_vendor(const struct hat_image *image, const struct hat_atom *atom,
				     struct id_identity *identity)
{
	unsigned int offset = atom->offset + HAT_ATOM_HEADER_SIZE;
	uint8_t data[HAT_VENDOR_MAX_SIZE + HAT_CRC_SIZE];
	unsigned int vendor_length;
	unsigned int product_length;
	enum id_verdict verdict;

	if (atom->size < HAT_VENDOR_STRINGS || atom->size > HAT_VENDOR_MAX_SIZE)
		return corrupt_at(image, atom->offset + HAT_ATOM_LENGTH,
				  "the length of the vendor atom is not plausible");
	verdict = read_data(image, atom, data);
	if (verdict != ID_GOOD)
		return verdict;
	vendor_length = data[HAT_VENDOR_VENDOR_LENGTH];
	product_length = data[HAT_VENDOR_PRODUCT_LENGTH];
	if (vendor_length + product_length > atom->size - HAT_VENDOR_STRINGS)
		return corrupt_at(image, offset + HAT_VENDOR_VENDOR_LENGTH,
				  "the strings do not fit into the vendor atom");
	verdict = id_take_text(identity->vendor, data + HAT_VENDOR_STRINGS, vendor_length,
			       offset + HAT_VENDOR_STRINGS, image->problem);
	if (verdict != ID_GOOD)
		return verdict;
	verdict = id_take_text(identity->model, data + HAT_VENDOR_STRINGS + vendor_length,
			       product_length, offset + HAT_VENDOR_STRINGS + vendor_length,
			       image->problem);
	if (verdict != ID_GOOD)
		return verdict;
	if (!identity->model[0])
		return corrupt_at(image, offset + HAT_VENDOR_PRODUCT_LENGTH,
				  "the product string is empty");
	snprintf(identity->revision, sizeof(identity->revision), "%u",
		 (unsigned int)read_le16(data + HAT_VENDOR_VERSION));
	format_uuid(identity->serial, data + HAT_VENDOR_UUID);
	return ID_GOOD;
}

/* Official HAT+ boards exist whose only atom is this one; the name of the overlay is the model. */
static enum id_verdict decode_overlay_name(const struct hat_image *image,
					   const struct hat_atom *atom,
					   struct id_identity *identity)
{
	unsigned int offset = atom->offset + HAT_ATOM_HEADER_SIZE;
	uint8_t data[ID_TEXT_SIZE + HAT_CRC_SIZE];
	enum id_verdict verdict;

	if (atom->size >= ID_TEXT_SIZE)
		return corrupt_at(image, atom->offset + HAT_ATOM_LENGTH,
				  "the device tree atom holds no name");
	verdict = read_data(image, atom, data);
	if (verdict != ID_GOOD)
		return verdict;
	verdict = id_take_text(identity->model, data, atom->size, offset, image->problem);
	if (verdict == ID_GOOD && !identity->model[0])
		return corrupt_at(image, offset, "the name of the overlay is empty");
	return verdict;
}

static enum id_verdict decode_image(struct hat_image *image, struct id_identity *identity)
{
	struct hat_atom vendor = { .offset = 0 };
	struct hat_atom device_tree = { .offset = 0 };
	enum id_verdict verdict;

	verdict = read_header(image);
	if (verdict != ID_GOOD)
		return verdict;
	verdict = find_atoms(image, &vendor, &device_tree);
	if (verdict != ID_GOOD)
		return verdict;
	if (vendor.offset)
		return decode_vendor(image, &vendor, identity);
	if (device_tree.offset && image->version == HAT_VERSION_PLUS)
		return decode_overlay_name(image, &device_tree, identity);
	return corrupt_at(image, HAT_HEADER_ATOMS, "no atom tells the model");
}

static enum id_verdict rpi_hat_decode(const struct id_source *source, struct id_identity *identity,
				      struct id_problem *problem)
{
	struct hat_image image = { .source = source, .problem = problem };
	enum id_verdict verdict;

	memset(identity, 0, sizeof(*identity));
	verdict = decode_image(&image, identity);
	if (verdict != ID_GOOD)
		memset(identity, 0, sizeof(*identity));
	return verdict;
}

const struct id_format id_format_rpi_hat = {
	.name = "rpi-hat",
	.decode = rpi_hat_decode,
};
