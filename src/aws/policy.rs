//! What IAM policy documents say, as far as a topology can tell: who and what a statement is about, without accounts and
//! identities.

use super::Value;

/// The statements of a policy document; one alone may stand without a list.
pub fn statements(document: &Value) -> &[Value] {
    match document.get("Statement") {
        Some(Value::List(several)) => several,
        one => one.map_or(&[], std::slice::from_ref),
    }
}

/// Whether a policy document lets an action through: some statement allows it and none denies it to all. A condition of an
/// allowing statement is taken as met and one of a denying statement as not, but for those on the principal, whom nobody is
/// who does not sign.
pub fn lets(document: &Value, action: &str, signed: bool) -> bool {
    let all = statements(document);
    let about = |it: &&Value, word: &str| has_effect(it, word) && is_about(it, action);
    let mut allowing = all.iter().filter(|it| about(it, "Allow"));
    let mut denying = all.iter().filter(|it| about(it, "Deny"));
    allowing.any(|it| signed || !asks_who(it))
        && !denying.any(|it| it.get("Condition").is_none() && is_for_all(it))
}

/// Whether a statement allows or denies, by its word.
pub fn has_effect(statement: &Value, word: &str) -> bool {
    statement.get("Effect").and_then(Value::as_str) == Some(word)
}

/// Whether a statement is about an action; `*` at the end of a pattern stands for the rest.
fn is_about(statement: &Value, action: &str) -> bool {
    let given = statement.get("Action");
    let patterns = given.map_or(&[][..], |it| {
        it.as_list().unwrap_or(std::slice::from_ref(it))
    });
    let mut patterns = patterns.iter().filter_map(Value::as_str);
    patterns.any(|it| match it.strip_suffix('*') {
        Some(start) => action.to_lowercase().starts_with(&start.to_lowercase()),
        None => action.eq_ignore_ascii_case(it),
    })
}

fn is_for_all(statement: &Value) -> bool {
    let principal = statement.get("Principal");
    let named = principal.and_then(|it| it.get("AWS")).or(principal);
    let all = named.map_or(&[][..], |it| {
        it.as_list().unwrap_or(std::slice::from_ref(it))
    });
    all.iter().any(|it| it.as_str() == Some("*"))
}

/// Whether a statement is about some callers alone, by who they are.
fn asks_who(statement: &Value) -> bool {
    !is_for_all(statement) || asks(statement, &["aws:principal"])
}

/// How the condition keys begin that tell callers apart, in small letters (IAM user guide, global condition context keys): by
/// who they are, for whom they come, and from where.
const CALLER: [&str; 5] = [
    "aws:principal",
    "aws:source",
    "aws:vpcsource",
    "aws:userid",
    "s3:dataaccesspoint",
];

/// Whether a statement allows something to everybody, and no condition tells callers apart.
pub fn is_open(statement: &Value) -> bool {
    has_effect(statement, "Allow") && is_for_all(statement) && !asks(statement, &CALLER)
}

/// Whether a condition looks at a key that begins in one of some ways.
fn asks(statement: &Value, keys: &[&str]) -> bool {
    let tests = statement.get("Condition").and_then(Value::as_map);
    let mut tests = tests.unwrap_or_default().iter();
    let is_one = |key: &str| keys.iter().any(|it| key.to_lowercase().starts_with(it));
    tests.any(|(_, it)| {
        it.as_map()
            .is_some_and(|it| it.iter().any(|(key, _)| is_one(key)))
    })
}

#[cfg(test)]
mod tests {
    use super::lets;
    use crate::aws::{Value, list, map};

    fn says(effect: &'static str, action: Value, condition: Option<&'static str>) -> Value {
        let mut entries = vec![
            ("Effect".into(), effect.into()),
            ("Principal".into(), "*".into()),
            ("Action".into(), action),
        ];
        let test = condition.map(|key| map([("StringEquals", map([(key, "x".into())]))]));
        entries.extend(test.map(|it| ("Condition".into(), it)));
        Value::Map(entries)
    }

    #[test]
    fn a_document_lets_through_what_it_allows_and_does_not_deny() {
        let invoke = || "execute-api:Invoke".into();
        let allow = || says("Allow", list(["logs:*", "execute-api:*"]), None);
        let own = || says("Allow", "*".into(), Some("aws:PrincipalAccount"));
        for (statements, signed, expected) in [
            (vec![allow()], false, true),
            (vec![], true, false),
            (
                vec![says("Allow", "execute-api:Manage".into(), None)],
                true,
                false,
            ),
            (vec![own()], true, true),
            (vec![own()], false, false),
            (vec![allow(), says("Deny", invoke(), None)], true, false),
            (
                vec![allow(), says("Deny", invoke(), Some("aws:SourceVpc"))],
                true,
                true,
            ),
            (
                vec![allow(), says("Deny", "logs:PutLogEvents".into(), None)],
                true,
                true,
            ),
        ] {
            let document = map([("Statement", Value::List(statements))]);
            let found = lets(&document, "execute-api:Invoke", signed);
            assert_eq!(found, expected, "{document:?}");
        }
    }
}
