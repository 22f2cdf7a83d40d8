.DEFAULT_GOAL := help
.PHONY: help setup demo test check score learning peers bench effort bench-service bench-tracking simulate-year simulate-cluster costs chaos screenshots fuzz fuzz-readers hostile samples golden settings bench-archive
PY := .venv/bin/python

help: ## what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: ## virtual environment, packages, system programs; quick when nothing has changed
	@./scripts/setup.sh

demo: setup ## extract the sample directives and show their tasks
	@sed -e '/^#/d' -e 's|^|data/samples/sources/|' data/samples/demo.txt | xargs .venv/bin/dondoc extract

check: setup ## lint, format, types, layer contracts
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	.venv/bin/lint-imports

test: check ## all checks and tests
	env -u UPDATE_GOLDEN $(PY) -m pytest -n 2 --dist worksteal

score: setup ## the scoreboard on labelled documents beside the project
	@$(PY) -m benchmarks.score $(ARGS)

learning: setup ## the rules, the learned reader and both together, on the labelled documents
	@$(PY) -m benchmarks.learning $(ARGS)

peers: setup ## the same documents read by simpler means, beside ours
	@$(PY) -m benchmarks.peers $(ARGS)

bench: setup ## speed and memory
	@$(PY) -m benchmarks.speed $(ARGS)

effort: setup ## keystrokes of a reviewer who knows what is right
	@$(PY) -m benchmarks.effort $(ARGS)

bench-service: setup ## lists, search, review and uploads over a large store
	@$(PY) -m benchmarks.service $(ARGS)

bench-tracking: setup ## the overview and the yearly report over a large book
	@$(PY) -m benchmarks.tracking $(ARGS)

bench-archive: setup ## pages a second of an archive by one process, two and Dask, beside rivals
	@$(PY) -m benchmarks.archive $(ARGS)

simulate-cluster: setup ## 1,000,000 jobs and 200 workers on the real ledger, readers that read nothing
	@$(PY) -m benchmarks.cluster $(ARGS)

costs: setup ## what a million pages take on 1, 10 and 100 machines
	@$(PY) -m benchmarks.costs $(ARGS)

simulate-year: setup ## a year of an invented office through the book, by several workers
	@$(PY) -m benchmarks.year $(ARGS)

chaos: setup ## an archive run whose processes are killed and whose database falls over
	@$(PY) -m benchmarks.chaos $(ARGS)

screenshots: setup ## the pictures of the screens in docs, made anew
	@$(PY) -m benchmarks.screenshots $(ARGS)

fuzz: setup ## random text through the code that reads clauses, units and deadlines
	@$(PY) -m benchmarks.fuzz $(ARGS)

fuzz-readers: setup ## bytes that a fuzzer grows through the readers of files (each night; needs pip install -e .[fuzz])
	@$(PY) -m benchmarks.fuzz_readers $(ARGS)

hostile: setup ## broken, endless and bursting files in a new folder: make hostile ARGS=FOLDER
	@$(PY) -m scripts.make_hostile $(ARGS)

samples: setup ## make the sample directives anew from their texts
	$(PY) -m scripts.make_samples $(ARGS)

golden: setup ## write the expected records of the samples anew; look at the difference before a commit
	UPDATE_GOLDEN=1 $(PY) -m pytest -q -n 2 tests/golden

settings: setup ## write docs/settings.md anew from the settings' definitions
	@$(PY) -m scripts.settings_page > docs/settings.md
