//! The page's effects on the outside: address bar, storage, and the document around the page.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

use super::browser;
use super::session::Session;
use super::view::{Notice, Theme};
use crate::design::{Design, document as file};
use crate::diagram::{self, Detail};
use crate::text::{Lang, text};

/// Keys of the storage.
pub const DESIGN: &str = "azimuth.design";
pub const ASIDE: &str = "azimuth.previous";
/// In the tab's own storage: what stands behind `#` and is this tab's own work, and that work, which may be newer.
const ADDRESS: &str = "azimuth.address";
/// In the tab's own storage: what stood behind `#` until the page wrote [`ADDRESS`] there.
const BEFORE: &str = "azimuth.address-before";
pub const LANG: &str = "azimuth.lang";
pub const THEME: &str = "azimuth.theme";
pub const DETAIL: &str = "azimuth.detail";

/// Time without a change until the address is written: Safari refuses more than 100 times in 30 seconds.
const PAUSE: Duration = Duration::from_millis(400);

/// Starts every effect.
pub fn keep(session: Session) {
    address(session);
    design(session);
    document_around(session);
}

/// Keeps the link in the address bar live. What was opened stands there until something changes: a damaged link too,
/// so that it can be asked for again.
fn address(session: Session) {
    let mut write = debounce(PAUSE, move |()| {
        let payload = untrack(|| session.payload());
        let before = browser::hash();
        // A refused write is made good by the next one; the Share dialog does not depend on it.
        if browser::replace_hash(&payload).is_ok() {
            own_address(&payload);
            if before != payload {
                let _ = browser::store_in_tab(BEFORE, &before);
            }
        }
    });
    Effect::new(move |opened: Option<()>| {
        if session.moment.read().playing {
            return;
        }
        session.design.track();
        let hash = browser::hash();
        let is_behind = || is_own_address(&hash) && session.payload_untracked() != hash;
        if opened.is_some() || hash.is_empty() || is_behind() {
            write(());
        }
    });
}

/// A reload that begins just before the address is written opens the one before it. Puts there what was written. A link that
/// is followed once more opens what it says, then and ever after.
pub fn restore_address() {
    let before = browser::stored_in_tab(BEFORE);
    browser::forget_in_tab(BEFORE);
    if browser::is_reload()
        && before == Some(browser::hash())
        && let Some(newer) = browser::stored_in_tab(ADDRESS)
    {
        // Where the browser refuses, the older link opens.
        let _ = browser::replace_hash(&newer);
    }
}

/// Notes that what stands behind `#` is this tab's own work from now on.
pub fn own_address(hash: &str) {
    // Where a tab can store nothing, a reload opens the link as it stands.
    let _ = browser::store_in_tab(ADDRESS, hash);
}

fn is_own_address(hash: &str) -> bool {
    browser::stored_in_tab(ADDRESS).is_some_and(|it| it == hash)
}

/// This tab's work, where the address is its own: as new as the address or newer, since the address follows a moment later.
pub fn own_design(hash: &str) -> Option<Design> {
    let saved = browser::stored_in_tab(DESIGN).filter(|_| is_own_address(hash))?;
    file::read(&saved, &crate::blueprint::base).ok()
}

/// Saves the design in this browser with every change: behind the drawing's frame, and at once where the page is hidden or
/// left before that. A hidden page has no frames.
fn design(session: Session) {
    let due = StoredValue::new(false);
    let told = StoredValue::new(false);
    let save_due = move || {
        // The page may be gone by the time that its frame comes.
        if due.try_update_value(std::mem::take) == Some(true) {
            save(session, true, told);
        }
    };
    Effect::new(move |before: Option<()>| {
        session.design.track();
        if before.is_none() {
            save(session, !unreadable(), told);
            return;
        }
        let is_waiting = due.get_value();
        due.set_value(true);
        if document().hidden() {
            save_due();
        } else if !is_waiting {
            browser::after_frame(save_due);
        }
    });
    // A hidden page may be put away without another word.
    let hidden = window_event_listener(ev::visibilitychange, move |_| save_due());
    let left = window_event_listener(ev::pagehide, move |_| save_due());
    on_cleanup(move || {
        hidden.remove();
        left.remove();
    });
}

/// Saves the design for this tab, and for the next one if wished. The first refusal is told, once.
fn save(session: Session, in_browser: bool, told: StoredValue<bool>) {
    let written = file::write(&session.design.read_untracked());
    let _ = browser::store_in_tab(DESIGN, &written);
    let is_refused = in_browser && browser::store(DESIGN, &written).is_err();
    if is_refused && !told.get_value() {
        told.set_value(true);
        set_timeout(move || session.notify(unsaved()), Duration::ZERO);
    }
}

/// Whether what is saved cannot be read: it then stays until a person changes something, and a copy beyond that.
fn unreadable() -> bool {
    let saved = browser::stored(DESIGN);
    let damaged = saved.filter(|it| file::read(it, &crate::blueprint::base).is_err());
    if let Some(damaged) = &damaged {
        let _ = browser::store(ASIDE, damaged);
    }
    damaged.is_some()
}

fn unsaved() -> Notice {
    Notice::problem(text(
        "ui.unsaved",
        "This browser does not let the page save. Your work lives in this tab and in its link.",
    ))
}

/// Keeps a copy of a design that another one takes the place of.
pub fn put_aside(design: &Design) {
    // Where nothing can be stored, undo still leads back.
    let _ = browser::store(ASIDE, &file::write(design));
}

/// Puts away what was saved, unread: opening it may be what stopped the page.
pub fn put_away(saved: Option<String>) {
    if let Some(saved) = saved {
        let _ = browser::store(ASIDE, &saved);
    }
    browser::forget(DESIGN);
}

/// Language, theme, level of detail, and title of the document. A choice is stored; what the browser says is not.
fn document_around(session: Session) {
    let title = Memo::new(move |_| session.title());
    Effect::new(move || document().set_title(&format!("{} · Azimuth", title.read())));
    Effect::new(move |before: Option<Lang>| {
        let lang = session.lang.get();
        // Only when it changes: the browser then asks every element for its style anew.
        root("lang", lang.tag());
        if before.is_some_and(|it| it != lang) {
            let _ = browser::store(LANG, lang.tag());
        }
        lang
    });
    let theme = Memo::new(move |_| session.view.read().theme);
    Effect::new(move |before: Option<Theme>| {
        let theme = theme.get();
        show_theme(theme);
        if before.is_some_and(|it| it != theme) {
            let _ = browser::store(THEME, theme.tag());
        }
        theme
    });
    let detail = Memo::new(move |_| session.view.read().detail);
    Effect::new(move |before: Option<Detail>| {
        let detail = detail.get();
        if before.is_some_and(|it| it != detail) {
            let _ = browser::store(DETAIL, detail.tag());
        }
        detail
    });
    for wish in [DARK, MORE_CONTRAST] {
        browser::on_match_change(wish, move || show_theme(theme.get_untracked()));
    }
}

const DARK: &str = "(prefers-color-scheme: dark)";
const MORE_CONTRAST: &str = "(prefers-contrast: more)";

/// Writes the theme that is meant into the document, where the style sheets read it.
fn show_theme(theme: Theme) {
    let shown = match theme {
        Theme::Fixed(it) => it,
        Theme::System if browser::matches(DARK) => diagram::Theme::Dark,
        Theme::System if browser::matches(MORE_CONTRAST) => diagram::Theme::HighContrast,
        Theme::System => diagram::Theme::Light,
    };
    root("data-theme", shown.tag());
}

fn root(attribute: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute(attribute, value);
    }
}
