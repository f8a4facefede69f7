// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Requests that wait for a file to appear, to go, or to hold a value.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/netlink.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "lab/channel.h"
#include "lab/guest/verbs.h"

/*
 * Not every attribute announces a change, and some devices appear without a uevent. So an
 * announcement ends a wait at once, and besides that the condition is looked at this often.
 */
#define LOOK_AGAIN_MS 20

static int open_uevents(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int fd =
		socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_KOBJECT_UEVENT);

	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* Waits for a uevent, or a notification of attribute, for LOOK_AGAIN_MS at the most. */
static void wait_for_news(int uevents, int attribute)
{
	struct pollfd news[] = {
		{ .fd = uevents, .events = POLLIN },
		{ .fd = attribute, .events = POLLPRI | POLLERR },
	};
	char drop[4096];

	poll(news, 2, LOOK_AGAIN_MS);
	while (recv(uevents, drop, sizeof(drop), 0) > 0)
		;
}

/* Reads a short file without its last newline. */
static int read_value(int fd, char *value, size_t size)
{
	ssize_t got = pread(fd, value, size - 1, 0);

	if (got < 0)
		return -errno;
	while (got && value[got - 1] == '\n')
		got--;
	value[got] = '\0';
	return 0;
}

static unsigned long patience_factor = 1;

void waits_be_patient(unsigned long patience)
{
	patience_factor = patience;
}

int waits_time(const char *word, unsigned long *time, FILE *reply)
{
	if (words_number(word, time) || *time > ULONG_MAX / patience_factor) {
		fprintf(reply, "%s is not a time in milliseconds", word);
		return -EINVAL;
	}
	*time *= patience_factor;
	return 0;
}

static int read_deadline(const char *word, long long *deadline, FILE *reply)
{
	unsigned long time;
	int ret = waits_time(word, &time, reply);

	if (!ret)
		*deadline = channel_now() + time;
	return ret;
}

/* Return: whether a value is one of those in "ONE|OTHER". */
static bool is_one_of(const char *value, const char *wanted)
{
	size_t length = strlen(value), part;

	for (;; wanted += part + 1) {
		part = strcspn(wanted, "|");
		if (part == length && !strncmp(value, wanted, length))
			return true;
		if (!wanted[part])
			return false;
	}
}

/*
 * wait PATH VALUE[|VALUE…] TIMEOUT [STOP]: until the file holds one of them. Ends early, as an
 * error, when it holds STOP, a value from which it will not come there by itself.
 */
int verb_wait(const struct words *request, FILE *reply)
{
	const char *path = request->word[1], *wanted = request->word[2], *stop = request->word[4];
	char value[4096] = "";
	long long deadline;
	int uevents, fd, ret;

	ret = read_deadline(request->word[3], &deadline, reply);
	if (ret)
		return ret;
	uevents = open_uevents();
	for (;;) {
		fd = open(path, O_RDONLY | O_CLOEXEC);
		ret = fd < 0 ? -errno : read_value(fd, value, sizeof(value));
		if (!ret && is_one_of(value, wanted))
			break;
		if (!ret && stop && !strcmp(value, stop)) {
			ret = -ECANCELED;
			break;
		}
		if (channel_now() >= deadline) {
			ret = -ETIMEDOUT;
			break;
		}
		wait_for_news(uevents, fd);
		if (fd >= 0)
			close(fd);
	}
	if (ret && fd < 0)
		fprintf(reply, "%s is not there", path);
	else if (ret)
		fprintf(reply, "%s is \"%s\"", path, value);
	if (fd >= 0)
		close(fd);
	if (uevents >= 0)
		close(uevents);
	return ret;
}

int waits_for_file(const char *path, bool wanted, long long deadline)
{
	int uevents = open_uevents(), ret = 0;

	while ((access(path, F_OK) == 0) != wanted) {
		if (channel_now() >= deadline) {
			ret = -ETIMEDOUT;
			break;
		}
		wait_for_news(uevents, -1);
	}
	if (uevents >= 0)
		close(uevents);
	return ret;
}

static int wait_for_file(const struct words *request, FILE *reply, bool wanted)
{
	long long deadline;
	int ret = read_deadline(request->word[2], &deadline, reply);

	if (ret)
		return ret;
	ret = waits_for_file(request->word[1], wanted, deadline);
	if (ret)
		fprintf(reply, "%s is %s", request->word[1], wanted ? "not there" : "still there");
	return ret;
}

/* wait-exists PATH TIMEOUT */
int verb_wait_exists(const struct words *request, FILE *reply)
{
	return wait_for_file(request, reply, true);
}

/* wait-gone PATH TIMEOUT */
int verb_wait_gone(const struct words *request, FILE *reply)
{
	return wait_for_file(request, reply, false);
}
