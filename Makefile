# Two commands for a newcomer: `make run` and `make test`. Nothing is installed outside .venv,
# except that `make test` may install Chromium and a Chinese font where it is root.
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check lock pictures backup restore

run: $(VENV)/.installed
	@exec $(BIN)/python manage.py serve --port $(PORT)

test: $(VENV)/.installed-dev
	@deploy/browser-ready.sh
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/bandit -q -r -c pyproject.toml cms config courses federations knowledge_base learning members quizzes
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run
	@deploy/check-production.sh $(BIN)/python

# The environment is the running site's (docs/guide/operators.md): without one, that of `make run`.
backup: $(VENV)/.installed
	@$(BIN)/python manage.py backup_site $(if $(KEEP),--keep $(KEEP))

restore: $(VENV)/.installed
	@test -n "$(FROM)" || { echo "请写出从哪一份恢复：make restore FROM=var/backups/20260308-170000"; exit 2; }
	@$(BIN)/python manage.py restore_site "$(FROM)"

lock:
	uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements.lock
	uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements-sms.lock
	uv pip compile pyproject.toml --group dev --all-extras --universal --generate-hashes --no-emit-index-url --no-header -q -o requirements-dev.lock

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock | $(VENV)/bin/python
	@echo "正在安装依赖…"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock | $(VENV)/bin/python
	@echo "正在安装依赖（含测试工具）…"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
