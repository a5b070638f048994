# Beleg. `make run` and `make test` need Go and make, nothing else.

GO      ?= go
BIN     := bin/beleg
SHARED  ?= ../shared
LINT    := $(GO) tool -modfile=.ci/lint/go.mod golangci-lint
SQLC    := $(GO) tool -modfile=.ci/tools/go.mod sqlc
SOURCES := $(shell find cmd internal assets data -name node_modules -prune -o -type f \( -name '*.go' -o -path 'assets/*' -o -name '*.yaml' -o -name '*.md' -o -name '*.sql' \) -print) go.mod go.sum

.PHONY: run demo build test check bench accuracy generate assets generated clean

run: build
	$(BIN) serve

demo: build
	$(BIN) serve --demo

build: $(BIN)

$(BIN): $(SOURCES)
	$(GO) build -trimpath -ldflags='-s -w' -o $@ ./cmd/beleg

test:
	$(GO) test ./...

# What CI runs beside the tests: format, vet, lint, race tests (without the browser and what measures or kills processes: `make test` has run them), generated code unchanged, module tidy, pinned versions.
check: generated
	test -z "$$(gofmt -l cmd internal assets data)" || { gofmt -l cmd internal assets data; exit 1; }
	$(GO) vet ./...
	$(LINT) run ./...
	$(GO) mod tidy -diff
	.ci/pinned
	BELEG_TEST_BROWSER=off $(GO) test -race -short ./...

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

accuracy:
	BELEG_SHARED=$(abspath $(SHARED)) $(GO) test -count=1 -v -run '^TestAccuracy' ./internal/figure ./internal/link

# Code that is made from something else: queries, chart scripts.
generate:
	$(SQLC) generate -f internal/store/sqlite/sqlc.yaml

generated:
	$(SQLC) diff -f internal/store/sqlite/sqlc.yaml

# The chart scripts and fonts, from pinned npm packages; the result is committed, so that nobody needs Node to build Beleg.
assets:
	assets/build.sh

clean:
	rm -rf bin
