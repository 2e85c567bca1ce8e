//! What every drawing has once: the hatching and the badges of its states.

/// Hatching and badges, once in the file. Tiles are 40 wide.
pub(super) const DEFINITIONS: &str = concat!(
    r#"<defs aria-hidden="true">"#,
    r#"<pattern id="dg-failed" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="dg-hatch failed" d="M3.5 0V7"/></pattern>"#,
    r#"<pattern id="dg-degraded" width="8" height="8" patternUnits="userSpaceOnUse"><circle class="dg-dot degraded" cx="4" cy="4" r="1.4"/></pattern>"#,
    r#"<pattern id="dg-recovering" width="6" height="6" patternUnits="userSpaceOnUse"><path class="dg-hatch recovering" d="M3 0V6"/></pattern>"#,
    r#"<pattern id="dg-down" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="dg-hatch down" d="M5 0V10M0 5H10"/></pattern>"#,
    r#"<g id="dg-badge-failed"><rect class="dg-badge failed" x="-9" y="-9" width="18" height="18" rx="3"/><path class="dg-stroke" d="M-3.5-3.5l7 7M3.5-3.5l-7 7"/></g>"#,
    r#"<g id="dg-badge-degraded"><path class="dg-badge degraded" d="M0-9.5L10 8H-10z"/><path class="dg-stroke" d="M0-3.5V2M0 5v.1"/></g>"#,
    r#"<g id="dg-badge-recovering"><circle class="dg-badge recovering" r="9.5"/><path class="dg-stroke" d="M4.3-1.5A4.6 4.6 0 1 0 4.4 1.7M4.8-4.6v3.2H1.6"/></g>"#,
    r##"<g id="dg-tile-failed"><rect class="dg-veil failed" width="40" height="40" rx="8" fill="url(#dg-failed)"/><use href="#dg-badge-failed" x="38" y="2"/></g>"##,
    r##"<g id="dg-tile-degraded"><rect class="dg-veil degraded" width="40" height="40" rx="8" fill="url(#dg-degraded)"/><use href="#dg-badge-degraded" x="38" y="2"/></g>"##,
    r##"<g id="dg-tile-recovering"><rect class="dg-veil recovering" width="40" height="40" rx="8" fill="url(#dg-recovering)"/><use href="#dg-badge-recovering" x="38" y="2"/></g>"##,
    r#"<g id="dg-cut"><circle class="dg-badge failed" r="8"/><path class="dg-stroke" d="M-3-3l6 6M3-3l-6 6"/></g>"#,
    "</defs>"
);
