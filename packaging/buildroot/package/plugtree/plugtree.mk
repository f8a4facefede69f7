# SPDX-License-Identifier: GPL-2.0-or-later
################################################################################
#
# plugtree
#
################################################################################

PLUGTREE_VERSION = 0.1.0
# What is built: the source that this tree comes with.
PLUGTREE_SITE = $(BR2_EXTERNAL_PLUGTREE_PATH)/../..
PLUGTREE_SITE_METHOD = local
PLUGTREE_OVERRIDE_SRCDIR_RSYNC_EXCLUSIONS = --exclude /build
PLUGTREE_LICENSE = GPL-2.0+ (command), GPL-2.0 (modules), GPL-2.0 or BSD-2-Clause (common, bindings)
PLUGTREE_LICENSE_FILES = LICENSE LICENSES/GPL-2.0.txt LICENSES/BSD-2-Clause.txt
PLUGTREE_DEPENDENCIES = host-dtc host-pkgconf dtc json-c kmod libopenssl udev zlib

PLUGTREE_CONF_OPTS = -Ddevelopment=false

PLUGTREE_MODULE_SUBDIRS = kernel

define PLUGTREE_LINUX_CONFIG_FIXUPS
	$(call KCONFIG_ENABLE_OPT,CONFIG_OF_OVERLAY)
	$(call KCONFIG_ENABLE_OPT,CONFIG_I2C)
	$(call KCONFIG_ENABLE_OPT,CONFIG_GPIOLIB)
	$(call KCONFIG_ENABLE_OPT,CONFIG_NVMEM)
endef

$(eval $(kernel-module))
$(eval $(meson-package))
