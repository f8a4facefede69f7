// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree-ask-kernel CONNECTOR FILE…: the kernel's verdict on each file, by the module
 * plugtree-judge, in the form of "plugtree check --brief".
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define JUDGE "/sys/kernel/debug/plugtree-judge"
#define BLOB_MAX (4 << 20)

/* The path of the connector's node, a NUL, the overlay. */
static char question[4096 + BLOB_MAX];

static int complain(const char *path)
{
	fprintf(stderr, "plugtree-ask-kernel: %s: %s\n", path, strerror(errno));
	return 1;
}

static ssize_t read_file(const char *path, char *bytes)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size;

	if (fd < 0)
		return -1;
	size = read(fd, bytes, BLOB_MAX);
	close(fd);
	return size;
}

static int ask(int judge, const char *connector, const char *path)
{
	size_t begin = strlen(connector) + 1;
	ssize_t size = read_file(path, question + begin);
	char answer[512];

	if (size < 0)
		return complain(path);
	memcpy(question, connector, begin);
	if (write(judge, question, begin + (size_t)size) != (ssize_t)begin + size)
		return complain(JUDGE);
	size = pread(judge, answer, sizeof(answer) - 1, 0);
	if (size < 0)
		return complain(JUDGE);
	answer[size] = '\0';
	printf("%s: %s: %s\n", path, connector, answer);
	return 0;
}

int main(int argc, char **argv)
{
	int failed = 0, judge, i;

	if (argc < 3) {
		fputs("Usage: plugtree-ask-kernel CONNECTOR FILE...\n", stderr);
		return 2;
	}
	if (strlen(argv[1]) >= sizeof(question) - BLOB_MAX)
		return 2;
	judge = open(JUDGE, O_RDWR | O_CLOEXEC);
	if (judge < 0)
		return complain(JUDGE);
	for (i = 2; i < argc; i++)
		failed |= ask(judge, argv[1], argv[i]);
	return failed || fclose(stdout);
}
