"""certify.py EXPORT CERTIFICATE: prepares an export for the deployment judge, which knows no certificate but those of its own
stacks: one that makes it goes before all others, and every stack that takes a certificate takes that one."""

import json
import shutil
import sys
from pathlib import Path

export, certificate = map(Path, sys.argv[1:])
plan_file = export / "plan.json"
plan = json.loads(plan_file.read_text())
takers = [it for it in plan["stacks"] if "\n  CertificateArn:" in (export / it["template"]).read_text()]
if takers:
    shutil.copy(certificate, export)
    for stack in takers:
        stack["parameters"]["CertificateArn"] = "${certificate.CertificateArn}"
    first = {"name": "certificate", "template": certificate.name, "region": takers[0]["region"], "parameters": {}}
    plan["stacks"].insert(0, first)
    plan_file.write_text(json.dumps(plan))
