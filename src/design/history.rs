//! Undo and redo: whole designs, which are small. Only what changed something is remembered.

use super::Design;

/// How many steps back are kept.
const DEPTH: usize = 200;

/// A design with its past and its undone future.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    past: Vec<Design>,
    present: Design,
    future: Vec<Design>,
    /// What is being edited, while its edits belong to one step.
    editing: Option<&'static str>,
}

impl History {
    pub fn new(present: Design) -> Self {
        Self {
            past: Vec::new(),
            present,
            future: Vec::new(),
            editing: None,
        }
    }

    pub fn present(&self) -> &Design {
        &self.present
    }

    /// Goes on to another design; one that is equal leaves no step.
    pub fn go(&mut self, next: Design) {
        self.editing = None;
        if next == self.present {
            return;
        }
        self.past.push(std::mem::replace(&mut self.present, next));
        if self.past.len() > DEPTH {
            self.past.remove(0);
        }
        self.future.clear();
    }

    /// Goes on with the edit of one thing: however many keys are struck, it is one step back, until [`History::settle`].
    pub fn edit(&mut self, what: &'static str, next: Design) {
        if next == self.present {
            return;
        }
        if self.editing != Some(what) {
            self.go(next);
            self.editing = Some(what);
            return;
        }
        self.present = next;
        if self.past.last() == Some(&self.present) {
            self.past.pop();
            self.editing = None;
        }
    }

    /// Ends the edit of a thing; the next one is a step of its own.
    pub fn settle(&mut self) {
        self.editing = None;
    }

    pub fn undo(&mut self) {
        self.editing = None;
        if let Some(previous) = self.past.pop() {
            self.future
                .push(std::mem::replace(&mut self.present, previous));
        }
    }

    pub fn redo(&mut self) {
        self.editing = None;
        if let Some(next) = self.future.pop() {
            self.past.push(std::mem::replace(&mut self.present, next));
        }
    }

    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::History;
    use crate::design::Design;

    #[test]
    fn undo_and_redo_are_opposites_and_no_change_leaves_no_step() {
        let first = Design::new("x");
        let second = first.with("fleet.max", "9");
        let mut history = History::new(first.clone());
        history.go(first.clone());
        assert!(!history.can_undo());
        history.go(second.clone());
        history.undo();
        assert_eq!(history.present(), &first);
        history.redo();
        assert_eq!(history.present(), &second);
        assert!(!history.can_redo());
    }

    #[test]
    fn typing_is_one_step_and_typing_back_is_none() {
        let first = Design::new("x");
        let typed = |max: &str| first.with("fleet.max", max);
        let mut history = History::new(first.clone());
        history.edit("fleet.max", first.clone());
        history.edit("fleet.max", typed("1"));
        history.edit("fleet.max", typed("12"));
        history.undo();
        assert_eq!(history.present(), &first);
        assert!(!history.can_undo());

        history.edit("fleet.max", typed("9"));
        history.edit("fleet.max", first.clone());
        assert!(!history.can_undo());

        history.edit("fleet.max", typed("9"));
        history.settle();
        history.edit("fleet.max", typed("10"));
        history.undo();
        assert_eq!(history.present(), &typed("9"));
    }
}
