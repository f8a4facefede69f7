// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files of boards and add-ons: those that are there, and mistakes with their sentences.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab/sim/board.h"
#include "lab/sim/data_file.h"
#include "tests/sim/test.h"

static const char *top;
static char directory[] = "/tmp/plugtree-test-XXXXXX";

static void expect_board(const char *text, const char *sentence)
{
	char path[64], problem[PROBLEM_SIZE] = "";
	struct board *board = calloc(1, sizeof(*board));
	FILE *file;
	int ret;

	snprintf(path, sizeof(path), "%s/x.board", directory);
	file = fopen(path, "w");
	fputs(text, file);
	fclose(file);
	ret = board_read(board, path, problem);
	board_destroy(board);
	free(board);
	unlink(path);
	assert_int_equal(ret, sentence ? -EINVAL : 0);
	if (sentence && !strstr(problem, sentence))
		fail_msg("%s: not about \"%s\"", problem, sentence);
}

static void expect_many(unsigned int count, const char *begin, const char *format,
			const char *sentence)
{
	char *text = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&text, &size);
	unsigned int i;

	fputs(begin, file);
	for (i = 0; i < count; i++) {
		fprintf(file, format, i % 100, i / 100);
		fputc('\n', file);
	}
	fclose(file);
	expect_board(text, sentence);
	free(text);
}

static void as_many_as_there_may_be(void **state)
{
	expect_many(BOARD_SOCKETS_MAX, "", "socket s%u t", NULL);
	expect_many(BOARD_SOCKETS_MAX + 1, "", "socket s%u t", ":65: more than 64 sockets");
	expect_many(BOARD_DEVICES_MAX, "", "device i%u i2c", NULL);
	expect_many(BOARD_DEVICES_MAX + 1, "", "device i%u i2c", ":17: more than 16 devices");
	expect_many(CHIP_PLACES_MAX, "device i0 i2c\ndevice i1 i2c\ndevice i2 i2c\n",
		    "chip i%2$u %1$u lm75", NULL);
	expect_many(CHIP_PLACES_MAX + 1, "device i0 i2c\ndevice i1 i2c\ndevice i2 i2c\n",
		    "chip i%2$u %1$u lm75", ":260: more than 256 chips");
}

static void boards(void **state)
{
	expect_board("", NULL);
	expect_board("kernel um\ntree x.dts\n# comment\ndevice g gpio 4\nsocket s t\n"
		     "present g 0 low\nvcc g 1\nstrap 0 g 2\nline 15 g 3\n",
		     NULL);
	expect_board("frobnicate\n", ":1: there is no \"frobnicate\"");
	expect_board("device\n", "too few or too many words");
	expect_board("device a i2c\n\ndevice a i2c\n", ":3: there is a a already");
	expect_board("device a i2c 4\n", "device NAME i2c");
	expect_board("device a gpio 0\n", "device NAME gpio LINES");
	expect_board("device a gpio 257\n", "device NAME gpio LINES");
	expect_board("device a scsi\n", "no kind of device");
	expect_board("device g gpio 9\ndevice s spi g sck=0 mosi=1 miso=2 cs=3,8\nsocket t t\n"
		     "bus spi s 1,0\n",
		     NULL);
	expect_board("device s spi g sck=0 mosi=1 miso=2 cs=3\n", "device NAME spi");
	expect_board("device i i2c\ndevice s spi i sck=0 mosi=1 miso=2 cs=3\n", "NAME spi");
	expect_board("device g gpio 9\ndevice s spi g sck=0 mosi=1 miso=2\n", "NAME spi");
	expect_board("device g gpio 9\ndevice s spi g sck=0 mosi=1 miso=2 cs=\n", "NAME spi");
	expect_board("device g gpio 9\ndevice s spi g sck=0 mosi=1 miso=2 cs=9\n", "NAME spi");
	expect_board("device g gpio 9\ndevice s spi g sck=0 mosi=1 miso=2 cs=3,1\n", "NAME spi");
	expect_board("device g gpio 9\ndevice s spi g sck=0 mosi=x miso=2 cs=3\n", "NAME spi");
	expect_board("device g gpio 9\ndevice s spi g mosi=0 sck=1 miso=2 cs=3\n", "NAME spi");
	expect_board("device g gpio 9\ndevice s spi g sck=0 mosi=1 miso=2 cs=3 4\n", "NAME spi");
	expect_board("device g gpio 20\ndevice s spi g sck=0 mosi=1 miso=2 "
		     "cs=3,4,5,6,7,8,9,10,11\n",
		     "NAME spi");
	expect_board("device i i2c\nsocket s t\nbus b i x\n", "from 0 to 127");
	expect_board("device i i2c\nsocket s t\nbus b i 0,1,2,3,4,5,6,7,8\n", "more than 8");
	expect_board("device ../a i2c\n", "not usable as a name");
	expect_board("device .. i2c\n", "not usable as a name");
	expect_board("device \"\" i2c\n", "not usable as a name");
	expect_board("device control i2c\n", "name of the control socket");
	expect_board("socket a/b t\n", "not usable as a name");
	expect_board("device \"a\n", "unclosed quote");
	expect_board("present g 0\n", "socket has to come before");
	expect_board("socket s t\nsocket s t\n", "there is a s already");
	expect_board("socket s t\npresent g 0\n", "no GPIO device g");
	expect_board("socket s t\nbus b i\n", "no bus i");
	expect_board("device g gpio 4\nsocket s t\npresent g 4\n", "from 0 to 3");
	expect_board("device g gpio 4\nsocket s t\npresent g 0 maybe\n", "low or high");
	expect_board("device g gpio 4\nsocket s t\nstrap 16 g 0\n", "from 0 to 15");
	expect_board("device g gpio 4\nsocket s t\nbus b g\n", "no bus g");
	expect_board("socket s t\nline 1 line 2\n", "a base board is in no socket");
	expect_board("socket board t\n", "there is a board already");
	expect_board("chip i 0x48 lm75\n", "no bus i");
	expect_board("device i i2c\nchip i 0x70 pca9548 name=mux\nsocket s t\nbus b mux.7\n", NULL);
	expect_board("device i i2c\nchip i 0x70 pca9548 name=mux\nchip mux.8 0x48 lm75\n",
		     "no bus mux.8");
	expect_board("device i i2c\nchip i 0x48 lm75 name=x\nchip x.0 0x48 lm75\n", "no bus x.0");
	expect_board("device i i2c\nchip i 0x48 lm75\nchip .0 0x48 lm75\n", "no bus .0");
	expect_board("device i i2c\nchip i 0x48 lm75\nchip i 0x48 lm75\n", "0x48 already");
	expect_board("device i i2c\nchip i 0x50 24c64 id\n", "has to come before");
	expect_board("device i i2c\nchip i 0x70 pca9548 reset=1\n", "has no reset");
}

static void expect_addon(const char *text, const char *sentence)
{
	char path[64], problem[PROBLEM_SIZE] = "";
	const char *const directories[] = { directory, NULL };
	struct addon *addon = NULL;
	FILE *file;
	int ret;

	snprintf(path, sizeof(path), "%s/t", directory);
	mkdir(path, 0755);
	snprintf(path, sizeof(path), "%s/t/x.addon", directory);
	file = fopen(path, "w");
	fputs(text, file);
	fclose(file);
	ret = addon_create(&addon, directories, "t", "x", problem);
	addon_destroy(addon);
	unlink(path);
	assert_int_equal(ret, sentence ? -EINVAL : 0);
	if (sentence && !strstr(problem, sentence))
		fail_msg("%s: not about \"%s\"", problem, sentence);
}

#define TYPE "type t\n"

static void addons(void **state)
{
	expect_addon(TYPE, NULL);
	expect_addon("", "the line with the type is missing");
	expect_addon(TYPE "id rpi-hat vendor=A model=B\nchip b 0x50 24c64 id\npowergood after=5\n",
		     NULL);
	expect_addon(TYPE "id rpi-hat vendor=A model=B\nchip b 0x50 24c64 corrupt\n", NULL);
	expect_addon(TYPE "id morse vendor=A\n", "no identity format \"morse\"");
	expect_addon(TYPE "id rpi-hat colour=red\n", "not a part of an identity");
	expect_addon(TYPE "id raw model=B offset=0x10 size=four\n", "not a number");
	expect_addon(TYPE "chip b 0x50 24c64 id\n", "has to come before");
	expect_addon(TYPE "id raw model=ABCDEFGH offset=0 size=4\nchip b 0x50 24c02 id\n",
		     "cannot be written");
	expect_addon(TYPE "chip b 0x50 z80\n", "no chip \"z80\"");
	expect_addon(TYPE "chip b 0x80 lm75\n", "at most 0x7f");
	expect_addon(TYPE "chip b 0x48 lm75 blank\n", "holds no data");
	expect_addon(TYPE "chip b 0x48 lm75 warm\n", "means nothing here");
	expect_addon(TYPE "chip b 0x48 lm75 temperature=hot\n", "hot is no temperature of a lm75");
	expect_addon(TYPE "chip b 0x48 lm75 humidity=1\n", "a lm75 has no humidity");
	expect_addon(TYPE "chip b 0x48 lm75 int=64\n", "from 0 to 63");
	expect_addon(TYPE "chip b 0x50 24c02 image=nowhere.bin\n", "cannot read");
	expect_addon(TYPE "chip b 0x48 lm75 reset=1\n", "a lm75 has no reset input");
	expect_addon(TYPE "chip b 0x70 pca9548 reset=64\n", "from 0 to 63");
	expect_addon(TYPE "chip b 0x48 lm75 name=a.b\n", "not usable as a name");
	expect_addon(TYPE "chip b 0x48 lm75 name=a\nchip b 0x49 lm75 name=a\n",
		     "there is a a already");
	expect_addon(TYPE "strap many\n", "not a number");
	expect_addon(TYPE "strap 0 many\n", "strap N DEVICE LINE");
	expect_addon(TYPE "strap 0 x 1\n", "socket has to come before");
	expect_addon(TYPE "chip b 0x20 pca9555\nsocket s t\nstrap 0 pca9555@0x20 1\nline 2 line 3\n",
		     NULL);
	expect_addon(TYPE "socket s t\nline 16 line 2\n", "from 0 to 15");
	expect_addon(TYPE "socket s t\nline 2 line 3 low\n", "line N line N");
	expect_addon(TYPE "powergood soon\n", "powergood never");
}

static void names_of_addons_lead_nowhere_else(void **state)
{
	static const char *const names[] = {
		"", "..", "../x", "t/../../x", "nobody", "/etc/passwd"
	};
	const char *const directories[] = { directory, NULL };
	char problem[PROBLEM_SIZE];
	struct addon *addon;
	unsigned int i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(addon_create(&addon, directories, "t", names[i], problem),
				 -ENOENT);
}

static void a_board_is_wired_as_another(void **state)
{
	char path[64];
	FILE *file;

	expect_board("wired-as x.board\n", "x.board:1: wired-as leads on and on");
	expect_board("wired-as y.board\n", "x.board:1: cannot read y.board: No such file");
	snprintf(path, sizeof(path), "%s/y.board", directory);
	file = fopen(path, "w");
	fputs("device i2c0 i2c\nbogus\n", file);
	fclose(file);
	expect_board("wired-as y.board\n", "y.board:2: there is no \"bogus\"");
	file = fopen(path, "w");
	fputs("device i2c0 i2c\n", file);
	fclose(file);
	expect_board("wired-as y.board\n", NULL);
	expect_board("wired-as y.board\ndevice i2c0 i2c\n", "x.board:2: there is a i2c0 already");
	unlink(path);
}

static void those_of_the_project_can_be_read(void **state)
{
	static const char *const all[][2] = {
		{ "lab,wide", "acme-thermo" },
		{ "lab,wide", "acme-panel" },
		{ "lab,slim", "slim-thermo" },
		{ "lab,raw", "clock" },
	};
	char path[512], problem[PROBLEM_SIZE] = "";
	struct board *board = calloc(1, sizeof(*board));
	const char *directories[] = { path, NULL };
	struct addon *addon;
	unsigned int i;

	snprintf(path, sizeof(path), "%s/lab/boards/a.board", top);
	if (board_read(board, path, problem))
		fail_msg("%s", problem);
	board_destroy(board);
	free(board);
	snprintf(path, sizeof(path), "%s/addons", top);
	for (i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (addon_create(&addon, directories, all[i][0], all[i][1], problem))
			fail_msg("%s", problem);
		addon_destroy(addon);
	}
}

static int setup(void **state)
{
	return mkdtemp(directory) ? 0 : -1;
}

static int teardown(void **state)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/t", directory);
	rmdir(path);
	return rmdir(directory);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(boards),
		cmocka_unit_test(as_many_as_there_may_be),
		cmocka_unit_test(addons),
		cmocka_unit_test(names_of_addons_lead_nowhere_else),
		cmocka_unit_test(a_board_is_wired_as_another),
		cmocka_unit_test(those_of_the_project_can_be_read),
	};

	top = argc > 1 ? argv[1] : ".";
	return cmocka_run_group_tests(tests, setup, teardown);
}
