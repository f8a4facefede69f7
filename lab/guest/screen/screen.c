// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Clients of a card: those who follow what is plugged, those who do not, and those who are never
 * content.
 */
#include <errno.h>
#include <linux/netlink.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "lab/guest/screen/card.h"

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec + time.tv_nsec / 1e9;
}

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
	stopped = 1;
}

static int open_uevents(void)
{
	struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = 1 };
	int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK,
			NETLINK_KOBJECT_UEVENT);

	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof(address))) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Are there hotplug events of a card among those that have come? */
static bool take_hotplug(int uevents)
{
	char message[4096];
	bool hotplug = false;
	ssize_t size;
	char *word;

	while ((size = recv(uevents, message, sizeof(message) - 1, 0)) > 0) {
		message[size] = '\0';
		for (word = message; word < message + size; word += strlen(word) + 1)
			hotplug |= !strcmp(word, "HOTPLUG=1");
	}
	/* Some were lost: look. */
	return hotplug || (size < 0 && errno == ENOBUFS);
}

static void tell(const char *format, unsigned int width, unsigned int height)
{
	printf(format, width, height);
	fflush(stdout);
}

static void look_and_light(struct screen_card *card)
{
	if (!card_probe(card)) {
		card->lit = false;
		tell("dark\n", 0, 0);
	} else if (!card_light(card)) {
		tell("lit %ux%u\n", card->mode.hdisplay, card->mode.vdisplay);
	}
}

static void wait_for(struct screen_card *card, int uevents, int milliseconds, bool *hotplug)
{
	struct pollfd files[] = { { card->fd, POLLIN, 0 }, { uevents, POLLIN, 0 } };

	if (poll(files, 2, milliseconds) <= 0)
		return;
	if (files[0].revents)
		card_take_events(card);
	if (files[1].revents && take_hotplug(uevents))
		*hotplug = true;
}

/* The events of flips that are under way come within a few frames. */
static int report(struct screen_card *card, int uevents)
{
	double end = now() + 2;
	bool hotplug;

	while (card->events < card->flips && now() < end)
		wait_for(card, uevents, 100, &hotplug);
	printf("flips %lu events %lu lost %lu refused %lu modesets %lu failed %lu\n", card->flips,
	       card->events, card->flips - card->events, card->refused, card->modesets,
	       card->failed);
	return card->events == card->flips ? 0 : 1;
}

/* What handles hotplug: sets the mode of what is there, and flips as fast as the card allows. */
static int follow(struct screen_card *card, int uevents, double seconds)
{
	double end = now() + seconds;
	bool hotplug = true;

	while (!stopped && now() < end) {
		if (hotplug) {
			hotplug = false;
			look_and_light(card);
		}
		if (card->lit && !card->flipping && card_flip(card))
			card->lit = false;
		wait_for(card, uevents, 100, &hotplug);
	}
	return report(card, uevents);
}

/* Sets the mode of what is there, and is content: between changes it asks for nothing. */
static int show(struct screen_card *card, int uevents, double seconds)
{
	double end = now() + seconds;
	bool hotplug = true;

	while (!stopped && now() < end) {
		if (hotplug)
			look_and_light(card);
		hotplug = false;
		wait_for(card, uevents, 1000, &hotplug);
	}
	return report(card, uevents);
}

/* As follow(), through a lease; the owner keeps its file and does nothing. */
static int lease(struct screen_card *card, int uevents, double seconds)
{
	struct screen_card leased;
	int ret;

	if (!card_probe(card)) {
		puts("nothing is connected");
		return 1;
	}
	ret = card_lease(card, &leased);
	if (ret) {
		fprintf(stderr, "plugtree-screen: lease: %s\n", strerror(-ret));
		return 1;
	}
	ret = follow(&leased, uevents, seconds);
	card_close(&leased);
	return ret;
}

/* What looks once at the beginning, and sets the same mode again when it is refused. */
static int ignore(struct screen_card *card, int uevents, double seconds)
{
	double end = now() + seconds;
	bool hotplug, was_lit = false;

	if (!card_probe(card)) {
		puts("nothing is connected");
		return 1;
	}
	while (!stopped && now() < end) {
		if (!card->lit && card_light(card))
			usleep(20000);
		if (card->lit != was_lit)
			tell(card->lit ? "lit\n" : "refused\n", 0, 0);
		was_lit = card->lit;
		if (card->lit && !card->flipping && card_flip(card))
			card->lit = false;
		wait_for(card, uevents, 10, &hotplug);
	}
	return report(card, uevents);
}

/* As fast as it can, on and off. */
static int modeset(struct screen_card *card, int uevents, double seconds)
{
	double end = now() + seconds;
	bool hotplug;

	while (!stopped && now() < end) {
		if (!card_probe(card)) {
			wait_for(card, uevents, 100, &hotplug);
			continue;
		}
		if (!card_light(card) && !card->flipping)
			card_flip(card);
		card_darken(card);
		while (take_hotplug(uevents))
			;
		if (card->events < card->flips)
			card_take_events(card);
	}
	return report(card, uevents);
}

/* Seconds that a commit hangs, which the client cannot help. */
static int block(struct screen_card *card, int uevents, double seconds)
{
	int ret;

	look_and_light(card);
	ret = fence_commit(card, (unsigned int)(seconds * 1000));
	if (ret) {
		fprintf(stderr, "plugtree-screen: %s\n", strerror(-ret));
		return 1;
	}
	return report(card, uevents);
}

/* Lights it, and keeps the file and what is on it. */
static int keep(struct screen_card *card, int uevents, double seconds)
{
	look_and_light(card);
	usleep((useconds_t)(seconds * 1e6));
	return report(card, uevents);
}

static int status(struct screen_card *card, int uevents, double seconds)
{
	if (card_probe(card))
		printf("connected %ux%u\n", card->mode.hdisplay, card->mode.vdisplay);
	else
		puts("nothing is connected");
	return 0;
}

static const struct {
	const char *name;
	int (*run)(struct screen_card *card, int uevents, double seconds);
} kinds[] = {
	{ "follow", follow }, { "show", show }, { "ignore", ignore }, { "modeset", modeset },
	{ "block", block },   { "keep", keep }, { "lease", lease },   { "status", status },
};

static int usage(void)
{
	fputs("Usage: plugtree-screen follow|show|ignore|modeset|block|keep|lease SECONDS\n"
	      "       plugtree-screen status 0\n"
	      "       plugtree-screen png FILE\n",
	      stderr);
	return 2;
}

int main(int argc, char **argv)
{
	struct screen_card card;
	unsigned int i;
	int uevents, ret;

	if (argc != 3)
		return usage();
	if (!strcmp(argv[1], "png")) {
		ret = png_write(argv[2]);
		if (ret)
			fprintf(stderr, "plugtree-screen: %s: %s\n", argv[2], strerror(-ret));
		return ret ? 1 : 0;
	}
	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(argv[1], kinds[i].name))
			continue;
		signal(SIGTERM, stop);
		uevents = open_uevents();
		ret = uevents < 0 ? -errno : card_open(&card);
		if (ret) {
			fprintf(stderr, "plugtree-screen: %s\n", strerror(-ret));
			return 1;
		}
		ret = kinds[i].run(&card, uevents, strtod(argv[2], NULL));
		card_close(&card);
		close(uevents);
		return ret;
	}
	return usage();
}
