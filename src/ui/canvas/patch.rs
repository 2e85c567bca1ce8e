//! Puts a drawing into the document. What is there already stays: it keeps the focus, glides where it goes, and an edit
//! costs what it changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use web_sys::{Element, Node};

use super::super::browser;
use super::glide::{Glides, set};
use super::marks::{INSIDE, Marked};
use crate::diagram::{Change, Piece, Sheet, What, changes};

/// A drawing in the document.
pub struct Shown {
    sheet: Arc<Sheet>,
    root: Element,
    /// Of the sheet's pieces.
    pub elements: Vec<Marked>,
    pub glides: Glides,
}

/// On what has come since the first drawing: the style sheet lets it appear, and appear again when it has the other one.
const NEW: [&str; 2] = ["is-new", "is-anew"];

impl Shown {
    /// Draws into an empty box; `None` where the browser makes nothing of it.
    pub fn new(ground: &Element, sheet: Arc<Sheet>) -> Option<Self> {
        let own = head(&sheet);
        ground.set_inner_html(&format!("<svg{own}</svg>"));
        let empty = Sheet {
            text: sheet.text.get(..sheet.head.end)?.to_owned(),
            head: sheet.head.clone(),
            pieces: Vec::new(),
        };
        let mut shown = Self {
            sheet: Arc::new(empty),
            root: ground.first_element_child()?,
            elements: Vec::new(),
            glides: Glides::default(),
        };
        shown.draw(sheet);
        browser::mark("drawn");
        Some(shown)
    }

    pub fn is(&self, sheet: &Arc<Sheet>) -> bool {
        self.sheet == *sheet
    }

    /// Goes on to the next drawing.
    pub fn draw(&mut self, next: Arc<Sheet>) {
        self.glides.set_out();
        let before = std::mem::replace(&mut self.sheet, next);
        let next = &*self.sheet;
        // The drawing's size and name; nothing else in it changes.
        if let Some(changes) = changes(head(&before), head(next)) {
            apply(&self.root, &changes, &self.glides);
        }
        let mut there: BTreeMap<&str, (usize, &Piece, Marked)> = BTreeMap::new();
        for (place, (piece, it)) in before
            .pieces
            .iter()
            .zip(self.elements.drain(..))
            .enumerate()
        {
            there.insert(&piece.key, (place, piece, it));
        }
        let mut steps: Vec<Step<'_>> = Vec::new();
        let mut places: Vec<Option<usize>> = Vec::new();
        for piece in &next.pieces {
            let was = there.remove(piece.key.as_str());
            let old = was.as_ref();
            let own = match old.map(|(_, it, _)| (before.own(it), next.own(piece))) {
                Some((was, is)) if was == is => Own::Same,
                Some((was, is)) => changes(was, is).map_or(Own::New, Own::Changed),
                None => Own::New,
            };
            let stays = old.filter(|(_, it, _)| {
                let is_item = !piece.place.is_empty();
                (own != Own::New || is_item) && around(&before, it) == around(next, piece)
            });
            places.push(stays.map(|(place, ..)| *place));
            steps.push(Step {
                piece,
                own,
                moved: old.is_some_and(|(_, it, _)| before.place(it) != next.place(piece)),
                was: was.map(|(.., it)| it),
            });
        }
        for (.., gone) in there.into_values() {
            gone.element.remove();
        }
        let changed = steps.iter().filter(|it| it.own == Own::New);
        let changed = changed.map(|it| it.piece);
        let mut made = parse(next, changed).into_iter();
        let is_first = before.pieces.is_empty();
        let mut fading: Vec<usize> = Vec::new();
        let mut arrived: Vec<bool> = Vec::with_capacity(next.pieces.len());
        // What stands last in each piece so far, the root being the first.
        let mut ends: Vec<Option<Element>> = vec![None; next.pieces.len() + 1];
        let stay = in_order(&places);
        for ((step, place), stays) in steps.into_iter().zip(places).zip(stay) {
            let (piece, moved) = (step.piece, step.moved);
            let fresh = match step.own {
                Own::New => made.next(),
                Own::Same | Own::Changed(_) => None,
            };
            // What stands in something new appears with it.
            let is_within = piece.inside.and_then(|it| arrived.get(it)) == Some(&true);
            arrived.push(step.was.is_none());
            if !is_first && !is_within && step.is_to_fade() {
                fading.push(self.elements.len());
            }
            // What was not seen, or stood in something else, has no place to glide from.
            let was_seen = place.is_some() && !step.was.as_ref().is_some_and(Marked::is_free);
            let Some(now) = step.take(fresh, next.own(piece), &self.glides) else {
                return;
            };
            if moved && was_seen {
                self.glides.to(&now.element, next.place(piece));
            } else if moved {
                set(&now.element, "transform", next.place(piece));
            }
            let around = piece.inside.and_then(|it| self.elements.get(it));
            let around = around.map_or(&self.root, |it| &it.element);
            if let Some(end) = ends.get_mut(piece.inside.map_or(0, |it| it + 1)) {
                if !stays {
                    put(around, end.as_ref(), &now.element);
                }
                *end = Some(now.element.clone());
            }
            self.elements.push(now);
        }
        self.fade_in(fading);
        self.glides.plan();
    }

    /// Lets pieces appear, given their indexes. Each that does so by itself is a picture of its own to the browser, so many
    /// wires appear with what they stand in.
    fn fade_in(&self, pieces: Vec<usize>) {
        let is_wire = |it: &usize| self.elements.get(*it).is_some_and(Marked::is_wire);
        let (wires, mut alone): (Vec<usize>, Vec<usize>) = pieces.into_iter().partition(is_wire);
        let all = self.elements.iter().filter(|it| it.is_wire()).count();
        if wires.len() >= MANY && wires.len() * 2 >= all {
            alone.extend(self.sheet.ground_of_wires());
        } else {
            alone.extend(wires);
        }
        let elements = alone.iter().filter_map(|it| self.elements.get(*it));
        elements.for_each(|it| appear(&it.element));
    }
}

/// Wires that appear as one, where they are half of all.
const MANY: usize = 8;

/// Which of the places follow each other as they did before, as many as can: those need not be moved, and an element that
/// is moved loses the focus.
fn in_order(places: &[Option<usize>]) -> Vec<bool> {
    // The last place of the best row of each length so far, and the one before each place in its row.
    let mut rows: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; places.len()];
    for (index, place) in places.iter().enumerate() {
        let Some(place) = place else { continue };
        let shorter = |it: &usize| places.get(*it).is_some_and(|it| *it < Some(*place));
        let length = rows.partition_point(shorter);
        let last = length.checked_sub(1).and_then(|it| rows.get(it));
        if let Some(it) = before.get_mut(index) {
            *it = last.copied();
        }
        match rows.get_mut(length) {
            Some(it) => *it = index,
            None => rows.push(index),
        }
    }
    let mut kept = vec![false; places.len()];
    let mut at = rows.last().copied();
    while let Some(index) = at {
        if let Some(it) = kept.get_mut(index) {
            *it = true;
        }
        at = before.get(index).copied().flatten();
    }
    kept
}

/// What becomes of a piece.
struct Step<'a> {
    piece: &'a Piece,
    was: Option<Marked>,
    own: Own<'a>,
    moved: bool,
}

/// How what a piece holds itself differs from before.
#[derive(PartialEq)]
enum Own<'a> {
    Same,
    Changed(Vec<Change<'a>>),
    /// It was not there, or it has other elements.
    New,
}

impl Step<'_> {
    /// Whether it appears: what is new, and a wire that goes another way.
    fn is_to_fade(&self) -> bool {
        let is_wire = self.piece.place.is_empty();
        match &self.own {
            Own::Same => false,
            Own::Changed(changes) => is_wire && changes.iter().any(Change::is_way),
            Own::New => is_wire || self.was.is_none(),
        }
    }

    /// The piece's element, given what is printed of it: as it was, changed, made anew, or turned into what was made anew.
    fn take(self, fresh: Option<Element>, printed: &str, glides: &Glides) -> Option<Marked> {
        match (self.was, fresh) {
            (Some(was), None) => Some(match self.own {
                Own::Changed(changes) => change(was, &changes, printed, glides),
                Own::Same | Own::New => was,
            }),
            (None, None) => None,
            (Some(was), Some(fresh)) if !self.piece.place.is_empty() => {
                let was = was.bare();
                turn_into(&was, &fresh, glides);
                Some(Marked::printed(was, printed))
            }
            (was, Some(fresh)) => {
                if let Some(was) = was {
                    was.element.remove();
                }
                Some(Marked::printed(fresh, printed))
            }
        }
    }
}

/// The key of what a piece stands in.
fn around<'a>(sheet: &'a Sheet, piece: &Piece) -> Option<&'a str> {
    let around = piece.inside.and_then(|it| sheet.pieces.get(it));
    around.map(|it| it.key.as_str())
}

/// Changes what differs in a piece's elements, and nothing else.
fn change(was: Marked, changes: &[Change<'_>], printed: &str, glides: &Glides) -> Marked {
    let is_own = |it: &Change<'_>| it.element == 0;
    let (root, stays) = match changes.iter().any(is_own) {
        true => (was.bare(), None),
        false => (was.element.clone(), Some(was.without_rings())),
    };
    apply(&root, changes, glides);
    stays.unwrap_or_else(|| Marked::printed(root, printed))
}

fn apply(root: &Element, changes: &[Change<'_>], glides: &Glides) {
    for it in changes {
        let element = match it.element {
            0 => Some(root.clone()),
            // Most often it is a box.
            1 => root.first_element_child(),
            place => root.get_elements_by_tag_name("*").item(place - 1),
        };
        let Some(element) = element else { continue };
        match &it.what {
            What::Attribute(name, Some(value)) => glides.set(&element, name, value),
            What::Attribute(name, None) => {
                let _ = element.remove_attribute(name);
            }
            What::Words(words) => match element.first_child() {
                Some(it) => it.set_node_value(Some(words)),
                None => element.set_text_content(Some(words)),
            },
        }
    }
}

/// Lets an element appear.
fn appear(element: &Element) {
    let list = element.class_list();
    let [one, other] = NEW;
    let (now, before) = match list.contains(one) {
        true => (other, one),
        false => (one, other),
    };
    // A class name without a space is never refused.
    let _ = list.remove_1(before);
    let _ = list.add_1(now);
}

/// Up to the first piece, after the name of the drawing's own element.
fn head(sheet: &Sheet) -> &str {
    let head = sheet.text.get(sheet.head.clone()).unwrap_or_default();
    head.strip_prefix("<svg").unwrap_or_default()
}

/// Elements from text, in no document.
fn made(text: &str) -> Option<Element> {
    let document = web_sys::window()?.document()?;
    let ground = document.create_element("div").ok()?;
    ground.set_inner_html(text);
    Some(ground)
}

/// Elements of pieces, without what stands in them.
fn parse<'a>(sheet: &Sheet, pieces: impl Iterator<Item = &'a Piece>) -> Vec<Element> {
    let mut text = "<svg>".to_owned();
    for it in pieces {
        text.push_str("<g");
        if !it.place.is_empty() {
            text.push_str(" transform=\"");
            text.push_str(sheet.place(it));
            text.push('"');
        }
        text.push_str(sheet.own(it));
        text.push_str("</g>");
    }
    text.push_str("</svg>");
    let svg = made(&text).and_then(|it| it.first_element_child());
    let first = svg.and_then(|it| it.first_element_child());
    std::iter::successors(first, Element::next_element_sibling).collect()
}

/// Makes an element in the document look like another one; what stands in it stays, and so does the way in by Tab.
fn turn_into(old: &Element, new: &Element, glides: &Glides) {
    copy_attributes(old, new, glides);
    let (mut old_box, new_box) = (old.first_element_child(), new.first_element_child());
    match (&old_box, &new_box) {
        // A frame's box stays, for its sides to glide.
        (Some(old), Some(new))
            if old.matches(BOX).unwrap_or(false) && new.matches(BOX).unwrap_or(false) =>
        {
            copy_attributes(old, new, glides);
            new.remove();
        }
        _ => old_box = None,
    }
    let inside = old.query_selector(INSIDE).ok().flatten().map(Node::from);
    let own = std::iter::successors(old.first_child(), Node::next_sibling);
    let own = own.take_while(|it| Some(it) != inside.as_ref());
    let kept = old_box.map(Node::from);
    let own: Vec<Node> = own.filter(|it| Some(it) != kept.as_ref()).collect();
    for it in own {
        let _ = old.remove_child(&it);
    }
    while let Some(it) = new.first_child() {
        let _ = old.insert_before(&it, inside.as_ref());
    }
}

const BOX: &str = "rect.box";

/// But for where it stands, of which [`Shown::draw`] takes care.
fn copy_attributes(old: &Element, new: &Element, glides: &Glides) {
    for name in old
        .get_attribute_names()
        .iter()
        .filter_map(|it| it.as_string())
    {
        if !new.has_attribute(&name) {
            let _ = old.remove_attribute(&name);
        }
    }
    for name in new
        .get_attribute_names()
        .iter()
        .filter_map(|it| it.as_string())
    {
        let value = new.get_attribute(&name).unwrap_or_default();
        let is_entrance = name == "tabindex" && old.has_attribute("tabindex");
        let is_kept = is_entrance || name == "transform";
        if !is_kept && old.get_attribute(&name).as_ref() != Some(&value) {
            glides.set(old, &name, &value);
        }
    }
}

/// Puts an element behind what stands last in the one around it, or before all else that stands there.
fn put(around: &Element, last: Option<&Element>, element: &Element) {
    let next = match last {
        Some(it) => it.next_element_sibling(),
        None => around.query_selector(INSIDE).ok().flatten(),
    };
    if next.as_ref() != Some(element) {
        let _ = around.insert_before(element, next.as_ref().map(AsRef::as_ref));
    }
}
