// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fails the N-th allocation of an insertion or of a removal, or all of a removal.
 *
 * The kernel counts the allocations of a task down and fails the one at zero (fail_nth of struct
 * task_struct, as in /proc/PID/fail-nth). An insertion runs on some worker of a workqueue, so the
 * count is set by that worker itself, in a probe of plugtree's tracepoint at the beginning, and
 * cleared in the workqueue's tracepoint at the end. What an insertion makes other tasks do
 * (modprobe, probes that are asynchronous or deferred, the workers of other connectors) does not
 * count.
 *
 * debugfs directory plugtree-faults:
 *   arm     write "CONNECTOR insertion|removal N|N+|all" (N+: and all that come after it; that and
 *           all need failslab's probability at 100, and its task filter)
 *   report  read: waits for the end of what was armed; then the lines "hit 0|1", "allocations N",
 *           "failed N", and the functions in which the first one failed, the innermost first
 */
#include <linux/cleanup.h>
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/stacktrace.h>
#include <linux/tracepoint.h>
#include <linux/wait.h>
#include <trace/events/kmem.h>

#define FAULTS_DEPTH 64
#define FAULTS_TIMEOUT_MS 60000

enum faults_state {
	FAULTS_IDLE,
	FAULTS_ARMED,
	FAULTS_RUNNING,
	FAULTS_ENDED,
};

/**
 * struct faults_run - one insertion or removal
 * @state: what it has come to
 * @connector: name of its connector
 * @removal: a removal, no insertion
 * @all: each allocation fails
 * @nth: else this one, counted from 1
 * @onwards: and all that come after it
 * @task: the worker, while it runs
 * @left: what was left of @nth at the end
 * @failed: how many allocations failed, as far as tracepoints tell
 * @depth: entries of @stack
 * @stack: return addresses of the first allocation that failed
 */
struct faults_run {
	enum faults_state state;
	char connector[64];
	bool removal;
	bool all;
	unsigned int nth;
	bool onwards;
	struct task_struct *task;
	unsigned int left;
	unsigned int failed;
	unsigned int depth;
	unsigned long stack[FAULTS_DEPTH];
};

static struct faults_run faults_run;
static DECLARE_WAIT_QUEUE_HEAD(faults_ended);
/* Protects faults_run, but what its own task looks at. */
static DEFINE_SPINLOCK(faults_run_lock);
static struct dentry *faults_dir;

static void faults_begin(const char *connector, bool removal)
{
	guard(spinlock_irqsave)(&faults_run_lock);
	if (faults_run.state != FAULTS_ARMED || faults_run.removal != removal ||
	    strcmp(faults_run.connector, connector))
		return;
	faults_run.state = FAULTS_RUNNING;
	WRITE_ONCE(faults_run.task, current);
	current->make_it_fail = faults_run.all;
	current->fail_nth = faults_run.all ? 0 : faults_run.nth;
}

static void faults_step_begin(void *data, const char *connector, const char *step)
{
	faults_begin(connector, false);
}

static void faults_connector_state(void *data, const char *connector, const char *state,
				   const char *reason)
{
	if (!strcmp(state, "removing"))
		faults_begin(connector, true);
}

static void faults_execute_end(void *data, struct work_struct *work, work_func_t function)
{
	if (READ_ONCE(faults_run.task) != current)
		return;
	scoped_guard(spinlock_irqsave, &faults_run_lock) {
		faults_run.left = current->fail_nth;
		current->fail_nth = 0;
		current->make_it_fail = 0;
		WRITE_ONCE(faults_run.task, NULL);
		faults_run.state = FAULTS_ENDED;
	}
	wake_up_all(&faults_ended);
}

/* An allocation without memory is one that failed: nothing else is that short here. */
static void faults_allocated(unsigned long caller, const void *memory)
{
	unsigned long stack[FAULTS_DEPTH];
	unsigned int depth, first;

	if (memory || !in_task() || READ_ONCE(faults_run.task) != current)
		return;
	if (faults_run.failed++)
		return;
	current->make_it_fail |= faults_run.onwards;
	depth = stack_trace_save(stack, FAULTS_DEPTH, 0);
	for (first = 0; first < depth && stack[first] != caller; first++)
		;
	if (first == depth)
		first = 0;
	faults_run.depth = depth - first;
	memcpy(faults_run.stack, stack + first, faults_run.depth * sizeof(*stack));
}

static void faults_kmalloc(void *data, unsigned long caller, const void *memory, size_t wanted,
			   size_t size, gfp_t flags, int node)
{
	faults_allocated(caller, memory);
}

static void faults_cache_alloc(void *data, unsigned long caller, const void *memory,
			       struct kmem_cache *cache, gfp_t flags, int node)
{
	faults_allocated(caller, memory);
}

/**
 * struct faults_probe - a probe of a tracepoint that is not exported
 * @name: the tracepoint
 * @function: the probe
 * @tracepoint: what it is registered with, NULL if it is not
 */
struct faults_probe {
	const char *name;
	void *function;
	struct tracepoint *tracepoint;
};

static struct faults_probe faults_probes[] = {
	{ "plugtree_step_begin", faults_step_begin },
	{ "plugtree_state", faults_connector_state },
	{ "workqueue_execute_end", faults_execute_end },
};

static void faults_probe_tracepoint(struct tracepoint *tracepoint, void *data)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(faults_probes); i++) {
		if (strcmp(faults_probes[i].name, tracepoint->name))
			continue;
		if (!tracepoint_probe_register(tracepoint, faults_probes[i].function, NULL))
			faults_probes[i].tracepoint = tracepoint;
	}
}

static void faults_unprobe(struct tracepoint *tracepoint)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(faults_probes); i++) {
		if (faults_probes[i].tracepoint != tracepoint)
			continue;
		tracepoint_probe_unregister(tracepoint, faults_probes[i].function, NULL);
		faults_probes[i].tracepoint = NULL;
	}
}

/* plugtree may be loaded before or after this module. */
static int faults_module(struct notifier_block *notifier, unsigned long event, void *data)
{
	struct tp_module *tp_module = data;
	struct module *mod = tp_module->mod;
	unsigned int i;

	for (i = 0; i < mod->num_tracepoints; i++) {
		struct tracepoint *tracepoint = tracepoint_ptr_deref(&mod->tracepoints_ptrs[i]);

		if (event == MODULE_STATE_COMING)
			faults_probe_tracepoint(tracepoint, NULL);
		else if (event == MODULE_STATE_GOING)
			faults_unprobe(tracepoint);
	}
	return NOTIFY_OK;
}

static struct notifier_block faults_module_notifier = { .notifier_call = faults_module };

static int faults_parse(struct faults_run *run, char *text)
{
	char *connector = strsep(&text, " "), *what = strsep(&text, " ");

	if (!text || strscpy(run->connector, connector) <= 0)
		return -EINVAL;
	run->removal = !strcmp(what, "removal");
	if (!run->removal && strcmp(what, "insertion"))
		return -EINVAL;
	run->all = !strcmp(text, "all");
	if (run->all)
		return 0;
	run->onwards = *text && text[strlen(text) - 1] == '+';
	if (run->onwards)
		text[strlen(text) - 1] = '\0';
	return kstrtouint(text, 10, &run->nth) ?: run->nth ? 0 : -EINVAL;
}

static ssize_t faults_arm_write(struct file *file, const char __user *data, size_t size,
				loff_t *offset)
{
	struct faults_run run = {};
	char *text;
	int ret;

	text = memdup_user_nul(data, min(size, sizeof(run.connector) + 32));
	if (IS_ERR(text))
		return PTR_ERR(text);
	ret = faults_parse(&run, strim(text));
	kfree(text);
	if (ret)
		return ret;
	run.state = FAULTS_ARMED;
	guard(spinlock_irqsave)(&faults_run_lock);
	if (faults_run.state == FAULTS_RUNNING)
		return -EBUSY;
	faults_run = run;
	return size;
}

static const struct file_operations faults_arm_operations = {
	.owner = THIS_MODULE,
	.write = faults_arm_write,
};

static bool faults_take_report(struct faults_run *run)
{
	guard(spinlock_irqsave)(&faults_run_lock);
	*run = faults_run;
	return run->state == FAULTS_ENDED;
}

static int faults_report_show(struct seq_file *file, void *data)
{
	struct faults_run *run __free(kfree) = kzalloc(sizeof(*run), GFP_KERNEL);
	unsigned int i;
	bool hit;

	if (!run)
		return -ENOMEM;
	if (!wait_event_timeout(faults_ended, faults_take_report(run),
				msecs_to_jiffies(FAULTS_TIMEOUT_MS)))
		return -ETIMEDOUT;
	hit = run->all ? run->failed : !run->left;
	seq_printf(file, "hit %d\nallocations %u\nfailed %u\n", hit, run->nth - run->left,
		   run->failed);
	for (i = 0; i < run->depth; i++)
		seq_printf(file, "%ps\n", (void *)run->stack[i]);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(faults_report);

static void faults_unregister(void)
{
	unsigned int i;

	unregister_tracepoint_module_notifier(&faults_module_notifier);
	for (i = 0; i < ARRAY_SIZE(faults_probes); i++) {
		if (faults_probes[i].tracepoint)
			faults_unprobe(faults_probes[i].tracepoint);
	}
	unregister_trace_kmem_cache_alloc(faults_cache_alloc, NULL);
	unregister_trace_kmalloc(faults_kmalloc, NULL);
	tracepoint_synchronize_unregister();
}

static int __init faults_init(void)
{
	int ret;

	ret = register_trace_kmalloc(faults_kmalloc, NULL);
	if (ret)
		return ret;
	ret = register_trace_kmem_cache_alloc(faults_cache_alloc, NULL);
	if (ret)
		goto err_kmalloc;
	for_each_kernel_tracepoint(faults_probe_tracepoint, NULL);
	ret = register_tracepoint_module_notifier(&faults_module_notifier);
	if (ret)
		goto err_cache_alloc;
	faults_dir = debugfs_create_dir("plugtree-faults", NULL);
	debugfs_create_file("arm", 0200, faults_dir, NULL, &faults_arm_operations);
	debugfs_create_file("report", 0400, faults_dir, NULL, &faults_report_fops);
	return 0;

err_cache_alloc:
	unregister_trace_kmem_cache_alloc(faults_cache_alloc, NULL);
err_kmalloc:
	unregister_trace_kmalloc(faults_kmalloc, NULL);
	tracepoint_synchronize_unregister();
	return ret;
}

static void __exit faults_exit(void)
{
	debugfs_remove_recursive(faults_dir);
	faults_unregister();
}

module_init(faults_init);
module_exit(faults_exit);

MODULE_DESCRIPTION("Allocations of an insertion that fail, one after the other");
MODULE_AUTHOR("plugtree developers");
MODULE_LICENSE("GPL");
