// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is around a scenario: its directory, its hardware, its guest's files.
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lab/archive.h"
#include "lab/base_tree.h"
#include "lab/channel.h"
#include "lab/process.h"
#include "lab/run_setup.h"

#define PATH_SIZE 512
#define FILES_FROM_TIMEOUT_MS 120000

static void run_path(const struct run *run, char *path, const char *name)
{
	snprintf(path, PATH_SIZE, "%s/%s", run->directory, name);
}

static unsigned int run_cpus(const struct run *run)
{
	return run->scenario->cpus ? run->scenario->cpus : run->board->cpus;
}

/* Sockets have short addresses, so the directory has a short name. */
static int make_directory(struct run *run)
{
	const char *parent = getenv("TMPDIR");

	if (!parent || strlen(parent) > RUN_DIRECTORY_SIZE - 20)
		parent = "/tmp";
	snprintf(run->directory, sizeof(run->directory), "%s/plugtree-XXXXXX", parent);
	if (!mkdtemp(run->directory)) {
		run_problem(run, "cannot make a directory in %s: %s", parent, strerror(errno));
		run->directory[0] = '\0';
		return -EIO;
	}
	return 0;
}

/* The path of something that was built for the kernel's flavour. */
static void image_path(const struct run *run, char *path, const char *name)
{
	snprintf(path, PATH_SIZE, "%s/%s/%s", run->settings->images, run->board->flavour, name);
}

static int make_tree(struct run *run)
{
	const struct scenario *scenario = run->scenario;
	char blob[PATH_SIZE], log[PATH_SIZE], source[PATH_SIZE * 2], emulator[PATH_SIZE];
	int ret;

	image_path(run, emulator, "emulator");
	run_path(run, blob, "base.dtb");
	run_path(run, log, "dtc.log");
	if (scenario->tree)
		snprintf(source, sizeof(source), "%s/%s", scenario->directory, scenario->tree);
	else
		snprintf(source, sizeof(source), "%s", run->board->tree);
	ret = compile_tree(source, blob, log);
	if (ret)
		return run_problem(run, "%s does not compile, see %s", source, log);
	ret = run->board->backend->fit_tree(blob, run->directory, emulator, run_cpus(run));
	return ret ? run_problem(run, "%s: not usable as the tree of this machine: %s", source,
				 strerror(-ret)) :
		     0;
}

int run_set_up(struct run *run)
{
	const struct scenario *scenario = run->scenario;
	char addons[PATH_SIZE * 2], copy[PATH_SIZE];
	const struct hardware hardware = {
		.program = run->settings->simulator,
		.board = run->board->path,
		.addons = run->settings->addons,
		.own_addons = scenario->addons ? addons : NULL,
		.directory = run->directory,
		.virtual_time = run->board->backend->answers && !scenario->real_time &&
				!run->settings->real_time,
	};
	int ret;

	run->simulator.control.fd = -1;
	run->simulator.answers = -1;
	run->machine.channel.fd = -1;
	ret = make_directory(run);
	if (ret)
		return ret;
	run_path(run, copy, "kmsg.log");
	run->log_copy = fopen(copy, "we");
	ret = make_tree(run);
	if (ret || !run->board->has_devices)
		return ret;
	if (scenario->addons)
		snprintf(addons, sizeof(addons), "%s/%s", scenario->directory, scenario->addons);
	ret = simulator_start(&run->simulator, &hardware);
	if (ret)
		run_problem(run, "the hardware does not start (%s), see %s/sim.log", strerror(-ret),
			    run->directory);
	return ret;
}

static int add_firmware(struct run *run, FILE *archive, const struct firmware_file *file)
{
	char source[PATH_SIZE * 2], blob[PATH_SIZE], log[PATH_SIZE], cut[PATH_SIZE],
		name[PATH_SIZE];

	snprintf(source, sizeof(source), "%s/%s", run->scenario->directory, file->source);
	snprintf(name, sizeof(name), "lib/firmware/%s", file->target);
	run_path(run, blob, "firmware");
	run_path(run, cut, "firmware.cut");
	run_path(run, log, "dtc.log");
	if (compile_tree(source, blob, log))
		return run_problem(run, "cannot read or compile %s", source);
	if (copy_file(blob, cut, file->limit) || archive_add_file(archive, name, cut))
		return run_problem(run, "cannot add %s to the guest", source);
	return 0;
}

/* Lets the scenario's program write behind what is in the archive; the kernel takes several. */
static int add_files_from(struct run *run, FILE *archive)
{
	struct process_files files = { .input = -1, .output = fileno(archive) };
	char program[PATH_SIZE * 2], log[PATH_SIZE], end[64];
	char *arguments[] = { program, NULL };
	struct process process;
	int ret = fflush(archive) ? -errno : 0;

	snprintf(program, sizeof(program), "%s/%s", run->scenario->directory,
		 run->scenario->files_from);
	run_path(run, log, "files-from.log");
	files.error = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (!ret)
		ret = process_start(&process, &files, arguments);
	if (files.error >= 0)
		close(files.error);
	if (ret)
		return run_problem(run, "cannot run %s: %s", program, strerror(-ret));
	if (process_wait(&process, channel_now() + FILES_FROM_TIMEOUT_MS)) {
		process_kill(&process);
		return run_problem(run, "%s takes too long, see %s", program, log);
	}
	if (!process.status)
		return 0;
	process_describe_end(&process, end, sizeof(end));
	return run_problem(run, "%s: %s, see %s", program, end, log);
}

/* The file system of the guest: that of all scenarios, then the files of this one. */
static int make_initramfs(struct run *run, char *path)
{
	const struct scenario *scenario = run->scenario;
	char base[PATH_SIZE];
	FILE *archive;
	unsigned int i;
	int ret = 0;

	image_path(run, base, "initramfs.cpio");
	if (!scenario->firmware_count && !scenario->files_from) {
		strcpy(path, base);
		return 0;
	}
	run_path(run, path, "initramfs.cpio");
	if (copy_file(base, path, ~0UL))
		return run_problem(run, "cannot copy %s", base);
	archive = fopen(path, "ae");
	if (!archive)
		return run_problem(run, "cannot write %s", path);
	for (i = 0; !ret && i < scenario->firmware_count; i++)
		ret = add_firmware(run, archive, &scenario->firmware[i]);
	if (!ret && archive_end(archive))
		ret = run_problem(run, "cannot write %s", path);
	if (!ret && scenario->files_from)
		ret = add_files_from(run, archive);
	if (fclose(archive) && !ret)
		ret = run_problem(run, "cannot write %s", path);
	return ret;
}

/* Shows the console on standard error while the launcher lives. */
static void show_console(const char *log)
{
	struct process_files files = { .input = -1, .output = 2, .error = -1 };
	static struct process tail;
	char *arguments[] = { "tail", "-n", "+1", "-F", (char *)log, NULL };
	FILE *file = fopen(log, "we");

	if (file)
		fclose(file);
	process_kill(&tail);
	process_start(&tail, &files, arguments);
}

static int command_clock(struct run *run, const char *command)
{
	char *answer = NULL;
	size_t length = 0;
	FILE *stream = open_memstream(&answer, &length);
	int ret;

	if (!stream)
		return -ENOMEM;
	ret = simulator_command(&run->simulator, stream, command);
	fclose(stream);
	free(answer);
	return ret;
}

static int let_rest(void *data)
{
	return command_clock(data, "time rest");
}

static int let_run(void *data)
{
	return command_clock(data, "time run");
}

int run_boot(struct run *run, bool shell)
{
	const char *options[SCENARIO_OPTIONS_MAX + 2] = { 0 };
	char emulator[PATH_SIZE], kernel[PATH_SIZE], initramfs[PATH_SIZE], tree[PATH_SIZE],
		log[PATH_SIZE];
	const struct machine_clock clock = {
		.rest = let_rest,
		.run = let_run,
		.data = run,
	};
	struct machine_settings settings = {
		.backend = run->board->backend,
		.cpus = run_cpus(run),
		.emulator = emulator,
		.kernel = kernel,
		.initramfs = initramfs,
		.tree = tree,
		.log = log,
		.directory = run->directory,
		.control = -1,
		.answers = run->simulator.answers,
		.clock = run->simulator.virtual_time ? &clock : NULL,
		.options = options,
		.shell = shell,
	};
	unsigned int i;
	int ret = make_initramfs(run, initramfs);

	if (ret)
		return ret;
	image_path(run, kernel, "linux");
	image_path(run, emulator, "emulator");
	run_path(run, tree, "base.dtb");
	run_path(run, log, "console.log");
	options[0] = run->scenario->no_leak_check ? "kmemleak=off" : "kmemleak=on";
	for (i = 0; i < run->scenario->option_count; i++)
		options[i + 1] = run->scenario->options[i];
	if (run->simulator.process.pid)
		settings.control = simulator_connect(&run->simulator);
	if (run->settings->verbose)
		show_console(log);
	ret = machine_boot(&run->machine, &settings, run->settings->boot_timeout);
	if (settings.control >= 0)
		close(settings.control);
	if (ret && run->machine.state == MACHINE_OFF)
		run_problem(run, "cannot start %s: %s", kernel, strerror(-ret));
	else if (ret)
		run_answered(run, ret);
	return ret;
}

int run_load_modules(struct run *run)
{
	char command[PATH_SIZE];
	unsigned int i;
	int ret = 0;

	for (i = 0; !ret && i < run->scenario->absent_count; i++) {
		snprintf(command, sizeof(command),
			 "f=$(find /lib/modules -name '%s.ko') && [ -n \"$f\" ] && rm $f",
			 run->scenario->absent[i]);
		ret = run_request(run, 5000, "run", "5000", command);
		if (!ret && strncmp(run->answer.text, "exit 0\n", 7))
			ret = run_problem(run, "the guest has no module %s",
					  run->scenario->absent[i]);
	}
	if (ret || run->scenario->no_modules)
		return ret;
	ret = run_request(run, 20000, "run", "20000", "modprobe plugtree");
	if (!ret && strncmp(run->answer.text, "exit 0\n", 7))
		ret = run_problem(run, "modprobe plugtree: %s", run->answer.text);
	return ret;
}

long run_console_size(const struct run *run)
{
	char path[PATH_SIZE];
	struct stat info;

	run_path(run, path, "console.log");
	return stat(path, &info) ? 0 : info.st_size;
}

char *run_console_from(const struct run *run, long from)
{
	long length = run_console_size(run) - from;
	char path[PATH_SIZE], *text;
	FILE *file;

	if (length < 0)
		return NULL;
	run_path(run, path, "console.log");
	file = fopen(path, "re");
	if (!file)
		return NULL;
	text = calloc(1, length + 1);
	if (text && !fseek(file, from, SEEK_SET))
		text[fread(text, 1, length, file)] = '\0';
	fclose(file);
	return text;
}

char *run_console_tail(const struct run *run, unsigned int lines)
{
	long size = run_console_size(run);
	char *text = run_console_from(run, size > 65536 ? size - 65536 : 0), *at;

	if (!text)
		return NULL;
	for (at = text + strlen(text); at > text && lines; at--)
		if (at[-1] == '\n' && at[0] && !--lines)
			break;
	memmove(text, at, strlen(at) + 1);
	return text;
}

static int remove_entry(const char *path, const struct stat *info, int kind, struct FTW *at)
{
	return remove(path);
}

void run_tear_down(struct run *run, bool failed)
{
	machine_stop(&run->machine);
	simulator_stop(&run->simulator);
	if (run->log_copy)
		fclose(run->log_copy);
	if (!run->directory[0])
		;
	else if (failed || run->settings->keep)
		printf("    # kernel log: %s/console.log, with levels: %s/kmsg.log\n",
		       run->directory, run->directory);
	else
		nftw(run->directory, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
	while (run->plugged_count)
		free(run->plugged[--run->plugged_count]);
	answer_free(&run->answer);
	free(run->problem);
	free(run->output);
	free(run->nodes);
	free(run->slab);
}
