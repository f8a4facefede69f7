// SPDX-License-Identifier: GPL-2.0-only
/*
 * What would the product say to an overlay? For tests that compare the kernel's verdict with the
 * tool's: debugfs file plugtree-judge takes the path of a connector's node, a NUL and the overlay
 * in one write; reading it gives "accepted" or "refused: REASON: SUBJECT".
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/slab.h>

#include "overlay.h"

MODULE_IMPORT_NS(EXPORTED_FOR_KUNIT_TESTING);

/* More than the rules take, to see them refuse it. */
#define JUDGE_QUESTION_MAX (4096 + (4 << 20))

static struct dentry *judge_file;

static const char *const reason_names[] = {
#define X(identifier, name, ...) \
	[PLUGTREE_##identifier] = name,
#include "common/reason_list.h"
#undef X
};

/**
 * struct judge - an open file
 * @lock: questions of several threads
 * @answer: the answer to the last question
 */
struct judge {
	/* Protects the answer. */
	struct mutex lock;
	char answer[PLUGTREE_SUBJECT_SIZE + 64];
};

static int judge_open(struct inode *inode, struct file *file)
{
	struct judge *judge = kzalloc(sizeof(*judge), GFP_KERNEL);

	if (!judge)
		return -ENOMEM;
	mutex_init(&judge->lock);
	file->private_data = judge;
	return 0;
}

static int judge_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static int judge_answer(struct judge *judge, const char *question, size_t size)
{
	size_t begin = strnlen(question, size) + 1;
	struct plugtree_refusal refusal = {};
	struct device_node *connector __free(device_node) = NULL;
	struct overlay *overlay;
	bool accepted;

	if (begin > size)
		return -EINVAL;
	connector = of_find_node_by_path(question);
	if (!connector)
		return -ENOENT;
	overlay = overlay_unpack(question + begin, size - begin, &refusal);
	accepted = overlay && !overlay_check(overlay, connector, &refusal);
	guard(mutex)(&judge->lock);
	if (accepted)
		scnprintf(judge->answer, sizeof(judge->answer), "accepted");
	else
		scnprintf(judge->answer, sizeof(judge->answer), "refused: %s%s%s",
			  reason_names[refusal.reason], refusal.subject[0] ? ": " : "",
			  refusal.subject);
	overlay_free(overlay);
	return 0;
}

static ssize_t judge_write(struct file *file, const char __user *data, size_t size, loff_t *offset)
{
	char *question;
	int ret;

	if (size > JUDGE_QUESTION_MAX)
		return -E2BIG;
	question = vmemdup_user(data, size);
	if (IS_ERR(question))
		return PTR_ERR(question);
	ret = judge_answer(file->private_data, question, size);
	kvfree(question);
	return ret ?: size;
}

static ssize_t judge_read(struct file *file, char __user *data, size_t size, loff_t *offset)
{
	struct judge *judge = file->private_data;

	guard(mutex)(&judge->lock);
	return simple_read_from_buffer(data, size, offset, judge->answer, strlen(judge->answer));
}

static const struct file_operations judge_operations = {
	.owner = THIS_MODULE,
	.open = judge_open,
	.release = judge_release,
	.write = judge_write,
	.read = judge_read,
};

static int __init judge_init(void)
{
	judge_file = debugfs_create_file("plugtree-judge", 0600, NULL, NULL, &judge_operations);
	return 0;
}

static void __exit judge_exit(void)
{
	debugfs_remove(judge_file);
}

module_init(judge_init);
module_exit(judge_exit);

MODULE_DESCRIPTION("The verdict of plugtree's rules, for tests");
MODULE_AUTHOR("plugtree developers");
MODULE_LICENSE("GPL");
