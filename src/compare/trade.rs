//! An interface endpoint against the NAT gateway that it relieves: what it costs, and from when on it pays for itself.

use super::{Month, OPTION, egress, fixed_cost};
use crate::design::Design;
use crate::text::{Message, text};

/// What one more interface endpoint costs and saves a design with a NAT gateway in each zone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EndpointTrade {
    /// US dollars a month for its hours, in the zones that the design's endpoints stand in.
    pub monthly: f64,
    /// US dollars that a gigabyte saves that passes it instead of a NAT gateway.
    pub saved_per_gb: f64,
    /// Endpoints that cost as much as the gateways: fewer of them are cheaper, where nothing needs the internet.
    pub services: f64,
    /// Gigabytes a month above which one endpoint pays for itself beside gateways that stay; `None` where it never does.
    pub gigabytes: Option<f64>,
}

impl EndpointTrade {
    /// From when on an interface endpoint pays for itself.
    pub fn words(&self) -> Message {
        let words = match self.gigabytes {
            Some(gigabytes) => text(
                "compare.endpoint",
                "Beside a NAT gateway in each zone, one interface endpoint costs {monthly} USD a month and pays for itself above {gigabytes} GB a month; {services} of them cost as much as the gateways.",
            )
            .with("gigabytes", format!("{gigabytes:.0}")),
            None => Message::from(text(
                "compare.endpoint.never",
                "Beside a NAT gateway in each zone, one interface endpoint costs {monthly} USD a month and never pays for itself; {services} of them cost as much as the gateways.",
            )),
        };
        words
            .with("monthly", format!("{:.2}", self.monthly))
            .with("services", format!("{:.1}", self.services))
    }
}

/// Weighs endpoints against a NAT gateway in each zone. `None` without an hourly price for either.
pub fn endpoint_trade(design: &Design) -> Option<EndpointTrade> {
    let gateways = design.with(OPTION, "per-az");
    let plain = without_endpoints(&gateways);
    let one = plain.with(SWITCH, "true");
    let monthly = (fixed_cost(&one) - fixed_cost(&plain)).dollars();
    let rows = egress(&plain);
    let fixed = rows.iter().find(|it| it.strategy == "per-az")?.fixed;
    let fixed = fixed.dollars();
    if monthly <= 0.0 || fixed <= 0.0 {
        return None;
    }
    // Everything goes to services with an interface endpoint: through it, or through the gateways while there is none.
    let per_gb = |it: &Design| Month::of_a_gigabyte(&SHARES.iter().fold(it.clone(), shared)).bill;
    let saved_per_gb = (per_gb(&plain) - per_gb(&one)).dollars();
    Some(EndpointTrade {
        monthly,
        saved_per_gb,
        services: fixed / monthly,
        gigabytes: (saved_per_gb > 0.0).then(|| monthly / saved_per_gb),
    })
}

/// An endpoint that stands for any: all of them cost the same.
const SWITCH: &str = "endpoints.sts";

const SWITCHES: [&str; 8] = [
    "endpoints.logs",
    "endpoints.monitoring",
    "endpoints.ssm",
    "endpoints.ecr",
    "endpoints.secretsmanager",
    SWITCH,
    "endpoints.sqs",
    "endpoints.execute_api",
];

const SHARES: [(&str, &str); 3] = [
    ("assume.s3_percent", "0"),
    ("assume.dynamodb_percent", "0"),
    ("assume.aws_percent", "100"),
];

fn shared(design: Design, (key, percent): &(&str, &str)) -> Design {
    design.with(key, percent)
}

fn without_endpoints(design: &Design) -> Design {
    let switches = SWITCHES.iter();
    switches.fold(design.clone(), |it, key| it.with(key, "false"))
}

#[cfg(test)]
mod tests {
    use super::endpoint_trade;
    use crate::blueprint;

    /// Endpoints that cost as much as two gateways with their addresses, and gigabytes that pay for one endpoint, in the
    /// two zones of S1: (2 NAT + 2 x 0.005) / (2 EP) and 2 EP x 730 / (NAT GB - 0.01), from the list prices.
    #[test]
    fn endpoints_break_even_where_the_list_prices_say() {
        for (region, services, gigabytes) in [
            ("us-east-1", 5.0, 417.0),
            ("eu-central-1", 4.75, 417.0),
            ("ap-northeast-2", 4.92, 387.0),
        ] {
            let design = blueprint::base("multi-tier-web").unwrap();
            // Each gateway has an alarm, which the published figures leave out.
            let design = design
                .with("region", region)
                .with("observability.alarms", "false");
            let trade = endpoint_trade(&design).unwrap();
            assert!(
                (trade.services - services).abs() < 0.01,
                "{region}: {}",
                trade.services
            );
            let through = trade.gigabytes.unwrap();
            assert!((through - gigabytes).abs() < 1.0, "{region}: {through}");
        }
    }

    #[test]
    fn an_endpoint_in_one_zone_pays_for_itself_sooner() {
        let design = blueprint::base("three-tier-ha").unwrap();
        let one = endpoint_trade(&design.with("endpoints.zones", "a")).unwrap();
        let all = endpoint_trade(&design).unwrap();
        assert!((all.monthly - 3.0 * one.monthly).abs() < 0.01);
        assert!(one.gigabytes < all.gigabytes);
    }
}
