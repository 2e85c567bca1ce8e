"""Deploys exports in a simulated account, first in the planned order and then in random ones that respect the
dependencies: deploy.py JUDGE ORDERS FOLDER...

Each FOLDER/judged holds an export; FOLDER/deployed.json says afterwards what exists and FOLDER/deployed.log what the judge
said. What is judged, and how, is the judge's own, but for one slip of its simulator (mend_delay). This only spares it from
building its account anew: the first deployment here fills one, and every other runs in a fork of this process, where that
account is still empty.
"""

import argparse
import contextlib
import copy
import gc
import importlib.machinery
import importlib.util
import io
import json
import multiprocessing
import os
import pathlib
import sys


def load(judge):
    """The judge's program as a module."""
    loader = importlib.machinery.SourceFileLoader("deploy", str(judge / "deploy"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("deploy", loader))
    sys.modules["deploy"] = module
    loader.exec_module(module)
    return module


def share_policies():
    """AWS's thousand managed policies are read once, not for every service and region that asks who calls it."""
    from moto.iam.models import IAMBackend

    read, known = IAMBackend._init_aws_policies, {}

    def policies(self):
        place = (self.account_id, self.region_name)
        if place not in known:
            known[place] = read(self)
        return [copy.copy(it) for it in known[place]]

    IAMBackend._init_aws_policies = policies


def mend_delay():
    """moto 5.2.5 refuses a deregistration delay of 3600 s, the most that AWS takes (Elastic Load Balancing user guide,
    target group attributes: 0 to 3600), and says itself that it is within the range."""
    from moto.elbv2.models import ELBv2Backend

    key, most = "deregistration_delay.timeout_seconds", "3600"
    modify = ELBv2Backend.modify_target_group_attributes

    def mended(self, target_group_arn, attributes):
        is_most = str(attributes.get(key)) == most
        answer = modify(self, target_group_arn, attributes | {key: "3599"} if is_most else attributes)
        if is_most:
            self.target_groups[target_group_arn].attributes[key] = most
        return answer

    ELBv2Backend.modify_target_group_attributes = mended


def attempt(export, seed):
    """One deployment: how many stacks passed and failed, why, what exists, what was printed."""
    plan = json.loads((export / "plan.json").read_text())
    arguments = argparse.Namespace(
        region="us-east-1", params={}, engine="own", endpoint="", keep_default_vpc=False,
        keep_going=False, verbose=False, reach=False, out=None, want_dump=seed is None,
    )
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        passed, failed, errors, exists = judge.run(plan, str(export), arguments, seed=seed, quiet=seed is not None)
    return passed, failed, errors, exists, printed.getvalue()


def task(job):
    """In a fork: its account goes with it, so nothing need be emptied."""
    from moto.core.models import MockAWS

    MockAWS.stop = lambda *_, **__: None
    folder, seed = job
    try:
        return folder, seed, attempt(folder / "judged", seed)
    except Exception as error:  # The judge itself broke: that is no success.
        return folder, seed, (0, 1, [repr(error)], None, f"FAIL {error!r}\n")


def report(folder, orders, results):
    """Writes what the judge said of an export, with its closing line."""
    passed, failed, _, exists, said = results.pop(None)
    wrong = [(seed, errors) for seed, (_, bad, errors, _, _) in sorted(results.items()) if bad]
    if wrong:
        seed, errors = wrong[0]
        said += f"FAIL order {seed}: {errors[0]}\n"
        failed += 1
    elif orders and not failed:
        said += f"PASS {orders} random orders\n"
        passed += 1
    said += f"{passed} passed, {failed} failed\n"
    (folder / "deployed.json").write_text(json.dumps(exists, indent=1, default=str))
    (folder / "deployed.log").write_text(said)


def main():
    orders, folders = int(sys.argv[2]), [pathlib.Path(it) for it in sys.argv[3:]]
    if not folders:
        return
    share_policies()
    mend_delay()
    # Imports, clients, schemas and the catalogues of images and policies: every fork inherits them.
    attempt(folders[0] / "judged", None)
    gc.freeze()
    jobs = [(folder, seed) for folder in folders for seed in [None, *range(orders)]]
    done = {folder: {} for folder in folders}
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        for folder, seed, result in pool.imap_unordered(task, jobs):
            done[folder][seed] = result
            if len(done[folder]) == orders + 1:
                report(folder, orders, done.pop(folder))


if __name__ == "__main__":
    judge = load(pathlib.Path(sys.argv[1]))
    main()
