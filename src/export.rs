//! Puts the stages together into what a person downloads.

use crate::cloudformation::{Bundle, File, Format};
use crate::cost::{Bill, Line, Money, Total, bill, lacks};
use crate::design::{Design, document};
use crate::diagram::{Detail, Print, draw, svg};
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
    let svg = svg(&draw(&topology, Detail::default(), lang), &print);
    let dollars = |it: Total| it.words(|it| it.to_string()).render(lang);
    let mills = |it: Money| format!("{:.3}", it.rounded(3).dollars());
    let hourly = bill.hourly().words(mills);
    Bundle {
        topology: &topology.declared(),
        blueprint: &design.blueprint,
        svg,
        design: document::write(design),
        link: link.to_owned(),
        lacks: lacks(&bill.unpriced(), lang),
        monthly: dollars(bill.monthly),
        hourly: hourly.render(lang),
        hours: design.assumptions.hours.get(),
        by_stack: costs.into_iter().map(dollars).collect(),
        as_of: bill.as_of,
        title,
        format,
        lang,
    }
    .files()
}

/// What each stack costs a month.
fn by_stack(topology: &Topology, bill: &Bill) -> Vec<Total> {
    let stack_of = |line: &Line| topology.node(&line.subject).map(|it| it.stack);
    let of = |stack: usize| {
        let lines = bill.lines.iter();
        Total::of(lines.filter(|it| stack_of(it) == Some(stack)))
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
#[allow(clippy::unwrap_used)]
mod tests {
    use super::files;
    use crate::cloudformation::Format;
    use crate::cost::{Money, bill};
    use crate::design::Design;
    use crate::text::Lang;

    /// RDS Proxy has no price in Tokyo.
    #[test]
    fn what_an_export_says_of_a_sum_without_a_price_is_at_least() {
        let design = Design::new("multi-tier-web")
            .with("region", "ap-northeast-1")
            .with("database.proxy", "true");
        let known = bill(&design.expand(), &design.assumptions).monthly.known;
        for (lang, least) in [(Lang::En, "at least"), (Lang::Ja, "少なくとも")] {
            let files = files(&design, "", Format::Yaml, lang);
            let readme = files.iter().find(|it| it.path == "README.md").unwrap();
            let whole = format!("{least} {known}");
            // The sum, the hour, the stack of the proxy and all of them.
            assert_eq!(readme.text.matches(least).count(), 4, "{}", readme.text);
            assert_eq!(readme.text.matches(&whole).count(), 2, "{whole}");
        }
    }

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
                costs.into_iter().map(|it| it.known).sum::<Money>(),
                bill.monthly.known,
                "{options:?}"
            );
        }
    }
}
