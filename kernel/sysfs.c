// SPDX-License-Identifier: GPL-2.0-only
/*
 * The attributes of a connector; docs/abi/sysfs-class-plugtree documents them.
 */
#include <linux/sysfs.h>

#include "connector.h"

static ssize_t state_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct plugtree_connector *connector = to_plugtree_connector(dev);

	guard(mutex)(&connector->lock);
	return sysfs_emit(buf, "%s\n", plugtree_state_name(connector->status.state));
}
static DEVICE_ATTR_RO(state);

static ssize_t presence_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct plugtree_connector *connector = to_plugtree_connector(dev);

	if (!connector->ops->present)
		return sysfs_emit(buf, "unknown\n");
	return sysfs_emit(buf, "%s\n", connector->ops->present(connector) ? "present" : "absent");
}
static DEVICE_ATTR_RO(presence);

static ssize_t type_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return sysfs_emit(buf, "%s\n", to_plugtree_connector(dev)->type);
}
static DEVICE_ATTR_RO(type);

#define CONNECTOR_STATUS_ATTR(name, format, member)                                              \
	static ssize_t name##_show(struct device *dev, struct device_attribute *attr, char *buf) \
	{                                                                                        \
		struct plugtree_connector *connector = to_plugtree_connector(dev);               \
		guard(mutex)(&connector->lock);                                                  \
		return sysfs_emit(buf, format "\n", connector->status.member);                   \
	}                                                                                        \
	static DEVICE_ATTR_RO(name)

CONNECTOR_STATUS_ATTR(vendor, "%s", identity.vendor);
CONNECTOR_STATUS_ATTR(model, "%s", identity.model);
CONNECTOR_STATUS_ATTR(revision, "%s", identity.revision);
CONNECTOR_STATUS_ATTR(serial, "%s", identity.serial);
CONNECTOR_STATUS_ATTR(overlay, "%s", overlay);
CONNECTOR_STATUS_ATTR(insertions, "%u", insertions);
CONNECTOR_STATUS_ATTR(failures, "%u", failures);

static ssize_t reason_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct plugtree_connector *connector = to_plugtree_connector(dev);

	guard(mutex)(&connector->lock);
	return sysfs_emit(buf, "%s\n", plugtree_reason_name(connector->status.refusal.reason));
}
static DEVICE_ATTR_RO(reason);

static ssize_t error_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct plugtree_connector *connector = to_plugtree_connector(dev);
	char error[256];

	guard(mutex)(&connector->lock);
	state_error(&connector->status.refusal, error, sizeof(error));
	return sysfs_emit(buf, "%s\n", error);
}
static DEVICE_ATTR_RO(error);

static ssize_t timeline_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	struct plugtree_connector *connector = to_plugtree_connector(dev);

	guard(mutex)(&connector->lock);
	return timeline_print(&connector->timeline, buf, PAGE_SIZE);
}
static DEVICE_ATTR_RO(timeline);

static ssize_t load_store(struct device *dev, struct device_attribute *attr, const char *buf,
			  size_t count)
{
	char model[ID_TEXT_SIZE];
	int ret;

	if (strscpy(model, buf) < 0)
		return -EINVAL;
	ret = plugtree_connector_request(to_plugtree_connector(dev), PLUGTREE_REQUEST_LOAD,
					 strim(model));
	return ret ?: count;
}
static DEVICE_ATTR_WO(load);

static ssize_t connector_store_command(struct device *dev, enum plugtree_request request,
				       const char *buf, size_t count)
{
	bool yes;
	int ret = kstrtobool(buf, &yes);

	if (ret || !yes)
		return -EINVAL;
	ret = plugtree_connector_request(to_plugtree_connector(dev), request, NULL);
	return ret ?: count;
}

static ssize_t eject_store(struct device *dev, struct device_attribute *attr, const char *buf,
			   size_t count)
{
	return connector_store_command(dev, PLUGTREE_REQUEST_EJECT, buf, count);
}
static DEVICE_ATTR_WO(eject);

static ssize_t rescan_store(struct device *dev, struct device_attribute *attr, const char *buf,
			    size_t count)
{
	return connector_store_command(dev, PLUGTREE_REQUEST_RESCAN, buf, count);
}
static DEVICE_ATTR_WO(rescan);

static struct attribute *connector_attrs[] = {
	&dev_attr_state.attr,
	&dev_attr_presence.attr,
	&dev_attr_type.attr,
	&dev_attr_vendor.attr,
	&dev_attr_model.attr,
	&dev_attr_revision.attr,
	&dev_attr_serial.attr,
	&dev_attr_overlay.attr,
	&dev_attr_reason.attr,
	&dev_attr_error.attr,
	&dev_attr_insertions.attr,
	&dev_attr_failures.attr,
	&dev_attr_timeline.attr,
	&dev_attr_load.attr,
	&dev_attr_eject.attr,
	&dev_attr_rescan.attr,
	NULL,
};

static const struct attribute_group connector_group = {
	.attrs = connector_attrs,
};

const struct attribute_group *plugtree_connector_groups[] = {
	&connector_group,
	NULL,
};
