//! A template as its own defaults have it: parameters become what they default to, and conditions over them are decided.

use crate::aws::{Key, Properties, Value, lookup};

/// The parameters and conditions of a template.
pub struct Defaults {
    parameters: Properties,
    conditions: Properties,
}

/// Deepest chain of conditions that name one another.
const DEEPEST: u8 = 16;

impl Defaults {
    pub fn of(document: &Value) -> Self {
        let section = |name: &str| document.get(name).and_then(Value::as_map);
        let entries = |name: &str| section(name).unwrap_or_default().to_vec();
        Self {
            parameters: entries("Parameters"),
            conditions: entries("Conditions"),
        }
    }

    /// What a parameter says unless told otherwise. The default of one that Systems Manager resolves is a name, no value.
    pub fn of_parameter(&self, name: &str) -> Option<Value> {
        let parameter = lookup(&self.parameters, name)?;
        let kind = parameter.get("Type").and_then(Value::as_str)?;
        if kind.starts_with("AWS::SSM::") {
            return None;
        }
        let default = parameter.get("Default")?;
        match (kind, default) {
            ("Number", Value::Str(text)) => Some(text.parse().map_or(default.clone(), Value::Int)),
            _ => Some(default.clone()),
        }
    }

    /// Takes every `If` for the branch that the defaults choose, where they say.
    pub fn settle(&self, value: &mut Value) {
        while let Some(chosen) = self.branch(value) {
            *value = chosen;
        }
        match value {
            Value::List(items) => {
                items.retain(|it| !self.is_left_out(it));
                items.iter_mut().for_each(|it| self.settle(it));
            }
            Value::Map(entries) => {
                entries.retain(|(_, it)| !self.is_left_out(it));
                entries.iter_mut().for_each(|(_, it)| self.settle(it));
            }
            Value::Fn(_, argument) => self.settle(argument),
            Value::Bool(_)
            | Value::Int(_)
            | Value::Num(_)
            | Value::Str(_)
            | Value::Ref(_)
            | Value::Att(..) => (),
        }
    }

    /// Whether an `If` comes down to no value.
    fn is_left_out(&self, value: &Value) -> bool {
        let mut chosen = self.branch(value);
        while let Some(next) = chosen.as_ref().and_then(|it| self.branch(it)) {
            chosen = Some(next);
        }
        matches!(chosen, Some(Value::Ref(name)) if name == *"AWS::NoValue")
    }

    fn branch(&self, value: &Value) -> Option<Value> {
        let Value::Fn(function, argument) = value else {
            return None;
        };
        let ("If", [Value::Str(condition), yes, no]) = (function.as_ref(), argument.as_list()?)
        else {
            return None;
        };
        let holds = self.says(condition)?;
        Some(if holds { yes.clone() } else { no.clone() })
    }

    /// Whether a condition of the template holds, by its name; `None` where the defaults do not say.
    pub fn says(&self, condition: &str) -> Option<bool> {
        self.holds(lookup(&self.conditions, condition)?, DEEPEST)
    }

    /// Whether a condition holds; `None` where the defaults do not say.
    fn holds(&self, condition: &Value, depth: u8) -> Option<bool> {
        let depth = depth.checked_sub(1)?;
        let (function, argument) = match condition {
            Value::Fn(function, argument) => (function.as_ref(), argument.as_ref()),
            Value::Map(entries) => match entries.as_slice() {
                [(Key::Owned(key), argument)] => (key.as_str(), argument),
                _ => return None,
            },
            _ => return None,
        };
        if function == "Condition" {
            return self.holds(lookup(&self.conditions, argument.as_str()?)?, depth);
        }
        let items = argument.as_list()?;
        let each = || items.iter().map(|it| self.holds(it, depth));
        match (function, items) {
            ("Equals", [one, other]) => Some(self.word(one)? == self.word(other)?),
            ("Not", [one]) => Some(!self.holds(one, depth)?),
            ("And", _) => each().try_fold(true, |all, it| Some(all && it?)),
            ("Or", _) => each().try_fold(false, |any, it| Some(any || it?)),
            _ => None,
        }
    }

    fn word(&self, value: &Value) -> Option<String> {
        match value {
            Value::Str(text) => Some(text.clone()),
            Value::Int(number) => Some(number.to_string()),
            Value::Bool(it) => Some(it.to_string()),
            Value::Ref(name) => self.of_parameter(name).and_then(|it| self.word(&it)),
            Value::Num(_) | Value::List(_) | Value::Map(_) | Value::Att(..) | Value::Fn(..) => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Defaults;
    use crate::aws::Value;

    #[test]
    fn conditions_over_defaults_are_decided_and_others_stay() {
        let template: Value = serde_json::from_str(
            r#"{
                "Parameters": {"Mail": {"Type": "String", "Default": ""}, "Zone": {"Type": "String"}},
                "Conditions": {
                    "HasMail": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Mail"}, ""]}]},
                    "Silent": {"Fn::Or": [{"Fn::Not": [{"Condition": "HasMail"}]}, {"Fn::Equals": ["a", "b"]}]},
                    "Open": {"Fn::Equals": [{"Ref": "Zone"}, ""]}
                }
            }"#,
        )
        .unwrap();
        let mut value: Value = serde_json::from_str(
            r#"{
                "Gone": {"Fn::If": ["HasMail", 1, {"Ref": "AWS::NoValue"}]},
                "Kept": [{"Fn::If": ["Silent", {"Fn::If": ["HasMail", 1, 2]}, 3]}, {"Ref": "AWS::NoValue"}],
                "Unsaid": {"Fn::If": ["Open", 1, 2]}
            }"#,
        )
        .unwrap();
        Defaults::of(&template).settle(&mut value);
        let expected: Value = serde_json::from_str(
            r#"{"Kept": [2, {"Ref": "AWS::NoValue"}], "Unsaid": {"Fn::If": ["Open", 1, 2]}}"#,
        )
        .unwrap();
        assert_eq!(value, expected);
    }
}
