//! The page's own icons: outlines on a grid of 20, in the color of the text around them.

use leptos::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    Undo,
    Redo,
    Plus,
    Minus,
    Fit,
    FitSelected,
    Play,
    Pause,
    Back,
    Forward,
    Start,
    Close,
    Copy,
    Download,
    Share,
    Export,
    Menu,
    Reset,
    Bolt,
    Check,
    Table,
    Octagon,
    Triangle,
    Diamond,
    Circle,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Undo => "M7 4 3.5 7.5 7 11M4 7.5h7.5a5 5 0 0 1 0 10H8",
            Self::Redo => "m13 4 3.5 3.5L13 11M16 7.5H8.5a5 5 0 0 0 0 10H12",
            Self::Plus => "M10 4.5v11M4.5 10h11",
            Self::Minus => "M4.5 10h11",
            Self::Fit => "M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4",
            Self::FitSelected => {
                "M3.5 7.5v-4h4M12.5 3.5h4v4M16.5 12.5v4h-4M7.5 16.5h-4v-4M7.5 7.5h5v5h-5z"
            }
            Self::Play => "M6.5 4v12l9.5-6z",
            Self::Pause => "M7 4.5v11M13 4.5v11",
            Self::Back => "M14 5 8 10l6 5zM5.5 5v10",
            Self::Forward => "m6 5 6 5-6 5zM14.5 5v10",
            Self::Start => "M15.5 5 10 10l5.5 5zM9.5 5 4 10l5.5 5z",
            Self::Close => "m5 5 10 10M15 5 5 15",
            Self::Copy => "M7.5 7.5h9v9h-9zM12.5 4v-.5h-9v9H4",
            Self::Download => "M10 3.5v9M6 9l4 4 4-4M3.5 16.5h13",
            Self::Share => {
                "M8.2 11.8a3.2 3.2 0 0 0 4.5 0l3-3a3.2 3.2 0 0 0-4.5-4.5l-1 1M11.8 8.2a3.2 3.2 0 0 0-4.5 0l-3 3a3.2 3.2 0 0 0 4.5 4.5l1-1"
            }
            Self::Export => {
                "M3.5 7 10 3.5 16.5 7v6.5L10 17l-6.5-3.5zM3.5 7l6.5 3.5L16.5 7M10 10.5V17"
            }
            Self::Menu => "M5 10h.01M10 10h.01M15 10h.01",
            Self::Reset => "M4 10a6 6 0 1 0 2-4.5M4 3v3.5h3.5",
            Self::Bolt => "M11.5 3 5 11.5h4.5L8.5 17 15 8.5h-4.5z",
            Self::Check => "m4 10.5 4 4 8-9",
            Self::Table => "M3.5 4.5h13v11h-13zM3.5 8.2h13M3.5 11.8h13M8 4.5v11",
            Self::Octagon => "M7 3h6l4 4v6l-4 4H7l-4-4V7zM10 6.5v4.5M10 13.7v.1",
            Self::Triangle => "M10 3.5 17.5 16.5h-15zM10 8v4M10 14.2v.1",
            Self::Diamond => "m10 2.5 7.5 7.5-7.5 7.5L2.5 10zM10 7v3.5M10 13v.1",
            Self::Circle => "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 9v4.5M10 6.5v.1",
        }
    }
}

/// An icon; the words stand beside it or in the label of what it is in.
#[component]
pub fn Glyph(icon: Icon) -> impl IntoView {
    view! {
        <svg class="ui-icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
            <path d=icon.path() />
        </svg>
    }
}
