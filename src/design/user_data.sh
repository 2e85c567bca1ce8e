#!/bin/bash
# A web server that needs nothing from the internet: it answers every path with the zone, the instance, whether the database
# answers and its password can be read, and the address that the internet sees where there is a way out.
set -eu
cat > /opt/web.py <<'PY'
import http.server
import ipaddress
import socket
import subprocess
import threading
import time
import urllib.request

DATABASE = ("${Database.Endpoint.Address}", ${Database.Endpoint.Port})
PASSWORD = "aws secretsmanager get-secret-value --region ${AWS::Region} --secret-id ${Database.MasterUserSecret.SecretArn}"
METADATA = "http://169.254.169.254/latest/"
state = {"database": "was not asked yet", "password": "was not asked for yet", "internet": "was not asked yet"}


def metadata(path):
    lifetime = {"X-aws-ec2-metadata-token-ttl-seconds": "60"}
    ask = urllib.request.Request(METADATA + "api/token", method="PUT", headers=lifetime)
    token = urllib.request.urlopen(ask, timeout=5).read().decode()
    ask = urllib.request.Request(METADATA + "meta-data/" + path, headers={"X-aws-ec2-metadata-token": token})
    return urllib.request.urlopen(ask, timeout=5).read().decode()


def watch():
    while True:
        try:
            socket.create_connection(DATABASE, timeout=2).close()
            state["database"] = "answers"
        except OSError:
            state["database"] = "does not answer"
        time.sleep(1)


def sign_in():
    while state["password"] != "was read":
        try:
            subprocess.run(PASSWORD.split(), stdout=subprocess.DEVNULL, timeout=60, check=True)
            state["password"] = "was read"
        except Exception:
            state["password"] = "cannot be read"
            time.sleep(30)


def look_out():
    while True:
        try:
            with urllib.request.urlopen("https://checkip.amazonaws.com", timeout=3) as answer:
                state["internet"] = f"sees {ipaddress.ip_address(answer.read(64).decode().strip())}"
        except Exception:
            state["internet"] = "does not answer"
        time.sleep(30)


class Web(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        told = f"The database {state['database']}. Its password {state['password']}.</p><p>The internet {state['internet']}."
        page = f"<h1>{ZONE}</h1><p>{INSTANCE}</p><p>{told}</p>\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


ZONE, INSTANCE = metadata("placement/availability-zone"), metadata("instance-id")
for task in (watch, sign_in, look_out):
    threading.Thread(target=task, daemon=True).start()
http.server.ThreadingHTTPServer(("", 80), Web).serve_forever()
PY
cat > /etc/systemd/system/web.service <<'UNIT'
[Unit]
Wants=network-online.target
After=network-online.target
StartLimitIntervalSec=0
[Service]
ExecStart=/usr/bin/python3 /opt/web.py
Restart=always
RestartSec=2
DynamicUser=yes
Environment=HOME=/tmp
AmbientCapabilities=CAP_NET_BIND_SERVICE
[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable --now web.service
