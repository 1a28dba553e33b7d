#!/usr/bin/env bash
# Django's own deployment check under the production settings, with throw-away values.
set -euo pipefail
export DJANGO_SETTINGS_MODULE=config.settings.production
export SECRET_KEY="check-only-$(head -c 48 /dev/urandom | base64 | tr -d '\n')"
export AUDIT_KEY="check-only" PERSONAL_DATA_KEYS="check-only"
export ALLOWED_HOSTS=example.org SITE_URL=https://example.org
export DATABASE_URL=postgres://nobody@127.0.0.1/none REDIS_URL=redis://127.0.0.1:6379/0
export SMS_SENDER=members.sms.ConsoleSender
exec "$1" manage.py check --deploy --fail-level WARNING
