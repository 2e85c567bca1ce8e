//! The week: when the windows are open, which minute of it the drawing shows, and what the hours save.

use leptos::prelude::*;

use super::super::moment::Clock;
use super::super::number;
use super::super::session::Session;
use crate::aws::week::{DAY, WEEK};
use crate::compare::{window_journeys, window_trade};
use crate::cost::Money;
use crate::text::{Text, text};
use crate::topology::Opening;

const DAYS: [Text; 7] = [
    text("ui.week.mon", "Mon"),
    text("ui.week.tue", "Tue"),
    text("ui.week.wed", "Wed"),
    text("ui.week.thu", "Thu"),
    text("ui.week.fri", "Fri"),
    text("ui.week.sat", "Sat"),
    text("ui.week.sun", "Sun"),
];

/// Minutes that a step of the slider takes.
const STEP: u32 = 15;

#[component]
pub fn Week() -> impl IntoView {
    let session = Session::expect();
    let all = session.schedule.openings;
    let minute = Memo::new(move |_| match session.moment.read().clock {
        Clock::Open | Clock::Run => all.read().first().map_or(0, |it| it.start),
        Clock::Week(minute) => minute,
    });
    let is_open = Memo::new(move |_| all.read().iter().any(|it| it.covers(minute.get())));
    let go = move |minute: u32| {
        session
            .moment
            .update(|it| it.clock = Clock::Week(minute % WEEK));
    };
    let next = move |opens: bool| {
        let openings = all.read_untracked();
        let edges = openings.iter().map(|it| match opens {
            true => it.start,
            false => (it.start + it.minutes) % WEEK,
        });
        let from = minute.get_untracked();
        let wait = |at: &u32| (at + WEEK - from - 1) % WEEK;
        edges.min_by_key(wait)
    };
    let to_next = move |opens| {
        next(opens).into_iter().for_each(go);
    };
    let windows = move || {
        let zone = session.design.read().schedule.timezone;
        text("ui.week.windows", "Windows of the week, {zone}").with("zone", zone.as_str())
    };
    let journeys = Memo::new(move |_| window_journeys(&session.whole.read()));
    let told = move || {
        let words = match is_open.get() {
            true => text(
                "ui.week.open",
                "{when}: the window is open. The NAT gateway is there, and alive by it: {journeys}.",
            ),
            false => text(
                "ui.week.closed",
                "{when}: the window is closed. No NAT gateway and no default route, so nothing for: {journeys}.",
            ),
        };
        let lang = session.lang.get();
        let journeys = journeys.read();
        let journeys: Vec<&str> = journeys.iter().map(|it| it.render(lang)).collect();
        let words = words.with("when", when(session, minute.get()));
        session.tell_in(&words.with("journeys", journeys.join(", ")))
    };
    view! {
        <section class="week" aria-label=session.say(text("ui.week", "Week"))>
            <h3>{move || session.tell_in(&windows())}</h3>
            <div class="days">
                {(0..7)
                    .map(|day| view! { <Day day all minute go /> })
                    .collect_view()}
                <div class="hours" aria-hidden="true">
                    {[0, 6, 12, 18, 24].map(|it| view! { <span>{it}</span> }).collect_view()}
                </div>
            </div>
            <input
                type="range"
                min="0"
                max=(WEEK - STEP).to_string()
                step=STEP.to_string()
                aria-label=session.say(text("ui.week.minute", "Moment of the week"))
                aria-valuetext=told
                prop:value=move || minute.get().to_string()
                on:input:target=move |event| go(event.target().value().parse().unwrap_or_default())
            />
            <div class="row">
                <button on:click=move |_| to_next(true)>
                    {session.say(text("ui.week.next-open", "Next opening"))}
                </button>
                <button on:click=move |_| to_next(false)>
                    {session.say(text("ui.week.next-close", "Next closing"))}
                </button>
            </div>
            <p class="now" class:is-open=move || is_open.get() role="status">{told}</p>
            <Balance />
        </section>
    }
}

fn when(session: Session, minute: u32) -> String {
    let day = DAYS
        .get((minute / DAY) as usize)
        .map(|it| it.render(session.lang.get()));
    let (hour, rest) = (minute % DAY / 60, minute % 60);
    format!("{} {hour:02}:{rest:02}", day.unwrap_or_default())
}

/// A day as a bar of 24 hours.
#[component]
fn Day(
    day: u32,
    all: Memo<Vec<Opening>>,
    minute: Memo<u32>,
    go: impl Fn(u32) + Copy + Send + 'static,
) -> impl IntoView {
    let session = Session::expect();
    let name = DAYS.get(day as usize).copied();
    let bars = move || {
        let pieces = all.read();
        let pieces = pieces.iter().flat_map(|it| piece(*it, day));
        let bars = pieces.map(|(from, to)| {
            let (left, width) = (percent(from), percent(to - from));
            view! { <i class="window" style:left=left style:width=width></i> }
        });
        bars.collect_view()
    };
    let hand = move || {
        let minute = minute.get();
        (minute / DAY == day)
            .then(|| view! { <i class="hand" style:left=percent(minute % DAY)></i> })
    };
    view! {
        <span class="day">{name.map(|it| session.say(it))}</span>
        <div
            class="hours-of-day"
            aria-hidden="true"
            on:click=move |event| {
                let target = event_target::<web_sys::HtmlElement>(&event);
                let width = target.offset_width().max(1);
                let share = f64::from(event.offset_x()) / f64::from(width);
                let minute = (share.clamp(0.0, 0.999) * f64::from(DAY)) as u32;
                go(day * DAY + minute / STEP * STEP);
            }
        >
            {bars}
            {hand}
        </div>
    }
}

/// What of a window falls on a day, from minute to minute of it. One may reach over the end of the week.
fn piece(opening: Opening, day: u32) -> Vec<(u32, u32)> {
    let start = day * DAY;
    [0, WEEK]
        .into_iter()
        .filter_map(|turn| {
            let from = (opening.start).max(start + turn);
            let to = (opening.start + opening.minutes).min(start + turn + DAY);
            (from < to).then(|| (from - start - turn, to - start - turn))
        })
        .collect()
}

fn percent(minutes: u32) -> String {
    format!("{:.3}%", f64::from(minutes) * 100.0 / f64::from(DAY))
}

/// What the hours save against gateways that always stand.
#[component]
fn Balance() -> impl IntoView {
    let session = Session::expect();
    let trade = Memo::new(move |_| {
        session.settled.track();
        window_trade(&session.design.read_untracked())
    });
    move || {
        let trade = trade.get()?;
        let saved = trade.saved();
        let words = match saved >= Money::ZERO {
            true => text("ui.week.saved", "{amount} saved a month"),
            false => text(
                "ui.week.lost",
                "{amount} a month more than standing gateways",
            ),
        };
        let amount = match saved >= Money::ZERO {
            true => saved,
            false => Money::ZERO - saved,
        };
        Some(view! {
            <div class="balance">
                <p class="total">{session.tell_in(&words.with("amount", number::dollars(amount)))}</p>
                <p>{session.tell_in(&trade.words())}</p>
                <p class="note">{session.tell_in(&trade.limit())}</p>
            </div>
        })
    }
}
