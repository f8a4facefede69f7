/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SCREEN_CARD_H
#define SCREEN_CARD_H

#include <stdbool.h>
#include <stdint.h>

#include <xf86drm.h>
#include <xf86drmMode.h>

/**
 * struct screen_buffer - something to show
 * @handle: of the card's buffer
 * @framebuffer: its framebuffer
 * @pixels: mapped
 * @size: bytes of it
 * @pitch: bytes of a line
 */
struct screen_buffer {
	uint32_t handle;
	uint32_t framebuffer;
	uint32_t *pixels;
	uint64_t size;
	uint32_t pitch;
};

/**
 * struct screen_card - a card as a client knows it
 * @fd: its file
 * @crtc: its one CRTC
 * @connector: what is connected, 0 for nothing
 * @mode: the first mode of that
 * @buffers: two of that size
 * @shown: which one is shown
 * @lit: the client has set a mode and nobody has told it that it is gone
 * @flipping: a flip's event is to come
 * @flips: flips that were accepted
 * @events: events that came for them
 * @refused: flips that were not accepted
 * @modesets: modesets that were accepted
 * @failed: modesets that were not
 */
struct screen_card {
	int fd;
	uint32_t crtc;
	uint32_t connector;
	drmModeModeInfo mode;
	struct screen_buffer buffers[2];
	unsigned int shown;
	bool lit;
	bool flipping;
	unsigned long flips, events, refused, modesets, failed;
};

/** card_open() - open the card. Return: 0 or a negative errno */
int card_open(struct screen_card *card);

/**
 * card_lease() - lease the CRTC and what is connected
 * @card: the owner, after card_probe()
 * @lease: the card as the lessee has it, for card_close()
 *
 * Return: 0 or a negative errno.
 */
int card_lease(struct screen_card *card, struct screen_card *lease);

/** card_close() - give everything back */
void card_close(struct screen_card *card);

/** card_probe() - look for what is connected. Return: true if there is something with a mode */
bool card_probe(struct screen_card *card);

/** card_light() - set the first mode and show a picture. Return: 0 or a negative errno */
int card_light(struct screen_card *card);

/** card_darken() - switch the CRTC off. Return: 0 or a negative errno */
int card_darken(struct screen_card *card);

/** card_flip() - show the other buffer; an event will come. Return: 0 or a negative errno */
int card_flip(struct screen_card *card);

/** card_take_events() - handle what the card's file has. Return: 0 or a negative errno */
int card_take_events(struct screen_card *card);

/** picture_paint() - paint a picture into a buffer, which differs from frame to frame */
void picture_paint(const struct screen_buffer *buffer, unsigned int width, unsigned int height,
		   unsigned long frame);

/** fence_commit() - a commit that takes its time: a fence is signalled after @milliseconds; until then there
 * is a file /tmp/screen-blocked */
int fence_commit(struct screen_card *card, unsigned int milliseconds);

/** png_write() - write what the lab's card scans out to a file. Return: 0 or a negative errno */
int png_write(const char *path);

#endif
