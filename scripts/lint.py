"""Lints the templates of exports: lint.py FOLDER, which holds VARIANT/yaml and VARIANT/json, each with its plan.json.

A template fails on any finding of cfn-lint, of whatever level, and on a FATAL, ERROR or WARN of cloudformation-validate,
whose INFO lists properties rather than faults. The definition of a state machine is asl-validator's to judge. YAML and JSON
of one export must say the same, so the JSON of an export named lint-… is not linted once more. A script for PowerShell fails
where a PowerShell grammar cannot read it; tests/templates/scripts.rs runs the ones for bash.
One process imports the linters, since that takes longer than a template; its forks share the work. A template that passed
is not linted again until it, its regions or a linter changes.
"""

import hashlib
import json
import multiprocessing
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import tree_sitter
import tree_sitter_powershell
from cfnlint.config import ConfigMixIn
from cfnlint.decode import decode
from cfnlint.runner import Runner
from cfnlint.runner.template import run_template_by_file_path
from cloudformation_validate import (
    CompositeEngine,
    DetailLevel,
    PseudoParameterOverrides,
    ReportStatus,
    Severity,
    ValidateConfig,
)

FAILING = {Severity.FATAL, Severity.ERROR, Severity.WARN}
PASSED = Path("target/lint-passed")

rules = Runner(ConfigMixIn(["--include-checks", "I", "--template", __file__])).rules
engine = None


def start():
    # The engine is native code with state of its own, so each fork makes one.
    global engine
    engine = CompositeEngine()


def machines(path):
    """What asl-validator says of each state machine."""
    if path.endswith(".yaml"):
        for name, it in decode(path)[0]["Resources"].items():
            if it["Type"] == "AWS::StepFunctions::StateMachine":
                with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
                    json.dump(it["Properties"]["Definition"], file)
                    file.flush()
                    judge = ["asl-validator", "--json-path", file.name]
                    said = subprocess.run(judge, capture_output=True, text=True, check=False)
                if said.returncode:
                    words = " ".join((said.stdout + said.stderr).split())
                    yield f"{path}: {name}: {words} (asl-validator)"


def findings(job):
    path, regions = job
    found = list(machines(path))
    config = ConfigMixIn(["--include-checks", "I", "--regions", *regions, "--template", path])
    for it in run_template_by_file_path(path, config, rules, False):
        found.append(f"{path}:{it.linenumber}: {it.rule.id} {it.message} (cfn-lint)")
    for region in regions:
        report = engine.validate_template(
            path,
            ValidateConfig(
                detail_level=DetailLevel.STANDARD,
                pseudo_parameter_overrides=PseudoParameterOverrides(region=region),
            ),
        )
        if report.status != ReportStatus.OK:
            found.append(f"{path}: {report.status.name} (cloudformation-validate)")
        for it in report.diagnostics:
            if it.severity in FAILING:
                found.append(f"{path}:{it.start_line}: {it.rule_id} {it.message} (cloudformation-validate)")
    return found


def checked(job):
    try:
        return findings(job)
    except Exception as error:
        return [f"{job[0]}: the linter broke off: {error!r}"]


def planned(folder):
    """The templates of an export, each with the regions it goes to."""
    templates = {}
    for stack in json.loads((folder / "plan.json").read_text())["stacks"]:
        templates.setdefault(stack["template"], set()).add(stack["region"])
    if not templates:
        raise ValueError("the plan names no stack")
    return templates


def unequal(export):
    """The JSON templates of an export that say something else than their YAML."""
    found = {}
    try:
        templates = planned(export / "json")
    except (OSError, ValueError, KeyError):
        return found  # said already
    for path in (export / "json" / it for it in templates):
        twin = export / "yaml" / f"{path.stem}.yaml"
        if path.exists() and (not twin.exists() or decode(str(path))[0] != decode(str(twin))[0]):
            found[str(path)] = [f"{path}: says something else than {twin}"]
    return found


def unreadable(script):
    """Where a PowerShell script is none."""
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
    text = script.read_bytes().removeprefix(b"\xef\xbb\xbf")
    found, nodes = [], [parser.parse(text).root_node]
    while nodes:
        node = nodes.pop()
        if node.is_error or node.is_missing:
            found.append(f"{script}:{node.start_point.row + 1}: PowerShell cannot read this")
        elif node.has_error:
            nodes.extend(node.children)
    return found


def main(folder):
    linters = "".join([version("cfn-lint"), version("cloudformation-validate"), Path(__file__).read_text()])
    verdicts, jobs = {}, {}
    for export in sorted(folder.iterdir()):
        for part in (export / "yaml", export / "json"):
            try:
                templates = planned(part)
            except (OSError, ValueError, KeyError) as error:
                verdicts[str(part)] = [f"{part}: no plan to read: {error}"]
                continue
            for name, regions in templates.items():
                path = part / name
                if not path.exists():
                    verdicts[str(path)] = [f"{path}: in the plan, but not in the export"]
                    continue
                if export.name.startswith("lint-") and path.suffix == ".json":
                    verdicts[str(path)] = []
                    continue
                text = linters + ",".join(sorted(regions)) + path.suffix + path.read_text()
                key = hashlib.sha256(text.encode()).hexdigest()
                jobs.setdefault(key, (sorted(regions), []))[1].append(str(path))

    PASSED.mkdir(parents=True, exist_ok=True)
    fresh = {key: (paths[0], regions) for key, (regions, paths) in jobs.items() if not (PASSED / key).exists()}
    # The largest first, so that no fork is left with one at the end.
    fresh = dict(sorted(fresh.items(), key=lambda it: -Path(it[1][0]).stat().st_size))
    found = {}
    if fresh:
        with multiprocessing.get_context("fork").Pool(initializer=start) as pool:
            found = dict(zip(fresh, pool.imap(checked, fresh.values())))
    for key, (_, paths) in jobs.items():
        if not found.get(key):
            (PASSED / key).touch()
        for path in paths:
            verdicts[path] = found.get(key, [])
    for export in sorted(folder.iterdir()):
        for path, words in unequal(export).items():
            verdicts[path] = verdicts.get(path, []) + words
        scripts = sorted(export.glob("*/*.ps1"))
        if not scripts:
            verdicts[str(export)] = [f"{export}: no script for PowerShell"]
        verdicts |= {str(it): unreadable(it) for it in scripts}

    for _, words in sorted(verdicts.items()):
        for line in words:
            print(line)
    failed = sum(1 for words in verdicts.values() if words)
    print(f"{len(verdicts)} files, {len(jobs)} different templates, {len(fresh)} linted now")
    print(f"{len(verdicts) - failed} passed, {failed} failed")
    return 1 if failed or not verdicts else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
