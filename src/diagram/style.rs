//! The style sheet of the page, as a file's own: the same text, with the theme's colors in place of the variables, so that
//! programs without CSS variables (office suites, drawing tools) show it as a browser does.

use super::Theme;

const SHEET: &str = include_str!("../../style/diagram.css");

/// Where the rules for what can be seen begin, and where those for what only a page can do.
const DRAWING: &str = "/* Drawing */";
const PAGE: &str = "/* Page */";

/// The rules of a standalone file.
pub(super) fn inline(theme: Theme) -> String {
    filled(SHEET, theme)
}

/// The rules of a sheet for what can be seen, with a theme's colors written in.
pub(super) fn filled(sheet: &str, theme: Theme) -> String {
    let colors = colors(theme);
    let value = |name: &str| {
        let mut all = colors.iter();
        all.find(|(it, _)| *it == name).map(|(_, value)| *value)
    };
    let rules = sheet.split_once(DRAWING).map_or("", |(_, rest)| rest);
    let mut rest = rules.split_once(PAGE).map_or(rules, |(rules, _)| rules);
    let mut out = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once("var(") {
        let (name, after) = after.split_once(')').unwrap_or((after, ""));
        out.push_str(before);
        out.push_str(value(name).unwrap_or("currentColor"));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Every color of a theme: its own first.
pub(super) fn colors(theme: Theme) -> Vec<(&'static str, &'static str)> {
    let mut own = match theme {
        Theme::Light => Vec::new(),
        Theme::Dark => variables(":root[data-theme=\"dark\"] {"),
        Theme::HighContrast => variables(":root[data-theme=\"high-contrast\"] {"),
    };
    own.extend(variables(":root {"));
    own
}

/// Names and values of the block that starts with a selector.
fn variables(selector: &str) -> Vec<(&'static str, &'static str)> {
    let block = SHEET.split_once(selector).map_or("", |(_, rest)| rest);
    let block = block.split_once('}').map_or("", |(block, _)| block);
    block
        .lines()
        .filter_map(|line| line.trim().strip_suffix(';')?.split_once(": "))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::colors;
    use super::{SHEET, inline, variables};
    use crate::diagram::{Style, Theme};

    #[test]
    fn every_color_has_a_value_in_every_theme() {
        let light = variables(":root {");
        let names = |all: &[(&'static str, &'static str)]| -> Vec<&str> {
            all.iter().map(|(name, _)| *name).collect()
        };
        assert!(light.len() > 20);
        for theme in [Theme::Dark, Theme::HighContrast] {
            let own = variables(&format!(":root[data-theme=\"{}\"] {{", theme.tag()));
            assert_eq!(names(&light), names(&own));
        }
        for name in SHEET.split("var(").skip(1) {
            let name = name.split(')').next().unwrap_or_default();
            assert!(names(&light).contains(&name), "{name} has no value");
        }
    }

    /// Relative luminance of `#rrggbb`. Source: WCAG 2.2, "relative luminance".
    fn luminance(color: &str) -> f64 {
        let channel = |at: usize| {
            let value = u8::from_str_radix(&color[at..at + 2], 16).unwrap();
            let part = f64::from(value) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn letters_and_lines_can_be_told_from_their_ground() {
        for theme in Theme::ALL {
            let colors = colors(theme);
            let of = |name: &str| {
                let mut all = colors.iter();
                all.find(|(it, _)| *it == format!("--dg-{name}")).unwrap().1
            };
            // WCAG 2.2: 1.4.3 and 1.4.6 for letters, 1.4.11 for lines and signs.
            let (letters, lines) = match theme {
                Theme::Light | Theme::Dark => (4.5, 2.9),
                Theme::HighContrast => (7.0, 7.0),
            };
            let grounds = [
                "paper",
                "public-tint",
                "private-tint",
                "network-tint",
                "tag",
            ];
            for ground in grounds {
                for ink in ["ink", "muted"] {
                    let found = contrast(of(ink), of(ground));
                    assert!(found >= letters, "{theme:?}: {ink} on {ground}: {found:.1}");
                }
            }
            for sign in ["tag-sign", "tag-guard"] {
                let found = contrast(of(sign), of("tag"));
                assert!(found >= 3.0, "{theme:?}: {sign}: {found:.1}");
            }
            for line in [
                "request",
                "egress",
                "replication",
                "vpn",
                "control",
                "teal",
                "vpc",
                "public",
                "private",
                "network",
                "compute",
                "database",
                "storage",
                "management",
                "security",
                "general",
                "failed",
                "degraded",
                "recovering",
            ] {
                let found = contrast(of(line), of("paper"));
                assert!(found >= lines, "{theme:?}: {line}: {found:.1}");
            }
        }
    }

    #[test]
    fn a_file_has_no_variables_and_no_rules_for_the_page() {
        for theme in Theme::ALL {
            let sheet = inline(theme);
            assert!(!sheet.contains("var(") && !sheet.contains("currentColor"));
            assert!(!sheet.contains(":hover"));
            assert!(sheet.contains(".diagram"));
        }
        assert_ne!(inline(Theme::Light), inline(Theme::Dark));
    }

    #[test]
    fn texts_are_as_large_as_they_were_measured() {
        for (class, style) in [
            ("title", Style::Title),
            ("name", Style::Name),
            ("detail", Style::Detail),
        ] {
            let weight = if style.is_bold() { "700" } else { "400" };
            let rule = format!(
                ".diagram .{class} {{\n  font-size: {}px;\n  font-weight: {weight};",
                style.size()
            );
            assert!(SHEET.contains(&rule), "{rule}");
        }
    }
}
