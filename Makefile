# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# make run      build and start the daemon in this terminal
# make test     everything that CI runs
# make help     the other targets

SHELL := /bin/bash
.DELETE_ON_ERROR:

CONFIGURATION ?= Release
RID := $(if $(filter aarch64 arm64,$(shell uname -m)),linux-arm64,linux-x64)
NATIVE := artifacts/native
BIN := artifacts/bin

# The instruction sets to build the program for; on x86-64 the first is the one that runs everywhere and that replaces itself by
# the best of the others at start. A development build takes only what the first machine that built it needs, so that a test kernel
# with another CPU finds it complete: make build LEVELS=all for all, which is what make deb does.
BEST := $(shell grep -qw avx512vl /proc/cpuinfo && grep -qw avx512bw /proc/cpuinfo && echo x86-64-v4 || \
	(grep -qw avx2 /proc/cpuinfo && grep -qw bmi2 /proc/cpuinfo && echo x86-64-v3))
LEVELS ?= $(if $(filter deb,$(MAKECMDGOALS)),all,best)
ifeq ($(RID),linux-x64)
BUILT := $(patsubst $(BIN)/%/lrng,%,$(wildcard $(BIN)/*/lrng))
EXTRA := $(if $(filter all,$(LEVELS)),x86-64-v3 x86-64-v4,$(or $(BUILT),$(BEST)))
else
EXTRA :=
endif

SOURCES := $(shell find src -name '*.cs' -not -path '*/obj/*' -not -path '*/bin/*' 2>/dev/null) \
	$(wildcard src/*/*.csproj *.props global.json .editorconfig BannedSymbols.txt)
SHIM := $(wildcard native/cuse-shim/*)
PRELOAD := $(BIN)/liblrng-getrandom.so

help:
	@echo 'make deps      install what building and testing need (apt-get)'
	@echo 'make build     the program at $(BIN)/lrng, and getrandom for programs at $(PRELOAD)'
	@echo 'make install   what was built, the unit and its files, below DESTDIR'
	@echo 'make deb       Debian packages of the program and the library in artifacts/deb'
	@echo 'make run       build and start the daemon in this terminal'
	@echo 'make test      all tests: engine, program, FUSE mount, kernels with CUSE'
	@echo 'make coverage  lines and branches of the engine that the unit tests reach; fails below the limits'
	@echo 'make vm-test   only those in kernels with CUSE'
	@echo 'make vm-torture DRNG and hash switched for ten minutes under readers, in a kernel with two nodes'
	@echo 'make vm-throw  a million system calls by chance at the devices, in a kernel with CUSE'
	@echo 'make vm-shell  a prompt in a kernel with CUSE (KERNEL=uml or qemu)'
	@echo 'make bench     the figures of the README, each beside its reference'
	@echo 'make clean     remove what was built'

deps:
	@tests/install-dependencies

build-deps:
	@tests/install-dependencies build

build: build-deps $(BIN)/lrng $(PRELOAD)

run: build
	$(BIN)/lrng serve

# As gcc finds libraries, Debian's folder of this architecture where there is one.
LIBDIR := /usr/lib$(addprefix /,$(shell gcc -print-multiarch 2>/dev/null))

# Debian 12's helpers know units below /lib only.
UNITDIR := /usr/lib/systemd/system

# Copies what `make build LEVELS=all` made and builds nothing, so that root need not. The unit names /usr/bin/lrng.
install:
	@for file in $(BIN)/lrng $(PRELOAD); do \
		[[ -e $$file ]] || { echo "make install: $$file is not there"; echo 'hint: make build LEVELS=all'; exit 1; } >&2; done
	install -D $(BIN)/lrng $(DESTDIR)/usr/bin/lrng
	install -d $(DESTDIR)/usr/lib/lrng
	for build in $(BIN)/*/lrng; do \
		[[ ! -e $$build ]] || install -D $$build $(DESTDIR)/usr/lib/lrng/$${build#$(BIN)/} || exit; done
	install -D -m 644 $(PRELOAD) $(DESTDIR)$(LIBDIR)/liblrng-getrandom.so
	install -D -m 644 native/include/lrng.h $(DESTDIR)/usr/include/lrng.h
	install -D -m 644 packaging/systemd/lrng.service $(DESTDIR)$(UNITDIR)/lrng.service
	install -D -m 644 packaging/man/lrng-random.4 $(DESTDIR)/usr/share/man/man4/lrng-random.4
	install -m 644 -t $(DESTDIR)$(UNITDIR) \
		$(addprefix packaging/systemd/,lrng-fs.service lrng-seed-kernel.service lrng-wait.service lrng-seeded.target lrng-metrics.service lrng-metrics.timer)
	install -D -m 644 packaging/systemd/preset $(DESTDIR)$(UNITDIR)-preset/80-lrng.preset
	install -D -m 644 packaging/systemd/tmpfiles.conf $(DESTDIR)/usr/lib/tmpfiles.d/lrng.conf
	install -D -m 644 packaging/systemd/modules-load.conf $(DESTDIR)/usr/lib/modules-load.d/lrng.conf
	install -D -m 644 packaging/systemd/sysusers.conf $(DESTDIR)/usr/lib/sysusers.d/lrng.conf
	install -D -m 644 packaging/systemd/udev.rules $(DESTDIR)/usr/lib/udev/rules.d/60-lrng.rules
	install -D -m 644 packaging/completion/lrng.bash $(DESTDIR)/usr/share/bash-completion/completions/lrng
	install -D -m 644 -t $(DESTDIR)/usr/share/zsh/vendor-completions packaging/completion/_lrng
	install -D -m 644 -t $(DESTDIR)/usr/share/fish/vendor_completions.d packaging/completion/lrng.fish
	install -D -m 644 -t $(DESTDIR)/usr/share/man/man1 packaging/man/lrng.1
	install -D -m 644 -t $(DESTDIR)/usr/share/man/man5 packaging/man/lrng.conf.5
	install -D -m 644 -t $(DESTDIR)/usr/share/man/man8 packaging/man/lrng.8
	install -d $(DESTDIR)/etc/lrng/lrng.conf.d $(DESTDIR)/etc/cdi
	$(BIN)/lrng cdi --config /dev/null --library $(DESTDIR)$(LIBDIR)/liblrng-getrandom.so | \
		sed 's|"$(abspath $(DESTDIR)/)/*|"/|' >$(DESTDIR)/etc/cdi/lrng.json
	chmod 644 $(DESTDIR)/etc/cdi/lrng.json
	[[ -e $(DESTDIR)/etc/lrng/lrng.conf ]] || install -D -m 644 packaging/lrng.conf $(DESTDIR)/etc/lrng/lrng.conf
	install -D -m 644 -t $(DESTDIR)/usr/share/doc/lrng README.md SECURITY.md CHANGELOG.md LICENSE docs/getrandom.md \
		docs/configuration.md docs/containers.md docs/status.schema.json
	install -D -m 644 -t $(DESTDIR)/usr/share/lrng/kubernetes $(wildcard packaging/kubernetes/*.yaml)
	install -D -m 644 -t $(DESTDIR)/usr/share/lrng/monitoring packaging/monitoring/lrng-dashboard.json packaging/monitoring/lrng.rules.yml

deb: build
	@tests/install-dependencies deb
	rm -f artifacts/deb/*.deb
	@packaging/build-deb

test: deps build
	tests/run-all

coverage: build-deps $(NATIVE)/liblrngshim.a
	tests/run-coverage

vm-test: deps build
	tests/run-all vm

# LRNG's swap_stress: ten minutes of the guest's time, on two nodes.
vm-torture: deps build
	tests/vm/run --kernel qemu --nodes 2 --cpus 4 --timeout 1500 --env TORTURE_SECONDS=600 -- \
		tests/device/run --transport cuse --filter 'switching/torture' --verbose

# A million system calls by chance. THROW_SEED=N repeats a run.
vm-throw: deps build
	tests/vm/run --kernel uml --timeout 3600 --env THROW_CALLS=1000000 $(if $(THROW_SEED),--env THROW_SEED=$(THROW_SEED)) -- \
		tests/device/run --transport cuse --filter 'throw/*' --verbose

KERNEL ?= uml
vm-shell: deps build
	tests/vm/run --interactive --kernel $(KERNEL)

bench: deps build
	tests/LrngBench/run

clean:
	rm -rf artifacts
	find src tests docs -name bin -prune -exec rm -rf {} + -o -name obj -prune -exec rm -rf {} +

$(NATIVE)/liblrngshim.a: $(SHIM)
	$(MAKE) -C native/cuse-shim OUT=../../$(NATIVE)
	@touch $@

$(PRELOAD): $(wildcard native/getrandom/*) native/include/lrng.h
	$(MAKE) -C native/getrandom OUT=../../$(NATIVE)/getrandom
	install -D -m 644 $(NATIVE)/getrandom/liblrng-getrandom.so $@

define publish
	dotnet publish src/LrngCuse -c $(CONFIGURATION) -r $(RID) -p:PublishAot=true $(2) \
		-o artifacts/publish/$(1) --nologo -v quiet
endef

$(BIN)/lrng: $(NATIVE)/liblrngshim.a $(SOURCES) $(EXTRA:%=$(BIN)/%/lrng)
	$(call publish,base,$(if $(EXTRA),-p:IlcInstructionSet=x86-64-v2))
	install -D artifacts/publish/base/lrng $@

$(BIN)/x86-64-%/lrng: $(NATIVE)/liblrngshim.a $(SOURCES)
	$(call publish,x86-64-$*,-p:IlcInstructionSet=x86-64-$*)
	install -D artifacts/publish/x86-64-$*/lrng $@

.PHONY: help deps build-deps build run install deb test coverage vm-test vm-torture vm-throw vm-shell bench clean
.NOTPARALLEL:
