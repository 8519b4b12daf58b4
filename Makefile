# Daily work on klachtd. Everything here is also what CI runs, apart from the long fuzzing.

GO ?= go
FUZZTIME ?= 30s

.PHONY: build test check race vuln bench fuzz servers demo

build:
	$(GO) build -trimpath -o klachtd ./cmd/klachtd

test:
	$(GO) test ./...

# What a change must pass: format, vet, staticcheck, known vulnerabilities, tests under the race detector.
check: race
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "run gofmt -w on these"; exit 1; }
	$(GO) vet ./...
	$(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2 ./...
	$(MAKE) vuln

race:
	$(GO) test -race ./...

vuln:
	$(GO) run golang.org/x/vuln/cmd/govulncheck@v1.9.0 ./...

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# Every fuzz target for FUZZTIME each.
fuzz:
	@for pkg in $$($(GO) list ./...); do \
		for f in $$($(GO) test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "$$pkg $$f"; $(GO) test -run '^$$' -fuzz "^$$f$$" -fuzztime $(FUZZTIME) $$pkg || exit 1; \
		done; \
	done

# The same lifecycle on real Dovecot and Postfix (Debian: dovecot-imapd dovecot-lmtpd postfix).
servers:
	contrib/mailservers/test.sh

demo:
	$(GO) run ./cmd/klachtd demo
