//! Puts the stages together into what a person downloads.

use crate::cloudformation::{Bundle, File, Format};
use crate::cost::{Bill, Money, bill, lacks};
use crate::design::{Design, document};
use crate::diagram::{Print, draw, svg};
use crate::text::Lang;
use crate::topology::Topology;

/// All files of a design's export. `link` is the address that opens the design with nothing broken, or its fragment from
/// `#` on where the page's address is not known; empty for none.
pub fn files(design: &Design, link: &str, format: Format, lang: Lang) -> Vec<File> {
    let topology = design.expand();
    let bill = bill(&topology, &design.assumptions);
    let costs = by_stack(&topology, &bill);
    let title = title(design, lang);
    let print = Print {
        title: &title,
        link,
        standalone: true,
        ..Print::default()
    };
    let svg = svg(&draw(&topology, lang), &print);
    Bundle {
        topology: &topology,
        blueprint: &design.blueprint,
        svg,
        design: document::write(design),
        link: link.to_owned(),
        lacks: lacks(&bill.unpriced(), lang),
        monthly: bill.monthly.to_string(),
        hourly: format!("{:.3}", bill.hourly().rounded(3).dollars()),
        hours: design.assumptions.hours.get(),
        by_stack: costs.iter().map(ToString::to_string).collect(),
        as_of: bill.as_of,
        title,
        format,
        lang,
    }
    .files()
}

/// What each stack costs a month.
fn by_stack(topology: &Topology, bill: &Bill) -> Vec<Money> {
    let of = |stack: usize| {
        let nodes = topology.nodes().iter().filter(|it| it.stack == stack);
        nodes.map(|it| bill.of(&it.name)).sum()
    };
    (0..topology.stacks.len()).map(of).collect()
}

/// The design's own title, else its blueprint's.
pub fn title(design: &Design, lang: Lang) -> String {
    let given = design.title.as_str();
    match crate::blueprint::find(&design.blueprint) {
        Some(blueprint) if given.is_empty() => blueprint.title.render(lang).to_owned(),
        _ => given.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::{Money, bill};
    use crate::design::Design;

    #[test]
    fn the_stacks_costs_add_up_to_the_bill() {
        let designs = [
            &[][..],
            &[("cache.enabled", "true"), ("network.nat", "regional")],
            &[
                ("edge.cloudfront", "true"),
                ("edge.waf", "true"),
                ("backup.enabled", "true"),
                ("backup.copy", "true"),
            ],
        ];
        for options in designs {
            let design = options
                .iter()
                .fold(Design::new("multi-tier-web"), |design, (key, value)| {
                    design.with(key, value)
                });
            let topology = design.expand();
            let bill = bill(&topology, &design.assumptions);
            let costs = super::by_stack(&topology, &bill);
            assert_eq!(
                costs.into_iter().sum::<Money>(),
                bill.monthly,
                "{options:?}"
            );
        }
    }
}
