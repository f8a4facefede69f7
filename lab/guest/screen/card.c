// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A card with one CRTC.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "lab/guest/screen/card.h"

static void buffer_free(struct screen_card *card, struct screen_buffer *buffer)
{
	struct drm_mode_destroy_dumb destroy = { .handle = buffer->handle };

	if (buffer->pixels)
		munmap(buffer->pixels, buffer->size);
	if (buffer->framebuffer)
		drmModeRmFB(card->fd, buffer->framebuffer);
	if (buffer->handle)
		drmIoctl(card->fd, DRM_IOCTL_MODE_DESTROY_DUMB, &destroy);
	*buffer = (struct screen_buffer){ 0 };
}

static int buffer_map(struct screen_card *card, struct screen_buffer *buffer)
{
	struct drm_mode_map_dumb map = { .handle = buffer->handle };
	void *pixels;

	if (drmIoctl(card->fd, DRM_IOCTL_MODE_MAP_DUMB, &map))
		return -errno;
	pixels = mmap(NULL, buffer->size, PROT_READ | PROT_WRITE, MAP_SHARED, card->fd,
		      (off_t)map.offset);
	if (pixels == MAP_FAILED)
		return -errno;
	buffer->pixels = pixels;
	return 0;
}

static int buffer_alloc(struct screen_card *card, struct screen_buffer *buffer)
{
	struct drm_mode_create_dumb create = {
		.width = card->mode.hdisplay, .height = card->mode.vdisplay, .bpp = 32
	};
	int ret;

	if (drmIoctl(card->fd, DRM_IOCTL_MODE_CREATE_DUMB, &create))
		return -errno;
	buffer->handle = create.handle;
	buffer->size = create.size;
	buffer->pitch = create.pitch;
	ret = drmModeAddFB(card->fd, create.width, create.height, 24, 32, create.pitch,
			   create.handle, &buffer->framebuffer);
	ret = ret ? -errno : buffer_map(card, buffer);
	if (ret)
		buffer_free(card, buffer);
	return ret;
}

int card_open(struct screen_card *card)
{
	drmModeRes *resources;

	*card = (struct screen_card){ .fd = open("/dev/dri/card0", O_RDWR | O_CLOEXEC) };
	if (card->fd < 0)
		return -errno;
	resources = drmModeGetResources(card->fd);
	if (!resources || !resources->count_crtcs) {
		close(card->fd);
		return -ENODEV;
	}
	card->crtc = resources->crtcs[0];
	drmModeFreeResources(resources);
	return 0;
}

int card_lease(struct screen_card *card, struct screen_card *lease)
{
	uint32_t objects[2] = { card->crtc, card->connector };
	uint32_t lessee;
	int fd = drmModeCreateLease(card->fd, objects, 2, O_CLOEXEC, &lessee);

	if (fd < 0)
		return fd;
	*lease = (struct screen_card){ .fd = fd, .crtc = card->crtc };
	return 0;
}

void card_close(struct screen_card *card)
{
	buffer_free(card, &card->buffers[0]);
	buffer_free(card, &card->buffers[1]);
	close(card->fd);
}

static bool probe_connector(struct screen_card *card, uint32_t id)
{
	drmModeConnector *connector = drmModeGetConnector(card->fd, id);
	bool found = connector && connector->connection == DRM_MODE_CONNECTED &&
		     connector->count_modes > 0;

	if (found) {
		card->connector = id;
		card->mode = connector->modes[0];
	}
	drmModeFreeConnector(connector);
	return found;
}

bool card_probe(struct screen_card *card)
{
	drmModeRes *resources = drmModeGetResources(card->fd);
	bool found = false;
	int i;

	card->connector = 0;
	for (i = 0; resources && !found && i < resources->count_connectors; i++)
		found = probe_connector(card, resources->connectors[i]);
	drmModeFreeResources(resources);
	return found;
}

static int card_fit_buffers(struct screen_card *card)
{
	unsigned int i;
	int ret = 0;

	for (i = 0; !ret && i < 2; i++) {
		buffer_free(card, &card->buffers[i]);
		ret = buffer_alloc(card, &card->buffers[i]);
		if (!ret)
			picture_paint(&card->buffers[i], card->mode.hdisplay, card->mode.vdisplay,
				      i);
	}
	return ret;
}

static bool card_fits(const struct screen_card *card)
{
	return card->buffers[0].framebuffer &&
	       card->buffers[0].pitch == card->mode.hdisplay * 4U &&
	       card->buffers[0].size >= (uint64_t)card->buffers[0].pitch * card->mode.vdisplay;
}

int card_light(struct screen_card *card)
{
	int ret = card_fits(card) ? 0 : card_fit_buffers(card);

	if (!ret && drmModeSetCrtc(card->fd, card->crtc, card->buffers[card->shown].framebuffer, 0,
				   0, &card->connector, 1, &card->mode))
		ret = -errno;
	card->lit = !ret;
	if (ret)
		card->failed++;
	else
		card->modesets++;
	return ret;
}

int card_darken(struct screen_card *card)
{
	card->lit = false;
	return drmModeSetCrtc(card->fd, card->crtc, 0, 0, 0, NULL, 0, NULL) ? -errno : 0;
}

int card_flip(struct screen_card *card)
{
	struct screen_buffer *next = &card->buffers[!card->shown];

	picture_paint(next, card->mode.hdisplay, card->mode.vdisplay, card->flips);
	if (drmModePageFlip(card->fd, card->crtc, next->framebuffer, DRM_MODE_PAGE_FLIP_EVENT,
			    card)) {
		card->refused++;
		return -errno;
	}
	card->shown = !card->shown;
	card->flipping = true;
	card->flips++;
	return 0;
}

static void flipped(int fd, unsigned int sequence, unsigned int seconds, unsigned int microseconds,
		    void *data)
{
	struct screen_card *card = data;

	card->flipping = false;
	card->events++;
}

int card_take_events(struct screen_card *card)
{
	drmEventContext context = { .version = 2, .page_flip_handler = flipped };

	return drmHandleEvent(card->fd, &context) ? -EIO : 0;
}
