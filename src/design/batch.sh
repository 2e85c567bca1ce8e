#!/bin/bash
# Fetches from the external source once a day, whenever there is a way out: it tries every five minutes, and rests for
# twelve hours once it has what it wants. Outside of the window of a scheduled NAT gateway each attempt just fails.
set -eu
cat > /etc/systemd/system/nightly-sync.service <<'UNIT'
[Unit]
Description=Nightly sync from the external source
ConditionPathExists=/usr/bin/curl
[Service]
Type=oneshot
DynamicUser=yes
StateDirectory=nightly-sync
ExecCondition=/bin/sh -c 'test -z "$$(find /var/lib/nightly-sync/latest -mmin -720)"'
ExecStart=/usr/bin/curl --fail --silent --show-error --max-time 120 --output /var/lib/nightly-sync/latest ${BatchSource}
UNIT
cat > /etc/systemd/system/nightly-sync.timer <<'UNIT'
[Timer]
OnCalendar=*:0/5
[Install]
WantedBy=timers.target
UNIT
systemctl daemon-reload
systemctl enable --now nightly-sync.timer
