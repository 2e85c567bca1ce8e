//! What is said of an Auto Scaling group.

use super::super::EventKind;
use super::super::figure::{
    BALANCE, BOOT, CHECKS, GRACE, GROUP, GROUP_CHECK, GROUP_REACTION, LOAD, WARM_START,
};
use super::super::scene::{Scene, listed};
use super::Fleet;
use super::capacity::batch;
use crate::aws::Name;
use crate::text::text;

/// Futile launches that are told one by one; that it goes on is said with the last.
const FUTILE_TOLD: u32 = 2;

impl Fleet {
    pub(super) fn tell_lost(&self, scene: &mut Scene, lost: &[Name]) {
        let checked = self.check.is_some();
        scene.tell(&self.name, EventKind::Lost, GROUP, || {
            let words = if checked {
                text(
                    "failure.instances-lost",
                    "{group} loses {members}; until its checks fail, the load balancer goes on sending requests there",
                )
            } else {
                text("failure.instances-lost-bare", "{group} loses {members}")
            };
            words
                .with("group", self.name.as_str())
                .with("members", listed(lost))
        });
    }

    pub(super) fn tell_checks_failed(&self, scene: &mut Scene, removed: &[Name]) {
        let Some(check) = self.check.as_ref().filter(|_| !removed.is_empty()) else {
            return;
        };
        scene.tell(&self.name, EventKind::Removed, CHECKS, || {
            text(
                "failure.checks-failed",
                "Load balancer stops sending requests to {members} ({least} to {most} s after the fault: {count} checks of {interval} s, {timeout} s timeout)",
            )
            .with("members", listed(removed))
            .with("least", check.detection.0)
            .with("most", check.detection.1)
            .with("count", check.unhealthy)
            .with("interval", check.interval)
            .with("timeout", check.timeout)
        });
        self.tell_strain(scene);
    }

    pub(super) fn tell_deregistered(&self, scene: &mut Scene, removed: &[Name]) {
        let Some(check) = self.check.as_ref().filter(|_| !removed.is_empty()) else {
            return;
        };
        scene.tell(&self.name, EventKind::Removed, GROUP, || {
            text(
                "failure.deregistered",
                "{group} takes {members} out of the target group; the load balancer's own checks would have taken {least} to {most} s",
            )
            .with("group", self.name.as_str())
            .with("members", listed(removed))
            .with("least", check.detection.0)
            .with("most", check.detection.1)
        });
        self.tell_strain(scene);
    }

    /// What the loss means for those that are left: u' = u n / left.
    fn tell_strain(&self, scene: &mut Scene) {
        let left = self.serving();
        if left == 0 || left >= self.desired {
            return;
        }
        let after = self.load * self.desired as f64 / left as f64;
        scene.tell(&self.name, EventKind::Detected, LOAD, || {
            let words = if after > 1.0 {
                text(
                    "failure.overload",
                    "{left} of {all} instances are left: {after} % of their CPU would be needed, so {errors} % of requests fail until others are in service",
                )
                .with("errors", percent(1.0 - 1.0 / after))
            } else {
                text(
                    "failure.strain",
                    "{left} of {all} instances are left: average CPU goes from {before} to {after} %",
                )
                .with("before", percent(self.load))
            };
            words
                .with("left", left)
                .with("all", self.desired)
                .with("after", percent(after))
        });
    }

    pub(super) fn tell_noticed(&self, scene: &mut Scene, lost: &[Name]) {
        scene.tell(&self.name, EventKind::Detected, GROUP_CHECK.source, || {
            text(
                "failure.noticed",
                "{group} finds instances that no longer run: {members} (it checks every {least} to {most} s)",
            )
            .with("group", self.name.as_str())
            .with("members", listed(lost))
            .with("least", GROUP_CHECK.least)
            .with("most", GROUP_CHECK.most)
        });
    }

    pub(super) fn tell_replaced(&self, scene: &mut Scene, lost: &[Name], launched: &[Name]) {
        if launched.is_empty() {
            let words = if self.balanced_only {
                text(
                    "failure.balanced-only",
                    "{group} tries in vain to replace {members} in the dark zone: it is balanced-only and launches nowhere else",
                )
            } else {
                text(
                    "failure.nowhere",
                    "{group} tries in vain to replace {members}: all of its zones are dark",
                )
            };
            return scene.tell(&self.name, EventKind::Detected, BALANCE, || {
                words
                    .with("group", self.name.as_str())
                    .with("members", listed(lost))
            });
        }
        scene.tell(&self.name, EventKind::Launched, GROUP_REACTION, || {
            text(
                "failure.replaced",
                "{group} launches {launched} to replace {members}",
            )
            .with("group", self.name.as_str())
            .with("launched", listed(launched))
            .with("members", listed(lost))
        });
    }

    pub(super) fn tell_launched(&self, scene: &mut Scene, launched: &[Name]) {
        if launched.is_empty() || self.futile >= FUTILE_TOLD {
            return;
        }
        scene.tell(&self.name, EventKind::Launched, GROUP_REACTION, || {
            text("failure.launched", "{group} launches {launched}")
                .with("group", self.name.as_str())
                .with("launched", listed(launched))
        });
    }

    pub(super) fn tell_balancing(&self, scene: &mut Scene, launched: &[Name]) {
        if launched.is_empty() || self.futile >= FUTILE_TOLD {
            return;
        }
        scene.tell(&self.name, EventKind::Launched, BALANCE, || {
            text(
                "failure.balancing",
                "{group} balances its zones: it launches {launched} before it terminates as many elsewhere",
            )
            .with("group", self.name.as_str())
            .with("launched", listed(launched))
        });
    }

    pub(super) fn tell_shed(&self, scene: &mut Scene, shed: &[Name]) {
        scene.tell(&self.name, EventKind::Removed, BALANCE, || {
            text("failure.shed", "{group} drains and terminates {members}")
                .with("group", self.name.as_str())
                .with("members", listed(shed))
        });
    }

    pub(super) fn tell_ready(&self, scene: &mut Scene, ready: &[Name], warm: bool) {
        if ready.is_empty() {
            return;
        }
        let source = if warm { WARM_START.source } else { BOOT };
        scene.tell(&self.name, EventKind::InService, source, || {
            let words = match &self.check {
                Some(check) => text(
                    "failure.ready",
                    "In service: {members}, after {boot} s of boot and one passed check (within {interval} s); {serving} of {all} instances",
                )
                .with("interval", check.interval),
                None => text(
                    "failure.ready-bare",
                    "Running: {members}, after {boot} s of boot; {serving} of {all} instances",
                )
                .into(),
            };
            words
                .with("members", listed(ready))
                .with("boot", self.boot_of(warm))
                // What balancing has launched too many leaves in the same second.
                .with("serving", self.serving().min(self.desired))
                .with("all", self.desired)
        });
    }

    pub(super) fn tell_futile(&self, scene: &mut Scene, terminated: &[Name]) {
        if self.futile > FUTILE_TOLD {
            return;
        }
        let words = if self.futile < FUTILE_TOLD {
            text(
                "failure.futile",
                "{group} terminates {members}, at most {batch} at a time: the load balancer calls them unhealthy, and the grace period of {grace} s was over before the {boot} s of boot",
            )
            .with("batch", batch(self.desired))
        } else {
            text(
                "failure.futile-again",
                "{group} terminates {members} too, and so on with every launch: {grace} s of grace, {boot} s of boot",
            )
            .into()
        };
        scene.tell(&self.name, EventKind::Removed, GRACE, || {
            words
                .with("group", self.name.as_str())
                .with("members", listed(terminated))
                .with("grace", self.grace.unwrap_or_default())
                .with("boot", self.boot)
        });
    }
}

/// Whole percent.
fn percent(share: f64) -> f64 {
    (share * 100.0).round()
}
