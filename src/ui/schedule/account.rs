//! What stands in the modelled account at the step that is looked at.

use leptos::prelude::*;

use super::super::session::Session;
use crate::lifecycle::{Account, Stage, Target};
use crate::text::text;

#[component]
pub fn AccountTable() -> impl IntoView {
    let session = Session::expect();
    let rows = Memo::new(move |_| {
        let (play, steps) = (session.schedule.play.read(), session.schedule.steps.read());
        let at = steps.get(session.schedule.at.get()).copied();
        let moment = play
            .as_ref()
            .zip(at)
            .and_then(|(play, at)| play.moments.get(at));
        moment.map(|it| rows(&it.world.account)).unwrap_or_default()
    });
    let lines = move || {
        let lines = rows.get().into_iter().map(|(id, state)| {
            view! { <tr><th scope="row">{id}</th><td>{state}</td></tr> }
        });
        lines.collect_view()
    };
    view! {
        <table class="account">
            <caption>{session.say(text("ui.run.account", "What stands in the account"))}</caption>
            <tbody>{lines}</tbody>
        </table>
    }
}

/// Ids with their states, in AWS's own words: gateways, then addresses, then default routes.
fn rows(account: &Account) -> Vec<(String, String)> {
    let gateways = account
        .gateways
        .iter()
        .filter(|(_, it)| it.state != Stage::Deleted);
    let mut rows: Vec<(String, String)> = gateways
        .map(|(id, it)| (id.clone(), it.state.word().to_owned()))
        .collect();
    rows.extend(account.addresses.keys().map(|id| {
        let user = account.user_of(id);
        (
            id.clone(),
            user.map_or("idle".to_owned(), |it| format!("→ {it}")),
        )
    }));
    for (table, target) in &account.tables {
        let to = match target {
            None => "local".to_owned(),
            Some(target) => {
                let id = match target {
                    Target::Nat(id) | Target::Other(id) => id,
                };
                match account.is_blackhole(target) {
                    true => format!("0.0.0.0/0 → {id} (blackhole)"),
                    false => format!("0.0.0.0/0 → {id}"),
                }
            }
        };
        rows.push((table.clone(), to));
    }
    rows
}
