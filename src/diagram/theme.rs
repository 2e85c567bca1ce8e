//! Sizes of the layout, in user units. Colors are the style sheet's.

/// Around the whole drawing.
pub const MARGIN: f64 = 16.0;
/// Side of an icon's tile.
pub const TILE: f64 = 40.0;
/// Between an icon and its text.
pub const GAP: f64 = 8.0;
/// Between things that stand beside each other.
pub const SPACE: f64 = 16.0;

/// Side of the mark in the corner of a region and of a VPC.
pub const CORNER: f64 = 26.0;
/// Side of the mark in the corner of a subnet.
pub const SUBNET_CORNER: f64 = 20.0;
/// Height of the label line of a region and of a VPC.
pub const HEADER: f64 = 36.0;
/// Inside a region and a VPC, on the sides without a gateway.
pub const PADDING: f64 = 14.0;
/// Inside a VPC, where a gateway stands on its edge: half the gateway, and lanes beside it.
pub const GATE_INSIDE: f64 = 60.0;
/// Outside of a VPC, where a gateway stands on its edge.
pub const GATE_OUTSIDE: f64 = 56.0;
/// Between two VPCs, one under the other.
pub const NETWORK_GAP: f64 = 20.0;
/// Beside the label on a wire between two VPCs: an arrowhead, and a piece of the wire.
pub const PEERING_END: f64 = 20.0;
/// Between two gateways on one edge, center to center.
pub const GATE_STEP: f64 = 92.0;

/// Height of a zone's label line.
pub const ZONE_HEADER: f64 = 27.0;
/// Inside a zone.
pub const ZONE_PADDING: f64 = 10.0;
/// Between two zones, where the wires between tiers run; more where a wire's label needs it.
pub const GUTTER: f64 = 52.0;
/// Between two tiers of subnets.
pub const TIER_GAP: f64 = 38.0;

/// Inside a subnet.
pub const CELL_PADDING: f64 = 10.0;
/// Height of a subnet's name and range.
pub const CELL_HEADER: f64 = 40.0;
/// The least width of a subnet.
pub const CELL_MIN: f64 = 150.0;
/// Room for wires inside a subnet, where there is no gutter beside it.
pub const CELL_CHANNEL: f64 = 72.0;
/// Between two bands of a tier.
pub const BAND_GAP: f64 = 12.0;
/// Between two bands with a wire from one to the other.
pub const BAND_WIRE_GAP: f64 = 42.0;
/// Between a group's shape and the subnets' sides.
pub const GROUP_INSET: f64 = 8.0;
/// Inside a group.
pub const GROUP_PADDING: f64 = 8.0;
/// The least width of a member's place.
pub const SLOT: f64 = 56.0;
/// At most as many instances are drawn one by one in a zone.
pub const SLOTS: usize = 4;

/// Side of a glyph inside a line of text.
pub const INLINE: f64 = 16.0;
/// Inside a tag, left and right.
pub const TAG_PADDING: f64 = 7.0;

/// The width that the lines of a tag beside or under an icon are broken to.
pub const NARROW_TEXT: f64 = 130.0;
/// The same in a group of one column.
pub const COLUMN_TEXT: f64 = 180.0;
/// The same in a group of several columns.
pub const WIDE_TEXT: f64 = 300.0;

/// The width that lines in a group are broken to, by its first and last column.
pub fn text_width(first: usize, last: usize) -> f64 {
    if first < last { WIDE_TEXT } else { COLUMN_TEXT }
}

/// The width that labels under an icon are broken to.
pub const LABEL_WIDTH: f64 = 104.0;

/// The same on a VPC's edge, where wires pass beside the label.
pub const GATE_LABEL: f64 = 84.0;

/// Between two lanes of a channel.
pub const LANE: f64 = 9.0;
/// Distance of a wire's port from the middle of an icon's side, where request and egress meet.
pub const PORT: f64 = 8.0;

/// Side of the cross on a broken wire.
pub const CUT: f64 = 16.0;

/// Length of a line of the legend.
pub const KEY: f64 = 26.0;
