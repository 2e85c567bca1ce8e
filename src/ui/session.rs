//! What the page knows: three signals, and memos of them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::axis::Axis;
use super::moment::Moment;
use super::schedule::Schedule;
use super::start::{Start, WIDE};
use super::stopwatch::Stage;
use super::view::{Dialog, Focus, Notice, Offer, Tab, Tone, View};
use super::{browser, keep, start, stopwatch};
use crate::aws::Name;
use crate::blueprint;
use crate::checks::{Finding, Subject, check};
use crate::cost::{Bill, bill};
use crate::design::history::History;
use crate::design::link::Shared;
use crate::design::{Design, Words, document};
use crate::diagram::{Detail, Drawing, draw};
use crate::export::title;
use crate::failure::{Fault, Status, SweepRow, Timeline, faults, play, sweep};
use crate::sale::can_sell;
use crate::text::{Lang, Message, Text, text};
use crate::topology::{Link, Topology, controls, links};

/// How long a notice of something done stays.
const NOTICE: Duration = Duration::from_secs(8);

#[derive(Clone, Copy)]
pub struct Session {
    pub history: RwSignal<History>,
    pub moment: RwSignal<Moment>,
    pub view: RwSignal<View>,

    pub lang: Memo<Lang>,
    /// What is picked out in the drawing.
    pub focus: Memo<Focus>,
    pub design: Memo<Design>,
    /// The blueprint's own design, to tell what was changed.
    pub base: Memo<Design>,
    /// What the design stands for, with everything that state machines make while their windows are open.
    pub whole: Memo<Arc<Topology>>,
    /// What of it is there at the moment that is looked at.
    pub topology: Memo<Arc<Topology>>,
    /// What comes and goes by the clock.
    pub schedule: Schedule,
    /// Whether there is something to sell through.
    pub sells: Memo<bool>,
    /// How many drawings have reached the screen.
    pub(super) seen: RwSignal<u32>,
    /// Whether one is on its way there.
    pub(super) waiting: RwSignal<bool>,
    /// The topology whose drawing is on the screen: what every list and figure is of. They follow the drawing, as the
    /// marks of the form do, so that it never waits for them.
    pub settled: Memo<Arc<Topology>>,
    pub links: Memo<Vec<Link>>,
    pub drawing: Memo<Drawing>,
    pub findings: Memo<Vec<Finding>>,
    pub bill: Memo<Bill>,
    pub sweep: Memo<Vec<SweepRow>>,
    /// What can break.
    pub faults: Memo<Vec<Fault>>,
    pub fault: Memo<Option<Fault>>,
    pub timeline: Memo<Option<Timeline>>,
    pub axis: Memo<Axis>,
    /// Whole seconds since the fault.
    pub second: Memo<u32>,
    /// What is not healthy now.
    pub states: Memo<BTreeMap<Name, Status>>,
    /// Parts whose role has changed hands by now.
    pub swapped: Memo<BTreeSet<Name>>,
}

impl Session {
    pub fn new(start: Start) -> Self {
        let history = RwSignal::new(start.history);
        let moment = RwSignal::new(Moment::default());
        let view = RwSignal::new(start.view);
        let lang = Memo::new(move |_| view.read().lang);
        let detail = Memo::new(move |_| view.read().detail);
        let design = Memo::new(move |before: Option<&Design>| {
            if before.is_some() {
                stopwatch::start();
            }
            history.read().present().clone()
        });
        let system = Memo::new(move |_| untitled(&design.read()));
        let whole = timed(Stage::Topology, move || Arc::new(system.read().expand()));
        let schedule = Schedule::new(moment, whole);
        let topology = follow(move || schedule.shown(&whole.get()));
        let (seen, waiting) = (RwSignal::new(0), RwSignal::new(false));
        let settled = follow(move || {
            seen.track();
            topology.get_untracked()
        });
        let settled_whole = Memo::new_with_compare(
            move |_| {
                seen.track();
                whole.get_untracked()
            },
            |before, now| {
                !before
                    .zip(now)
                    .is_some_and(|(before, now)| Arc::ptr_eq(before, now))
            },
        );
        let fault = Memo::new(move |_| present(moment.read().fault.as_ref(), &topology.read()));
        let timeline = follow(move || {
            let play = |it| play(&topology.read(), &system.read().assumptions, it);
            fault.read().as_ref().map(play)
        });
        let second = Memo::new(move |_| moment.read().at as u32);
        Self {
            history,
            moment,
            view,
            lang,
            focus: Memo::new(move |_| view.read().focus.clone()),
            design,
            base: Memo::new(move |_| base(&design.read())),
            whole,
            topology,
            schedule,
            sells: Memo::new(move |_| can_sell(&settled_whole.read())),
            seen,
            waiting,
            settled,
            links: follow(move || shown_links(&topology.read(), detail.get())),
            drawing: timed(Stage::Drawing, move || {
                draw(&topology.read(), detail.get(), lang.get())
            }),
            // Fixes are whole designs, title and all.
            findings: follow(move || {
                // What it reads is made before the clock starts.
                let (topology, design) = (settled_whole.read(), design.read_untracked());
                stopwatch::time(Stage::Checks, || findings(&design, &topology))
            }),
            bill: timed(Stage::Bill, move || {
                bill(&settled_whole.read(), &system.read_untracked().assumptions)
            }),
            faults: Memo::new(move |_| {
                faults(&settled_whole.read(), &system.read_untracked().assumptions)
            }),
            sweep: timed(Stage::Sweep, move || {
                sweep(&settled_whole.read(), &system.read_untracked().assumptions)
            }),
            fault,
            timeline,
            axis: Memo::new(move |_| match &*timeline.read() {
                Some(timeline) => Axis::of(timeline),
                None => Axis::new([].into_iter(), 0),
            }),
            second,
            states: Memo::new(move |_| match &*timeline.read() {
                Some(timeline) => timeline.at(second.get()),
                None => schedule.states(),
            }),
            swapped: Memo::new(move |_| match &*timeline.read() {
                Some(timeline) => timeline.swapped(second.get()),
                None => BTreeSet::new(),
            }),
        }
    }

    pub fn expect() -> Self {
        expect_context()
    }

    /// The present design, for what follows with [`settled`](Self::settled).
    pub fn settled_design(self) -> impl Deref<Target = Design> {
        self.settled.track();
        self.design.read_untracked()
    }

    /// Whether a panel has something to show.
    pub fn has(self, tab: Tab) -> bool {
        match tab {
            Tab::Schedule => self.schedule.is_there.get(),
            Tab::Sale => self.sells.get(),
            Tab::Inspector | Tab::Findings | Tab::Bill | Tab::Growth | Tab::Outline => true,
        }
    }

    /// A sentence in the page's language, for a view.
    pub fn say(self, text: Text) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || text.render(self.lang.get())
    }

    /// A sentence with values in the page's language, for a view.
    pub fn tell_in(self, message: &Message) -> String {
        message.render(self.lang.get())
    }

    /// Goes on in another language, once the page has learned it.
    pub fn speak(self, lang: Lang) {
        spawn_local(async move {
            match start::learn_language(lang).await {
                Ok(()) => self.view.update(|it| it.lang = lang),
                Err(_) => {
                    // Shows the language that it still is.
                    self.view.update(|_| ());
                    self.notify(Notice::problem(text(
                        "ui.no-language",
                        "The language could not be loaded. Is the network there?",
                    )));
                }
            }
        });
    }

    /// The design's own title, else its blueprint's.
    pub fn title(self) -> String {
        title(&self.design.read(), self.lang.get())
    }

    /// Goes on to another design, as a step that can be undone.
    pub fn go(self, next: Design) {
        self.history.update(|it| it.go(next));
    }

    /// The next edit is a step of its own. Nothing that is shown is another for that.
    pub fn settle_edit(self) {
        self.history.update_untracked(History::settle);
    }

    pub fn undo(self) {
        self.history.update(History::undo);
    }

    pub fn redo(self) {
        self.history.update(History::redo);
    }

    /// Opens somebody's design in place of this one. What was there stays behind one undo, and in the storage.
    pub fn adopt(self, next: Design) {
        let present = self.design.get_untracked();
        let untouched = present == self.base.get_untracked() || present == next;
        if !untouched {
            keep::put_aside(&present);
        }
        self.go(next);
        self.look_at(Focus::Nothing);
        let opened = Notice::done(text("ui.opened", "Opened the design."));
        self.notify(if untouched {
            opened
        } else {
            opened.offering(Offer::Restore)
        });
    }

    /// Opens the link that stands in the address bar, if there is one.
    pub fn open_address(self) {
        let hash = browser::hash();
        if !hash.is_empty() && hash != self.payload_untracked() {
            self.open_link(&hash);
        }
    }

    /// Goes on after a reload: the tab has its own work, the address the fault and the second.
    pub fn go_on(self) {
        let hash = browser::hash();
        match (keep::own_design(&hash), blueprint::open_link(&hash)) {
            (Some(design), Ok(shared)) => {
                self.history.set(History::new(design));
                self.show_fault(&shared);
            }
            (None, _) | (_, Err(_)) => self.open_address(),
        }
    }

    pub fn open_link(self, link: &str) {
        match blueprint::open_link(link) {
            Ok(shared) => {
                keep::own_address(link);
                self.adopt(shared.design.clone());
                self.show_fault(&shared);
            }
            Err(problem) => self.notify(Notice::problem(
                text(
                    "ui.bad-link",
                    "The link could not be opened: {problem} Your own work is still here.",
                )
                .with("problem", sentence(problem)),
            )),
        }
    }

    fn show_fault(self, shared: &Shared) {
        if shared.fault.is_empty() {
            self.moment.update(|it| it.choose(None));
            return;
        }
        match Fault::parse(&shared.fault, &self.topology.read_untracked()) {
            Ok(fault) => self.moment.update(|it| {
                it.choose(Some(fault));
                it.at = shared.at.into();
            }),
            Err(problem) => self.notify(Notice::problem(problem)),
        }
    }

    pub fn open_file(self, file: &str) {
        match document::read(file, &blueprint::base) {
            Ok(design) => self.adopt(design),
            Err(problem) => self.notify(Notice::problem(
                text(
                    "ui.bad-file",
                    "The file could not be opened: {problem} Your work is as it was.",
                )
                .with("problem", sentence(problem)),
            )),
        }
    }

    /// What stands behind `#` for the present design, fault and second.
    pub fn payload(self) -> String {
        let timeline = self.timeline.read();
        let fault = timeline.as_ref().map(|it| it.fault.to_string());
        blueprint::link(&Shared {
            design: self.design.get(),
            at: if fault.is_some() {
                self.second.get()
            } else {
                0
            },
            fault: fault.unwrap_or_default(),
        })
    }

    /// The address that opens the present design, nothing broken.
    pub fn design_address(self) -> String {
        let payload = blueprint::link(&Shared {
            design: self.design.get(),
            fault: String::new(),
            at: 0,
        });
        format!("{}#{payload}", browser::address())
    }

    pub fn payload_untracked(self) -> String {
        untrack(|| self.payload())
    }

    /// Breaks something and plays it.
    pub fn fail(self, fault: Fault) {
        self.moment.update(|it| it.choose(Some(fault)));
        super::simulate::play(self);
    }

    pub fn look_at(self, focus: Focus) {
        self.view.update(|it| it.focus = focus);
    }

    /// Selects a thing and shows what it is: in the outline, if that is what is open.
    pub fn inspect(self, name: Name) {
        self.view.update(|it| {
            it.focus = Focus::Thing(name);
            if !it.panel || it.tab != Tab::Outline {
                it.open(Tab::Inspector);
            }
        });
    }

    /// Whether a thing is the one that is selected.
    pub fn is_selected(self, name: &Name) -> bool {
        matches!(&self.view.read().focus, Focus::Thing(it) if it == name)
    }

    /// Selects nothing; a panel that lies over the drawing goes.
    pub fn look_away(self) {
        self.view.update(|it| {
            it.focus = Focus::Nothing;
            it.panel &= browser::matches(WIDE);
        });
    }

    pub fn open_dialog(self, dialog: Option<Dialog>) {
        self.view.update(|it| it.dialog = dialog);
    }

    pub fn notify(self, mut notice: Notice) {
        if notice.offer.is_some() {
            notice.of = Some(Box::new(self.design.get_untracked()));
        }
        let passing = notice.tone == Tone::Done;
        self.view.update(|it| it.notice = Some(notice.clone()));
        if passing {
            set_timeout(move || self.dismiss(&notice), NOTICE);
        }
    }

    /// Takes a notice away, unless another one has taken its place.
    pub fn dismiss(self, notice: &Notice) {
        if self.view.read_untracked().notice.as_ref() == Some(notice) {
            self.view.update(|it| it.notice = None);
        }
    }
}

/// A memo of what was compared already: whenever that changes, so does this. Comparing large values again would cost
/// more than it saves.
fn follow<T: Send + Sync + 'static>(compute: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    Memo::new_with_compare(move |_| compute(), |_, _| true)
}

/// The same, and keeps how long it took.
fn timed<T: Send + Sync + 'static>(
    stage: Stage,
    compute: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    follow(move || stopwatch::time(stage, &compute))
}

/// The connections that the drawing shows.
fn shown_links(topology: &Topology, detail: Detail) -> Vec<Link> {
    let mut all = links(topology);
    if detail.has_layers() {
        all.extend(controls(topology));
    }
    all
}

/// The design as its stages see it: a title typed does not draw anything anew.
fn untitled(design: &Design) -> Design {
    Design {
        title: Words::default(),
        ..design.clone()
    }
}

/// A fault that the design still has a place for: what broke may have been edited away.
fn present(fault: Option<&Fault>, topology: &Topology) -> Option<Fault> {
    Fault::parse(&fault?.to_string(), topology).ok()
}

fn base(design: &Design) -> Design {
    blueprint::base(&design.blueprint).unwrap_or_else(|| Design::new(&design.blueprint))
}

fn findings(design: &Design, topology: &Topology) -> Vec<Finding> {
    check(&Subject::new(Some(design), topology))
}

/// A problem as a sentence of its own.
fn sentence(problem: Message) -> Message {
    text("ui.sentence", "{problem}.").with("problem", problem)
}
