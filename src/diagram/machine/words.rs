//! The words on the way out of a Choice: short, or none. The whole condition is in the way's `words`.

/// More letters than this are no short words.
const LONGEST: usize = 18;

/// A condition such as `$.seen.state ∃ & $.seen.state = "available"` in short: `state = available`.
pub(super) fn short(condition: &str) -> Option<String> {
    let parts: Vec<&str> = condition.split(" & ").collect();
    let told: Vec<&str> = match parts.as_slice() {
        [one] => vec![*one],
        // That a value is there is said by what it is.
        several => several
            .iter()
            .copied()
            .filter(|it| !it.ends_with(" ∃"))
            .collect(),
    };
    let [only] = told.as_slice() else {
        return None;
    };
    if only.contains(['(', '|']) {
        return None;
    }
    let said: Vec<String> = only.split(' ').map(word).collect();
    let said = match said.as_slice() {
        [name, sign] if sign == "∃" => format!("{name} ≠ ∅"),
        [name, sign] if sign == "∄" => format!("{name} = ∅"),
        [name, sign, value] if sign == "=" && value == "true" => name.clone(),
        all => all.join(" "),
    };
    (said.chars().count() <= LONGEST).then_some(said)
}

/// The last name of a path, and a text without its quotes.
fn word(word: &str) -> String {
    let Some(path) = word.strip_prefix('$') else {
        return word.trim_matches('"').to_owned();
    };
    let mut names = path.rsplit('.');
    let last = names.next().unwrap_or(path);
    // DynamoDB puts the type of a value behind its name: `since.S`.
    let last = if last.len() == 1 {
        names.next().unwrap_or(last)
    } else {
        last
    };
    let name = last.split('[').next().unwrap_or(last);
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn conditions_become_words() {
        for (condition, words) in [
            ("$.found.gateways[0] ∃", Some("gateways ≠ ∅")),
            ("$.read.routes[0] ∄", Some("routes = ∅")),
            ("$.action = \"close\"", Some("action = close")),
            (
                "$.seen.state ∃ & $.seen.state = \"available\"",
                Some("state = available"),
            ),
            ("$.Item.since.S ≥ $.scheduled", Some("since ≥ scheduled")),
            ("$.compared.ours = true", Some("ours")),
            ("$.pending.looks ≥ 40", Some("looks ≥ 40")),
            ("$.a = 1 & $.b = 2", None),
            ("$.a ∃ & ($.a = 1 | $.a = 2)", None),
        ] {
            assert_eq!(short(condition).as_deref(), words, "{condition}");
        }
    }
}
