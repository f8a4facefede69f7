// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * lab: one command to the emulated hardware of a running lab, from the host or from its guest.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "lab/channel.h"

#define ANSWER_TIMEOUT_MS 20000

enum { EXIT_REFUSED = 1, EXIT_USAGE = 2, EXIT_NO_LAB = 3 };

static const char usage[] =
	"Usage: lab [--control PATH] COMMAND [WORD…]\n"
	"\n"
	"Sends one command to the emulated hardware of a running lab:\n"
	"  lab list                      what is plugged where\n"
	"  lab plug SOCKET ADDON         push an add-on in (bounce=N gap_us=U: with contact bounce)\n"
	"  lab unplug SOCKET             pull it out\n"
	"  lab power SOCKET good|bad     the add-on's power-good line\n"
	"  lab set SOCKET CHIP KEY=VALUE change what a chip measures\n"
	"  lab glitch, lab nack, lab stats, lab help: see lab/sim/README.md\n"
	"\n"
	"PATH is the control socket in the lab's run directory (which `lab/run --shell` prints);\n"
	"without it the environment variable PLUGTREE_LAB counts, which is set in the guest.\n"
	"\n"
	"Exit status: 0 done, 1 refused, 2 wrong usage, 3 no lab answers.\n";

/* The guest has one line for all callers, so they take turns. */
static int open_device(const char *path)
{
	struct termios mode;
	int fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	flock(fd, LOCK_EX);
	if (!tcgetattr(fd, &mode)) {
		cfmakeraw(&mode);
		tcsetattr(fd, TCSAFLUSH, &mode);
	}
	return fd;
}

static int open_control(const char *path)
{
	struct stat info;

	if (stat(path, &info))
		return -errno;
	return S_ISSOCK(info.st_mode) ? channel_connect(path) : open_device(path);
}

static int send_command(struct channel *control, char **words)
{
	char *text = NULL;
	size_t length = 0;
	FILE *line = open_memstream(&text, &length);
	int ret;

	if (!line)
		return -ENOMEM;
	for (; *words; words++)
		fprintf(line, "%s%c", *words, words[1] ? ' ' : '\n');
	fclose(line);
	ret = channel_write(control, text, length, channel_now() + ANSWER_TIMEOUT_MS);
	free(text);
	return ret;
}

/* Prints the answer. Return: the exit status. */
static int show_answer(struct channel *control)
{
	long long deadline = channel_now() + ANSWER_TIMEOUT_MS;
	char line[1024];
	int ret;

	while (!(ret = channel_read_line(control, line, sizeof(line), deadline))) {
		if (!strcmp(line, "ok"))
			return 0;
		if (!strncmp(line, "error ", 6)) {
			fprintf(stderr, "lab: %s\n", line + 6);
			return EXIT_REFUSED;
		}
		puts(strncmp(line, "- ", 2) ? line : line + 2);
	}
	fprintf(stderr, "lab: no answer: %s\n", strerror(-ret));
	return EXIT_NO_LAB;
}

int main(int argc, char **argv)
{
	const char *path = getenv("PLUGTREE_LAB");
	struct channel control;
	int fd, ret;

	argv++;
	if (*argv && !strcmp(*argv, "--control") && argv[1]) {
		path = argv[1];
		argv += 2;
	}
	if (!*argv || !strcmp(*argv, "--help") || !strcmp(*argv, "-h")) {
		fputs(usage, *argv ? stdout : stderr);
		return *argv ? 0 : EXIT_USAGE;
	}
	if (!path) {
		fputs("lab: which lab? Give --control PATH or set PLUGTREE_LAB\n", stderr);
		return EXIT_USAGE;
	}
	fd = open_control(path);
	if (fd < 0) {
		fprintf(stderr, "lab: cannot open %s: %s\n", path, strerror(-fd));
		return EXIT_NO_LAB;
	}
	channel_open(&control, fd);
	ret = send_command(&control, argv);
	if (ret) {
		fprintf(stderr, "lab: cannot send: %s\n", strerror(-ret));
		return EXIT_NO_LAB;
	}
	return show_answer(&control);
}
