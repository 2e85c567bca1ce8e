//! A machine that has been laid out: states, ways and words with their positions.

use crate::diagram::{Point, Rect};

/// How the picture uses its room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Form {
    /// Alternatives beside each other: for a screen, a slide, a file.
    #[default]
    Wide,
    /// Long alternatives under each other: for a narrow panel that scrolls.
    Tall,
}

/// A machine with positions, in user units.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picture {
    pub width: f64,
    pub height: f64,
    /// A Map before what stands inside of it.
    pub shapes: Vec<Shape>,
    pub ways: Vec<Way>,
    /// Where the machine, and what each Map runs, begins: a dot above the first state.
    pub starts: Vec<Point>,
}

/// A state.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Names from the outermost Map inwards: `Gateways.AddRoutes.CreateRoute`.
    pub path: String,
    pub name: String,
    pub kind: Kind,
    /// What a task calls.
    pub call: Option<String>,
    pub comment: Option<String>,
    /// A run, or an iteration, may end here.
    pub is_end: bool,
    pub rect: Rect,
}

/// What a state does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Pass,
    Task,
    Choice,
    Wait,
    Map,
    Succeed,
    Fail,
}

impl Kind {
    pub const ALL: [Self; 7] = [
        Self::Pass,
        Self::Task,
        Self::Choice,
        Self::Wait,
        Self::Map,
        Self::Succeed,
        Self::Fail,
    ];

    /// As the Amazon States Language writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pass => "Pass",
            Self::Task => "Task",
            Self::Choice => "Choice",
            Self::Wait => "Wait",
            Self::Map => "Map",
            Self::Succeed => "Succeed",
            Self::Fail => "Fail",
        }
    }

    /// The kind that a definition names; a task for one that is not known.
    pub(super) fn of(name: &str) -> Self {
        let mut all = Self::ALL.into_iter();
        all.find(|it| it.name() == name).unwrap_or(Self::Task)
    }
}

/// What leads from one state to another; several ways between the same two are one.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// Paths of the states.
    pub from: String,
    pub to: String,
    pub why: Why,
    /// Conditions and errors that take it, as the definition has them.
    pub words: Vec<String>,
    pub points: Vec<Point>,
    pub caption: Option<Caption>,
}

/// What takes a way; of several, the first in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    Next,
    Choice,
    Catch,
}

/// Short words on a way.
#[derive(Debug, Clone, PartialEq)]
pub struct Caption {
    pub text: String,
    pub rect: Rect,
}

impl Picture {
    /// Takes in another picture, moved by an amount.
    pub(super) fn take(&mut self, inner: Self, by: Point) {
        let moved = |it: Point| Point::new(it.x + by.x, it.y + by.y);
        let moved_rect = |it: Rect| Rect::new(it.x + by.x, it.y + by.y, it.width, it.height);
        self.shapes.extend(inner.shapes.into_iter().map(|mut it| {
            it.rect = moved_rect(it.rect);
            it
        }));
        self.ways.extend(inner.ways.into_iter().map(|mut it| {
            it.points.iter_mut().for_each(|it| *it = moved(*it));
            if let Some(caption) = &mut it.caption {
                caption.rect = moved_rect(caption.rect);
            }
            it
        }));
        self.starts.extend(inner.starts.into_iter().map(moved));
    }
}
