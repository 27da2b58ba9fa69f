#!/bin/sh
# What `make demo` runs. Everything it keeps is under var/ (or DEMO_DIR).
set -eu
sh deploy/venv.sh requirements.lock

DEMO_DIR=${DEMO_DIR:-$(pwd)/var/demo}
PORT=${PORT:-8000}
case $PORT in
'' | *[!0-9]*)
    echo "PORT=$PORT is not a number. Example: make demo PORT=8001" >&2
    exit 1
    ;;
esac
if [ "$PORT" -lt 1 ] || [ "$PORT" -gt 65535 ]; then
    echo "PORT=$PORT is outside 1 to 65535. Example: make demo PORT=8001" >&2
    exit 1
fi
mkdir -p "$DEMO_DIR"
if [ ! -s "$DEMO_DIR/secret-key" ]; then
    (umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))' >"$DEMO_DIR/secret-key")
fi

export DEMO_DIR PORT
export DJANGO_SETTINGS_MODULE=safeguarding_site.settings
SECRET_KEY=$(cat "$DEMO_DIR/secret-key")
export SECRET_KEY
export SITE_URL="http://127.0.0.1:$PORT"
export DATABASE_URL="sqlite:///$DEMO_DIR/demo.sqlite3"
export STATIC_ROOT="$DEMO_DIR/static"
export MEDIA_ROOT="$DEMO_DIR/media"
exec .venv/bin/python manage.py demo
