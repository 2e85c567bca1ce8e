//! The bill of the shop against a sum that was done by hand, from list prices and the blueprint's own assumptions.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use azimuth::blueprint;
use azimuth::cost::{Bill, bill};

fn shop() -> Bill {
    let design = blueprint::base("ecommerce-burst").unwrap();
    let design = design.with("region", "us-east-1");
    bill(&design.expand(), &design.assumptions)
}

/// By hand, in N. Virginia, for 730 hours. Of 400 GB of the instances, 160 (40 %) go past the NAT gateways to S3 for free,
/// 120 (30 %) through interface endpoints, 120 through the two gateways. Of 30 million requests CloudFront answers 80 %:
/// 6 million go on, and half of those that are asked for files, 3 million, to the bucket. A month has 30.4167 days.
///
/// | item | quantity | price | USD |
/// |---|---|---|---|
/// | NAT gateways | 2 x 730 h | 0.045 | 65.70 |
/// | through them | 120 GB | 0.045 | 5.40 |
/// | their addresses | 2 x 730 h | 0.005 | 7.30 |
/// | VPN connections | 2 x 730 h | 0.05 | 73.00 |
/// | VPN keys | 2 secrets | 0.40 | 0.80 |
/// | origin header | 1 secret | 0.40 | 0.40 |
/// | endpoints: logs, ssm x 3, ecr x 2, sqs, secretsmanager | 8 x 2 zones x 730 h | 0.01 | 116.80 |
/// | through them | 120 GB | 0.01 | 1.20 |
/// | between zones | 300 GB | 0.01 | 3.00 |
/// | database, Multi-AZ, and its replica | 730 h each | 0.129 and 0.065 | 94.17 + 47.45 |
/// | their storage | 20 GB each | 0.23 and 0.115 | 4.60 + 2.30 |
/// | database's password | 1 secret | 0.40 | 0.40 |
/// | load balancer | 730 h | 0.0225 | 16.425 |
/// | its LCUs | 2 x 20 % x 730 h | 0.008 | 2.336 |
/// | its addresses | 2 x 730 h | 0.005 | 7.30 |
/// | instances t4g.small | 4 x 730 h | 0.0168 | 49.056 |
/// | their volumes | 4 x 8 GB | 0.08 | 2.56 |
/// | their detailed monitoring | 4 x 7 metrics | 0.30 | 8.40 |
/// | table, written twice: itself and an index | 0.6 million | 0.625 | 0.375 |
/// | kept for 3 months, twice; restorable, once | 1.8 and 0.9 GB-months | 0.25 and 0.20 | 0.45 + 0.18 |
/// | queue: 3 x 0.3 million, and 180 polls x 5 x 730 h | 1.557 million | 0.40 | 0.6228 |
/// | public API | 0.3 million | 3.50 | 1.05 |
/// | runs of two functions | 0.6 million | 0.20 | 0.12 |
/// | 50 ms of 0.25 GB each | 7,500 GB-s | 0.0000133334 | 0.1000005 |
/// | web ACLs and their 5 + 5 rules | 2 and 10 | 5 and 1 | 10.00 + 10.00 |
/// | requests and orders filtered | 30.3 million | 0.60 | 18.18 |
/// | CloudFront to Japan | 600 GB | 0.114 | 68.40 |
/// | its requests | 3,000 x 10,000 | 0.012 | 36.00 |
/// | Origin Shield | 600 x 10,000 | 0.0075 | 4.50 |
/// | files kept, and fetched | 10 GB; 3,000 x 1,000 | 0.023; 0.0004 | 0.23 + 1.20 |
/// | logs to 3 groups | 60 GB | 0.50 | 30.00 |
/// | kept: 60 x 0.15 x 30 days | 8.8767 GB-months | 0.03 | 0.2663 |
/// | flow logs, and turned into Parquet | 80 GB | 0.25 and 0.035 | 20.00 + 2.80 |
/// | log and trail bucket: (80 + 40/3 + 40/3) GB x 30 days in Standard | 105.2055 GB-months | 0.023 | 2.4197 |
/// | the same x 90 days in Glacier | 315.6164 GB-months | 0.0036 | 1.1362 |
/// | CloudFront's log bucket: 40/3 GB x 90 days | 39.4521 GB-months | 0.023 | 0.9074 |
/// | alarms and dashboard | 16 and 1 | 0.10 and 3 | 1.60 + 3.00 |
/// | images | 5 GB | 0.10 | 0.50 |
/// | GuardDuty: calls and logs | 1 million; 10 GB | 4 and 1 | 4.00 + 10.00 |
/// | Macie | 6 buckets | 0.10 | 0.60 |
/// | Inspector | 4 instances | 1.2528 | 5.0112 |
/// | Config | 2,000 items | 0.003 | 6.00 |
/// | Security Hub | 20,000 checks | 0.001 | 20.00 |
/// | together | | | 768.25 |
const BY_HAND: &[(&str, f64)] = &[
    ("NAT gateway", 65.70),
    ("NAT gateway, data processed", 5.40),
    ("Public IPv4 address", 7.30),
    ("Site-to-Site VPN connection", 73.00),
    ("Secret (VPN keys)", 0.80),
    ("Secret", 0.40 + 0.40),
    ("Interface endpoint, in each zone", 116.80),
    ("Interface endpoint, data processed", 1.20),
    ("Data transfer between zones", 3.00),
    ("RDS instance", 94.17 + 47.45),
    ("RDS storage", 4.60 + 2.30),
    ("Application Load Balancer", 16.425),
    ("Load balancer capacity units (LCU)", 2.336),
    ("Public IPv4 addresses of the load balancer", 7.30),
    ("EC2 instances", 49.056),
    ("EBS volumes", 2.56),
    ("Detailed monitoring of instances", 8.40),
    ("Writes to DynamoDB, indexes included", 0.375),
    ("Storage of DynamoDB, indexes included", 0.45),
    ("Point-in-time recovery of DynamoDB", 0.18),
    ("Requests to SQS queues", 0.6228),
    ("Calls of the REST API", 1.05),
    ("Runs of Lambda functions", 0.12),
    ("Duration of Lambda functions", 0.100_000_5),
    ("Web ACL", 10.00),
    ("Web ACL rules", 10.00),
    ("Requests that the web ACL filters", 18.18),
    ("CloudFront data transfer out to the internet", 68.40),
    ("CloudFront HTTPS requests", 36.00),
    (
        "Origin Shield: requests that no edge location answers",
        4.50,
    ),
    ("Static files in S3 Standard", 0.23),
    ("Files that CloudFront fetches from S3", 1.20),
    ("Logs that CloudWatch takes in", 30.00),
    ("Logs that CloudWatch keeps", 0.2663),
    ("Flow logs brought to the bucket", 20.00),
    ("Flow logs turned into Parquet", 2.80),
    ("Logs that the bucket keeps", 2.4197 + 1.1362 + 0.9074),
    ("CloudWatch alarms", 1.60),
    ("CloudWatch dashboard", 3.00),
    ("ECR storage", 0.50),
    ("GuardDuty, API events", 4.00),
    ("GuardDuty, flow and DNS logs", 10.00),
    ("Macie, buckets watched", 0.60),
    ("Inspector, instances scanned", 5.0112),
    ("AWS Config, configuration items", 6.00),
    ("Security Hub checks", 20.00),
];

#[test]
fn the_shop_costs_what_was_added_up_by_hand() {
    let bill = shop();
    assert!(bill.monthly.is_complete, "{:?}", bill.unpriced());
    let known = bill.monthly.known.dollars();
    let by_hand: f64 = BY_HAND.iter().map(|(_, it)| it).sum();
    assert!((by_hand - 768.25).abs() < 0.005, "{by_hand}");
    assert!((known - 768.25).abs() < 0.005, "{known}");
}

#[test]
fn each_kind_of_line_is_the_one_of_the_sum_by_hand() {
    let mut items: BTreeMap<&str, f64> = BTreeMap::new();
    for line in shop().lines {
        *items.entry(line.item.english).or_default() += line.amount.unwrap().dollars();
    }
    for (item, by_hand) in BY_HAND {
        let billed = items.remove(item).unwrap_or_default();
        assert!(
            (billed - by_hand).abs() < 0.001,
            "{item}: {billed} {by_hand}"
        );
    }
    assert!(items.is_empty(), "not in the sum by hand: {items:?}");
}
