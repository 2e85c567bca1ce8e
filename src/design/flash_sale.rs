//! A flash sale: how many people come, what they ask for, and what it takes to answer them. All of it is assumed, and says
//! so; nothing of it is deployed.

use super::curve::{Bend, Curve};
use super::option::{Whole, choice, component};
use crate::aws::Zone;

choice! {
    /// The zone that is lost in the middle.
    LostZone {
        None = "none",
        A = "a",
        B = "b",
        C = "c",
        D = "d",
        E = "e",
        F = "f",
    }
}

impl LostZone {
    /// The zone; `None`: none is lost.
    pub fn zone(self) -> Option<Zone> {
        let place = match self {
            Self::None => return None,
            Self::A => 0,
            Self::B => 1,
            Self::C => 2,
            Self::D => 3,
            Self::E => 4,
            Self::F => 5,
        };
        Zone::from_index(place)
    }
}

/// Bends of the curve at the most.
pub const BENDS: usize = 8;

component! {
    /// Demand during a sale, and the work that it makes.
    FlashSale at sale in Sale {
        "sale.base_rate" "z1" base_rate: Whole<0, 10000> = Whole::new(100), "Requests before the sale (a second)", "Page requests and orders together, outside of the sale (modelled)";
        "sale.order_percent" "z2" orders: Whole<0, 100> = Whole::new(20), "Of these orders (%)", "Share of the requests that are orders: they come in over the webhook's API, or over the web instances where there is none";
        "sale.curve" "z3" curve: Curve<BENDS> = usual(), "Demand", "Minute and factor, with commas between: straight lines from one to the next";
        "sale.zone" "z4" zone: LostZone = LostZone::None, "Zone lost", "A zone that loses its power during the sale";
        "sale.zone_minute" "z5" zone_minute: Whole<0, 90> = Whole::new(14), "Lost at minute", "Minute of the sale in which the zone is lost";
        "sale.page_ms" "z6" page_ms: Whole<1, 10000> = Whole::new(20), "Processor time for a page (ms)", "Processor time that a web instance takes for a request: its processors divided by it are what it answers a second (modelled)";
        "sale.write_ms" "z7" write_ms: Whole<1, 60000> = Whole::new(150), "Time for an order (ms)", "How long a function or a worker takes until an order is stored, payment and stock included (modelled)";
        "sale.query_ms" "z8" query_ms: Whole<1, 1000> = Whole::new(2), "Database time for a query (ms)", "Processor time that the database takes for a query; a page is one query, an order six (modelled)";
        "sale.cache_percent" "z9" cached: Whole<0, 100> = Whole::new(80), "Answered from a cache (%)", "Share of the reads that ElastiCache or DAX answers, and of the pages that CloudFront answers where it keeps them (modelled)";
        "sale.retry" "z0" retry: bool = true, "Clients try again", "Whoever is told 429 sends the order again after a while, six times in all (modelled)";
    }
}

impl FlashSale {
    /// Milliseconds of a consumer's run before its first order and after its last (modelled).
    pub const RUN_MS: u32 = 50;
}

/// Five minutes as always, one minute of rise, fifteen of ten times as much, one of fall.
fn usual() -> Curve<BENDS> {
    let bends = [(0, 1), (5, 1), (6, 10), (21, 10), (22, 1)];
    Curve(
        bends
            .map(|(minute, factor)| Bend {
                minute,
                tenths: factor * 10,
            })
            .to_vec(),
    )
}
