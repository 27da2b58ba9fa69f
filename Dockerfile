# The site as a container image.
#
#   docker build -t safer .
#
# Before the first start, and after every update, run in the image with the same environment:
#   python manage.py migrate && python manage.py load_content
# SECRET_KEY, SITE_URL and DATABASE_URL come from the environment of the running container; none is in the image.

# Any Debian that has or can install Python 3.11 or newer: --build-arg PYTHON_IMAGE=debian:bookworm-slim
ARG PYTHON_IMAGE=python:3.12-slim


# --- What both stages stand on. Both take their Python from here, so the copied environment finds the same one.
FROM ${PYTHON_IMAGE} AS base

# Small bases leave some of these out. Without them: no time zones, no trusted certificates for mail and
# database connections, and WebP pictures that are sent without their type.
RUN set -eu; \
    missing=; \
    command -v python3 >/dev/null || missing="$missing python3"; \
    [ -e /usr/share/zoneinfo/Europe/London ] || missing="$missing tzdata"; \
    [ -e /etc/ssl/certs/ca-certificates.crt ] || missing="$missing ca-certificates"; \
    [ -e /etc/mime.types ] || missing="$missing media-types"; \
    if [ -n "$missing" ]; then \
        apt-get update; \
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing; \
        apt-get clean; \
        rm -rf /var/lib/apt/lists/*; \
    fi; \
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "PYTHON_IMAGE needs Python 3.11 or newer.")'


# --- Install and collect. Nothing of this stage is shipped but what is copied out of it below.
FROM base AS build

# Debian keeps venv and ensurepip in a package of their own.
RUN set -eu; \
    if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then \
        apt-get update; \
        DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3-venv; \
    fi; \
    python3 -m venv /srv/safer/venv

# The lock alone, before the code: a change of code reuses this layer and installs nothing.
# Wheels only, because building a package would fetch tools that the lock has no hashes for.
# pip and setuptools go at the end: running needs neither, and what is not there needs no security update.
COPY requirements.lock /tmp/requirements.lock
RUN set -eu; \
    /srv/safer/venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes --only-binary :all: -r /tmp/requirements.lock; \
    /srv/safer/venv/bin/python -m pip uninstall -q -y setuptools pip

WORKDIR /srv/safer/app
COPY . .

# The settings need these three to load, and collecting uses none of them, so they are made up here and end here.
# The modes are set because a checkout can be unreadable to others, and the site runs as another user.
RUN set -eu; \
    SECRET_KEY="$(python3 -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    SITE_URL=http://127.0.0.1:8000 \
    DATABASE_URL=sqlite:////tmp/unused.sqlite3 \
    STATIC_ROOT=/srv/safer/static \
        /srv/safer/venv/bin/python manage.py collectstatic --noinput; \
    chmod -R a+rX,go-w /srv/safer/app /srv/safer/static


# --- What runs.
FROM base

# Orchestrators that refuse root can check a number only. The name is for libraries that look the user up.
# The only folder it may write to is the one for uploads. It is made before VOLUME, so that a new volume gets its owner.
RUN set -eu; \
    groupadd --gid 10001 safer; \
    useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin safer; \
    install -d -o 10001 -g 10001 /srv/safer/media

# Least often changed first. Everything here belongs to root: the site cannot rewrite itself.
COPY --from=build /srv/safer/venv /srv/safer/venv
COPY --from=build /srv/safer/static /srv/safer/static
COPY --from=build /srv/safer/app /srv/safer/app

# Unbuffered, so that the last lines before a crash are in the log.
ENV PATH=/srv/safer/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BIND=0.0.0.0:8000 \
    STATIC_ROOT=/srv/safer/static \
    MEDIA_ROOT=/srv/safer/media

WORKDIR /srv/safer/app
VOLUME /srv/safer/media
USER 10001:10001
EXPOSE 8000

# Python, because slim images have no curl. The empty ProxyHandler keeps the check off a proxy set for the container.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import ProxyHandler, build_opener; build_opener(ProxyHandler({})).open('http://127.0.0.1:8000/healthz', timeout=4)"]

# A list, not a line for a shell: gunicorn itself gets the stop signal, and finishes the requests under way.
CMD ["python", "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "safeguarding_site.wsgi"]
