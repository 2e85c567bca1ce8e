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
}

impl History {
    pub fn new(present: Design) -> Self {
        Self {
            past: Vec::new(),
            present,
            future: Vec::new(),
        }
    }

    pub fn present(&self) -> &Design {
        &self.present
    }

    /// Goes on to another design; one that is equal leaves no step.
    pub fn go(&mut self, next: Design) {
        if next == self.present {
            return;
        }
        self.past.push(std::mem::replace(&mut self.present, next));
        if self.past.len() > DEPTH {
            self.past.remove(0);
        }
        self.future.clear();
    }

    pub fn undo(&mut self) {
        if let Some(previous) = self.past.pop() {
            self.future
                .push(std::mem::replace(&mut self.present, previous));
        }
    }

    pub fn redo(&mut self) {
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
}
