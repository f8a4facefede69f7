# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# What the kernel module takes from here, relative to this folder. For kernel/Kbuild.
plugtree-common-objects := reasons.o
plugtree-common-objects += $(addprefix id/, file_name.o formats.o number.o raw.o rpi_hat.o)
plugtree-common-objects += $(addprefix rules/, address.o base.o blob.o content.o fixups.o)
plugtree-common-objects += $(addprefix rules/, index.o phandles.o rules.o shape.o target.o)
