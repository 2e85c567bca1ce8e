//! A group: one shape over several zones, its members in their columns.

use super::band::Group;
use super::drawing::{Shape, Sign, Style, Swapped};
use super::geometry::{Point, Rect};
use super::member::Member;
use super::shape::{self, Canvas};
use super::tier::Columns;
use super::{cell, measure, theme};
use crate::aws::Glyph;

/// Between a group's glyph and its label.
const SIGN_GAP: f64 = 6.0;
/// Between a group's label and its members.
const TITLE_GAP: f64 = 4.0;
/// The same with wires and their label between.
const BUS_GAP: f64 = 28.0;
/// From a subnet's side to a group's members.
const INSET: f64 = theme::GROUP_INSET + theme::GROUP_PADDING;

/// The width that a group needs of each column.
pub(super) fn width(group: &Group, columns: &Columns) -> f64 {
    let slots = group.members.iter().map(|members| {
        let present = present(members);
        let absent = members.len() - present;
        // Kept places stand left and right of those that are taken.
        let places = present + absent.next_multiple_of(2);
        slot_width(members) * places as f64 + 2.0 * INSET
    });
    let tags = cell::tags_size(&group.tags).0;
    let facts = group
        .facts
        .iter()
        .map(|it| measure::width(it, Style::Detail));
    let texts = facts.fold(title_width(&group.label).max(tags), f64::max);
    let label = texts + 2.0 * INSET;
    let count = group.members.len().max(1) as f64;
    let shared = (label - (count - 1.0) * columns.between()) / count;
    slots.fold(shared, f64::max).ceil()
}

pub(super) fn height(group: &Group) -> f64 {
    let mut members = group.members.iter().flatten();
    let labelled = members.any(|it| it.label.is_some());
    let tiles = if group.members.iter().all(Vec::is_empty) {
        0.0
    } else {
        title_gap(group) + shape::height_above(usize::from(labelled), Style::Detail)
    };
    2.0 * theme::GROUP_PADDING + head(group) + tiles
}

/// Height of a group's label with what it is set to.
fn texts(group: &Group) -> f64 {
    Style::Title.line() + group.facts.len() as f64 * Style::Detail.line()
}

/// The same with its tags under it.
fn head(group: &Group) -> f64 {
    texts(group) + cell::tags_size(&group.tags).1
}

/// Between a group's label and its members: room for the wires to the copies, where there are several.
fn title_gap(group: &Group) -> f64 {
    let copies = group.members.iter().flatten();
    let copies =
        copies.filter(|it| matches!(it.glyph, Glyph::CacheReplica | Glyph::DatabaseReplica));
    if copies.count() > 1 {
        BUS_GAP
    } else {
        TITLE_GAP
    }
}

fn title_width(label: &str) -> f64 {
    theme::INLINE + SIGN_GAP + measure::width(label, Style::Title)
}

fn slot_width(members: &[Member]) -> f64 {
    let labels = members.iter().filter_map(|it| it.label.as_deref());
    let widths = labels.map(|it| measure::width(it, Style::Detail) + theme::GAP);
    widths.fold(theme::SLOT, f64::max)
}

fn present(members: &[Member]) -> usize {
    members.iter().filter(|it| !it.absent).count()
}

/// Draws a group with its members.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    group: &Group,
    columns: &Columns,
    rect: Rect,
    inside: usize,
) {
    let shape = Shape::Group(group.glyph);
    let mut it = shape::item(group.name.clone(), shape, rect, Some(inside));
    it.says.clone_from(&group.label);
    if group.all.len() > 1 {
        it.all.clone_from(&group.all);
        it.present = group.all.len();
    }
    let top = rect.y + theme::GROUP_PADDING;
    let x = (rect.center().x - title_width(&group.label) / 2.0).round();
    let middle = Point::new(x + theme::INLINE / 2.0, top + Style::Title.line() / 2.0);
    let sign = Rect::around(middle, theme::INLINE);
    it.sign = Some((Sign::Glyph(group.glyph), sign));
    let start = Point::new(sign.right() + SIGN_GAP, top);
    it.labels
        .push(shape::line(group.label.clone(), Style::Title, start));
    for (place, fact) in group.facts.iter().enumerate() {
        let y = top + Style::Title.line() + place as f64 * Style::Detail.line();
        let at = Point::new(rect.center().x, y);
        it.labels
            .push(shape::centered(fact.clone(), Style::Detail, at));
    }
    if !group.facts.is_empty() {
        it.says = canvas.words.within(&it.says, &group.facts.join(", "));
    }
    let index = canvas.push(it);
    let under = Point::new(rect.center().x, top + texts(group) + cell::TAG_GAP);
    cell::tags_below(canvas, &group.tags, under, index);
    let y = top + head(group) + title_gap(group);
    for (place, all) in group.members.iter().enumerate() {
        let left = columns.left(group.columns.0 + place);
        let middle = Point::new(left + columns.cell / 2.0, y + theme::TILE / 2.0);
        members(canvas, all, middle, index);
    }
}

/// Draws the members of a column around its middle.
fn members(canvas: &mut Canvas<'_>, all: &[Member], middle: Point, inside: usize) {
    let slot = slot_width(all);
    let present = present(all);
    for (place, it) in all.iter().enumerate() {
        let x = (middle.x + slot * offset(place, present, all.len())).round();
        let tile = Rect::around(Point::new(x, middle.y), theme::TILE);
        member(canvas, it, tile, inside);
    }
}

/// How many places from the middle a member stands: those that exist around the middle, kept places right and left of them.
fn offset(place: usize, present: usize, all: usize) -> f64 {
    let around = if present == 0 { all } else { present };
    if place < around {
        return place as f64 - (around as f64 - 1.0) / 2.0;
    }
    let kept = place - around;
    let far = (around as f64 + 1.0) / 2.0 + (kept / 2) as f64;
    if kept.is_multiple_of(2) { far } else { -far }
}

fn member(canvas: &mut Canvas<'_>, member: &Member, tile: Rect, inside: usize) {
    let Some(name) = member.names.first() else {
        return;
    };
    let mut it = shape::icon(name.clone(), member.glyph, tile, Some(inside));
    it.labels = shape::below(tile, member.label.iter().cloned().collect(), Style::Detail);
    it.says.clone_from(&member.says);
    it.swapped = member.swapped.clone().map(|(glyph, label, says)| Swapped {
        glyph,
        labels: shape::below(tile, label.into_iter().collect(), Style::Detail),
        says,
    });
    it.absent = member.absent;
    it.present = member.present;
    if member.names.len() > 1 {
        it.all.clone_from(&member.names);
    }
    canvas.push(it);
}

#[cfg(test)]
mod tests {
    use super::offset;

    #[test]
    fn what_exists_stays_in_the_middle_whatever_is_kept_beside_it() {
        let places = |present: usize, all: usize| -> Vec<f64> {
            (0..all).map(|it| offset(it, present, all)).collect()
        };
        assert_eq!(places(1, 2), [0.0, 1.0]);
        assert_eq!(places(2, 4), [-0.5, 0.5, 1.5, -1.5]);
        assert_eq!(places(3, 4), [-1.0, 0.0, 1.0, 2.0]);
        assert_eq!(places(0, 2), [-0.5, 0.5]);
    }
}
