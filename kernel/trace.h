/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tracepoints: events/plugtree in tracefs.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM plugtree

#if !defined(PLUGTREE_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define PLUGTREE_TRACE_H

#include <linux/tracepoint.h>

/* clang-format off */

TRACE_EVENT(plugtree_presence,
	TP_PROTO(const char *connector, bool present),
	TP_ARGS(connector, present),
	TP_STRUCT__entry(
		__string(connector, connector)
		__field(bool, present)
	),
	TP_fast_assign(
		__assign_str(connector);
		__entry->present = present;
	),
	TP_printk("%s %s", __get_str(connector), __entry->present ? "present" : "absent")
);

TRACE_EVENT(plugtree_state,
	TP_PROTO(const char *connector, const char *state, const char *reason),
	TP_ARGS(connector, state, reason),
	TP_STRUCT__entry(
		__string(connector, connector)
		__string(state, state)
		__string(reason, reason)
	),
	TP_fast_assign(
		__assign_str(connector);
		__assign_str(state);
		__assign_str(reason);
	),
	TP_printk("%s %s reason=%s", __get_str(connector), __get_str(state), __get_str(reason))
);

TRACE_EVENT(plugtree_step_begin,
	TP_PROTO(const char *connector, const char *step),
	TP_ARGS(connector, step),
	TP_STRUCT__entry(
		__string(connector, connector)
		__string(step, step)
	),
	TP_fast_assign(
		__assign_str(connector);
		__assign_str(step);
	),
	TP_printk("%s %s", __get_str(connector), __get_str(step))
);

TRACE_EVENT(plugtree_step_end,
	TP_PROTO(const char *connector, const char *step, const char *result),
	TP_ARGS(connector, step, result),
	TP_STRUCT__entry(
		__string(connector, connector)
		__string(step, step)
		__string(result, result)
	),
	TP_fast_assign(
		__assign_str(connector);
		__assign_str(step);
		__assign_str(result);
	),
	TP_printk("%s %s %s", __get_str(connector), __get_str(step), __get_str(result))
);

TRACE_EVENT(plugtree_device,
	TP_PROTO(const char *connector, const char *device, bool added),
	TP_ARGS(connector, device, added),
	TP_STRUCT__entry(
		__string(connector, connector)
		__string(device, device)
		__field(bool, added)
	),
	TP_fast_assign(
		__assign_str(connector);
		__assign_str(device);
		__entry->added = added;
	),
	TP_printk("%s %s %s", __get_str(connector), __get_str(device),
		  __entry->added ? "added" : "removed")
);

/* clang-format on */

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
