// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A commit whose buffer is not ready: it is in flight until a fence is signalled.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/types.h>

#include "lab/guest/screen/card.h"

/* There while the commit is blocked, for those who wait for that. */
#define BLOCKED "/tmp/screen-blocked"

/* The kernel's debugging interface has no header for programs. */
struct sw_sync_create_fence_data {
	__u32 value;
	char name[32];
	__s32 fence;
};

#define SW_SYNC_IOC_CREATE_FENCE _IOWR('W', 0, struct sw_sync_create_fence_data)
#define SW_SYNC_IOC_INC _IOW('W', 1, __u32)

static uint32_t find_property(int fd, uint32_t object, uint32_t type, const char *name)
{
	drmModeObjectProperties *properties = drmModeObjectGetProperties(fd, object, type);
	uint32_t found = 0, i;

	for (i = 0; properties && !found && i < properties->count_props; i++) {
		drmModePropertyRes *property = drmModeGetProperty(fd, properties->props[i]);

		if (property && !strcmp(property->name, name))
			found = property->prop_id;
		drmModeFreeProperty(property);
	}
	drmModeFreeObjectProperties(properties);
	return found;
}

static uint32_t first_plane(int fd)
{
	drmModePlaneRes *planes = drmModeGetPlaneResources(fd);
	uint32_t plane = planes && planes->count_planes ? planes->planes[0] : 0;

	drmModeFreePlaneResources(planes);
	return plane;
}

static int commit_behind(struct screen_card *card, int fence)
{
	drmModeAtomicReq *request = drmModeAtomicAlloc();
	uint32_t plane;
	int ret;

	if (!request || drmSetClientCap(card->fd, DRM_CLIENT_CAP_UNIVERSAL_PLANES, 1) ||
	    drmSetClientCap(card->fd, DRM_CLIENT_CAP_ATOMIC, 1))
		return -errno;
	plane = first_plane(card->fd);
	drmModeAtomicAddProperty(request, plane,
				 find_property(card->fd, plane, DRM_MODE_OBJECT_PLANE, "FB_ID"),
				 card->buffers[!card->shown].framebuffer);
	drmModeAtomicAddProperty(request, plane,
				 find_property(card->fd, plane, DRM_MODE_OBJECT_PLANE,
					       "IN_FENCE_FD"),
				 (uint64_t)fence);
	ret = drmModeAtomicCommit(card->fd, request,
				  DRM_MODE_ATOMIC_NONBLOCK | DRM_MODE_PAGE_FLIP_EVENT, card);
	drmModeAtomicFree(request);
	if (ret)
		return -errno;
	card->flips++;
	return 0;
}

static int tell_blocked(void)
{
	int fd = open(BLOCKED, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

	return fd < 0 ? -errno : close(fd);
}

int fence_commit(struct screen_card *card, unsigned int milliseconds)
{
	struct sw_sync_create_fence_data fence = { .value = 1, .name = "screen" };
	int timeline = open("/sys/kernel/debug/sync/sw_sync", O_RDWR | O_CLOEXEC);
	__u32 step = 1;
	int ret;

	if (timeline < 0)
		return -errno;
	if (ioctl(timeline, SW_SYNC_IOC_CREATE_FENCE, &fence)) {
		ret = -errno;
		close(timeline);
		return ret;
	}
	ret = commit_behind(card, fence.fence);
	ret = ret ? ret : tell_blocked();
	if (!ret) {
		usleep(milliseconds * 1000U);
		unlink(BLOCKED);
		if (ioctl(timeline, SW_SYNC_IOC_INC, &step))
			ret = -errno;
	}
	close(fence.fence);
	close(timeline);
	return ret;
}
