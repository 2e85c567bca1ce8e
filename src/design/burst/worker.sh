#!/bin/bash
# Works the orders' queue off for as long as the instance stands. It is started again whenever it ends.
set -eu
DRIVER
cat > /opt/orders.py <<'PY'
PROGRAM
PY
cat > /etc/systemd/system/orders.service <<'UNIT'
[Unit]
Description=Works the queue of orders off
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0
[Service]
DynamicUser=yes
Environment=AWS_REGION=${AWS::Region}
VARIABLES
ExecStart=/usr/bin/python3 /opt/orders.py
Restart=always
RestartSec=5
[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable --now orders.service
