#!/usr/bin/env bash
# Run a management command as the services do: deploy/systemd/manage.sh rebuild_standings --check
set -euo pipefail
exec systemd-run --quiet --wait --collect --pty --same-dir \
  --uid=xuetang --gid=xuetang \
  --property=EnvironmentFile=/etc/xuetang/env \
  --setenv=DJANGO_SETTINGS_MODULE=config.settings.production \
  /srv/xuetang/.venv/bin/python /srv/xuetang/manage.py "$@"
