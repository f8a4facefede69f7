# SPDX-License-Identifier: GPL-2.0-or-later
# The targets for people. All of the work is in scripts/.
.PHONY: help demo demo-display check check-long bench lab install uninstall packages clean

help:
	@echo 'make demo        show what plugtree does, on a real kernel with emulated hardware'
	@echo 'make demo-display  the same with a display: pictures of what it shows'
	@echo 'make check       run all tests'
	@echo 'make check-long  run those, too, that take long'
	@echo 'make bench       measure'
	@echo 'make lab         play: a guest to look at, add-ons to plug and pull'
	@echo 'make install     install the tool and, with KDIR=, the modules (DESTDIR and PREFIX are respected)'
	@echo 'make uninstall   take that away again (with the same DESTDIR and PREFIX)'
	@echo 'make packages    build the Debian packages'
	@echo 'make clean       remove what was built here; the cache stays'

demo:
	@scripts/demo

demo-display:
	@scripts/demo display

check:
	@scripts/check

check-long:
	@scripts/check --long

bench:
	@scripts/bench

lab:
	@scripts/lab

install:
	@scripts/install

uninstall:
	@scripts/uninstall

packages:
	@scripts/packages packages
	@scripts/deb

clean:
	rm -rf build
