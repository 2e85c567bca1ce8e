//! Puts the stages together into what a person downloads.

use crate::cloudformation::{Bundle, File, Format};
use crate::cost::{bill, lacks};
use crate::design::{Design, document};
use crate::diagram::{Print, draw, svg};
use crate::text::Lang;

/// All files of a design's export. `link` is the address that opens the design with nothing broken, or its fragment from
/// `#` on where the page's address is not known; empty for none.
pub fn files(design: &Design, link: &str, format: Format, lang: Lang) -> Vec<File> {
    let topology = design.expand();
    let bill = bill(&topology, &design.assumptions);
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
        as_of: bill.as_of,
        title,
        format,
        lang,
    }
    .files()
}

/// The design's own title, else its blueprint's.
pub fn title(design: &Design, lang: Lang) -> String {
    let given = design.title.as_str();
    match crate::blueprint::find(&design.blueprint) {
        Some(blueprint) if given.is_empty() => blueprint.title.render(lang).to_owned(),
        _ => given.to_owned(),
    }
}
