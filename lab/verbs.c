// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The actions of scenarios. A new one is a line here and a function.
 */
#include <stdio.h>
#include <string.h>

#include "lab/verbs.h"

static const struct verb verbs[] = {
	/* the hardware */
	{ "plug", 2, 4, "SOCKET ADDON [bounce=N gap_us=U]", verb_plug },
	{ "unplug", 1, 4, "SOCKET [bounce=N gap_us=U]", verb_unplug },
	{ "sim", 1, WORDS_MAX, "COMMAND WORD…", verb_sim },
	{ "machine", 1, WORDS_MAX, "COMMAND NAME=VALUE…", verb_machine },
	{ "pause", 1, 0, "TIME", verb_pause },
	{ "sweep-unplug", 2, 1, "SOCKET ADDON [EVERY]", verb_sweep_unplug },
	{ "sweep-plug", 2, 1, "SOCKET ADDON [EVERY]", verb_sweep_plug },
	{ "endure", 3, WORDS_MAX, "CYCLES|SECONDSs SEED|any SOCKET[@CARRIER]=ADDON,ADDON……", verb_endure },
	{ "sweep-unplug-outer", 4, 1, "SOCKET CARRIER INNER-SOCKET ADDON [EVERY]",
	  verb_sweep_unplug_outer },
	/* the connector */
	{ "wait", 2, 1, "CONNECTOR STATE[|STATE…] [TIME]", verb_wait },
	{ "expect", 3, 0, "CONNECTOR ATTRIBUTE VALUE|/REGEX/", verb_expect },
	{ "load", 2, 0, "CONNECTOR MODEL", verb_load },
	{ "eject", 1, 0, "CONNECTOR", verb_eject },
	{ "rescan", 1, 0, "CONNECTOR", verb_rescan },
	{ "expect-device", 1, 1, "BUS:DEVICE [DRIVER|none]", verb_expect_device },
	{ "expect-no-device", 1, 0, "BUS:DEVICE", verb_expect_no_device },
	/* anything else in the guest */
	{ "expect-file", 1, 1, "PATH [VALUE|/REGEX/]", verb_expect_file },
	{ "expect-no-file", 1, 0, "PATH", verb_expect_no_file },
	{ "wait-file", 1, 2, "PATH [VALUE [TIME]]", verb_wait_file },
	{ "wait-no-file", 1, 1, "PATH [TIME]", verb_wait_no_file },
	{ "write", 2, 0, "PATH TEXT", verb_write },
	{ "write!", 2, 1, "PATH TEXT [ERROR]", verb_write_fails },
	{ "run", 1, WORDS_MAX, "COMMAND…", verb_run_command },
	{ "run!", 1, WORDS_MAX, "COMMAND…", verb_run_command_fails },
	{ "expect-output", 1, 0, "TEXT|/REGEX/", verb_expect_output },
	{ "start", 2, WORDS_MAX, "NAME COMMAND…", verb_start },
	{ "finish", 1, 1, "NAME [TIME]", verb_finish },
	{ "finish-judge", 1, 1, "NAME [TIME]", verb_finish_judge },
	{ "hold", 2, 1, "NAME PATH [rw]", verb_hold },
	{ "held-read", 1, 1, "NAME [VALUE|/REGEX/|ERROR]", verb_held_read },
	{ "held-write", 2, 1, "NAME TEXT [ERROR]", verb_held_write },
	{ "release", 1, 0, "NAME", verb_release },
	{ "slab-mark", 0, 0, "", verb_slab_mark },
	{ "slab-compare", 0, 1, "[TOLERANCE]", verb_slab_compare },
	/* its sleep */
	{ "sleep", 0, 2, "[CONNECTOR STATE]", verb_sleep },
	{ "wake", 0, 0, "", verb_wake },
	{ "wait-woken", 0, 1, "[TIME]", verb_wait_woken },
	/* for benchmarks */
	{ "record", 1, 0, "LABEL", verb_record },
	{ "save", 2, 0, "PATH NAME", verb_save },
	/* for people who watch */
	{ "say", 0, WORDS_MAX, "TEXT…", verb_say },
	{ "show", 1, WORDS_MAX, "COMMAND…", verb_show },
	/* the runner does this one itself */
	{ "repeat", 2, WORDS_MAX, "TIMES [NAME=VALUE,VALUE…]… {", NULL },
};

const struct verb *verb_find(const char *name)
{
	unsigned int i;

	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (!strcmp(verbs[i].name, name))
			return &verbs[i];
	return NULL;
}

void verbs_print(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		printf("  %s %s\n", verbs[i].name, verbs[i].usage);
}
