# make run and make test are all that a newcomer needs; see README.md.
PYTHON ?= python3
EMBEDDED = env -u DATABASE_URL -u ELASTICSEARCH_URL -u REDIS_URL -u EMAIL_URL

.PHONY: run test lint format bench elasticsearch lock

run:
	@$(PYTHON) -m tools.environment production
	@$(EMBEDDED) .venv/bin/python -m tools.run

test:
	@$(PYTHON) -m tools.environment development
	@.venv/bin/python -m tools.test $(ARGS)

lint:
	@$(PYTHON) -m tools.environment development
	@.venv/bin/python -m tools.lint

format:
	@$(PYTHON) -m tools.environment development
	@.venv/bin/python -m ruff check --fix .
	@.venv/bin/python -m ruff format .

bench:
	@$(PYTHON) -m tools.environment development
	@.venv/bin/python -m tools.parts wrk
	@.venv/bin/python -m benchmarks $(ARGS)

elasticsearch:
	@$(PYTHON) -m tools.environment production
	@.venv/bin/python -m tools.elasticsearch

# Newest versions that pyproject.toml allows; UPGRADE= keeps the present ones where they still fit.
UPGRADE ?= --upgrade
LOCK = .venv/bin/python -m uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-emit-index-url --quiet $(UPGRADE)
lock:
	@$(PYTHON) -m tools.environment development
	@$(LOCK) --output-file requirements/production.txt
	@$(LOCK) --group dev --output-file requirements/development.txt
