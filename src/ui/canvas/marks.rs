//! What the drawing's elements wear: state, selection and connection as classes. The drawing itself is never rebuilt for
//! them, so that playing costs a few class changes a second.

use std::collections::BTreeMap;

use wasm_bindgen::JsCast;
use web_sys::Element;

use super::super::view::Focus;
use crate::aws::Name;
use crate::failure::Status;
use crate::text::{Lang, Text, text};
use crate::topology::Link;

/// An element of the drawing that stands for something.
pub struct Marked {
    pub name: Name,
    pub element: Element,
    /// Its accessible name while it is healthy.
    label: String,
    wears: Vec<&'static str>,
}

/// Class of what appears only when a timeline launches it.
const LATENT: &str = "is-latent";
const PRESENT: &str = "is-present";

/// The elements of a drawing in the order in which they are drawn.
pub fn index(sheet: &Element) -> Vec<Marked> {
    let Ok(found) = sheet.query_selector_all("[data-name]") else {
        return Vec::new();
    };
    let marked = |at: u32| {
        let element: Element = found.get(at)?.dyn_into().ok()?;
        Some(Marked {
            name: element.get_attribute("data-name")?.into(),
            label: element.get_attribute("aria-label").unwrap_or_default(),
            wears: Vec::new(),
            element,
        })
    };
    (0..found.length()).filter_map(marked).collect()
}

/// What there is to show.
pub struct Marks<'a> {
    pub states: &'a BTreeMap<Name, Status>,
    pub focus: &'a Focus,
    pub links: &'a [Link],
    pub lang: Lang,
}

impl Marks<'_> {
    /// Brings the elements up to date, touching those alone that change.
    pub fn show(&self, elements: &mut [Marked]) {
        for it in elements {
            let status = self.states.get(&it.name).copied();
            let wanted = self.classes(&it.name, status);
            if wanted != it.wears {
                dress(it, &wanted);
                name(it, status, self.lang);
                it.wears = wanted;
            }
        }
    }

    fn classes(&self, name: &Name, status: Option<Status>) -> Vec<&'static str> {
        let state = status.map(|it| match it {
            Status::Healthy => PRESENT,
            Status::Degraded => "is-degraded",
            Status::Failed => "is-failed",
            Status::Recovering => "is-recovering",
        });
        let focus = if self.is_selected(name) {
            Some("is-selected")
        } else {
            self.is_linked(name).then_some("is-linked")
        };
        state.into_iter().chain(focus).collect()
    }

    fn is_selected(&self, name: &Name) -> bool {
        match self.focus {
            Focus::Nothing => false,
            Focus::Thing(it) => it == name,
            Focus::Finding(_, all) => all.contains(name),
        }
    }

    fn is_linked(&self, name: &Name) -> bool {
        let Focus::Thing(selected) = self.focus else {
            return false;
        };
        self.links.iter().any(|it| {
            (it.from == *selected && it.to == *name) || (it.to == *selected && it.from == *name)
        })
    }
}

fn dress(it: &Marked, wanted: &[&'static str]) {
    let list = it.element.class_list();
    for class in it.wears.iter().filter(|it| !wanted.contains(it)) {
        let _ = list.remove_1(class);
    }
    for class in wanted.iter().filter(|class| !it.wears.contains(class)) {
        let _ = list.add_1(class);
    }
}

/// Says the state in the element's accessible name too.
fn name(it: &Marked, status: Option<Status>, lang: Lang) {
    if it.label.is_empty() {
        return;
    }
    let label = match status.and_then(word) {
        Some(word) => format!("{}, {}", it.label, word.render(lang)),
        None => it.label.clone(),
    };
    let _ = it.element.set_attribute("aria-label", &label);
}

/// The word for a state that is worth a word.
pub fn word(status: Status) -> Option<Text> {
    match status {
        Status::Healthy => None,
        Status::Degraded => Some(text("ui.state.degraded", "degraded")),
        Status::Failed => Some(text("ui.state.failed", "failed")),
        Status::Recovering => Some(text("ui.state.recovering", "recovering")),
    }
}

/// Whether an element can be seen and reached at present.
pub fn is_there(element: &Element) -> bool {
    let list = element.class_list();
    !list.contains(LATENT) || list.contains(PRESENT) || list.contains("is-recovering")
}
