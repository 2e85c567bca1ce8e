//! Hours of instances above the steady fleet, which scaling adds and no Savings Plan covers: a share that a person gives.

use super::Line;
use crate::aws::{AutoScalingGroup, Meter, Quantity};
use crate::design::Assumptions;
use crate::text::{Text, text};
use crate::topology::Topology;

/// What the line says.
pub const PEAK: Text = text("cost.peak", "Instances above the steady ones, as assumed");

/// The line behind one of a group's instance hours; `None` where nothing is above them.
pub(super) fn line(
    of: &Line,
    meter: &Meter,
    topology: &Topology,
    assumptions: &Assumptions,
) -> Option<Line> {
    let share = f64::from(assumptions.peak.get()) / 100.0;
    let is_hours = meter.service == "EC2" && matches!(meter.quantity, Quantity::Hours(_));
    if share == 0.0 || !is_hours || topology.named::<AutoScalingGroup>(&of.subject).is_none() {
        return None;
    }
    let quantity = of.quantity * share;
    Some(Line {
        item: PEAK,
        quantity,
        amount: of.price.map(|it| it.times(quantity)),
        ..of.clone()
    })
}

#[cfg(test)]
mod tests {
    use crate::blueprint;
    use crate::cost::{Money, bill};

    fn monthly(settings: &[(&str, &str)]) -> Money {
        let mut design = blueprint::base("multi-tier-web").unwrap();
        for (key, given) in [("region", "us-east-1")].iter().chain(settings) {
            design.set(key, given).unwrap();
        }
        bill(&design.expand(), &design.assumptions).monthly.known
    }

    /// Two t3.micro at 0.0104 for 730 hours are 15.184: a quarter above them is 3.796, on demand whatever the plan.
    #[test]
    fn what_is_above_the_steady_fleet_is_on_demand() {
        let plan = [
            ("assume.savings_plan_percent", "60"),
            ("assume.savings_plan_discount", "30"),
        ];
        let peak = ("assume.peak_percent", "25");
        let more = Money::parse("3.796").unwrap();
        assert_eq!(monthly(&[peak]) - monthly(&[]), more);
        assert_eq!(monthly(&[plan[0], plan[1], peak]) - monthly(&plan), more);
    }
}
