//! What the page opens with: what was saved in this browser, else the first blueprint.

use super::view::{Focus, Notice, Tab, Theme, View};
use super::{browser, keep};
use crate::blueprint;
use crate::design::history::History;
use crate::design::{Design, document};
use crate::diagram::Detail;
use crate::text::{Lang, Message, text};

pub struct Start {
    pub history: History,
    pub view: View,
}

/// Where the panel stands beside the drawing and not over it; also in `layout.css`.
pub const WIDE: &str = "(min-width: 1500px)";

/// Reads the storage. The link in the address bar is opened on top of it, so that it can be undone.
pub fn start() -> Start {
    let mut saved = browser::stored(keep::DESIGN);
    if browser::asks("afresh") {
        keep::put_away(saved.take());
    }
    let (history, problem) = restore(saved.as_deref());
    Start {
        history,
        view: View {
            lang: known(lang()),
            theme: theme(),
            detail: detail(),
            tab: Tab::Inspector,
            panel: browser::matches(WIDE),
            focus: Focus::Nothing,
            dialog: None,
            notice: problem.map(Notice::problem),
        },
    }
}

/// The saved design; where it cannot be read, the first blueprint and what to say.
pub fn restore(saved: Option<&str>) -> (History, Option<Message>) {
    match saved.map(|it| document::read(it, &blueprint::base)) {
        None => (History::new(first()), None),
        Some(Ok(design)) => (History::new(design), None),
        Some(Err(problem)) => {
            let message = text(
                "ui.bad-save",
                "What was saved in this browser could not be read: {problem}. It was put aside.",
            );
            (
                History::new(first()),
                Some(message.with("problem", problem)),
            )
        }
    }
}

fn first() -> Design {
    match blueprint::ALL.first() {
        Some(blueprint) => (blueprint.design)(),
        None => Design::new(""),
    }
}

/// Learns the language that the page opens in. Where it cannot be had, the page opens in English.
pub async fn learn() {
    let _ = learn_language(lang()).await;
}

/// Learns a language, unless the page speaks it already.
///
/// # Errors
/// Its file cannot be loaded.
pub async fn learn_language(lang: Lang) -> Result<(), browser::Denied> {
    if let Some(address) = lang.address() {
        lang.learn(browser::fetch(&address).await?);
    }
    Ok(())
}

/// The language, or English while the page has not learned it.
fn known(lang: Lang) -> Lang {
    match lang.address() {
        None => lang,
        Some(_) => Lang::En,
    }
}

fn lang() -> Lang {
    let chosen = browser::stored(keep::LANG);
    let wanted = chosen.into_iter().chain(browser::languages());
    wanted
        .filter_map(|it| Lang::from_tag(&it))
        .next()
        .unwrap_or_default()
}

fn theme() -> Theme {
    chosen(keep::THEME, Theme::from_tag)
}

fn detail() -> Detail {
    chosen(keep::DETAIL, Detail::from_tag)
}

fn chosen<T: Default>(key: &str, from_tag: fn(&str) -> Option<T>) -> T {
    let tag = browser::stored(key);
    tag.and_then(|it| from_tag(&it)).unwrap_or_default()
}
