//! The texts of the drawing as Chromium sets them, held against the room that the layout gives them.
#[path = "cases.rs"]
mod cases;

use std::collections::BTreeMap;

use azimuth::blueprint;
use azimuth::diagram::{Detail, Drawing, Label, Print, Style, Theme, draw, svg};
use azimuth::text::Lang;
use serde_json::json;

use crate::browser::{Browser, Site};

/// Chromium rounds the box of a text outwards to whole units on every side.
const SLACK: f64 = 1.01;

/// Lays SVG into the page and gives the box of every text in it, in the drawing's units.
const MEASURE: &str = "
    const ground = document.querySelector('#ground') ?? document.body.appendChild(
        Object.assign(document.createElement('div'), { id: 'ground', style: 'position:absolute;inset:0' }));
    ground.innerHTML = svg;
    return [...ground.querySelectorAll('text')].map(text => {
        const box = text.getBBox(), at = text.getCTM();
        return [text.textContent, box.x + at.e, box.y + at.f, box.width, box.height];
    });";

fn measure(page: &Browser, svg: &str) -> Vec<(String, [f64; 4])> {
    let script = format!("const svg = {}; {MEASURE}", json!(svg));
    let found = page.js(&script);
    let found = found.as_array().expect("boxes").iter().map(|it| {
        let side = |at: usize| it[at].as_f64().expect("a number");
        let text = it[0].as_str().expect("a text").to_owned();
        (text, [side(1), side(2), side(3), side(4)])
    });
    found.collect()
}

/// The texts of a file, in its order.
fn labels(drawing: &Drawing) -> Vec<&Label> {
    let items = drawing.items.iter().filter(|it| !it.absent);
    let plates = drawing.wires.iter().filter_map(|it| it.plate.as_ref());
    let keys = drawing.legend.iter().map(|it| &it.label);
    let labels = items.flat_map(|it| &it.labels);
    labels
        .chain(plates.flat_map(|it| &it.labels))
        .chain(keys)
        .collect()
}

fn page() -> (Site, Browser) {
    let site = Site::serve("dist");
    let page = Browser::open(&site.url("icon.svg"), 1366, 768);
    page.go("data:text/html,<!doctype html><meta charset=utf-8><body>");
    (site, page)
}

#[test]
#[ignore = "needs Chromium"]
fn every_text_stays_in_its_room_in_every_theme_and_language() {
    let (_site, page) = page();
    let mut wrong: Vec<String> = Vec::new();
    let mut count = 0;
    for it in blueprint::ALL {
        for zones in ["1", "2", "3", "6"] {
            let topology = blueprint::base(it.id)
                .expect("it")
                .with("network.zones", zones)
                .expand();
            for (detail, lang) in Detail::ALL
                .into_iter()
                .flat_map(|it| Lang::ALL.map(|lang| (it, lang)))
            {
                let drawing = draw(&topology, detail, lang);
                for theme in Theme::ALL {
                    let print = Print {
                        theme,
                        standalone: true,
                        ..Print::default()
                    };
                    let found = measure(&page, &svg(&drawing, &print));
                    let labels = labels(&drawing);
                    assert_eq!(found.len(), labels.len());
                    count += found.len();
                    for ((text, [x, y, width, height]), label) in found.iter().zip(labels) {
                        assert_eq!(*text, label.text);
                        let room = label.rect;
                        // A font is higher than its letters: half of what the line leaves lies above and below.
                        let fits = *width > 0.0
                            && *x >= room.x - SLACK
                            && x + width <= room.right() + SLACK
                            && *y >= room.y - 2.0
                            && y + height <= room.bottom() + 2.0;
                        if !fits {
                            let place = format!(
                                "{}, {zones}, {}, {}, {}",
                                it.id,
                                detail.tag(),
                                lang.tag(),
                                theme.tag()
                            );
                            wrong.push(format!("{place}: “{text}” fills {x:.1} {y:.1} {width:.1} {height:.1} of {room:?}"));
                        }
                    }
                }
            }
        }
    }
    println!("{count} texts measured");
    assert!(count > 5_000, "{count} texts");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The width of a text hangs on its letters and style alone, so that each is measured once.
#[test]
#[ignore = "needs Chromium"]
fn no_text_of_any_variant_is_wider_than_it_was_measured() {
    let mut texts: BTreeMap<(String, &'static str), f64> = BTreeMap::new();
    for (_, design) in cases::cases() {
        let topology = design.expand();
        for (detail, lang) in Detail::ALL
            .into_iter()
            .flat_map(|it| Lang::ALL.map(|lang| (it, lang)))
        {
            let drawing = draw(&topology, detail, lang);
            let alerts = drawing.items.iter().filter_map(|it| it.alert.as_ref());
            let swapped = drawing.items.iter().filter_map(|it| it.swapped.as_ref());
            let swapped = swapped.flat_map(|it| &it.labels);
            for label in labels(&drawing).into_iter().chain(alerts).chain(swapped) {
                texts.insert((label.text.clone(), class(label.style)), label.rect.width);
            }
        }
    }
    let sheet = svg(
        &Drawing::default(),
        &Print {
            standalone: true,
            ..Print::default()
        },
    );
    let (_, style) = sheet.split_once("<style>").expect("a style");
    let (style, _) = style.split_once("</style>").expect("its end");
    let (_site, page) = page();
    let mut wrong = Vec::new();
    let all: Vec<_> = texts.iter().collect();
    for some in all.chunks(500) {
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"diagram\"><style>{style}</style>"
        );
        for ((letters, class), _) in some {
            let letters = letters.replace('&', "&amp;").replace('<', "&lt;");
            text += &format!("<text class=\"{class}\">{letters}</text>");
        }
        let found = measure(&page, &(text + "</svg>"));
        assert_eq!(found.len(), some.len());
        for ((text, [.., width, _]), ((_, class), room)) in found.iter().zip(some) {
            if *width > **room + SLACK {
                wrong.push(format!("“{text}” ({class}) is {width:.1} wide, not {room}"));
            }
        }
    }
    println!("{} different texts measured", texts.len());
    assert!(texts.len() > 500, "{}", texts.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn class(style: Style) -> &'static str {
    match style {
        Style::Title => "title",
        Style::Name => "name",
        Style::Detail => "detail",
    }
}
