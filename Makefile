# Everything a fresh machine needs is python3 (with venv) and make. `make help` lists the targets.
PYTHON ?= python3
BIN    := .venv/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check
HOME_DEMO ?= demo-data
JOBS   ?= 2
KILLS  ?= 200

.PHONY: help demo test check format lock accept bench bench-fields bench-newsroom bench-read-all kill-test backfill-test upgrade-test slow clean
.DEFAULT_GOAL := help

help:           ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/'

# The stamps make the second call quick; they are older than the lock only when the lock changed.
# --no-deps: the lock is complete, and old pips stumble over extras in hashed requirements.
.venv/runtime.stamp: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "installing Bantin and what it needs into .venv (once, about a minute)"
	@$(PIP) install --quiet --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --quiet --no-deps -e .
	@touch $@

.venv/dev.stamp: requirements-dev.lock .venv/runtime.stamp
	@echo "installing the test tools into .venv"
	@$(PIP) install --quiet --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

demo: .venv/runtime.stamp  ## crawl the simulated publishers into ./demo-data and ask three questions of them
	@$(BIN)/bantin --home $(HOME_DEMO) demo

test: .venv/dev.stamp  ## the whole suite, with coverage floors for pipelines and warehouse
	@rm -f .coverage .coverage.*
	$(BIN)/python -m pytest -n $(JOBS) --dist worksteal -m "not slow" --cov --cov-report=
	$(BIN)/python -m coverage report --include='pipelines/*' --fail-under=85 --skip-covered --format=total
	$(BIN)/python -m coverage report --include='warehouse/*' --fail-under=85 --skip-covered --format=total

check: .venv/dev.stamp  ## ruff, mypy strict, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/dev.stamp  ## let ruff write the code's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: .venv/dev.stamp  ## resolve both lock files anew (needs uv on the PATH)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -o requirements.lock
	uv pip compile pyproject.toml --extra dev -c requirements.lock --universal --python-version 3.11 --generate-hashes --no-header -o requirements-dev.lock

accept: .venv/dev.stamp  ## clone, run the README's commands, print each acceptance line of STEP (or those of ONLY) with its result
	$(BIN)/python -m tests.accept $(STEP) $(ONLY)

bench: .venv/dev.stamp  ## crawling, reading and loading speed, printed as ratios to the peers in the same run
	$(BIN)/python -m bench.crawl
	$(BIN)/python -m bench.read
	$(BIN)/python -m bench.load

bench-read-all: .venv/dev.stamp  ## 20,000 pages read whole: pages per CPU-second, peak memory, two processes to one (15 minutes)
	$(BIN)/python -m bench.read_all

.venv/peers.stamp: bench/peers.lock .venv/dev.stamp
	@echo "installing newspaper4k, which is only measured, into .venv"
	@$(PIP) install --quiet --no-deps --require-hashes -r bench/peers.lock
	@touch $@

bench-read: .venv/peers.stamp  ## speed of reading, and how right each field is, beside trafilatura and newspaper4k (25 minutes)
	$(BIN)/python -m bench.read
	$(BIN)/python -m bench.unseen
	$(BIN)/python -m bench.fields

bench-fields: .venv/dev.stamp  ## how right each field is read on every newsroom kind, beside trafilatura (7 minutes)
	$(BIN)/python -m bench.fields

bench-newsroom: .venv/dev.stamp  ## what normalization finds in the newsroom's bulletins, and their shared stories, against gold (1 minute)
	$(BIN)/python -m tests.newsroom_scores

kill-test: .venv/dev.stamp  ## 200 SIGKILLs of crawl, read, load and publish (20 minutes); prints what they cost
	$(BIN)/python -m tests.kills $(KILLS)

backfill-test: .venv/dev.stamp  ## a backfill of 24 months whose launcher and crawl are killed (4 minutes)
	$(BIN)/python -m tests.backfills 24 360

upgrade-test: .venv/dev.stamp  ## ten days with a reader upgrade in between, and 60 SIGKILLs of reading in one and three processes (5 minutes)
	$(BIN)/python -m tests.upgrades 10
	$(BIN)/python -m tests.rereads 60

slow: .venv/dev.stamp  ## the long proofs that `make test` leaves out
	$(BIN)/python -m pytest -m slow

clean:          ## remove the environment and the demo's home
	rm -rf .venv $(HOME_DEMO)
