//! The demand as a line through points that can be typed, and which zone is lost in it.

use leptos::prelude::*;

use super::super::session::Session;
use super::super::settings::choice_words;
use super::Sale;
use crate::design::{BENDS, Bend, Design, OptionKind, option};
use crate::text::{Message, Text, text};

const CURVE: &str = "sale.curve";
const ZONE: &str = "sale.zone";
const MINUTE: &str = "sale.zone_minute";

#[component]
pub fn CurveEditor(sale: Sale) -> impl IntoView {
    let session = Session::expect();
    let bends = Memo::new(move |_| session.design.read().sale.curve.0.clone());
    let problem = RwSignal::new(None::<Message>);
    let set = move |key: &'static str, given: String| {
        let mut next: Design = session.design.get_untracked();
        match next.set(key, &given) {
            Ok(()) => {
                problem.set(None);
                session.go(next);
            }
            Err(it) => problem.set(Some(it)),
        }
    };
    let write = move |points: Vec<(String, String)>| {
        let points: Vec<String> = points
            .iter()
            .map(|(minute, factor)| format!("{minute}:{factor}"))
            .collect();
        set(CURVE, points.join(", "));
    };
    // Fields stay what they are while their number does: who types goes on where they are.
    let count = Memo::new(move |_| bends.read().len());
    let rows = move || {
        (0..count.get())
            .map(|place| view! { <Point place bends write /> })
            .collect_view()
    };
    let add = move |_| {
        let bends = bends.get_untracked();
        let mut points = typed(&bends);
        let last = bends.last().map_or(0, |it| it.minute);
        points.push(((last + 5).to_string(), "1".to_owned()));
        write(points);
    };
    let is_full = move || bends.read().len() >= BENDS;
    let usual = move |_| {
        if let Some(spec) = option(CURVE) {
            set(CURVE, (spec.get)(&session.base.get_untracked()));
        }
    };
    view! {
        <section class="curve" aria-label=session.say(TITLE)>
            <h3>{session.say(TITLE)}</h3>
            <Preview bends />
            <table>
                <thead>
                    <tr>
                        <th scope="col">{session.say(text("ui.sale.minute", "Minute"))}</th>
                        <th scope="col">{session.say(text("ui.sale.factor", "Times"))}</th>
                        <td></td>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <div class="row">
                <button on:click=add disabled=is_full>
                    {session.say(text("ui.sale.add", "Add a point"))}
                </button>
                <button on:click=usual>{session.say(text("ui.sale.usual", "Usual sale"))}</button>
            </div>
            {move || problem.get().map(|it| view! { <p class="problem" role="alert">{session.tell_in(&it)}</p> })}
            <Loss sale set />
        </section>
    }
}

const TITLE: Text = text("ui.sale.demand", "Demand");

fn typed(bends: &[Bend]) -> Vec<(String, String)> {
    bends
        .iter()
        .map(|it| (it.minute.to_string(), it.factor()))
        .collect()
}

/// A point of the line, as two fields.
#[component]
fn Point(
    place: usize,
    bends: Memo<Vec<Bend>>,
    write: impl Fn(Vec<(String, String)>) + Copy + Send + 'static,
) -> impl IntoView {
    let session = Session::expect();
    let shown =
        move |of: fn(&Bend) -> String| move || bends.read().get(place).map(of).unwrap_or_default();
    let change = move |edit: &dyn Fn(&mut (String, String))| {
        let mut points = typed(&bends.read_untracked());
        points.get_mut(place).into_iter().for_each(edit);
        write(points);
    };
    let label = move |words: Text| move || session.tell_in(&words.with("number", place + 1));
    let is_only = move || bends.read().len() == 1;
    let drop = move |_| {
        let mut points = typed(&bends.read_untracked());
        if place < points.len() {
            points.remove(place);
        }
        write(points);
    };
    view! {
        <tr>
            <td>
                <input
                    type="text"
                    inputmode="numeric"
                    aria-label=label(text("ui.sale.point-minute", "Minute of point {number}"))
                    prop:value=shown(|it| it.minute.to_string())
                    on:change:target=move |event| {
                        let typed = event.target().value();
                        change(&|it| it.0.clone_from(&typed));
                    }
                />
            </td>
            <td>
                <input
                    type="text"
                    inputmode="decimal"
                    aria-label=label(text("ui.sale.point-factor", "Times of point {number}"))
                    prop:value=shown(|it| it.factor())
                    on:change:target=move |event| {
                        let typed = event.target().value();
                        change(&|it| it.1.clone_from(&typed));
                    }
                />
            </td>
            <td>
                <button
                    class="quiet"
                    aria-label=label(text("ui.sale.drop", "Remove point {number}"))
                    disabled=is_only
                    on:click=drop
                >
                    "×"
                </button>
            </td>
        </tr>
    }
}

/// The line itself.
#[component]
fn Preview(bends: Memo<Vec<Bend>>) -> impl IntoView {
    let path = move || {
        let bends = bends.read();
        let end = bends.last().map_or(1, |it| it.minute + 5).max(1);
        let most = bends.iter().map(|it| it.tenths).max().unwrap_or(1).max(1);
        let y = |it: &Bend| 100.0 - f64::from(it.tenths) * 92.0 / f64::from(most);
        let x = |it: &Bend| f64::from(it.minute) * 1000.0 / f64::from(end);
        let mut path = String::new();
        for (place, it) in bends.iter().enumerate() {
            match place {
                0 => path = format!("M0 {:.1}H{:.1}", y(it), x(it)),
                _ => path.push_str(&format!("L{:.1} {:.1}", x(it), y(it))),
            }
        }
        path + "H1000"
    };
    view! {
        <svg class="demand" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <path class="area" d=move || path() + "V100H0Z" />
            <path class="line" d=path />
        </svg>
    }
}

/// Which zone is lost, and when.
#[component]
fn Loss(sale: Sale, set: impl Fn(&'static str, String) + Copy + Send + 'static) -> impl IntoView {
    let session = Session::expect();
    let now = move |key: &'static str| {
        move || {
            option(key)
                .map(|it| (it.get)(&session.design.read()))
                .unwrap_or_default()
        }
    };
    let zones = Memo::new(move |_| {
        let zones = session.settled.read().zones();
        let own: Vec<String> = zones.iter().map(ToString::to_string).collect();
        let all = match option(ZONE).map(|it| (it.kind)()) {
            Some(OptionKind::Choice(all)) => all,
            Some(_) | None => Vec::new(),
        };
        all.into_iter()
            .filter(|it| *it == "none" || own.iter().any(|own| own == it))
            .collect::<Vec<_>>()
    });
    let choices = move || {
        let zones = zones.get().into_iter();
        zones
            .map(|it| {
                let is_now = move || now(ZONE)() == it;
                view! { <option value=it selected=is_now>{choice_words(session, it)}</option> }
            })
            .collect_view()
    };
    let misses = move || {
        let asked = session.design.read().sale.zone.zone().is_some();
        asked && sale.read().as_ref().is_some_and(|it| it.loss.is_none())
    };
    view! {
        <div class="row loss">
            <label>
                {session.say(text("ui.sale.zone", "Zone lost"))}
                <select on:change:target=move |event| set(ZONE, event.target().value())>{choices}</select>
            </label>
            <label>
                {session.say(text("ui.sale.zone-minute", "in minute"))}
                <input
                    type="text"
                    inputmode="numeric"
                    prop:value=now(MINUTE)
                    on:change:target=move |event| set(MINUTE, event.target().value())
                />
            </label>
        </div>
        <Show when=misses>
            <p class="note">{session.say(text("ui.sale.no-loss", "By that minute the sale is over, or nothing stands in that zone: none is lost."))}</p>
        </Show>
    }
}
