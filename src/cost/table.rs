//! The price table: `prices.csv`, one row a price, one column a Region, with date and source.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::Money;
use crate::aws::Region;

/// Month of the newest price in the table.
pub const AS_OF: &str = "2026-11";

/// A price of a Region.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Price {
    /// US dollars a unit.
    pub dollars: Money,
    /// `hour`, `GB-month`, …
    pub unit: &'static str,
    /// Not read in a price list: taken from a neighbor or from memory.
    pub unconfirmed: bool,
    /// Where it was read.
    pub source: &'static str,
}

/// The first columns of a row; the Regions follow.
const LEADING: usize = 3;

type Row = Vec<&'static str>;

/// The heading, and the rows by service and dimension.
type Table = (Row, BTreeMap<(&'static str, &'static str), Row>);

/// The list price of a dimension in a Region; `None` where the table has none.
pub fn price(service: &str, dimension: &str, region: Region) -> Option<Price> {
    let (columns, rows) = table();
    let row = rows.get(&(service, dimension))?;
    let column = columns.iter().position(|it| *it == region.code())?;
    let cell = row.get(column)?;
    let figure = cell.trim_end_matches('?');
    Some(Price {
        dollars: Money::parse(figure)?,
        unit: row.get(LEADING - 1)?,
        unconfirmed: figure.len() < cell.len(),
        source: row.last()?,
    })
}

/// What a price is for, whether or not there is one in a Region; empty where no Region has one.
pub fn unit(service: &str, dimension: &str) -> &'static str {
    let row = table().1.get(&(service, dimension));
    row.and_then(|it| it.get(LEADING - 1).copied())
        .unwrap_or_default()
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut lines = include_str!("prices.csv")
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split(',').collect::<Row>());
        let columns = lines.next().unwrap_or_default();
        let rows = lines
            .filter_map(|row| Some(((*row.first()?, *row.get(1)?), row)))
            .collect();
        (columns, rows)
    })
}

#[cfg(test)]
mod tests {
    use super::{LEADING, Money, price, table};
    use crate::aws::Region;

    #[test]
    fn every_row_has_a_price_in_every_region_or_owns_up_to_none() {
        let (columns, rows) = table();
        assert_eq!(columns.len(), LEADING + Region::all().count() + 2);
        for ((service, dimension), row) in rows {
            for region in Region::all() {
                let column = columns.iter().position(|it| *it == region.code());
                let sparse = [
                    "APIGateway",
                    "CloudWatchLogs",
                    "Aurora",
                    "DAX",
                    "DynamoDB",
                    "ElastiCache",
                    "GuardDuty",
                    "Inspector",
                    "Lambda",
                    "RDSProxy",
                    "S3",
                    "SiteToSiteVPN",
                ];
                if sparse.contains(service) && row[column.unwrap()].is_empty() {
                    continue;
                }
                let price = price(service, dimension, region);
                assert!(
                    price.is_some_and(|it| it.dollars > Money::ZERO),
                    "{service} {dimension} {region}"
                );
            }
        }
    }
}
