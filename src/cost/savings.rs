//! What a Savings Plan takes off the hours of instances: a share and a discount that a person gives, no figure of AWS's.

use super::{Line, Money, price, unit};
use crate::aws::{Meter, Name, Region};
use crate::design::Assumptions;
use crate::text::text;

/// The line behind one of instance hours; `None` where no plan covers it, or it has no price to take off from.
pub(super) fn line(of: &Line, meter: &Meter, assumptions: &Assumptions) -> Option<Line> {
    let covered = of.quantity * f64::from(assumptions.savings_plan.get()) / 100.0;
    let discount = f64::from(assumptions.savings_discount.get()) / 100.0;
    if meter.service != "EC2" || covered == 0.0 || discount == 0.0 {
        return None;
    }
    let price = Money::ZERO - of.price?.times(discount);
    Some(Line {
        subject: of.subject.clone(),
        item: text("cost.savings-plan", "Savings Plan, as assumed"),
        quantity: covered,
        unit: of.unit,
        price: Some(price),
        amount: Some(price.times(covered)),
        unconfirmed: false,
        source: "assumptions of the design",
    })
}

/// The line of Spot hours: the on-demand price with the discount that a person assumes, or none without one.
pub(super) fn spot(
    subject: &Name,
    meter: &Meter,
    dimension: String,
    quantity: f64,
    (region, assumptions): (Region, &Assumptions),
) -> Line {
    let discount = f64::from(assumptions.spot_discount.get()) / 100.0;
    let full = price("EC2", &dimension, region).filter(|_| discount > 0.0);
    let dollars = full.map(|it| it.dollars.times(1.0 - discount));
    Line {
        subject: subject.clone(),
        item: meter.item,
        quantity,
        unit: unit("EC2", &dimension),
        price: dollars,
        amount: dollars.map(|it| it.times(quantity)),
        unconfirmed: full.is_some(),
        source: "assumptions of the design",
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::blueprint;
    use crate::cost::{Bill, Money, bill};

    fn bill_of(settings: &[(&str, &str)]) -> Bill {
        let mut design = blueprint::base("multi-tier-web").unwrap();
        for (key, given) in settings {
            design.set(key, given).unwrap();
        }
        bill(&design.expand(), &design.assumptions)
    }

    const PLAN: [(&str, &str); 3] = [
        ("region", "us-east-1"),
        ("assume.savings_plan_percent", "50"),
        ("assume.savings_plan_discount", "30"),
    ];

    #[test]
    fn a_plan_takes_its_share_off_the_hours_to_the_last_digit() {
        let monthly = |options| bill_of(options).monthly.known;
        let saved = monthly(&PLAN[..1]) - monthly(&PLAN);
        // Two t3.micro at 0.0104 an hour: half of their hours at 30 % off.
        assert_eq!(saved, Money::parse("2.2776").unwrap());
    }

    #[test]
    fn every_instance_is_under_it_and_nothing_else() {
        let mut settings = PLAN.to_vec();
        settings.push(("access.kind", "bastion"));
        let bill = bill_of(&settings);
        let lines = bill
            .lines
            .iter()
            .filter(|it| it.amount.is_some_and(|it| it < Money::ZERO));
        let subjects: Vec<&str> = lines.map(|it| it.subject.as_str()).collect();
        assert_eq!(subjects, ["WebGroup", "Bastion"]);
    }

    #[test]
    fn half_of_the_figures_is_no_plan() {
        let plain = bill_of(&PLAN[..1]);
        assert_eq!(bill_of(&PLAN[..2]), plain);
    }
}
