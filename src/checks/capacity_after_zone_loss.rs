//! What is left after the loss of a zone has to carry everything at once.

use super::Fix;
use super::site::{instances, thresholds};
use super::{Check, Finding, Severity, Subject};
use crate::aws::{AutoScalingGroup, Name, ScalingPolicy};
use crate::text::{Message, Text, text};
use crate::topology::shares;

pub static CHECK: Check = Check {
    code: "ASG-003",
    severity: Severity::High,
    title: text("check.asg-003.title", "Too busy to lose a zone"),
    why: text(
        "check.asg-003.why",
        "Requests don't become fewer when a zone is lost: with n zones each instance that is left carries n/(n-1) of its load, at once, and a replacement takes minutes and may not be had while everybody else asks for one.",
    ),
    advice: text(
        "check.asg-003.advice",
        "Keep the average CPU below (n-1)/n: 50 % with two zones, 66 % with three. Or run more instances than the load needs.",
    ),
    reference: "REL11-BP05",
    run,
};

const TARGET: Text = text(
    "check.asg-003.message",
    "{group} grows only at {target} % of CPU on average; when one of {zones} zones is lost, the others would need {after} %. Up to {limit} % survives it.",
);
const LOAD: Text = text(
    "check.asg-003.load",
    "{group} runs {desired} at {cpu} % of CPU on average (assumed); when a zone takes {lost} of them, the others would need {after} %.",
);

/// What the loss of the fullest zone does to a group.
struct Loss {
    zones: u32,
    desired: u32,
    lost: u32,
    /// Average CPU in percent at which the group grows, and now.
    grow: Option<f64>,
    cpu: Option<u32>,
}

impl Loss {
    /// The most CPU in percent that the loss of one of the zones leaves room for.
    fn limit(&self) -> u32 {
        100 * (self.zones - 1) / self.zones
    }

    /// Whether the group lets its CPU rise above the limit.
    fn grows_late(&self) -> Option<f64> {
        self.grow
            .filter(|it| it * f64::from(self.zones) > f64::from(100 * (self.zones - 1)))
    }

    /// CPU that the instances left would need, where that is more than they have.
    fn overload(&self) -> Option<(u32, u64)> {
        let cpu = self.cpu?;
        // Where nothing is left the group has fewer instances than zones, which is ASG-002's.
        let left = self.desired.checked_sub(self.lost).filter(|it| *it > 0)?;
        let after = (u64::from(cpu) * u64::from(self.desired)).div_ceil(u64::from(left));
        (after > 100).then_some((cpu, after))
    }
}

fn run(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let topology = subject.topology;
    for (name, group) in topology.all::<AutoScalingGroup>() {
        let zones = topology.zones_of(name).len();
        if zones < 2 {
            continue;
        }
        let desired = group.desired();
        let lost = shares(desired, zones).first().copied().unwrap_or_default();
        let loss = Loss {
            zones: u32::try_from(zones).unwrap_or(u32::MAX),
            desired,
            lost,
            grow: thresholds(topology, name).grow,
            cpu: subject.design.map(|it| it.assumptions.cpu.get()),
        };
        if let Some(message) = message(&loss) {
            let finding = Finding::new(&CHECK, [name], message.with("group", name.as_str()));
            findings.push(finding.with_fix(fix(subject, name, &loss)));
        }
    }
}

fn message(loss: &Loss) -> Option<Message> {
    if let Some((cpu, after)) = loss.overload() {
        return Some(
            LOAD.with("desired", instances(loss.desired))
                .with("cpu", cpu)
                .with("lost", loss.lost)
                .with("after", after),
        );
    }
    let target = loss.grows_late()?;
    let after = target * f64::from(loss.zones) / f64::from(loss.zones - 1);
    Some(
        TARGET
            .with("target", format!("{target:.0}"))
            .with("zones", loss.zones)
            .with("after", format!("{after:.0}"))
            .with("limit", loss.limit()),
    )
}

/// Grows in time, and runs what carries today's load without one of the zones.
fn fix(subject: &Subject<'_>, group: &Name, loss: &Loss) -> Option<Fix> {
    let fleet = &subject.design?.fleet;
    let grow = match loss.grows_late() {
        Some(_) => loss.limit(),
        // A group that does not grow yet may once it has other bounds.
        None => fleet.scale_out.get().min(loss.limit()),
    };
    let policies = subject.topology.all::<ScalingPolicy>();
    let mut claims: Vec<_> = policies
        .filter(|(_, it)| it.group.name == *group)
        .map(|(policy, _)| (policy, "TargetTrackingConfiguration"))
        .collect();
    let Some((cpu, _)) = loss.overload() else {
        let title =
            text("check.asg-003.fix-target", "Grow at {limit} % of CPU").with("limit", grow);
        return subject.fix(&claims, title, &[("fleet.scale_out_cpu", &grow)]);
    };
    let (count, cpu) = enough(loss, cpu)?;
    let most = fleet.max.get().max(count * loss.zones / (loss.zones - 1));
    let title = text(
        "check.asg-003.fix-load",
        "Run {instances}, which the same load keeps at {cpu} % of CPU, and grow at {grow} %",
    )
    .with("instances", instances(count))
    .with("cpu", cpu)
    .with("grow", grow);
    claims.extend([
        (group, "MinSize"),
        (group, "DesiredCapacity"),
        (group, "MaxSize"),
    ]);
    subject.fix(
        &claims,
        title,
        &[
            ("fleet.min", &count),
            ("fleet.desired", &count),
            ("fleet.max", &most.min(100)),
            ("fleet.scale_out_cpu", &grow),
            ("assume.cpu_percent", &cpu),
        ],
    )
}

/// The fewest instances, as many in each zone, that carry the load without one zone; and their CPU before that.
fn enough(loss: &Loss, cpu: u32) -> Option<(u32, u32)> {
    (loss.desired..=100)
        .filter(|count| count % loss.zones == 0)
        .map(|count| (count, (cpu * loss.desired).div_ceil(count)))
        .find(|(_, cpu)| cpu * loss.zones <= 100 * (loss.zones - 1))
}

#[cfg(test)]
mod tests {
    use super::CHECK;
    use crate::checks::testing::findings;

    #[test]
    fn flags_a_late_target_a_late_alarm_and_a_load_that_is_too_high_already() {
        assert_eq!(
            findings(&CHECK, "", &[]),
            "WebGroup: WebGroup grows only at 70 % of CPU on average; when one of 2 zones is lost, the others would need 140 %. Up to 50 % survives it."
        );
        assert_eq!(
            findings(&CHECK, "fleet.scaling=step network.zones=3", &[]),
            "WebGroup: WebGroup grows only at 70 % of CPU on average; when one of 3 zones is lost, the others would need 105 %. Up to 66 % survives it."
        );
        assert_eq!(
            findings(&CHECK, "assume.cpu_percent=60", &[]),
            "WebGroup: WebGroup runs 2 instances at 60 % of CPU on average (assumed); when a zone takes 1 of them, the others would need 120 %."
        );
        assert_eq!(
            findings(&CHECK, "fleet.scale_out_cpu=50 fleet.desired=3", &[]),
            "WebGroup: WebGroup runs 3 instances at 40 % of CPU on average (assumed); when a zone takes 2 of them, the others would need 120 %."
        );
    }

    #[test]
    fn accepts_targets_within_the_limit() {
        for settings in [
            "fleet.scale_out_cpu=50",
            "network.zones=3 fleet.desired=3 fleet.scale_out_cpu=66",
            "network.zones=1",
        ] {
            assert_eq!(findings(&CHECK, settings, &[]), "");
        }
    }
}
