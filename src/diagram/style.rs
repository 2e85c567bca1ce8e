//! The style sheet of the page, as a file's own: the same text, with the theme's colors in place of the variables, so that
//! programs without CSS variables (office suites, drawing tools) show it as a browser does.

use super::Theme;

const SHEET: &str = include_str!("../../style/diagram.css");

/// Where the rules for what can be seen begin, and where those for what only a page can do.
const DRAWING: &str = "/* Drawing */";
const PAGE: &str = "/* Page */";

/// The rules of a standalone file.
pub(super) fn inline(theme: Theme) -> String {
    let colors = colors(theme);
    let value = |name: &str| {
        let mut all = colors.iter();
        all.find(|(it, _)| *it == name).map(|(_, value)| *value)
    };
    let rules = SHEET.split_once(DRAWING).map_or("", |(_, rest)| rest);
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
    use super::{SHEET, inline, variables};
    use crate::diagram::{Style, Theme};

    #[test]
    fn every_color_has_a_value_in_both_themes() {
        let light = variables(":root {");
        let dark = variables(":root[data-theme=\"dark\"] {");
        let names = |all: &[(&'static str, &'static str)]| -> Vec<&str> {
            all.iter().map(|(name, _)| *name).collect()
        };
        assert!(light.len() > 20);
        assert_eq!(names(&light), names(&dark));
        for name in SHEET.split("var(").skip(1) {
            let name = name.split(')').next().unwrap_or_default();
            assert!(names(&light).contains(&name), "{name} has no value");
        }
    }

    #[test]
    fn a_file_has_no_variables_and_no_rules_for_the_page() {
        for theme in [Theme::Light, Theme::Dark] {
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
