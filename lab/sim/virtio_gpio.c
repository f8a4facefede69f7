// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * virtio-gpio (virtio 1.2, 5.18), with interrupts: queue 0 has requests, queue 1 one buffer per
 * line whose interrupt is enabled and unmasked.
 *
 * A line with a buffer in queue 1 is armed; returning the buffer is the interrupt and masks the
 * line until the driver queues the next one. An edge meanwhile is latched, a level is not. While the
 * driver sleeps, and queue 1 with it, an edge is latched, too.
 */
#include <endian.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "lab/sim/virtio_gpio.h"

#define FEATURE_IRQ (1ULL << 0)

enum { QUEUE_REQUESTS, QUEUE_EVENTS, QUEUE_COUNT };

enum request_type {
	REQUEST_GET_NAMES = 1,
	REQUEST_GET_DIRECTION = 2,
	REQUEST_SET_DIRECTION = 3,
	REQUEST_GET_VALUE = 4,
	REQUEST_SET_VALUE = 5,
	REQUEST_SET_IRQ_TYPE = 6,
};

enum irq_type {
	IRQ_NONE = 0,
	IRQ_RISING = 1,
	IRQ_FALLING = 2,
	IRQ_BOTH = 3,
	IRQ_HIGH = 4,
	IRQ_LOW = 8,
};

enum { STATUS_OK = 0, STATUS_ERROR = 1 };
enum { IRQ_STATUS_INVALID = 0, IRQ_STATUS_VALID = 1 };

/** struct gpio_request - a request in queue 0 */
struct gpio_request {
	uint16_t type;
	uint16_t line;
	uint32_t value;
};

/** struct gpio_config - the configuration space */
struct gpio_config {
	uint16_t lines;
	uint8_t padding[2];
	uint32_t names_size;
};

/**
 * struct irq_line - the interrupt of a line
 * @type: enum irq_type
 * @latched: an edge came while it was masked
 * @armed: a buffer of the driver waits
 * @head: number of that buffer
 * @status: where its status goes, as the guest counts: its memory may be mapped anew meanwhile
 */
struct irq_line {
	uint8_t type;
	bool latched;
	bool armed;
	uint16_t head;
	uint64_t status;
};

/**
 * struct gpio_model - the controller
 * @model: what the queues' side knows
 * @bank: the lines
 * @watcher: on @bank
 * @config: configuration space
 * @events: queue 1 while the driver uses it
 * @batch: events are being collected; the queue's notification follows
 * @lines: interrupt of each line
 */
struct gpio_model {
	struct virtio_model model;
	struct gpio_bank *bank;
	struct gpio_watcher watcher;
	struct gpio_config config;
	struct virtqueue *events;
	bool batch;
	struct irq_line lines[];
};

static bool level_is_active(const struct gpio_model *gpio, unsigned int line)
{
	bool level = gpio_bank_level(gpio->bank, line);
	uint8_t type = gpio->lines[line].type;

	return (type == IRQ_HIGH && level) || (type == IRQ_LOW && !level);
}

static void return_buffer(struct gpio_model *gpio, unsigned int line, uint8_t status)
{
	struct irq_line *irq = &gpio->lines[line];
	uint8_t *answer = guest_memory_at(gpio->events->memory, irq->status, 1);

	irq->armed = false;
	irq->latched = false;
	if (answer)
		*answer = status;
	virtqueue_complete(gpio->events, irq->head, 1);
	if (!gpio->batch)
		virtqueue_notify(gpio->events);
}

static void answer_if_due(struct gpio_model *gpio, unsigned int line)
{
	struct irq_line *irq = &gpio->lines[line];

	if (!irq->armed || !virtqueue_is_usable(gpio->events))
		return;
	if (irq->type == IRQ_NONE)
		return_buffer(gpio, line, IRQ_STATUS_INVALID);
	else if (irq->latched || level_is_active(gpio, line))
		return_buffer(gpio, line, IRQ_STATUS_VALID);
}

static void line_changed(struct gpio_watcher *watcher, unsigned int line, bool level)
{
	struct gpio_model *gpio =
		(struct gpio_model *)((char *)watcher - offsetof(struct gpio_model, watcher));
	struct irq_line *irq = &gpio->lines[line];

	if (irq->type & (level ? IRQ_RISING : IRQ_FALLING))
		irq->latched = true;
	answer_if_due(gpio, line);
}

static uint8_t set_irq_type(struct gpio_model *gpio, unsigned int line, uint32_t type)
{
	struct irq_line *irq = &gpio->lines[line];

	if (type > IRQ_LOW || (type > IRQ_BOTH && type != IRQ_HIGH && type != IRQ_LOW))
		return STATUS_ERROR;
	irq->type = type;
	irq->latched = false;
	answer_if_due(gpio, line);
	return STATUS_OK;
}

static uint8_t set_direction(struct gpio_model *gpio, unsigned int line, uint32_t direction)
{
	if (direction > GPIO_INPUT)
		return STATUS_ERROR;
	gpio_bank_set_direction(gpio->bank, line, direction);
	return STATUS_OK;
}

/* Return: the status; *value is what a GET answers. */
static uint8_t do_request(struct gpio_model *gpio, const struct gpio_request *request,
			  uint8_t *value)
{
	unsigned int line = le16toh(request->line);
	uint32_t argument = le32toh(request->value);

	*value = 0;
	if (line >= gpio_bank_count(gpio->bank))
		return STATUS_ERROR;
	switch (le16toh(request->type)) {
	case REQUEST_GET_DIRECTION:
		*value = gpio_bank_direction(gpio->bank, line);
		return STATUS_OK;
	case REQUEST_SET_DIRECTION:
		return set_direction(gpio, line, argument);
	case REQUEST_GET_VALUE:
		*value = gpio_bank_level(gpio->bank, line);
		return STATUS_OK;
	case REQUEST_SET_VALUE:
		gpio_bank_set_output(gpio->bank, line, argument & 1);
		return STATUS_OK;
	case REQUEST_SET_IRQ_TYPE:
		return set_irq_type(gpio, line, argument);
	default:
		return STATUS_ERROR;
	}
}

static int process_request(struct gpio_model *gpio, struct virtqueue *ring,
			   const struct virtqueue_request *request)
{
	struct gpio_request header;
	uint8_t *answer, value;

	if (request->out_count != 1 || request->out[0].size != sizeof(header) ||
	    request->in_count != 1 || request->in[0].size < 2)
		return -EPROTO;
	memcpy(&header, request->out[0].data, sizeof(header));
	answer = request->in[0].data;
	answer[0] = do_request(gpio, &header, &value);
	answer[1] = value;
	virtqueue_complete(ring, request->head, 2);
	return 0;
}

static int process_event(struct gpio_model *gpio, struct virtqueue *ring,
			 const struct virtqueue_request *request)
{
	struct irq_line *irq;
	uint16_t line;

	if (request->out_count != 1 || request->out[0].size != sizeof(line) ||
	    request->in_count != 1 || request->in[0].size != 1)
		return -EPROTO;
	memcpy(&line, request->out[0].data, sizeof(line));
	line = le16toh(line);
	if (line >= gpio_bank_count(gpio->bank) || gpio->lines[line].armed)
		return -EPROTO;
	irq = &gpio->lines[line];
	irq->head = request->head;
	irq->status = request->in[0].guest;
	irq->armed = true;
	answer_if_due(gpio, line);
	return 0;
}

/* The driver may have woken since an edge came. */
static void begin_events(struct gpio_model *gpio, struct virtqueue *ring)
{
	unsigned int line;

	gpio->events = ring;
	gpio->batch = true;
	for (line = 0; line < gpio_bank_count(gpio->bank); line++)
		answer_if_due(gpio, line);
}

static int gpio_process(struct virtio_model *model, unsigned int queue, struct virtqueue *ring)
{
	struct gpio_model *gpio = (struct gpio_model *)model;
	struct virtqueue_request request;
	int ret;

	if (queue == QUEUE_EVENTS)
		begin_events(gpio, ring);
	while ((ret = virtqueue_next(ring, &request)) == 1) {
		ret = queue == QUEUE_EVENTS ? process_event(gpio, ring, &request) :
					      process_request(gpio, ring, &request);
		if (ret)
			break;
	}
	gpio->batch = false;
	return ret;
}

/* The outputs stay as they are, like those of a real controller whose driver goes. */
static void gpio_reset(struct virtio_model *model)
{
	struct gpio_model *gpio = (struct gpio_model *)model;

	gpio->events = NULL;
	memset(gpio->lines, 0, gpio_bank_count(gpio->bank) * sizeof(gpio->lines[0]));
}

static void gpio_destroy(struct virtio_model *model)
{
	struct gpio_model *gpio = (struct gpio_model *)model;

	gpio_bank_unwatch(gpio->bank, &gpio->watcher);
	free(gpio);
}

struct virtio_model *virtio_gpio_model(struct gpio_bank *bank)
{
	unsigned int count = gpio_bank_count(bank);
	struct gpio_model *gpio = calloc(1, sizeof(*gpio) + count * sizeof(gpio->lines[0]));

	if (!gpio)
		return NULL;
	gpio->config.lines = htole16(count);
	gpio->model.features = FEATURE_IRQ;
	gpio->model.queues = QUEUE_COUNT;
	gpio->model.config = &gpio->config;
	gpio->model.config_size = sizeof(gpio->config);
	gpio->model.process = gpio_process;
	gpio->model.reset = gpio_reset;
	gpio->model.destroy = gpio_destroy;
	gpio->bank = bank;
	gpio->watcher.changed = line_changed;
	gpio_bank_watch(bank, &gpio->watcher);
	return &gpio->model;
}

int virtio_gpio_create(struct vhost_device **device, struct event_loop *loop, const char *path,
		       struct gpio_bank *bank)
{
	struct virtio_model *model = virtio_gpio_model(bank);

	return model ? vhost_device_create(device, loop, path, model) : -ENOMEM;
}
