//! The printed SVG: well formed, accessible, and showing states by classes alone.

use std::collections::BTreeMap;

use azimuth::aws::Name;
use azimuth::diagram::{Detail, Print, Sheet, Theme, draw, sheet, svg};
use azimuth::text::Lang;

use crate::{print, s1, with};

/// A start tag with its attributes.
#[derive(Debug, Clone)]
pub struct Element {
    pub name: String,
    attributes: BTreeMap<String, String>,
    /// Indices of the elements around it.
    pub around: Vec<usize>,
}

impl Element {
    pub fn get(&self, attribute: &str) -> &str {
        self.attributes.get(attribute).map_or("", String::as_str)
    }

    fn has_class(&self, class: &str) -> bool {
        self.get("class").split(' ').any(|it| it == class)
    }
}

/// Reads well-formed XML without comments; panics on anything else.
pub fn read(text: &str) -> Vec<Element> {
    let mut elements: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for piece in text.split('<').skip(1) {
        let (tag, after) = piece.split_once('>').expect("a tag ends");
        assert!(!after.contains('&') || after.contains(';'), "{after}");
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop().expect("an end has its start");
            assert_eq!(elements[last].name, name);
            continue;
        }
        let (tag, closed) = match tag.strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (tag, false),
        };
        let (name, mut rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let mut attributes = BTreeMap::new();
        while let Some((key, value)) = rest.split_once("=\"") {
            let (value, more) = value.split_once('"').expect("a value ends");
            let before = attributes.insert(key.trim().to_owned(), value.to_owned());
            assert_eq!(before, None, "{key} twice in <{tag}>");
            rest = more;
        }
        assert_eq!(rest.trim(), "", "{tag}");
        elements.push(Element {
            name: name.to_owned(),
            attributes,
            around: open.clone(),
        });
        if !closed {
            open.push(elements.len() - 1);
        }
    }
    assert!(open.is_empty());
    elements
}

fn page(states: &[(Name, &'static str)]) -> Vec<Element> {
    read(&svg(
        &draw(&s1().expand(), Detail::default(), Lang::En),
        &print(states, false),
    ))
}

fn named<'a>(elements: &'a [Element], name: &str) -> &'a Element {
    let found = elements.iter().find(|it| it.get("data-name") == name);
    found.unwrap_or_else(|| panic!("{name} is not in the text"))
}

fn states<const N: usize>(all: [(&str, &'static str); N]) -> [(Name, &'static str); N] {
    all.map(|(name, state)| (Name::from(name), state))
}

#[test]
fn the_page_keeps_a_strict_style_policy() {
    for element in page(&[]) {
        assert_ne!(element.name, "style");
        assert!(!element.attributes.contains_key("style"), "{element:?}");
    }
}

#[test]
fn everything_with_a_name_says_what_it_is() {
    let elements = page(&[]);
    let svg = &elements[0];
    assert_eq!(
        (svg.get("role"), svg.get("aria-label")),
        ("group", "S1 &lt;one &amp; only&gt;")
    );
    let items: Vec<&Element> = elements
        .iter()
        .filter(|it| !it.get("data-name").is_empty())
        .collect();
    assert!(items.len() > 30);
    for item in items {
        assert!(["group", "button"].contains(&item.get("role")), "{item:?}");
        assert_eq!(item.get("tabindex"), "-1");
        assert!(!item.get("aria-label").is_empty());
    }
    for (name, says) in [
        ("NatGatewayA", "NAT gateway A, Public subnet A"),
        ("az:a", "Availability Zone a"),
        ("PrivateSubnetB", "Private subnet B, 10.0.3.0/24"),
        ("WebGroup", "Auto Scaling group 2 / 2 / 6"),
        (
            "WebGroup.a1",
            "EC2 instance a1, t3.micro, Availability Zone a",
        ),
        ("PublicRouteTable", "Public routes: 0.0.0.0/0 → IGW"),
    ] {
        assert_eq!(named(&elements, name).get("aria-label"), says);
    }
    for wire in elements.iter().filter(|it| it.has_class("wire")) {
        let mut outer = wire.around.iter().map(|it| &elements[*it]);
        let hidden =
            wire.get("aria-hidden") == "true" || outer.any(|it| it.get("aria-hidden") == "true");
        assert!(hidden, "{wire:?}");
    }
}

#[test]
fn containers_hold_what_stands_in_them() {
    let elements = page(&[]);
    let around = |name: &str| -> Vec<&str> {
        let element = named(&elements, name);
        let outer = element
            .around
            .iter()
            .map(|it| elements[*it].get("data-name"));
        outer.filter(|it| !it.is_empty()).collect()
    };
    assert_eq!(
        around("NatGatewayA"),
        ["region:ap-northeast-1", "Vpc", "az:a", "PublicSubnetA"]
    );
    assert_eq!(
        around("WebGroup.b1"),
        ["region:ap-northeast-1", "Vpc", "WebGroup"]
    );
    assert_eq!(around("Users"), Vec::<&str>::new());
}

#[test]
fn every_reference_inside_the_text_has_its_target() {
    let elements = page(&[]);
    let ids: Vec<&str> = elements.iter().map(|it| it.get("id")).collect();
    for element in &elements {
        let fill = element.get("fill").strip_prefix("url(#");
        let fill = fill.and_then(|it| it.strip_suffix(')'));
        let href = element.get("href").strip_prefix('#');
        for target in [fill, href].into_iter().flatten() {
            assert!(ids.contains(&target), "{target}");
        }
    }
    let unique: std::collections::BTreeSet<&str> = ids.iter().copied().collect();
    let given = ids.iter().filter(|it| !it.is_empty()).count();
    assert_eq!(unique.len() - 1, given, "an id stands twice");
}

#[test]
fn states_are_classes_and_words() {
    let failed = states([
        ("az:a", "failed"),
        ("NatGatewayA", "failed"),
        ("LoadBalancer", "degraded"),
        ("Database", "recovering"),
        ("WebGroup.b1", "gone"),
        ("WebGroup.b2", "healthy"),
    ]);
    let elements = page(&failed);
    for (name, class) in [
        ("az:a", "is-failed"),
        ("NatGatewayA", "is-failed"),
        ("LoadBalancer", "is-degraded"),
        ("Database", "is-recovering"),
    ] {
        assert!(named(&elements, name).has_class(class), "{name}");
    }
    assert!(
        named(&elements, "az:a")
            .get("aria-label")
            .ends_with(", failed")
    );
    assert!(named(&elements, "WebGroup.b1").has_class("is-absent"));
    assert_eq!(named(&elements, "WebGroup.b2").get("class"), "icon compute");
    assert!(named(&elements, "WebGroup.a2").has_class("is-absent"));
    let broken: Vec<&str> = elements
        .iter()
        .filter(|it| it.has_class("wire") && it.has_class("is-failed"))
        .map(|it| it.get("data-from"))
        .collect();
    assert_eq!(broken, ["PrivateSubnetA", "PrivateSubnetB", "NatGatewayA"]);
}

#[test]
fn many_under_one_icon_have_failed_only_when_all_have() {
    let design = with(&[("fleet.max", "100"), ("fleet.desired", "100")]);
    let drawing = draw(&design.expand(), Detail::default(), Lang::En);
    let class = |failed: usize, gone: usize| -> String {
        let all: Vec<(Name, &'static str)> = (1..=failed + gone)
            .map(|it| {
                let state = if it <= failed { "failed" } else { "gone" };
                (format!("WebGroup.a{it}").into(), state)
            })
            .collect();
        let elements = read(&svg(&drawing, &print(&all, false)));
        named(&elements, "WebGroup.a1").get("class").to_owned()
    };
    for (failed, gone, looks) in [
        (0, 0, "icon compute"),
        (1, 0, "icon compute is-degraded"),
        (50, 0, "icon compute is-failed"),
        (20, 30, "icon compute is-failed"),
        (0, 1, "icon compute"),
        (0, 50, "icon compute is-absent"),
    ] {
        assert_eq!(class(failed, gone), looks, "{failed} failed, {gone} gone");
    }
}

/// What can be read at a thing is in its accessible name (WCAG 2.5.3).
#[test]
fn names_hold_what_can_be_read() {
    let designs = [
        s1(),
        with(&[("fleet.max", "100"), ("fleet.desired", "100")]),
        with(&[
            ("access.kind", "bastion"),
            ("database.read_replicas", "2"),
            ("endpoints.ssm", "true"),
        ]),
    ];
    let levels = || {
        let all = Detail::ALL.into_iter();
        all.flat_map(|it| Lang::ALL.map(|lang| (it, lang)))
    };
    for (design, (detail, lang)) in designs
        .iter()
        .flat_map(|it| levels().map(move |level| (it, level)))
    {
        for item in draw(&design.expand(), detail, lang).items {
            let read = item
                .labels
                .iter()
                .filter(|it| !item.says.contains(&it.text));
            let read: Vec<&str> = read.map(|it| it.text.as_str()).collect();
            assert_eq!(read, Vec::<&str>::new(), "{}: {}", item.name, item.says);
        }
    }
}

#[test]
fn a_file_holds_what_can_be_seen_and_nothing_else() {
    let drawing = draw(&s1().expand(), Detail::default(), Lang::En);
    let text = svg(&drawing, &print(&[], true));
    let elements = read(&text);
    assert!(text.contains("<title id=\"dg-title\">S1 &lt;one &amp; only&gt;</title>"));
    assert!(text.contains("<metadata>https://example.org/#x</metadata>"));
    assert!(!text.contains("var("));
    let shown = |class: &str| elements.iter().filter(|it| it.has_class(class)).count();
    assert_eq!(
        (
            shown("is-absent"),
            shown("mark"),
            shown("ring"),
            shown("alert")
        ),
        (0, 0, 0, 0)
    );
    let lost = states([("az:a", "failed"), ("WebGroup.b2", "recovering")]);
    let elements = read(&svg(&drawing, &print(&lost, true)));
    assert!(named(&elements, "WebGroup.b2").has_class("is-recovering"));
    let marks = elements.iter().filter(|it| it.has_class("mark"));
    let marks: Vec<&str> = marks.map(|it| it.get("href")).collect();
    assert_eq!(marks[0], "#dg-tile-recovering");
    assert!(marks[1..].iter().all(|it| *it == "#dg-cut"));
    assert_eq!(
        elements.iter().filter(|it| it.has_class("alert")).count(),
        1
    );
}

#[test]
fn copies_whose_roles_have_changed_hands_are_drawn_as_what_they_are() {
    let drawing = draw(&s1().expand(), Detail::default(), Lang::En);
    let swapped = ["Database.primary", "Database.standby"].map(Name::from);
    let text = |swapped: &[Name]| {
        svg(
            &drawing,
            &Print {
                swapped,
                ..print(&[], true)
            },
        )
    };
    let (before, after) = (text(&[]), text(&swapped));
    let label = |text: &str, name: &str| {
        let (_, rest) = text.split_once(&format!("data-name=\"{name}\"")).unwrap();
        let (_, rest) = rest.split_once("<text").unwrap();
        let (_, rest) = rest.split_once('>').unwrap();
        rest.split_once('<').unwrap().0.to_owned()
    };
    let says = |text: &str, name: &str| named(&read(text), name).get("aria-label").to_owned();
    for (name, was, is) in [
        ("Database.primary", "Primary", "Standby"),
        ("Database.standby", "Standby", "Primary"),
    ] {
        assert_eq!(label(&before, name), was);
        assert_eq!(label(&after, name), is);
        assert!(says(&before, name).starts_with(was));
        assert!(says(&after, name).starts_with(is));
    }
    // The page has both faces and two arrowheads, of which its style sheet shows one.
    let page = page(&[]);
    let inside = |class: &str| page.iter().filter(|it| it.has_class(class)).count();
    assert_eq!((inside("swapped"), inside("unswapped")), (3, 3));
}

#[test]
fn replication_is_cut_while_a_copy_is_rebuilt() {
    let wire = |state: &'static str| {
        let page = page(&states([("Database.primary", state)]));
        let mut wires = page.iter().filter(|it| it.has_class("replication"));
        wires.any(|it| it.has_class("is-failed"))
    };
    assert!(wire("recovering") && wire("failed"));
    assert!(!wire("degraded") && !wire("healthy"));
}

#[test]
fn themes_differ_in_colors_alone() {
    let drawing = draw(&s1().expand(), Detail::default(), Lang::En);
    let print = |theme: Theme, standalone: bool| {
        svg(
            &drawing,
            &Print {
                theme,
                ..print(&[], standalone)
            },
        )
    };
    assert_eq!(print(Theme::Light, false), print(Theme::Dark, false));
    let body = |theme: Theme| {
        let text = print(theme, true);
        text.split_once("</style>").unwrap().1.to_owned()
    };
    assert_eq!(body(Theme::Light), body(Theme::Dark));
    assert_ne!(print(Theme::Light, true), print(Theme::Dark, true));
}

#[test]
fn a_title_of_any_letters_keeps_the_file_well_formed() {
    let drawing = draw(&s1().expand(), Detail::default(), Lang::Ja);
    for title in ["\u{0}\u{1b}]]>", "\"quoted\" & <b>", "名前", ""] {
        let text = svg(
            &drawing,
            &Print {
                title,
                link: "a&b\"c",
                ..print(&[], true)
            },
        );
        read(&text);
        assert!(!text.contains(|it: char| it.is_control() && it != '\n'));
    }
}

/// The text of a sheet, put together from its pieces as the page does.
fn put_together(sheet: &Sheet) -> String {
    let mut text = sheet.text[sheet.head.clone()].to_owned();
    let mut open: Vec<usize> = Vec::new();
    for (index, piece) in sheet.pieces.iter().enumerate() {
        while open.last().copied() != piece.inside {
            open.pop().expect("what it stands in is open");
            text.push_str("</g>");
        }
        text.push_str("<g");
        if !piece.place.is_empty() {
            text.push_str(&format!(" transform=\"{}\"", sheet.place(piece)));
        }
        text.push_str(sheet.own(piece));
        open.push(index);
    }
    text + &"</g>".repeat(open.len()) + "</svg>\n"
}

#[test]
fn the_pieces_are_the_whole_and_none_is_called_like_another() {
    for zones in ["1", "3", "6"] {
        let design = with(&[("network.zones", zones), ("vpcs.names", "a,b")]);
        let drawing = draw(&design.expand(), Detail::default(), Lang::En);
        for standalone in [false, true] {
            let sheet = sheet(&drawing, &print(&[], standalone));
            assert_eq!(put_together(&sheet), sheet.text);
            let keys = sheet.pieces.iter().map(|it| &it.key);
            let unique: std::collections::BTreeSet<&String> = keys.collect();
            assert_eq!(unique.len(), sheet.pieces.len());
        }
    }
}

#[test]
fn what_only_moves_is_the_same_piece_in_another_place() {
    let of = |zones: &str| {
        let design = with(&[("network.zones", zones), ("network.nat", "single")]);
        sheet(
            &draw(&design.expand(), Detail::default(), Lang::En),
            &print(&[], false),
        )
    };
    let (two, three) = (of("2"), of("3"));
    let find = |sheet: &Sheet, key: &str| {
        let piece = sheet.pieces.iter().find(|it| it.key == key);
        let piece = piece.unwrap_or_else(|| panic!("{key} is not there"));
        (sheet.place(piece).to_owned(), sheet.own(piece).to_owned())
    };
    // The bucket stands right of the VPC, which becomes wider.
    let ((was, own), (is, after)) = (find(&two, "LogBucket"), find(&three, "LogBucket"));
    assert_ne!(was, is);
    assert_eq!(own, after);
}
