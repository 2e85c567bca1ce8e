//! What the drawing's elements wear: state, selection and connection, as classes. The drawing itself is never rebuilt for
//! them, so that playing costs a few class changes a second. The classes are `diagram::svg`'s, the looks `diagram.css`'s.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::super::view::Focus;
use super::glide::Glides;
use crate::aws::{Home, Name};
use crate::diagram::{attribute, combined};
use crate::failure::Status;
use crate::text::{Lang, Text, text};
use crate::topology::{Link, Topology, needs};

/// An element of the drawing.
pub struct Marked {
    pub element: Element,
    /// Of a thing: every name that it stands for. Of a wire: both ends.
    names: Vec<Name>,
    /// Of a wire: the names whose failure breaks it, and the states that count as one.
    needs: Vec<Name>,
    breaks: Vec<Status>,
    /// Of a thing that stands for several: how many of them exist at rest.
    present: Option<usize>,
    /// A place kept for an instance that may be launched.
    absent: bool,
    /// Its accessible name while it is healthy, and once its role has changed hands.
    label: String,
    swapped: Option<String>,
    wears: Vec<&'static str>,
    /// While its accessible name tells a state: the language in which it does.
    told_in: Option<Lang>,
    /// The picture of its state, while it has one.
    picture: Option<Element>,
    /// What shows that it is picked out, while it is.
    rings: Vec<Element>,
}

const THING: &str = "[data-name]";
const WIRE: &str = "[data-needs]";
const ABSENT: &str = "is-absent";
const SWAPPED: &str = "is-swapped";

impl Marked {
    /// An element that is in the document.
    fn of(element: Element) -> Self {
        let read = element.clone();
        Self::new(element, |name| read.get_attribute(name).map(Cow::Owned))
    }

    /// An element of a piece, from what was printed of it: asking the document would cost more.
    pub fn printed(element: Element, own: &str) -> Self {
        Self::new(element, |name| attribute(own, name))
    }

    fn new<'a>(element: Element, read: impl Fn(&str) -> Option<Cow<'a, str>>) -> Self {
        let words = |attribute: &str| {
            let value = read(attribute).unwrap_or_default();
            value.split_whitespace().map(Name::from).collect::<Vec<_>>()
        };
        let breaks = read("data-breaks").unwrap_or_default();
        let breaks = breaks.split_whitespace().filter_map(of_tag).collect();
        let names = ["data-name", "data-all", "data-from", "data-to"];
        let class = read("class").unwrap_or_default();
        let absent = class.split_whitespace().any(|it| it == ABSENT);
        Self {
            names: names.into_iter().flat_map(words).collect(),
            needs: words("data-needs"),
            breaks,
            present: read("data-present").and_then(|it| it.parse().ok()),
            absent,
            label: read("aria-label").unwrap_or_default().into_owned(),
            swapped: read("data-swapped").map(Cow::into_owned),
            wears: absent.then_some(ABSENT).into_iter().collect(),
            told_in: None,
            picture: None,
            rings: Vec::new(),
            element,
        }
    }

    /// The element as it was printed.
    pub fn bare(self) -> Element {
        let printed: &[&str] = if self.absent { &[ABSENT] } else { &[] };
        if self.wears != printed {
            dress(&self, printed);
            name(&self.element, &self.label);
        }
        if let Some(picture) = &self.picture {
            picture.remove();
        }
        self.rings.iter().for_each(Element::remove);
        self.element
    }

    /// Takes its rings off, until it is marked anew: it may have changed its size.
    pub fn without_rings(mut self) -> Self {
        self.rings.drain(..).for_each(|it| it.remove());
        self
    }

    /// Whether it is a place kept for an instance that may be launched.
    pub fn is_free(&self) -> bool {
        self.absent
    }

    pub fn is_wire(&self) -> bool {
        !self.needs.is_empty()
    }

    pub fn is_thing(&self) -> bool {
        !self.is_wire() && !self.names.is_empty()
    }

    /// Whether it can be seen and reached at present.
    pub fn is_there(&self) -> bool {
        !self.element.class_list().contains(ABSENT)
    }

    /// Of a wire: from and to.
    pub fn ends(&self) -> Option<Ends> {
        match self.names.as_slice() {
            [from, to] if self.is_wire() => Some((from.clone(), to.clone())),
            _ => None,
        }
    }

    pub fn is_called(&self, name: &Name) -> bool {
        self.names.contains(name)
    }
}

fn of_tag(tag: &str) -> Option<Status> {
    Status::ALL.into_iter().find(|it| it.tag() == tag)
}

/// The things and wires of a drawing, in document order.
pub fn index(sheet: &Element) -> Vec<Marked> {
    let Ok(found) = sheet.query_selector_all(&format!("{THING},{WIRE}")) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into().ok())
        .map(Marked::of)
        .collect()
}

/// What there is to show.
pub struct Marks<'a> {
    pub topology: &'a Topology,
    pub states: &'a BTreeMap<Name, Status>,
    /// Parts whose role has changed hands.
    pub swapped: &'a BTreeSet<Name>,
    pub focus: &'a Focus,
    pub links: &'a [Link],
    /// What the pointer is over.
    pub pointed: &'a Option<Name>,
    /// What has the focus.
    pub focused: &'a Option<Name>,
    /// Both ends of the wire that the keyboard is on.
    pub along: &'a Option<Ends>,
    pub lang: Lang,
}

/// From and to.
pub type Ends = (Name, Name);

impl Marks<'_> {
    /// Brings the elements up to date, touching those alone that change.
    pub fn show(&self, elements: &mut [Marked], glides: &Glides) {
        let selected = self.selected(elements);
        let linked = self.linked();
        let ends: BTreeSet<&Name> = linked.iter().flat_map(|it| [&it.0, &it.1]).collect();
        for it in elements {
            let status = self.status(it);
            let mut wanted: Vec<&'static str> = status.and_then(class).into_iter().collect();
            wanted.extend(is_absent(it, status).then_some(ABSENT));
            wanted.extend(self.is_swapped(it).then_some(SWAPPED));
            wanted.extend(self.highlight(it, &selected, &linked, &ends));
            let is_as_before = wanted == it.wears;
            if !is_as_before {
                dress(it, &wanted);
                if pictured(&wanted) != pictured(&it.wears) {
                    picture(it, pictured(&wanted));
                }
                it.wears = wanted;
            }
            // A piece that is printed alike in both languages stays as it is when the language changes.
            if !is_as_before || it.told_in.is_some_and(|it| it != self.lang) {
                call(it, status, self.lang);
                it.told_in = status.and_then(word).map(|_| self.lang);
            }
            let is_ringed = self.is_ringed(it);
            if is_ringed && it.rings.is_empty() {
                it.rings = rings(&it.element, glides).unwrap_or_default();
            } else if !is_ringed {
                it.rings.drain(..).for_each(|it| it.remove());
            }
        }
    }

    /// Connections of what is selected or pointed at, and all that it depends on. Those of one thing help; those of
    /// everything that a finding is about would hide it.
    fn linked(&self) -> BTreeSet<Ends> {
        let selected = match self.focus {
            Focus::Thing(name) => Some(name),
            Focus::Nothing | Focus::Finding(..) => None,
        };
        let mut linked = BTreeSet::new();
        for name in selected.into_iter().chain(self.pointed) {
            let touching = self
                .links
                .iter()
                .filter(|it| it.from == *name || it.to == *name);
            let needed = needs(self.topology, self.links, name).into_iter();
            linked.extend(
                touching
                    .chain(needed)
                    .map(|it| (it.from.clone(), it.to.clone())),
            );
        }
        linked
    }

    fn highlight(
        &self,
        it: &Marked,
        selected: &BTreeSet<Name>,
        linked: &BTreeSet<Ends>,
        ends: &BTreeSet<&Name>,
    ) -> Option<&'static str> {
        if let Some(wire) = it.ends() {
            return match self.along.as_ref() == Some(&wire) {
                true => Some("is-along"),
                false => linked.contains(&wire).then_some("is-linked"),
            };
        }
        if it.names.iter().any(|it| selected.contains(it)) {
            return Some("is-selected");
        }
        it.names
            .iter()
            .any(|it| ends.contains(it))
            .then_some("is-linked")
    }

    /// Whether a thing is picked out, or may be by its focus.
    fn is_ringed(&self, it: &Marked) -> bool {
        let picked = ["is-selected", "is-linked"];
        let has_focus = || self.focused.as_ref().is_some_and(|name| it.is_called(name));
        it.is_thing() && (picked.iter().any(|class| it.wears.contains(class)) || has_focus())
    }

    /// How an element is; a wire is failed or nothing.
    fn status(&self, it: &Marked) -> Option<Status> {
        let of = |name: &Name| self.states.get(name).copied();
        if it.is_wire() {
            let broken = it.needs.iter().filter_map(of);
            let broken = broken.into_iter().any(|state| it.breaks.contains(&state));
            return broken.then_some(Status::Failed);
        }
        let Some(present) = it.present else {
            return it.names.first().and_then(of);
        };
        let states: BTreeMap<&Name, Status> = it
            .names
            .iter()
            .filter_map(|name| Some((name, of(name)?)))
            .collect();
        combined(states.values().map(|it| it.tag()), present).and_then(of_tag)
    }

    fn is_swapped(&self, it: &Marked) -> bool {
        let mut names = it.names.iter();
        match it.is_wire() {
            true => names.all(|it| self.swapped.contains(it)),
            false => it.swapped.is_some() && names.any(|it| self.swapped.contains(it)),
        }
    }

    /// The names that are picked out; what is not drawn is shown by what it belongs to.
    fn selected(&self, elements: &[Marked]) -> BTreeSet<Name> {
        let names = match self.focus {
            Focus::Nothing => Vec::new(),
            Focus::Thing(name) => vec![name.clone()],
            Focus::Finding(_, names) => names.clone(),
        };
        let is_drawn = |name: &Name| {
            elements
                .iter()
                .any(|it| it.is_thing() && it.is_called(name))
        };
        names
            .into_iter()
            .filter_map(|name| drawn(self.topology, name, &is_drawn))
            .collect()
    }
}

/// From a thing to what shows it: itself, else where it lives, else the first thing that it refers to.
fn drawn(topology: &Topology, name: Name, is_drawn: &dyn Fn(&Name) -> bool) -> Option<Name> {
    let mut name = name;
    // A chain is short; the bound ends a circle.
    for _ in 0..4 {
        if is_drawn(&name) {
            return Some(name);
        }
        let node = topology.node(&name)?;
        name = match node.resource.home() {
            Home::With(other) | Home::Within(other, _) => other,
            Home::Subnet(_) | Home::Spread(_) | Home::Global | Home::Region | Home::Vpc(_) => {
                let references = node.references();
                references
                    .into_iter()
                    .find(|it| topology.node(it).is_some())?
            }
        };
    }
    None
}

/// Classes of states that have a picture, and the words for them in the names of the pictures.
const STATES: [(&str, &str); 3] = [
    ("is-failed", "failed"),
    ("is-degraded", "degraded"),
    ("is-recovering", "recovering"),
];

fn pictured(wears: &[&str]) -> Option<&'static str> {
    let state = STATES.iter().find(|it| wears.contains(&it.0));
    state.map(|it| it.1)
}

fn class(status: Status) -> Option<&'static str> {
    match status {
        Status::Healthy | Status::Gone => None,
        Status::Degraded => Some("is-degraded"),
        Status::Failed => Some("is-failed"),
        Status::Recovering => Some("is-recovering"),
    }
}

/// What is not launched yet, and what was terminated, is not there.
fn is_absent(it: &Marked, status: Option<Status>) -> bool {
    match status {
        None => it.absent,
        Some(status) => status == Status::Gone,
    }
}

fn dress(it: &Marked, wanted: &[&'static str]) {
    let list = it.element.class_list();
    // A class name without a space is never refused.
    for class in it.wears.iter().filter(|it| !wanted.contains(it)) {
        let _ = list.remove_1(class);
    }
    for class in wanted.iter().filter(|class| !it.wears.contains(class)) {
        let _ = list.add_1(class);
    }
}

/// Says the state in the element's accessible name too.
fn call(it: &Marked, status: Option<Status>, lang: Lang) {
    if it.label.is_empty() {
        return;
    }
    let swapped = it.swapped.as_ref().filter(|_| it.wears.contains(&SWAPPED));
    let label = swapped.unwrap_or(&it.label);
    let label = match status.and_then(word) {
        Some(word) => format!("{label}, {}", word.render(lang)),
        None => label.clone(),
    };
    name(&it.element, &label);
}

/// Nothing that has no accessible name gets one.
fn name(element: &Element, label: &str) {
    if !label.is_empty() {
        // The name of an attribute that no browser refuses.
        let _ = element.set_attribute("aria-label", label);
    }
}

/// Draws the picture of a state on what has one, in place of the one before. Most elements never get any.
fn picture(it: &mut Marked, state: Option<&'static str>) {
    if let Some(before) = it.picture.take() {
        before.remove();
    }
    it.picture = state.and_then(|state| made(&it.element, state));
}

fn made(element: &Element, state: &str) -> Option<Element> {
    let mark = element.get_attribute("data-mark")?;
    let mut words = mark.split(' ');
    let (kind, x, y) = (words.next()?, words.next()?, words.next()?);
    let href = match kind {
        "cut" => "#dg-cut".to_owned(),
        kind => format!("#dg-{kind}-{state}"),
    };
    let class = format!("mark when-{state}");
    let attributes = [
        ("class", class.as_str()),
        ("href", &href),
        ("x", x),
        ("y", y),
    ];
    added(element, "use", attributes)
}

/// Two tones, so that they can be told from any ground: their classes, and how far each stands off.
const RINGS: [(&str, f64); 2] = [("ring", 2.5), ("ring inner", 1.0)];

/// Draws rings around a thing, as large as it becomes; the style sheet lets them be seen.
fn rings(element: &Element, glides: &Glides) -> Option<Vec<Element>> {
    let around = element
        .query_selector(":scope > .box, :scope > .tile")
        .ok()??;
    let of = |name: &str| {
        let coming = glides.coming(&around, name);
        let value = coming.or_else(|| around.get_attribute(name));
        value.map_or(Some(0.0), |it| it.parse::<f64>().ok())
    };
    let (width, height, radius) = (of("width")?, of("height")?, of("rx")?);
    let ring = |(class, off): (&str, f64)| {
        let number = |it: f64| it.to_string();
        let (at, width, height) = (
            number(-off),
            number(width + 2.0 * off),
            number(height + 2.0 * off),
        );
        let radius = number(radius + off);
        let attributes = [
            ("class", class),
            ("x", &at),
            ("y", &at),
            ("width", &width),
            ("height", &height),
            ("rx", &radius),
        ];
        added(element, "rect", attributes)
    };
    RINGS.into_iter().map(ring).collect()
}

/// Adds an element to a thing, before all that stands in it.
fn added<const N: usize>(
    to: &Element,
    name: &str,
    attributes: [(&str, &str); N],
) -> Option<Element> {
    let made = document().create_element_ns(Some(SVG), name).ok()?;
    for (name, value) in attributes {
        made.set_attribute(name, value).ok()?;
    }
    let inside = to.query_selector(INSIDE).ok()?;
    let inside = inside.as_ref().map(AsRef::as_ref);
    to.insert_before(&made, inside).ok()?;
    Some(made)
}

const SVG: &str = "http://www.w3.org/2000/svg";

/// What stands in another thing, in the drawing, or with all wires.
pub const INSIDE: &str = ":scope > [data-name], :scope > .wires, :scope > .wire";

/// The word for a state that is worth a word.
pub fn word(status: Status) -> Option<Text> {
    match status {
        Status::Healthy | Status::Gone => None,
        Status::Degraded => Some(text("ui.state.degraded", "degraded")),
        Status::Failed => Some(text("ui.state.failed", "failed")),
        Status::Recovering => Some(text("ui.state.recovering", "recovering")),
    }
}
