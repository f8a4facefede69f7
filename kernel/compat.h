/* SPDX-License-Identifier: GPL-2.0-only */
/* The only file that knows kernel versions. */
#ifndef PLUGTREE_COMPAT_H
#define PLUGTREE_COMPAT_H

#include <linux/kconfig.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 12, 0)
#error "plugtree needs Linux 6.12 or newer"
#endif

#if !IS_ENABLED(CONFIG_OF_OVERLAY)
#error "plugtree needs a kernel with CONFIG_OF_OVERLAY=y"
#endif

/* The PWM core follows pwm-map itself. */
#define COMPAT_HAS_PWM_MAP (LINUX_VERSION_CODE >= KERNEL_VERSION(6, 15, 0))

/* Without it verify_pkcs7_signature() is not even declared. */
#define COMPAT_HAS_VERIFICATION IS_ENABLED(CONFIG_SYSTEM_DATA_VERIFICATION)

/*
 * References that the driver core has on a registered device: its creator's, its parent's list, the
 * list of its class or bus. And those of each child, one of them of the kobject.
 */
#define COMPAT_DEVICE_REFERENCES 3
#define COMPAT_CHILD_REFERENCES 2

#endif
