//! DynamoDB's condition and update expressions, as far as they are in use: evaluated from their text.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html>

use serde_json::{Map, Value};

/// Attributes of an item, each typed as in `{"S": "text"}`.
pub type Item = Map<String, Value>;

/// Whether a condition holds; `None` for an expression that cannot be read.
pub fn holds(condition: &str, item: &Item, values: &Value) -> Option<bool> {
    let mut reader = Reader {
        tokens: tokens(condition)?,
        at: 0,
        item,
        values,
    };
    let result = reader.any()?;
    (reader.at == reader.tokens.len()).then_some(result)
}

/// An item after `SET a = :b, … REMOVE c, …`; `None` for an expression that cannot be read.
pub fn updated(update: &str, item: &Item, values: &Value) -> Option<Item> {
    let tokens = tokens(update)?;
    let mut item = item.clone();
    let mut rest: &[String] = &tokens;
    while let Some((clause, tail)) = rest.split_first() {
        let end = tail
            .iter()
            .position(|it| is_clause(it))
            .unwrap_or(tail.len());
        let (body, after) = tail.split_at(end);
        for action in body.split(|it| it == ",") {
            match (clause.to_ascii_uppercase().as_str(), action) {
                ("SET", [name, sign, value]) if sign == "=" && is_name(name) => {
                    item.insert(name.clone(), values.get(value)?.clone());
                }
                ("REMOVE", [name]) if is_name(name) => {
                    item.remove(name);
                }
                _ => return None,
            }
        }
        rest = after;
    }
    Some(item)
}

fn is_clause(token: &str) -> bool {
    ["SET", "REMOVE"]
        .iter()
        .any(|it| token.eq_ignore_ascii_case(it))
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_ascii_alphabetic())
}

fn tokens(text: &str) -> Option<Vec<String>> {
    let mut all = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':');
        let length = if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else if ["<=", ">=", "<>"].iter().any(|it| rest.starts_with(it)) {
            2
        } else if matches!(first, '(' | ')' | ',' | '=' | '<' | '>') {
            1
        } else {
            return None;
        };
        let (token, tail) = rest.split_at(length);
        all.push(token.to_owned());
        rest = tail.trim_start();
    }
    Some(all)
}

struct Reader<'a> {
    tokens: Vec<String>,
    at: usize,
    item: &'a Item,
    values: &'a Value,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<String> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token
    }

    fn skip(&mut self, word: &str) -> bool {
        let is_it = self
            .tokens
            .get(self.at)
            .is_some_and(|it| it.eq_ignore_ascii_case(word));
        self.at += usize::from(is_it);
        is_it
    }

    fn any(&mut self) -> Option<bool> {
        let mut result = self.all()?;
        while self.skip("OR") {
            result |= self.all()?;
        }
        Some(result)
    }

    fn all(&mut self) -> Option<bool> {
        let mut result = self.one()?;
        while self.skip("AND") {
            result &= self.one()?;
        }
        Some(result)
    }

    fn one(&mut self) -> Option<bool> {
        if self.skip("NOT") {
            return self.one().map(|it| !it);
        }
        if self.skip("(") {
            let result = self.any()?;
            return self.skip(")").then_some(result);
        }
        for (function, wanted) in [("attribute_exists", true), ("attribute_not_exists", false)] {
            if self.skip(function) {
                let inner = self.skip("(").then(|| self.next()).flatten()?;
                return self
                    .skip(")")
                    .then(|| self.item.contains_key(&inner) == wanted);
            }
        }
        let (left, sign, right) = (self.next()?, self.next()?, self.next()?);
        let (left, right) = (self.operand(&left)?, self.operand(&right)?);
        compare(left, &sign, right)
    }

    /// `Some(None)` for an attribute that the item has not.
    fn operand(&self, token: &str) -> Option<Option<&Value>> {
        if token.starts_with(':') {
            return self.values.get(token).map(Some);
        }
        is_name(token).then(|| self.item.get(token))
    }
}

/// What is not there, or of another type, compares as false.
fn compare(left: Option<&Value>, sign: &str, right: Option<&Value>) -> Option<bool> {
    let order = left.zip(right).and_then(|(left, right)| {
        let both = |kind: &str| Some((left.get(kind)?.as_str()?, right.get(kind)?.as_str()?));
        let numbers =
            both("N").and_then(|(a, b)| a.parse::<f64>().ok()?.partial_cmp(&b.parse().ok()?));
        both("S").map(|(a, b)| a.cmp(b)).or(numbers)
    });
    let is = |holds: fn(std::cmp::Ordering) -> bool| Some(order.is_some_and(holds));
    match sign {
        "=" => is(std::cmp::Ordering::is_eq),
        "<>" => is(std::cmp::Ordering::is_ne),
        "<" => is(std::cmp::Ordering::is_lt),
        "<=" => is(std::cmp::Ordering::is_le),
        ">" => is(std::cmp::Ordering::is_gt),
        ">=" => is(std::cmp::Ordering::is_ge),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{holds, updated};

    fn item(value: &Value) -> super::Item {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn a_condition_is_read_from_its_text() {
        let item = item(&json!({"id": {"S": "nat"}, "since": {"S": "2026-02"}, "n": {"N": "10"}}));
        let values = json!({":a": {"S": "2026-03"}, ":n": {"N": "9"}});
        for (condition, expected) in [
            ("attribute_not_exists(holder) AND since < :a", Some(true)),
            ("attribute_exists(holder) OR since >= :a", Some(false)),
            ("NOT (since = :a) AND n > :n", Some(true)),
            ("holder = :a", Some(false)),
            (
                "attribute_not_exists(holder) and (attribute_not_exists(since) or since<:a)",
                Some(true),
            ),
            ("since < :missing", None),
            ("since ! :a", None),
            ("since < :a since", None),
            ("(since < :a", None),
        ] {
            assert_eq!(holds(condition, &item, &values), expected, "{condition}");
        }
    }

    #[test]
    fn an_update_sets_and_removes() {
        let before = item(&json!({"a": {"S": "1"}, "c": {"S": "3"}}));
        let values = json!({":b": {"S": "2"}});
        let after = item(&json!({"a": {"S": "2"}, "b": {"S": "2"}}));
        let update = "SET a = :b, b = :b REMOVE c";
        assert_eq!(updated(update, &before, &values), Some(after));
        assert_eq!(updated("ADD a :b", &before, &values), None);
        assert_eq!(updated("SET a = :z", &before, &values), None);
    }
}
