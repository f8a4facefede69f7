// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * plugtree-sim from outside: its command line, and its control socket.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/sim/test.h"

#define TIMEOUT_MS 10000
#define ARGUMENTS_MAX 12

static const char *program;
static char board[512], addons[512];
static char directory[] = "/tmp/plugtree-test-XXXXXX";

/* Starts the program. Return: its process; *out reads what it prints. */
static pid_t start(int *out, const char *const *arguments)
{
	const char *all[ARGUMENTS_MAX + 2] = { program };
	int ends[2];
	pid_t process;
	unsigned int i;

	for (i = 0; arguments[i]; i++)
		all[i + 1] = arguments[i];
	assert_int_equal(pipe(ends), 0);
	process = fork();
	assert_true(process >= 0);
	if (!process) {
		dup2(ends[1], 1);
		dup2(ends[1], 2);
		close(ends[0]);
		close(ends[1]);
		execv(program, (char *const *)all);
		_exit(99);
	}
	close(ends[1]);
	*out = ends[0];
	return process;
}

/* Reads until the other side closes it, or *until* is there. */
static void read_all(int fd, char *text, size_t size, const char *until)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	size_t used = 0;
	ssize_t got;

	text[0] = '\0';
	while (used + 1 < size && !(until && strstr(text, until))) {
		if (poll(&ready, 1, TIMEOUT_MS) != 1)
			fail_msg("no more than \"%s\"", text);
		got = read(fd, text + used, size - 1 - used);
		if (got <= 0)
			return;
		used += got;
		text[used] = '\0';
	}
}

static int finish(pid_t process)
{
	int status;

	assert_int_equal(waitpid(process, &status, 0), process);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void expect_run(const char *const *arguments, int status, const char *sentence)
{
	char text[4096];
	pid_t process;
	int out;

	process = start(&out, arguments);
	read_all(out, text, sizeof(text), NULL);
	close(out);
	if (finish(process) != status || !strstr(text, sentence))
		fail_msg("not status %d with \"%s\": %s", status, sentence, text);
}

#define RUN(status, sentence, ...) \
	expect_run((const char *const[]){ __VA_ARGS__, NULL }, status, sentence)

static void the_command_line_is_checked(void **state)
{
	char path[64];
	FILE *file;

	RUN(0, "Usage: plugtree-sim", "--help");
	RUN(0, "plugtree-sim 0.", "--version");
	RUN(2, "Usage: plugtree-sim", "--board", board);
	RUN(2, "Usage: plugtree-sim", "--board", board, "--addons", addons, "--dir", directory,
	    "x");
	RUN(2, "Usage: plugtree-sim", "--colour");
	RUN(2, "many is not a descriptor", "--ready-fd", "many");
	RUN(2, "cannot read /nowhere: No such file", "--board", "/nowhere", "--addons", addons,
	    "--dir", directory);
	RUN(1, "cannot listen on /nowhere/", "--board", board, "--addons", addons, "--dir",
	    "/nowhere");
	snprintf(path, sizeof(path), "%s/bad.board", directory);
	file = fopen(path, "w");
	fputs("\ndevice control i2c\n", file);
	fclose(file);
	RUN(2, "bad.board:2: control is the name", "--board", path, "--addons", addons, "--dir",
	    directory);
	unlink(path);
}

static pid_t server;
static int server_output;

static int start_server(void **state)
{
	char number[16], byte;
	const char *const arguments[] = { "--board", board,	   "--addons", addons, "--dir",
					  directory, "--ready-fd", number,     NULL };
	int ready[2], ret;

	if (pipe(ready))
		return -1;
	snprintf(number, sizeof(number), "%d", ready[1]);
	server = start(&server_output, arguments);
	close(ready[1]);
	ret = read(ready[0], &byte, 1) == 1 ? 0 : -1;
	close(ready[0]);
	return ret;
}

static int stop_server(void **state)
{
	int status = -1;

	if (server) {
		kill(server, SIGTERM);
		status = finish(server);
	}
	server = 0;
	close(server_output);
	return status;
}

static int join(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s/control", directory);
	assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void say(int fd, const char *text)
{
	assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), strlen(text));
}

/* The answers to what was said must end like this. */
static void expect(int fd, const char *end)
{
	char text[16384];

	read_all(fd, text, sizeof(text), end);
	if (!strstr(text, end))
		fail_msg("\"%s\" is without \"%s\"", text, end);
}

static void two_give_commands(void **state)
{
	int one = join(), other = join();

	say(one, "plug main acme-ther");
	say(other, "plug side slim-thermo\nlist\n");
	expect(other, "- side (lab,slim): lab,slim/slim-thermo, has power\n");
	say(one, "mo\nget main lm75@0x48\nfrob\n");
	expect(one, "ok\n- temperature=21.5\nok\nerror there is no command frob; try help\n");
	close(one);
	say(other, "stats\nlog 1\n");
	expect(other, "\"plugs\":1");
	close(other);
}

static void answers_wait_for_the_last_edge(void **state)
{
	static const char first[] = "ok\nerror usage: set";
	char text[4096] = "", answers[16384];
	int fd = join(), i;

	say(fd, "plug main acme-thermo bounce=4 gap_us=20000\n");
	/* More than its buffer holds, while it waits. */
	for (i = 0; i < 200; i++)
		strcat(text, "set main lm75\n");
	say(fd, text);
	say(fd, "get main lm75@0x48 temperature\n");
	/* All of them may come at once. */
	read_all(fd, answers, sizeof(answers), "- 21.5\nok\n");
	assert_memory_equal(answers, first, strlen(first));
	assert_non_null(strstr(answers, "- 21.5\nok\n"));
	close(fd);
}

static void one_who_has_said_all_gets_the_answer(void **state)
{
	char text[64];
	int fd = join();

	say(fd, "plug main acme-thermo bounce=4 gap_us=20000\nlog 0\n");
	shutdown(fd, SHUT_WR);
	read_all(fd, text, sizeof(text), NULL);
	assert_string_equal(text, "ok\nok\n");
	close(fd);
	/* One who is gone altogether is no harm. */
	fd = join();
	say(fd, "unplug main bounce=4 gap_us=20000\n");
	close(fd);
	fd = join();
	do {
		say(fd, "plug main acme-thermo\n");
		read_all(fd, text, sizeof(text), "\n");
	} while (strstr(text, "still bounce"));
	assert_string_equal(text, "ok\n");
	close(fd);
}

static void a_line_can_be_too_long(void **state)
{
	char text[5001];
	int fd = join();

	memset(text, 'x', sizeof(text));
	text[5000] = '\0';
	say(fd, text);
	say(fd, "\nlog 0\n");
	expect(fd, "error the line is too long\nok\n");
	close(fd);
}

static void one_who_does_not_read_is_not_waited_for(void **state)
{
	struct timeval patience = { .tv_sec = 5 };
	int fd = join(), other = join(), i;

	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
	for (i = 0; i < 20000; i++)
		if (send(fd, "help\n", 5, MSG_NOSIGNAL) < 0)
			break;
	assert_int_equal(errno, EPIPE);
	say(other, "log 0\n");
	expect(other, "ok\n");
	close(fd);
	close(other);
}

static void it_ends_when_told(void **state)
{
	char path[64];
	int fd = join();

	snprintf(path, sizeof(path), "%s/control", directory);
	assert_int_equal(access(path, F_OK), 0);
	say(fd, "quit\n");
	expect(fd, "ok\n");
	assert_int_equal(finish(server), 0);
	server = 0;
	assert_int_not_equal(access(path, F_OK), 0);
	close(fd);
	assert_int_equal(start_server(NULL), 0);
}

static void nobody_has_to_wait_for_it(void **state)
{
	char number[16], text[256];
	const char *const arguments[] = { "--board", board,	   "--addons", addons, "--dir",
					  directory, "--ready-fd", number,     NULL };
	int ready[2], out;
	pid_t process;

	assert_int_equal(pipe(ready), 0);
	close(ready[0]);
	snprintf(number, sizeof(number), "%d", ready[1]);
	process = start(&out, arguments);
	close(ready[1]);
	read_all(out, text, sizeof(text), "\n");
	assert_non_null(strstr(text, "nobody reads descriptor"));
	kill(process, SIGTERM);
	assert_int_equal(finish(process), 0);
	close(out);
}

static int make_directory(void **state)
{
	return mkdtemp(directory) ? 0 : -1;
}

static int remove_directory(void **state)
{
	return rmdir(directory);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start_server, stop_server)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_command_line_is_checked),
		cmocka_unit_test(nobody_has_to_wait_for_it),
		TEST(two_give_commands),
		TEST(answers_wait_for_the_last_edge),
		TEST(one_who_has_said_all_gets_the_answer),
		TEST(a_line_can_be_too_long),
		TEST(one_who_does_not_read_is_not_waited_for),
		TEST(it_ends_when_told),
	};

	if (argc < 3) {
		fputs("Usage: program TOP PLUGTREE-SIM\n", stderr);
		return 2;
	}
	program = argv[2];
	snprintf(board, sizeof(board), "%s/lab/boards/a.board", argv[1]);
	snprintf(addons, sizeof(addons), "%s/addons", argv[1]);
	return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
