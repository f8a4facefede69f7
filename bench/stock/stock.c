// SPDX-License-Identifier: GPL-2.0-only
/*
 * The reference of the benchmark: an overlay applied and removed by the stock calls, and how long
 * each takes.
 *
 * Writing "<firmware path> <rounds>" to debugfs plugtree-stock/run does it; reading
 * plugtree-stock/times gives one line per round: nanoseconds of reading the file, of
 * of_overlay_fdt_apply() and of of_overlay_remove().
 */
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/firmware.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#define STOCK_MAX_ROUNDS 1000
#define STOCK_IDLE_MS 20

/**
 * struct stock_round - one round
 * @read_ns: reading the file
 * @apply_ns: applying
 * @remove_ns: removing
 */
struct stock_round {
	s64 read_ns;
	s64 apply_ns;
	s64 remove_ns;
};

static DEFINE_MUTEX(stock_lock); /* protects what follows */
static struct stock_round stock_rounds[STOCK_MAX_ROUNDS];
static unsigned int stock_count;

static struct platform_device *stock_device;
static struct dentry *stock_debugfs;

static int stock_apply_and_remove(const struct firmware *firmware, struct stock_round *round)
{
	ktime_t begin = ktime_get();
	int ret, id = 0;

	ret = of_overlay_fdt_apply(firmware->data, firmware->size, &id, NULL);
	round->apply_ns = ktime_to_ns(ktime_sub(ktime_get(), begin));
	if (ret) {
		/* A failed apply may leave something to be removed. */
		if (id)
			of_overlay_remove(&id);
		return ret;
	}
	begin = ktime_get();
	ret = of_overlay_remove(&id);
	round->remove_ns = ktime_to_ns(ktime_sub(ktime_get(), begin));
	return ret;
}

static int stock_run_round(const char *path, struct stock_round *round)
{
	const struct firmware *firmware;
	ktime_t begin;
	int ret;

	/* A plug comes to a machine that has been idle, at the least for the debounce. */
	msleep(STOCK_IDLE_MS);
	begin = ktime_get();
	ret = request_firmware(&firmware, path, &stock_device->dev);
	round->read_ns = ktime_to_ns(ktime_sub(ktime_get(), begin));
	if (ret)
		return ret;
	ret = stock_apply_and_remove(firmware, round);
	release_firmware(firmware);
	return ret;
}

static ssize_t stock_run_write(struct file *file, const char __user *user, size_t count,
			       loff_t *offset)
{
	char text[128], path[96];
	unsigned int rounds;
	int ret = 0;

	if (count >= sizeof(text))
		return -EINVAL;
	if (copy_from_user(text, user, count))
		return -EFAULT;
	text[count] = '\0';
	if (sscanf(text, "%95s %u", path, &rounds) != 2 || rounds > STOCK_MAX_ROUNDS)
		return -EINVAL;

	guard(mutex)(&stock_lock);
	for (stock_count = 0; stock_count < rounds; stock_count++) {
		ret = stock_run_round(path, &stock_rounds[stock_count]);
		if (ret)
			return ret;
	}
	return count;
}

static const struct file_operations stock_run_fops = {
	.owner = THIS_MODULE,
	.write = stock_run_write,
};

static int stock_times_show(struct seq_file *file, void *data)
{
	unsigned int i;

	guard(mutex)(&stock_lock);
	for (i = 0; i < stock_count; i++)
		seq_printf(file, "%lld %lld %lld\n", stock_rounds[i].read_ns,
			   stock_rounds[i].apply_ns, stock_rounds[i].remove_ns);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(stock_times);

static int __init stock_init(void)
{
	stock_device =
		platform_device_register_simple("plugtree-stock", PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(stock_device))
		return PTR_ERR(stock_device);
	stock_debugfs = debugfs_create_dir("plugtree-stock", NULL);
	debugfs_create_file("run", 0200, stock_debugfs, NULL, &stock_run_fops);
	debugfs_create_file("times", 0400, stock_debugfs, NULL, &stock_times_fops);
	return 0;
}

static void __exit stock_exit(void)
{
	debugfs_remove_recursive(stock_debugfs);
	platform_device_unregister(stock_device);
}

module_init(stock_init);
module_exit(stock_exit);

MODULE_DESCRIPTION("Times of the stock overlay calls, as a reference for plugtree's benchmark");
MODULE_AUTHOR("plugtree developers");
MODULE_LICENSE("GPL");
