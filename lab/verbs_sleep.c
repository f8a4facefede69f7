// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Actions that let the guest sleep (suspend-to-idle) and wake.
 *
 * A guest that is asleep answers nothing; what becomes of it is seen on its console. Meanwhile the
 * hardware can be changed.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lab/run.h"
#include "lab/run_setup.h"
#include "lab/verbs.h"

/* The time that the guest may be about it, which does not run on while it is asleep. */
#define COMMAND_MS "60000"
/*
 * The controller whose interrupt wakes it. Signal 10 does so, too, but it comes while the kernel
 * expects no interrupt, and lockdep complains.
 */
#define WAKER "/sys/bus/virtio/devices/virtio0/power/wakeup"
#define FALL_ASLEEP_MS 30000
#define WAKE_MS 30000
#define LOOK_AGAIN_MS 10

/* The last thing before the processor is left idle; from here on a wake-up ends a full sleep. */
#define ASLEEP "PM: suspend-to-idle"
/* After whatever came of it. */
#define AWAKE "PM: suspend exit"

static bool console_says(const struct run *run, const char *what)
{
	char *text = run_console_from(run, run->slept_from);
	bool found = text && strstr(text, what);

	free(text);
	return found;
}

static int wait_until_asleep(struct run *run)
{
	const struct timespec pause = { .tv_nsec = LOOK_AGAIN_MS * 1000000L };
	long long deadline =
		channel_now() + (long long)FALL_ASLEEP_MS * run->machine.backend->patience;

	while (!console_says(run, ASLEEP)) {
		if (console_says(run, AWAKE))
			return run_problem(run, "the guest did not fall asleep");
		if (channel_now() >= deadline)
			return run_problem(run, "the guest neither falls asleep nor gives it up");
		nanosleep(&pause, NULL);
	}
	return 0;
}

static int start_sleep(struct run *run, const char *connector, const char *state)
{
	char text[512] = "";

	/* A state may last for milliseconds only, so it is waited for without a pause. */
	if (connector)
		snprintf(text, sizeof(text),
			 "until read state </sys/class/plugtree/%s/state && [ $state = %s ]; "
			 "do :; done; ",
			 connector, state);
	strcat(text, "echo freeze >/sys/power/state");
	return run_answered(run, machine_ask(&run->machine, run->settings->answer_timeout, "run",
					     COMMAND_MS, text, NULL));
}

/*
 * Puts the guest to sleep, at once or as soon as a connector is in some state, and waits until it is
 * asleep.
 */
int verb_sleep(struct run *run, const struct words *words, const char *rest)
{
	int ret;

	if (words->count == 2)
		return run_problem(run, "in which state is %s to be?", words->word[1]);
	if (words->count > 2 && strlen(words->word[1]) + strlen(words->word[2]) > 128)
		return run_problem(run, "no state of a connector is called that");
	ret = run_request(run, 0, "write", "/sys/power/pm_debug_messages", "1");
	if (!ret)
		ret = run_request(run, 0, "write", WAKER, "enabled");
	if (ret)
		return ret;
	run->slept_from = run_console_size(run);
	ret = start_sleep(run, words->word[1], words->word[2]);
	return ret ? ret : wait_until_asleep(run);
}

static int finish_sleep(struct run *run, int timeout)
{
	int ret = machine_await_answer(&run->machine, &run->answer,
				       timeout + run->settings->answer_timeout);

	return verb_command_ended(run, ret, false);
}

/* Wakes a guest that is still asleep, and waits until it is awake. */
int verb_wake(struct run *run, const struct words *words, const char *rest)
{
	int ret;

	if (console_says(run, AWAKE))
		return run_problem(run, "the guest is awake already");
	ret = simulator_command(&run->simulator, stderr, "wake");
	return ret ? run_problem(run, "the hardware does not wake it") :
		     finish_sleep(run, WAKE_MS);
}

/* Waits until something else has woken the guest. */
int verb_wait_woken(struct run *run, const struct words *words, const char *rest)
{
	int timeout, ret = run_time(run, words->word[1], WAKE_MS, &timeout);

	return ret ? ret : finish_sleep(run, timeout);
}
