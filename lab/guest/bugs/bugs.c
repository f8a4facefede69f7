// SPDX-License-Identifier: GPL-2.0-only
/*
 * One bug for each detector of the lab, to prove that it is seen. Loading the module with bug=NAME
 * commits it.
 */
#include <linux/irqflags.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/refcount.h>
#include <linux/slab.h>

static char *bug = "none";
module_param(bug, charp, 0444);
MODULE_PARM_DESC(bug, "Which bug to commit");

/* kmemleak: nothing points to them; what is left on some stack may still look like one pointer. */
static void bug_leak(void)
{
	void *forgotten;
	int i;

	for (i = 0; i < 16; i++) {
		forgotten = kmalloc(100, GFP_KERNEL);
		OPTIMIZER_HIDE_VAR(forgotten);
	}
}

/* KASAN: read after free. */
static void bug_use_after_free(void)
{
	char *gone = kmalloc(64, GFP_KERNEL);

	if (!gone)
		return;
	kfree(gone);
	OPTIMIZER_HIDE_VAR(gone);
	pr_info("plugtree-bugs: %d\n", READ_ONCE(*gone));
}

static DEFINE_MUTEX(first_lock);
static DEFINE_MUTEX(second_lock);

/* Lockdep: two locks in both orders; it need not come to a deadlock. */
static void bug_lock_order(void)
{
	mutex_lock(&first_lock);
	mutex_lock(&second_lock);
	mutex_unlock(&second_lock);
	mutex_unlock(&first_lock);
	mutex_lock(&second_lock);
	mutex_lock(&first_lock);
	mutex_unlock(&first_lock);
	mutex_unlock(&second_lock);
}

/* refcount_t: a reference too many is put. */
static void bug_refcount(void)
{
	refcount_t count = REFCOUNT_INIT(0);

	refcount_inc(&count);
}

static void bug_warning(void)
{
	WARN(1, "plugtree-bugs: a warning\n");
}

static void bug_error_line(void)
{
	pr_err("plugtree-bugs: an error\n");
}

static struct of_changeset left_over;

/* The device tree gets a node that nobody takes away again. */
static void bug_node(void)
{
	of_changeset_init(&left_over);
	if (of_changeset_create_node(&left_over, of_root, "left-over"))
		of_changeset_apply(&left_over);
}

/* A reference on an add-on's node that nobody puts again. */
static void bug_reference(void)
{
	if (!of_find_compatible_node(NULL, NULL, "dallas,ds1307"))
		pr_err("plugtree-bugs: there is no such node\n");
}

static void bug_panic(void)
{
	panic("plugtree-bugs: a panic");
}

/* Nothing runs any more. */
static void bug_hang(void)
{
	local_irq_disable();
	while (1)
		cpu_relax();
}

static const struct {
	const char *name;
	void (*commit)(void);
} bugs[] = {
	{ "leak", bug_leak },
	{ "use-after-free", bug_use_after_free },
	{ "lock-order", bug_lock_order },
	{ "refcount", bug_refcount },
	{ "warning", bug_warning },
	{ "error-line", bug_error_line },
	{ "node", bug_node },
	{ "reference", bug_reference },
	{ "panic", bug_panic },
	{ "hang", bug_hang },
};

static int __init bugs_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bugs); i++) {
		if (!strcmp(bugs[i].name, bug)) {
			bugs[i].commit();
			return 0;
		}
	}
	return -EINVAL;
}

static void __exit bugs_exit(void)
{
}

module_init(bugs_init);
module_exit(bugs_exit);

MODULE_DESCRIPTION("Deliberate bugs, to prove that the lab sees them");
MODULE_AUTHOR("plugtree developers");
MODULE_LICENSE("GPL");
