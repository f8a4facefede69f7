// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the card sends, for those who have no eyes: the frame that is scanned out while the link is
 * lit, as a PPM image, and how the link is used.
 */
#include <linux/debugfs.h>
#include <linux/seq_file.h>
#include <linux/vmalloc.h>

#include <drm/drm_framebuffer.h>
#include <drm/drm_gem_atomic_helper.h>
#include <drm/drm_modeset_lock.h>

#include "card.h"

static struct dentry *capture_directory;

static void capture_line(struct seq_file *file, const __le32 *pixels, unsigned int width)
{
	unsigned int x;

	for (x = 0; x < width; x++) {
		u32 pixel = le32_to_cpu(pixels[x]);

		seq_putc(file, pixel >> 16);
		seq_putc(file, pixel >> 8);
		seq_putc(file, pixel);
	}
}

static void capture_plane(struct seq_file *file, const struct drm_plane_state *state)
{
	const struct drm_shadow_plane_state *shadow =
		container_of(state, struct drm_shadow_plane_state, base);
	const struct drm_framebuffer *fb = state->fb;
	unsigned int y;

	seq_printf(file, "P6\n%u %u\n255\n", fb->width, fb->height);
	for (y = 0; y < fb->height; y++)
		capture_line(file, shadow->data[0].vaddr + y * fb->pitches[0], fb->width);
}

/* Nothing where nothing is shown. */
static int frame_show(struct seq_file *file, void *data)
{
	struct card *card = file->private;

	if (!card->made)
		return 0;
	drm_modeset_lock_all(&card->drm);
	if (READ_ONCE(card->lit) && card->plane->state && card->plane->state->fb)
		capture_plane(file, card->plane->state);
	drm_modeset_unlock_all(&card->drm);
	return 0;
}

static int frame_open(struct inode *inode, struct file *file)
{
	/* A frame that does not fit at once is made anew, which takes its time. */
	return single_open_size(file, frame_show, inode->i_private, 4 << 20);
}

static const struct file_operations frame_fops = {
	.owner = THIS_MODULE,
	.open = frame_open,
	.read = seq_read,
	.llseek = seq_lseek,
	.release = single_release,
};

static int link_show(struct seq_file *file, void *data)
{
	struct card *card = file->private;

	seq_printf(file, "lit %u\nswitched-on %u\nlanes %u\nmode 0x%lx\nsent %u\n",
		   READ_ONCE(card->lit), atomic_read(&card->switched_on), card->lanes,
		   card->mode_flags, atomic_read(&card->sent));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(link);

/**
 * card_capture_init() - the files in debugfs
 * @card: the card
 */
void card_capture_init(struct card *card)
{
	capture_directory = debugfs_create_dir("lab-card", NULL);
	debugfs_create_file("frame", 0400, capture_directory, card, &frame_fops);
	debugfs_create_file("link", 0400, capture_directory, card, &link_fops);
	debugfs_create_bool("lit", 0400, capture_directory, &card->lit);
}

/**
 * card_capture_exit() - the reverse of card_capture_init()
 * @card: the card
 */
void card_capture_exit(struct card *card)
{
	debugfs_remove(capture_directory);
}
