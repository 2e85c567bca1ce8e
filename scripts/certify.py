"""certify.py EXPORT STACK: prepares an export for the deployment judge, which knows no certificate and no hosted zone but those
of its own stacks: one that makes them goes before all others, and every stack that asks a person for one takes it from there."""

import json
import shutil
import sys
from pathlib import Path

export, own = map(Path, sys.argv[1:])
plan_file = export / "plan.json"
plan = json.loads(plan_file.read_text())
taken = False
for stack in plan["stacks"]:
    # Outputs, which go by the same names, come behind the resources.
    asked, _, _ = (export / stack["template"]).read_text().partition("\nResources:")
    for parameter in ("CertificateArn", "HostedZoneId"):
        handed_on = stack["parameters"].get(parameter, "").startswith("${")
        if f"\n  {parameter}:" in asked and not handed_on:
            stack["parameters"][parameter] = f"${{certificate.{parameter}}}"
            taken = True
if taken:
    shutil.copy(own, export)
    first = {"name": "certificate", "template": own.name, "region": plan["stacks"][0]["region"], "parameters": {}}
    plan["stacks"].insert(0, first)
    plan_file.write_text(json.dumps(plan))
