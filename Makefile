# The commands of the project. `make run` and `make test` need Python 3.11 and make, nothing else.

# The distribution's own before one that somebody built: it is kept safe by the distribution, and about a fifth faster.
PYTHON = $(shell /usr/bin/python3.11 -c 'import ensurepip, venv' 2>/dev/null && { echo /usr/bin/python3.11; exit; }; \
	for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v "$$p"; exit; }; done)
VENV = .venv/bin/python
CHECKS = $(VENV) -m tests.checks

.PHONY: help run test check test-sqlite test-postgres bench format messages clean ready-to-run ready-to-test

help:
	@echo "make run            set up what is missing and serve on 127.0.0.1:8000 (PORT)"
	@echo "make test           every check and every test, on SQLite and on PostgreSQL"
	@echo "make check          the static checks only"
	@echo "make test-sqlite    the tests on SQLite; make test-postgres: on PostgreSQL"
	@echo "make bench          the benchmarks; writes benchmarks/results.json"
	@echo "make format         put the code into the project's form"
	@echo "make messages       collect the texts to translate (needs GNU gettext)"
	@echo "make clean          remove the virtual environment and what was generated; the data stays"

run: ready-to-run
	@exec env IEUM_ENV=demo $(VENV) manage.py serve_demo

test: ready-to-test
	@exec $(CHECKS) static sqlite postgres

check: ready-to-test
	@exec $(CHECKS) static

test-sqlite: ready-to-test
	@exec $(CHECKS) sqlite

test-postgres: ready-to-test
	@exec $(CHECKS) postgres

# A database of 100,000 outcomes of each kind is filled first (BENCH_OUTCOMES): half an hour on a small machine.
bench: ready-to-test
	@$(VENV) -m benchmarks.run
	@exec $(VENV) -m benchmarks.pages --both

format: ready-to-test
	@$(VENV) -m ruff check --quiet --fix-only . && $(VENV) -m ruff format .

messages: ready-to-test
	@$(VENV) manage.py makemessages --locale ko --add-location file --ignore '.venv/*' --ignore 'var/*'

# The data of the demonstration in var/ is left alone.
clean:
	rm -rf .venv var/test .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis test-results
	find . -name __pycache__ -prune -exec rm -rf {} +
	rm -f locale/*/LC_MESSAGES/*.mo

# -I: no other project's packages and variables change what the set-up does.
ready-to-run ready-to-test:
	@[ -n "$(PYTHON)" ] || { echo "ieum: Python 3.11 or later is needed; install python3.11 with its venv module" \
		"(Debian and Ubuntu: apt-get install python3 python3-venv) and run this again." >&2; exit 1; }
	@"$(PYTHON)" -I config/bootstrap.py $(if $(filter ready-to-test,$@),--tests)
