// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The display link: the child "dsi" of a connector, whose port@0 leads to the base board's host and
 * whose port@1 is the add-on's.
 *
 * Of the add-on only the way of the picture is looked at: from port@1 through bridges to a panel,
 * one device after the other. An endpoint may refer to another one of the overlay and to nothing
 * else, and that one must refer back.
 */
#include "context.h"

#define CELL_SIZE 4

/* Virtual channels of a DSI link. */
#define MAX_CHANNELS 4

#define LINK_NAME "dsi"
#define ADDON_PORT "port@1"

/* The host takes fewer lanes as well. */
#define FLEXIBLE "flexible-link"

static int refuse(struct rules_context *context, enum plugtree_reason reason, unsigned int position,
		  const char *what)
{
	struct rules_path path;

	return plugtree_refuse(context->refusal, reason, "%s: %s",
			       rules_overlay_path(&path, context, position), what);
}

static tree_node link_child(const struct tree *base, tree_node container, const char *name)
{
	if (strcmp(tree_name(base, container), LINK_NAME))
		return 0;
	return rules_base_child(base, container, name);
}

/**
 * rules_link_end() - the base board's end of a display link
 * @base: the base tree
 * @container: a child of a connector
 *
 * Return: the endpoint that leads to the host; 0 if @container is no display link.
 */
tree_node rules_link_end(const struct tree *base, tree_node container)
{
	tree_node ports = link_child(base, container, "ports");
	tree_node port = ports ? rules_base_child(base, ports, "port@0") : 0;

	return port ? rules_base_child(base, port, "endpoint") : 0;
}

/**
 * rules_link_ports() - where an add-on's port of a display link goes
 * @base: the base tree
 * @container: a child of a connector
 *
 * Return: the node "ports" of the link; 0 if @container is no display link.
 */
tree_node rules_link_ports(const struct tree *base, tree_node container)
{
	return rules_link_end(base, container) ? link_child(base, container, "ports") : 0;
}

static bool is_named(const struct overlay_node *node, const char *name)
{
	size_t length = strlen(name);

	return !strncmp(node->name, name, length) &&
	       (!node->name[length] || node->name[length] == '@');
}

static bool has_remote(const struct rules_context *context, unsigned int position)
{
	return tree_has(context->input->overlay, context->nodes[position].node, "remote-endpoint");
}

/* Position of the endpoint at the other end, 0 if there is none in the overlay. */
static unsigned int remote_of(const struct rules_context *context, unsigned int position)
{
	const struct overlay_cell *cell =
		rules_find_cell(context, position, "remote-endpoint", 0);

	if (!cell || cell->label || cell->property.size != CELL_SIZE)
		return 0;
	return rules_find_phandle(context, read_be32(cell->property.value));
}

/* Each end of a connection must name the other one. */
static int check_ends(struct rules_context *context)
{
	unsigned int position, remote;

	for (position = 0; position < context->node_count; position++) {
		const struct overlay_node *node = &context->nodes[position];

		if (node->area != AREA_FRAGMENT || !is_named(node, "endpoint") ||
		    !has_remote(context, position))
			continue;
		remote = remote_of(context, position);
		if (!remote)
			return refuse(context, PLUGTREE_BAD_GRAPH, position, "leads to nothing");
		if (!is_named(&context->nodes[remote], "endpoint") ||
		    remote_of(context, remote) != position)
			return refuse(context, PLUGTREE_BAD_GRAPH, position,
				      "the other end leads elsewhere");
	}
	return 0;
}

/* What a port belongs to. */
static unsigned int device_of(const struct rules_context *context, unsigned int endpoint)
{
	unsigned int port = context->nodes[endpoint].parent;
	unsigned int above = context->nodes[port].parent;

	return is_named(&context->nodes[above], "ports") ? context->nodes[above].parent : above;
}

/**
 * struct chain - the way of the picture, as far as it is known
 * @device: where it is now
 * @before: where it came from
 * @next: where it goes next, 0 for nowhere
 * @fork: an endpoint that leads to one more, 0 for none
 */
struct chain {
	unsigned int device;
	unsigned int before;
	unsigned int next;
	unsigned int fork;
};

static void follow_port(const struct rules_context *context, struct chain *chain, unsigned int port)
{
	const struct overlay_node *node = &context->nodes[port];
	unsigned int index, endpoint, remote, device;

	for (index = 0; index < node->child_count; index++) {
		endpoint = node->first_child + index;
		remote = is_named(&context->nodes[endpoint], "endpoint") ?
				 remote_of(context, endpoint) : 0;
		device = remote ? device_of(context, remote) : 0;
		/* A panel with two links has two connections to the same bridge. */
		if (!remote || device == chain->before || device == chain->next)
			continue;
		if (chain->next)
			chain->fork = endpoint;
		else
			chain->next = device;
	}
}

static void follow_ports(const struct rules_context *context, struct chain *chain,
			 unsigned int above)
{
	const struct overlay_node *node = &context->nodes[above];
	unsigned int index, child;

	for (index = 0; index < node->child_count; index++) {
		child = node->first_child + index;
		if (is_named(&context->nodes[child], "port"))
			follow_port(context, chain, child);
	}
}

static int check_chain(struct rules_context *context, unsigned int endpoint)
{
	unsigned int remote = remote_of(context, endpoint);
	struct chain chain = {
		.device = remote ? device_of(context, remote) : 0,
		.before = device_of(context, endpoint),
	};
	unsigned int ports;

	if (!remote)
		return refuse(context, PLUGTREE_BAD_GRAPH, endpoint, "leads to nothing");
	/* This ends: who comes back to a device that was here before is its second way. */
	while (chain.device) {
		chain.next = 0;
		ports = rules_find_child(context, chain.device, "ports", strlen("ports"));
		follow_ports(context, &chain, ports ? ports : chain.device);
		if (chain.fork)
			return refuse(context, PLUGTREE_BAD_GRAPH, chain.fork,
				      "leads to a second device");
		if (chain.next == chain.device)
			return refuse(context, PLUGTREE_BAD_GRAPH, chain.device,
				      "is in a circle");
		chain.before = chain.device;
		chain.device = chain.next;
	}
	return 0;
}

/* Who does not say how many leaves it to the drivers. */
static int check_lanes(struct rules_context *context, unsigned int endpoint, tree_node container)
{
	tree_node end = rules_link_end(context->input->base, container);
	unsigned int remote = remote_of(context, endpoint);
	struct tree_property given, wanted;

	if (!tree_find(context->input->base, end, "data-lanes", &given) ||
	    !tree_find(context->input->overlay, context->nodes[remote].node, "data-lanes",
		       &wanted) ||
	    given.size == wanted.size ||
	    (given.size > wanted.size && tree_has(context->input->base, container, FLEXIBLE)))
		return 0;
	return refuse(context, PLUGTREE_LINK_MISMATCH, remote, "data-lanes");
}

/* The one port that is the add-on's, with one endpoint. */
static int check_port(struct rules_context *context, unsigned int position, tree_node container)
{
	const struct overlay_node *node = &context->nodes[position];
	unsigned int endpoint = node->first_child;
	int error;

	if (strcmp(node->name, ADDON_PORT))
		return refuse(context, PLUGTREE_BAD_GRAPH, position,
			      "is not the add-on's port of the link");
	if (node->child_count != 1 || !is_named(&context->nodes[endpoint], "endpoint"))
		return refuse(context, PLUGTREE_BAD_GRAPH, position, "has not one endpoint");
	error = check_chain(context, endpoint);
	return error ? error : check_lanes(context, endpoint, container);
}

/* A device that is controlled through the link itself. */
static int check_channel(struct rules_context *context, unsigned int position)
{
	struct tree_property reg;

	if (!tree_find(context->input->overlay, context->nodes[position].node, "reg", &reg) ||
	    reg.size != CELL_SIZE || read_be32(reg.value) >= MAX_CHANNELS)
		return refuse(context, PLUGTREE_BAD_ADDRESS, position, "reg");
	return 0;
}

static int check_placement(struct rules_context *context, const struct overlay_placement *placement,
			   tree_node container)
{
	const struct tree *base = context->input->base;

	if (placement->parent == rules_link_ports(base, container))
		return check_port(context, placement->position, container);
	if (placement->parent == container)
		return check_channel(context, placement->position);
	return 0;
}

/**
 * rules_check_graph() - what the overlay attaches to the connector's display link
 * @context: the question, after rules_collect_phandles()
 *
 * Return: 0; -EINVAL with one of bad-graph, link-mismatch, bad-address.
 */
int rules_check_graph(struct rules_context *context)
{
	tree_node container =
		rules_base_child(context->input->base, context->input->connector, LINK_NAME);
	unsigned int index;
	int error;

	if (!container || !rules_link_end(context->input->base, container))
		return 0;
	error = check_ends(context);
	for (index = 0; !error && index < context->placement_count; index++)
		error = check_placement(context, &context->placements[index], container);
	return error;
}
