//! Which subnets stand in one row.

use super::caption;
use super::plan::{Cell, Tag};
use super::source::Source;
use crate::aws::{Glyph, Name, Subnet, Zone};
use crate::topology::traffic::Tables;

/// Subnets with their names, one a zone at most.
pub(super) type Row<'a> = Vec<(&'a Name, &'a Subnet)>;

/// Subnets by tier, the public one first: those of one name but for the zone stand in one row.
pub(super) fn rows<'a>(tables: &Tables<'_>, subnets: &[(&'a Name, &'a Subnet)]) -> Vec<Row<'a>> {
    let mut rows: Vec<(String, Row<'a>)> = Vec::new();
    for (name, subnet) in subnets {
        let stem = stem(name, subnet.zone);
        let row = rows
            .iter_mut()
            .find(|(it, row)| *it == stem && row.iter().all(|(_, it)| it.zone != subnet.zone));
        match row {
            Some((_, row)) => row.push((name, subnet)),
            None => rows.push((stem, vec![(name, subnet)])),
        }
    }
    // By name before by route, so that a lost route does not turn the picture upside down.
    rows.sort_by_cached_key(|(stem, row)| {
        let says_public = stem.to_lowercase().contains("public");
        !says_public && !row.iter().any(|(name, _)| tables.is_public(name))
    });
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A name without what tells its zone: a number, or the zone's letter.
fn stem(name: &str, zone: Zone) -> String {
    let stem = name.trim_end_matches(|it: char| it.is_ascii_digit());
    if stem.len() < name.len() {
        return stem.to_owned();
    }
    let stem = name.strip_suffix(zone.capital());
    stem.unwrap_or(name).to_owned()
}

/// The subnets of a row by zone.
pub(super) fn cells(source: &Source<'_>, row: &Row<'_>, zones: &[Zone]) -> Vec<Option<Cell>> {
    let cell = |zone: &Zone| {
        let (name, subnet) = row.iter().find(|(_, it)| it.zone == *zone)?;
        Some(cell(source, name, subnet))
    };
    zones.iter().map(cell).collect()
}

fn cell(source: &Source<'_>, name: &Name, subnet: &Subnet) -> Cell {
    let figures = source.words.detail.has_figures();
    let mut tags = source.tags_on(name);
    if figures && source.words.tables.of(name).is_none() {
        // The main table is no node: its tag goes by the subnet's name.
        let lines = source.words.main_routes(&subnet.vpc.name);
        tags.push(Tag::new(name.clone(), Glyph::RouteTable, lines));
    }
    Cell {
        name: name.clone(),
        zone: subnet.zone,
        title: source.words.subnet(name),
        range: figures.then(|| caption::range(subnet.cidr)),
        is_public: source.words.tables.is_public(name),
        tags,
    }
}

#[cfg(test)]
mod tests {
    use super::stem;
    use crate::aws::Zone;

    #[test]
    fn a_name_without_its_zone_is_a_tier() {
        let b = Zone::first(2).last().unwrap_or_else(|| unreachable!());
        for (name, tier) in [
            ("PublicSubnetB", "PublicSubnet"),
            ("PublicSubnet2", "PublicSubnet"),
            ("DataSubnetA", "DataSubnetA"),
            ("B", ""),
        ] {
            assert_eq!(stem(name, b), tier);
        }
    }
}
