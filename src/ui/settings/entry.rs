//! What is typed into a field: it reaches the design as soon as it is understood, and is never lost while it is not.

use leptos::prelude::*;

use super::super::session::Session;
use crate::aws::Zone;
use crate::design::{Design, OptionSpec, Tier};
use crate::text::Message;

/// Where a field stands: an option, or one zone's place in an option that is a list.
#[derive(Clone, Copy)]
pub struct Slot {
    pub spec: &'static OptionSpec,
    pub zone: Option<Zone>,
}

const AUTO: &str = "auto";

impl Slot {
    /// What the field shows of a design.
    pub fn read(self, design: &Design) -> String {
        let shown = (self.spec.get)(design);
        match self.zone {
            None => shown,
            Some(zone) => {
                let item = shown.split(',').nth(zone.index()).unwrap_or(AUTO);
                item.replace(AUTO, "")
            }
        }
    }

    /// The option's text with the field's text in its place.
    fn whole(self, design: &Design, typed: &str) -> String {
        let Some(zone) = self.zone else {
            return typed.to_owned();
        };
        let shown = (self.spec.get)(design);
        let mut items: Vec<&str> = shown.split(',').collect();
        let length = items.len().max(zone.index() + 1);
        items.resize(length, AUTO);
        // A comma would be another place of the list.
        let typed = typed.replace(',', ";");
        if let Some(item) = items.get_mut(zone.index()) {
            *item = &typed;
        }
        items.join(",")
    }

    /// The design with the field's text in it.
    ///
    /// # Errors
    /// The text is not what the option takes.
    pub fn write(self, design: &Design, typed: &str) -> Result<Design, Message> {
        let mut next = design.clone();
        (self.spec.set)(&mut next, &self.whole(design, typed))?;
        Ok(next)
    }

    /// The range that the address plan has for the place.
    pub fn planned(self, design: &Design) -> Option<String> {
        let tier = match self.spec.key {
            "network.public_cidrs" => Tier::Public,
            "network.isolated_cidrs" => Tier::Isolated,
            _ => Tier::Private,
        };
        let planned = design.network.planned(tier, self.zone?);
        planned.map(|it| it.to_string())
    }

    /// Stem of the ids of the field's elements.
    pub fn id(self) -> String {
        match self.zone {
            None => self.spec.key.to_owned(),
            Some(zone) => format!("{}.{zone}", self.spec.key),
        }
    }
}

/// What stands in a field, and the value that it became; `None`: it is not understood.
#[derive(Debug, Clone, PartialEq)]
struct Typed {
    text: String,
    value: Option<String>,
}

/// A field at work.
#[derive(Clone, Copy)]
pub struct Entry {
    session: Session,
    pub slot: Slot,
    /// What the design has there.
    value: Memo<String>,
    /// From the first key until the field is left in good order.
    typed: RwSignal<Option<Typed>>,
    pub problem: RwSignal<Option<Message>>,
}

impl Entry {
    pub fn new(session: Session, slot: Slot) -> Self {
        Self {
            session,
            slot,
            value: Memo::new(move |_| slot.read(&session.design.read())),
            typed: RwSignal::new(None),
            problem: RwSignal::new(None),
        }
    }

    /// What the field shows: what is typed, unless the design has gone on without it.
    pub fn shown(self) -> String {
        let value = self.value.get();
        match &*self.typed.read() {
            Some(Typed { text, value: None }) => text.clone(),
            Some(typed) if typed.value.as_ref() == Some(&value) => typed.text.clone(),
            Some(_) | None => value,
        }
    }

    /// Takes a key stroke. A problem is told when the field is left, and goes as soon as it is solved.
    pub fn input(self, text: String) {
        let told = self.problem.read_untracked().is_some();
        let (value, problem) = match self.apply(&text) {
            Ok(()) => (Some(self.value.get_untracked()), None),
            Err(problem) => (None, Some(problem)),
        };
        self.typed.set(Some(Typed { text, value }));
        if told || problem.is_none() {
            self.problem.set(problem);
        }
    }

    /// The field is left, or Enter is struck.
    pub fn leave(self) {
        self.session.settle_edit();
        let Some(typed) = self.typed.get_untracked() else {
            return;
        };
        match typed.value {
            Some(_) => self.typed.set(None),
            None => self.problem.set(self.apply(&typed.text).err()),
        }
    }

    /// Takes a whole new value, from something that is not typed.
    pub fn choose(self, value: &str) {
        self.input(value.to_owned());
        self.leave();
    }

    fn apply(self, text: &str) -> Result<(), Message> {
        let next = self
            .slot
            .write(&self.session.design.read_untracked(), text)?;
        self.session
            .history
            .update(|it| it.edit(self.slot.spec.key, next));
        Ok(())
    }
}
