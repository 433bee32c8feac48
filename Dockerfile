# The site and its worker: one image, two commands (see docker-compose.yml).
FROM python:3.11-slim-bookworm AS packages
COPY requirements/production.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --requirement production.txt

FROM python:3.11-slim-bookworm
RUN useradd --uid 1000 --create-home site && install --directory --owner=site /data
COPY --from=packages /venv /venv
WORKDIR /site
COPY . .
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 DATA_DIR=/data DJANGO_SETTINGS_MODULE=cms.settings.production
USER 1000:1000
EXPOSE 8000
CMD ["gunicorn", "cms.wsgi", "--bind=0.0.0.0:8000", "--workers=2", "--worker-class=gthread", "--threads=2", "--keep-alive=0", \
     "--limit-request-line=0", "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--access-logfile=-"]
