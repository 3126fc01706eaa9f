# make demo    install what is missing, build, load the demo board and open it (without a terminal: print a comparison)
# make test    install what is missing, build, run every test; numbers are computed by optimised code
# make soak    the long forms of the tests: 100,000 random events at the seats, meetings of hours, kills by the thousand
# make bench   measure what is promised of speed, memory and traffic, peers beside it; writes docs/benchmarks.md
# make lint    format, arrows between modules, file lengths, forbidden constructs
# make kernels write the stiff method's steps from the systems' equations (Sources/Kernels/Generated)
# make docs    write docs/models and docs/keys.md from the code
# make build   the optimised program, .build/release/twinboard
# make clean   remove what was built

SWIFT ?= swift
# Tests need a build of their own: -enable-testing and the program's build undo each other.
TEST_BUILD = --scratch-path .build-test -c release -Xswiftc -enable-testing
QUIET = --quiet
# Thousands of simulated patients, or eight seats, keep every processor busy for a minute: not beside tests that play at a terminal.
STATISTICS = SoakTests|CalibrationStatisticsTests|NeutrophilTests|CoverageTests|CountTests|CountDeviateTests|ThreeCloneTests|CompetitionTests

.PHONY: demo test soak bench lint kernels docs build clean
.NOTPARALLEL:

PROGRAM = .build/release/twinboard
# Loaded at start by processors that have their instructions; the program runs without them.
KERNELS = KernelsAVX2 KernelsAVX512

demo: $(PROGRAM)
	@$(PROGRAM) demo

build: $(PROGRAM)

# Asking SwiftPM whether anything changed takes longer than opening the demo: make asks the files' times.
$(PROGRAM): Package.swift $(shell find Sources -type f)
	@scripts/bootstrap build
	@scripts/stamp-kernels
	@$(SWIFT) build -c release --product twinboard $(QUIET)
	@for library in $(KERNELS); do $(SWIFT) build -c release --product $$library $(QUIET) || exit; done
	@touch $@

test:
	@scripts/bootstrap test
	@scripts/stamp-kernels
	$(SWIFT) build $(TEST_BUILD) --build-tests $(QUIET)
	TWINBOARD_PROGRAM=.build-test/release/twinboard $(SWIFT) test $(TEST_BUILD) --skip-build --skip '$(STATISTICS)'
	TWINBOARD_PROGRAM=.build-test/release/twinboard $(SWIFT) test $(TEST_BUILD) --skip-build --filter '$(STATISTICS)'

soak:
	@scripts/bootstrap test
	@scripts/stamp-kernels
	$(SWIFT) build $(TEST_BUILD) --build-tests $(QUIET)
	TWINBOARD_SOAK=1 TWINBOARD_PROGRAM=.build-test/release/twinboard $(SWIFT) test $(TEST_BUILD) --skip-build --filter 'SoakTests'

# The peers are heavy (leaspy brings PyTorch): PEERS= leaves them out. Nobody else should work on the machine meanwhile.
PEERS ?= .build-peers

bench: $(PROGRAM)
	@scripts/bootstrap bench
	@[ -z "$(PEERS)" ] || scripts/bench-peers
	$(SWIFT) build -c release --product Benchmarks $(QUIET)
	.build/release/Benchmarks --write docs/benchmarks.md $(if $(PEERS),--peers $(PEERS))

lint:
	@scripts/lint

kernels:
	$(SWIFT) build -c release --product KernelWriter $(QUIET)
	.build/release/KernelWriter Sources/Kernels/Generated
	@scripts/stamp-kernels

docs:
	@scripts/bootstrap test
	TWINBOARD_WRITE_DOCS=1 $(SWIFT) test $(TEST_BUILD) $(QUIET) --filter DocumentsTests

clean:
	rm -rf .build .build-test
