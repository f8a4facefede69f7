/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What cmocka wants to be included before it. */
#ifndef TESTS_SIM_TEST_H
#define TESTS_SIM_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
