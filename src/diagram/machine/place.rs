//! Lays a machine out, the insides of its Maps first.

use super::caption::captions;
use super::flow::{Flow, flow};
use super::lane::Stand;
use super::picture::{Kind, Picture, Shape, Way};
use super::route::route;
use super::size::{HEADER, MARGIN, START, size, small_width};
use super::stack::{Block, stack};
use crate::diagram::{Point, Rect};
use crate::states::{Graph, Node};

/// Between two columns; the next one where the ways do not find room.
const CHANNELS: [f64; 5] = [30.0, 38.0, 48.0, 62.0, 80.0];
/// Around the whole.
const EDGE: f64 = 12.0;

/// A machine with positions.
pub fn lay(graph: &Graph) -> Picture {
    let (inner, _) = inside(graph, "");
    let mut picture = Picture {
        width: inner.width + 2.0 * EDGE,
        height: START + inner.height + 2.0 * EDGE,
        ..Picture::default()
    };
    picture.take(inner, Point::new(EDGE, EDGE + START));
    picture
}

/// A machine from its upper left corner, and the line that its main way runs along.
fn inside(graph: &Graph, within: &str) -> (Picture, f64) {
    let mut flow = flow(graph);
    let mut inner: Vec<Option<Picture>> = Vec::new();
    let mut blocks = Vec::new();
    for node in &graph.nodes {
        let (block, picture) = block(node, &format!("{within}{}.", node.name));
        blocks.push(block);
        inner.push(picture);
    }
    even(&mut blocks, &flow, &inner);
    let (tops, columns) = stack(&blocks, &mut flow);
    let (stands, ways) = routed(graph, &flow, &blocks, &tops, &columns);
    let captions = captions(&flow.links, &ways, &stands);
    let path = |node: usize| format!("{within}{}", graph.nodes[node].name);
    let mut all = Picture::default();
    for (node, stand) in stands.iter().enumerate() {
        all.shapes
            .push(shape(&graph.nodes[node], path(node), stand.rect));
        if let Some(inner) = inner[node].take() {
            let corner = stand.rect.corner();
            all.take(
                inner,
                Point::new(corner.x + MARGIN, corner.y + HEADER + START),
            );
        }
    }
    for ((link, points), caption) in flow.links.iter().zip(ways).zip(captions) {
        all.ways.push(Way {
            from: path(link.from),
            to: path(link.to),
            why: link.why,
            words: link.words.clone(),
            points,
            caption,
        });
    }
    let first = stands
        .first()
        .map(|it| Point::new(it.axis, it.rect.y - START));
    all.starts.extend(first);
    let axis = first.map_or(0.0, |it| it.x);
    let bounds = bounds(&all);
    let mut moved = Picture {
        width: bounds.width,
        height: bounds.height,
        ..Picture::default()
    };
    moved.take(all, Point::new(-bounds.x, -bounds.y));
    (moved, axis - bounds.x)
}

fn shape(node: &Node, path: String, rect: Rect) -> Shape {
    Shape {
        path,
        name: node.name.clone(),
        kind: Kind::of(node.kind),
        call: node.call.clone(),
        comment: node.comment.clone(),
        is_end: node.is_end,
        rect,
    }
}

/// What states, ways and words fill.
fn bounds(picture: &Picture) -> Rect {
    let rects = picture.shapes.iter().map(|it| it.rect);
    let points = picture.ways.iter().flat_map(|it| &it.points);
    let points = points.map(|it| Rect::around(*it, 0.0));
    let words = picture
        .ways
        .iter()
        .filter_map(|it| Some(it.caption.as_ref()?.rect));
    let all = rects.chain(points).chain(words);
    all.reduce(|a, b| a.union(&b)).unwrap_or_default()
}

fn block(node: &Node, within: &str) -> (Block, Option<Picture>) {
    let kind = Kind::of(node.kind);
    let (width, height) = size(&node.name, kind, node.call.as_deref(), node.is_end);
    let Some(graph) = &node.inner else {
        let middle = height / 2.0;
        let block = Block {
            width,
            height,
            axis: width / 2.0,
            way_in: middle,
            way_out: middle,
        };
        return (block, None);
    };
    let (picture, axis) = inside(graph, within);
    let height = HEADER + START + picture.height + MARGIN;
    let block = Block {
        width: width.max(picture.width + 2.0 * MARGIN),
        height,
        axis: MARGIN + axis,
        way_in: HEADER / 2.0,
        way_out: height - MARGIN,
    };
    (block, Some(picture))
}

/// The states of a chain are equally wide, but for the Maps.
fn even(blocks: &mut [Block], flow: &Flow, inner: &[Option<Picture>]) {
    for chain in &flow.chains {
        let plain: Vec<usize> = chain
            .iter()
            .copied()
            .filter(|it| inner[*it].is_none())
            .collect();
        let widest = plain.iter().map(|it| blocks[*it].width).fold(0.0, f64::max);
        for it in plain {
            blocks[it].width = widest;
            blocks[it].axis = widest / 2.0;
        }
    }
}

/// States and ways, the columns as far apart as the ways need.
fn routed(
    graph: &Graph,
    flow: &Flow,
    blocks: &[Block],
    tops: &[f64],
    columns: &[usize],
) -> (Vec<Stand>, Vec<Vec<Point>>) {
    let mut last = (Vec::new(), Vec::new());
    for channel in CHANNELS {
        let axes = axes(flow, blocks, tops, columns, channel);
        let stands: Vec<Stand> = (0..blocks.len())
            .map(|it| stand(&graph.nodes[it], &blocks[it], axes[it], tops[it]))
            .collect();
        let ways = route(&flow.links, &stands);
        let is_whole = ways.iter().all(|it| !it.is_empty());
        last = (stands, ways);
        if is_whole {
            break;
        }
    }
    last
}

fn stand(node: &Node, block: &Block, axis: f64, top: f64) -> Stand {
    Stand {
        rect: Rect::new(axis - block.axis, top, block.width, block.height),
        axis,
        kind: Kind::of(node.kind),
        way_in: block.way_in,
        way_out: block.way_out,
    }
}

/// Where the line of each state is: as far left as what stands beside it allows.
fn axes(flow: &Flow, blocks: &[Block], tops: &[f64], columns: &[usize], channel: f64) -> Vec<f64> {
    let mut axes = vec![0.0; blocks.len()];
    let mut order: Vec<usize> = (0..columns.len()).collect();
    order.sort_by_key(|it| (columns[*it], *it));
    let mut placed: Vec<(usize, usize)> = Vec::new();
    for chain in order {
        let column = columns[chain];
        let mut axis = 0.0_f64;
        for &node in &flow.chains[chain] {
            let (block, top) = (&blocks[node], tops[node]);
            for &(other, its) in placed.iter().filter(|it| it.1 < column) {
                let beside = &blocks[other];
                let is_beside = tops[other] < top + block.height + channel / 2.0
                    && top < tops[other] + beside.height + channel / 2.0;
                if is_beside && its < column {
                    let right = axes[other] - beside.axis + beside.width;
                    let room = channel.max(words(flow, other, node));
                    axis = axis.max(right + room + block.axis);
                }
            }
        }
        for &node in &flow.chains[chain] {
            axes[node] = axis;
            placed.push((node, column));
        }
    }
    axes
}

/// The room that the words between two states need.
fn words(flow: &Flow, one: usize, other: usize) -> f64 {
    let between = flow
        .links
        .iter()
        .filter(|it| (it.from == one && it.to == other) || (it.from == other && it.to == one));
    let widths = between.filter_map(|it| Some(small_width(it.caption.as_ref()?) + 26.0));
    widths.fold(0.0, f64::max)
}
