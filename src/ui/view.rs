//! What a person is looking at: nothing of it is part of a design.

use crate::aws::Name;
use crate::design::Design;
use crate::diagram::{self, Detail};
use crate::text::{Lang, Message, Text, text};

/// What the page shows, and in which language.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub lang: Lang,
    pub theme: Theme,
    pub detail: Detail,
    pub tab: Tab,
    /// Whether the panel of the tab is open.
    pub panel: bool,
    pub focus: Focus,
    pub dialog: Option<Dialog>,
    pub notice: Option<Notice>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    #[default]
    System,
    Fixed(diagram::Theme),
}

impl Theme {
    /// What the system says, then every theme.
    pub fn all() -> impl Iterator<Item = Self> {
        let fixed = diagram::Theme::ALL.into_iter().map(Self::Fixed);
        [Self::System].into_iter().chain(fixed)
    }

    /// The word in the storage.
    pub fn tag(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Fixed(it) => it.tag(),
        }
    }

    pub fn title(self) -> Text {
        match self {
            Self::System => text("ui.theme.system", "System"),
            Self::Fixed(diagram::Theme::Light) => text("ui.theme.light", "Light"),
            Self::Fixed(diagram::Theme::Dark) => text("ui.theme.dark", "Dark"),
            Self::Fixed(diagram::Theme::HighContrast) => {
                text("ui.theme.high-contrast", "High contrast")
            }
        }
    }

    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::all().find(|it| it.tag() == tag)
    }
}

impl View {
    /// Opens the panel of a tab.
    pub fn open(&mut self, tab: Tab) {
        self.tab = tab;
        self.panel = true;
    }

    /// Opens the panel of a tab; closes it where it is open.
    pub fn toggle(&mut self, tab: Tab) {
        self.panel = !self.panel || self.tab != tab;
        self.tab = tab;
    }
}

/// A panel on the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    Inspector,
    Findings,
    Bill,
    Growth,
    Schedule,
    Sale,
    Outline,
}

impl Tab {
    pub const ALL: [Self; 7] = [
        Self::Inspector,
        Self::Findings,
        Self::Bill,
        Self::Growth,
        Self::Schedule,
        Self::Sale,
        Self::Outline,
    ];

    /// Stem of the ids of the tab and its panel.
    pub fn id(self) -> &'static str {
        match self {
            Self::Inspector => "inspector",
            Self::Findings => "findings",
            Self::Bill => "bill",
            Self::Growth => "growth",
            Self::Schedule => "schedule",
            Self::Sale => "sale",
            Self::Outline => "outline",
        }
    }

    pub fn title(self) -> Text {
        match self {
            Self::Inspector => text("ui.tab.inspector", "Inspect"),
            Self::Findings => text("ui.tab.findings", "Findings"),
            Self::Bill => text("ui.tab.bill", "Bill"),
            Self::Growth => text("ui.tab.growth", "Growth"),
            Self::Schedule => text("ui.tab.schedule", "Schedule"),
            Self::Sale => text("ui.tab.sale", "Sale"),
            Self::Outline => text("ui.tab.outline", "Outline"),
        }
    }

    /// The tab so many places on, around the end.
    pub fn beside(self, step: usize) -> Self {
        let place = Self::ALL.iter().position(|it| *it == self);
        let next = (place.unwrap_or_default() + step) % Self::ALL.len();
        Self::ALL.get(next).copied().unwrap_or(self)
    }
}

/// What is picked out in the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    Nothing,
    Thing(Name),
    /// A finding: its code and its nodes.
    Finding(&'static str, Vec<Name>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialog {
    Compare,
    Export,
    Share,
    About,
}

/// Something that a person is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    pub message: Message,
    pub tone: Tone,
    pub offer: Option<Offer>,
    /// Of a notice with a way back: the design that it was given for. It goes when that does.
    pub of: Option<Box<Design>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done; goes away by itself.
    Done,
    /// Something could not be done; stays until it is closed.
    Problem,
}

/// A way back that comes with a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    Undo,
    Restore,
}

impl Notice {
    pub fn done(message: impl Into<Message>) -> Self {
        Self {
            message: message.into(),
            tone: Tone::Done,
            offer: None,
            of: None,
        }
    }

    pub fn problem(message: impl Into<Message>) -> Self {
        Self {
            message: message.into(),
            tone: Tone::Problem,
            offer: None,
            of: None,
        }
    }

    #[must_use]
    pub fn offering(mut self, offer: Offer) -> Self {
        self.offer = Some(offer);
        self
    }
}
