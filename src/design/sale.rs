//! More instances before the load comes: by a forecast, or by the clock before a sale.

use super::fleet::GROUP;
use super::option::Setting;
use super::schedule::{TimeZone, Window};
use super::{APP, Design, Edit, Expansion};
use crate::aws::{ScalingPolicy, ScheduledAction, list, map};
use crate::text::text;

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if design.fleet.predictive {
        prediction(design, to);
    }
    if design.fleet.prewarm_size.get() > 0 {
        for window in &design.fleet.prewarm_at.0 {
            clock(design, window, to);
        }
    }
}

/// Beside the policy that follows the load: the group has as many instances as either asks for at most.
fn prediction(design: &Design, to: &mut Expansion<'_>) {
    let metric = map([
        ("TargetValue", design.fleet.scale_out.get().into()),
        (
            "PredefinedMetricPairSpecification",
            map([("PredefinedMetricType", "ASGCPUUtilization".into())]),
        ),
    ]);
    to.add(
        APP,
        "WebPredictivePolicy",
        ScalingPolicy {
            group: GROUP.into(),
            kind: "PredictiveScaling".into(),
            tracking: None,
            prediction: Some(map([
                ("MetricSpecifications", list([metric])),
                ("Mode", "ForecastAndScale".into()),
                // Ahead of the hour by as much as an instance takes to answer.
                (
                    "SchedulingBufferTime",
                    design.assumptions.boot.get().max(LEAST_BUFFER_S).into(),
                ),
                ("MaxCapacityBreachBehavior", "HonorMaxCapacity".into()),
            ])),
            rest: Vec::new(),
        },
    )
    .comment(text(
        "comment.predictive",
        "The forecast needs 24 hours of history to begin and two weeks to be good; until then, and for whatever it has never seen, the other policy is all there is.",
    ));
}

/// Seconds ahead of the hour in AWS's own default (EC2 Auto Scaling user guide, predictive scaling).
const LEAST_BUFFER_S: u32 = 300;

fn clock(design: &Design, window: &Window, to: &mut Expansion<'_>) {
    let fleet = &design.fleet;
    let size = fleet.prewarm_size.get();
    let action = |min: u32, desired: Option<u32>, recurrence: String| ScheduledAction {
        group: GROUP.into(),
        min: Some(min),
        desired,
        max: None,
        recurrence: Some(recurrence),
        // Auto Scaling counts in UTC unless told otherwise.
        time_zone: Some(design.schedule.timezone)
            .filter(|it| *it != TimeZone::UTC)
            .map(|it| it.show()),
        rest: Vec::new(),
    };
    let raised = size.max(fleet.desired.get());
    to.add(
        APP,
        "WebPrewarm",
        action(size, Some(raised), fields(&window.opening())),
    )
    .comment(text(
        "comment.prewarm",
        "Before the sale the group is raised; behind it the minimum goes back, and the scaling policy lets go what is idle.",
    ));
    to.add(
        APP,
        "WebPrewarmEnd",
        action(fleet.min.get(), None, fields(&window.closing())),
    );
}

/// Auto Scaling takes cron's five fields: no year, and no question mark.
fn fields(cron: &str) -> String {
    let inner = cron.trim_start_matches("cron(").trim_end_matches(')');
    let fields: Vec<&str> = inner.split(' ').take(5).collect();
    fields.join(" ").replace('?', "*")
}

#[cfg(test)]
mod tests {
    use super::fields;

    #[test]
    fn a_recurrence_has_the_five_fields_of_cron() {
        assert_eq!(fields("cron(30 19 ? * FRI *)"), "30 19 * * FRI");
        assert_eq!(fields("cron(0 8 ? * * *)"), "0 8 * * *");
    }
}
