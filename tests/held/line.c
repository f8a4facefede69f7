// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree-line CHIP LINE edges|changes: a program that has requested a GPIO line, of the controller
 * of that name or label, and waits for edges on it, or that waits for news of who has requested it,
 * until that fails. Prints what happens, a line for each.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/gpio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int open_chip(const char *wanted)
{
	struct gpiochip_info info;
	char path[32];
	int fd, i;

	for (i = 0; i < 16; i++) {
		snprintf(path, sizeof(path), "/dev/gpiochip%d", i);
		fd = open(path, O_RDWR | O_CLOEXEC);
		if (fd < 0)
			continue;
		if (!ioctl(fd, GPIO_GET_CHIPINFO_IOCTL, &info) &&
		    (!strcmp(info.name, wanted) || !strcmp(info.label, wanted)))
			return fd;
		close(fd);
	}
	return -1;
}

static int request_line(int chip, unsigned int line)
{
	struct gpio_v2_line_request request = {
		.offsets = { line },
		.num_lines = 1,
		.consumer = "plugtree-line",
		.config.flags = GPIO_V2_LINE_FLAG_INPUT | GPIO_V2_LINE_FLAG_EDGE_RISING |
				GPIO_V2_LINE_FLAG_EDGE_FALLING,
	};

	return ioctl(chip, GPIO_V2_GET_LINE_IOCTL, &request) ? -1 : request.fd;
}

static void say(const char *what, const char *how)
{
	printf("%s: %s\n", what, how);
	fflush(stdout);
}

static void wait_for_changes(int chip, unsigned int line)
{
	struct gpio_v2_line_info info = { .offset = line };
	struct gpio_v2_line_info_changed change;

	if (ioctl(chip, GPIO_V2_GET_LINEINFO_WATCH_IOCTL, &info)) {
		say("watch", strerrorname_np(errno));
		return;
	}
	say("wait", "begins");
	while (read(chip, &change, sizeof(change)) == sizeof(change))
		say("change", change.info.consumer);
	say("change", strerrorname_np(errno));
}

/* And what is left of the line afterwards. */
static void wait_for_edges(int chip, unsigned int number)
{
	struct gpio_v2_line_values values = { .mask = 1 };
	struct gpio_v2_line_event event;
	int line = request_line(chip, number);

	if (line < 0) {
		say("request", strerrorname_np(errno));
		return;
	}
	say("wait", "begins");
	while (read(line, &event, sizeof(event)) == sizeof(event))
		say("edge", event.id == GPIO_V2_LINE_EVENT_RISING_EDGE ? "rising" : "falling");
	say("edge", strerrorname_np(errno));
	if (!ioctl(line, GPIO_V2_LINE_GET_VALUES_IOCTL, &values))
		say("value", values.bits & 1 ? "1" : "0");
	else
		say("value", strerrorname_np(errno));
	close(line);
}

int main(int argc, char **argv)
{
	unsigned int number;
	int chip;

	if (argc != 4) {
		fprintf(stderr, "Usage: plugtree-line CHIP LINE edges|changes\n");
		return 2;
	}
	number = strtoul(argv[2], NULL, 10);
	chip = open_chip(argv[1]);
	if (chip < 0) {
		fprintf(stderr, "plugtree-line: there is no chip %s\n", argv[1]);
		return 1;
	}
	if (!strcmp(argv[3], "edges"))
		wait_for_edges(chip, number);
	else
		wait_for_changes(chip, number);
	if (request_line(chip, number) < 0)
		say("request", strerrorname_np(errno));
	close(chip);
	return 0;
}
