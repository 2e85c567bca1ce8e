//! What CloudFront bills by where the viewers are, whatever Region the application stands in.

use crate::aws::{Bucket, Distribution, Flow, Meter, Name, Region};
use crate::design::Assumptions;
use crate::text::text;
use crate::topology::Topology;

/// Price dimensions of the parts of the world: gigabytes out, and ten thousand HTTPS requests (CloudFront pricing).
const AMERICA: (&str, &str) = ("data_out_north_america", "https_requests_north_america");
const EUROPE: (&str, &str) = ("data_out_europe", "https_requests_europe");
const JAPAN: (&str, &str) = ("data_out_japan", "https_requests_japan");
const ASIA: (&str, &str) = ("data_out_asia", "https_requests_asia");

/// Requests in millions are billed by ten thousand.
pub const BATCHES: f64 = 100.0;

/// Gigabytes by part of the world.
fn gigabytes(assumptions: &Assumptions) -> [((&'static str, &'static str), f64); 4] {
    [
        (AMERICA, assumptions.america_gigabytes.get()),
        (EUROPE, assumptions.europe_gigabytes.get()),
        (JAPAN, assumptions.japan_gigabytes.get()),
        (ASIA, assumptions.asia_gigabytes.get()),
    ]
    .map(|(place, gigabytes)| (place, f64::from(gigabytes)))
}

/// Gigabytes out, all together.
pub fn total(assumptions: &Assumptions) -> f64 {
    gigabytes(assumptions).iter().map(|(_, it)| it).sum()
}

/// Gigabytes out of one of so many distributions, by price dimension.
pub fn out(assumptions: &Assumptions, sharers: f64) -> Vec<(String, f64)> {
    let all = gigabytes(assumptions).into_iter();
    all.map(|((out, _), it)| (out.to_owned(), it / sharers))
        .collect()
}

/// Requests to one of so many distributions: they come from where the gigabytes go to; without any, from the Region's own
/// part of the world.
pub fn requests(assumptions: &Assumptions, region: Region, sharers: f64) -> Vec<(String, f64)> {
    let batches = f64::from(assumptions.requests.get()) * BATCHES / sharers;
    let all = total(assumptions);
    if all == 0.0 {
        return vec![(nearest(region).1.to_owned(), batches)];
    }
    let places = gigabytes(assumptions).into_iter();
    places
        .map(|((_, requests), it)| (requests.to_owned(), batches * it / all))
        .collect()
}

fn nearest(region: Region) -> (&'static str, &'static str) {
    match region.code() {
        "us-east-1" | "us-west-2" => AMERICA,
        "eu-west-1" | "eu-central-1" => EUROPE,
        "ap-northeast-1" | "ap-northeast-3" => JAPAN,
        _ => ASIA,
    }
}

/// Share of what viewers ask for that CloudFront has to fetch.
pub fn missed(assumptions: &Assumptions) -> f64 {
    1.0 - f64::from(assumptions.cache_hits.get()) / 100.0
}

/// Millions of requests for static files.
pub fn files(assumptions: &Assumptions) -> f64 {
    f64::from(assumptions.requests.get()) * f64::from(assumptions.static_share.get()) / 100.0
}

/// What the buckets meter that distributions fetch from. Who uploads is not counted: files change seldom.
pub fn sites(topology: &Topology) -> Vec<(Name, Meter)> {
    let mut found: Vec<&Name> = Vec::new();
    for (_, distribution) in topology.all::<Distribution>() {
        for name in distribution.origins().filter_map(Distribution::node_at) {
            if topology.named::<Bucket>(name).is_some() && !found.contains(&name) {
                found.push(name);
            }
        }
    }
    let stored = text("meter.site-stored", "Static files in S3 Standard");
    let read = text("meter.site-reads", "Files that CloudFront fetches from S3");
    let meters = |name: &Name| {
        [
            Meter::flow(stored, "S3", "standard_first_50TB", Flow::SiteStored),
            Meter::flow(read, "S3", "get", Flow::SiteReads),
        ]
        .map(|it| (name.clone(), it))
    };
    found.into_iter().flat_map(meters).collect()
}
