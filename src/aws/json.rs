//! CloudFormation's JSON form of a value: `{"Ref": …}`, `{"Fn::GetAtt": […]}`, `{"Fn::Sub": …}`. Reading keeps the order
//! of the text, so that what was printed comes back equal.

use std::fmt;

use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::value::{Key, Properties, Value};

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fn single<S: Serializer, V: Serialize>(
            serializer: S,
            key: &str,
            value: &V,
        ) -> Result<S::Ok, S::Error> {
            let mut map = serializer.serialize_map(Some(1))?;
            map.serialize_entry(key, value)?;
            map.end()
        }
        match self {
            Self::Bool(it) => serializer.serialize_bool(*it),
            Self::Int(it) => serializer.serialize_i64(*it),
            Self::Num(it) => serializer.serialize_f64(*it),
            Self::Str(it) => serializer.serialize_str(it),
            Self::List(items) => {
                let mut seq = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    seq.serialize_element(item)?;
                }
                seq.end()
            }
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
            Self::Ref(name) => single(serializer, "Ref", name),
            Self::Att(name, attribute) => {
                single(serializer, "Fn::GetAtt", &[name.as_str(), attribute])
            }
            Self::Fn(function, argument) if function == "Condition" => {
                single(serializer, "Condition", argument)
            }
            Self::Fn(function, argument) => {
                single(serializer, &format!("Fn::{function}"), argument)
            }
        }
    }
}

/// Total: whatever is not an intrinsic stays plain data.
impl From<&serde_json::Value> for Value {
    fn from(json: &serde_json::Value) -> Self {
        use serde_json::Value as Json;
        match json {
            Json::Null => Self::Str(String::new()),
            Json::Bool(it) => Self::Bool(*it),
            Json::Number(it) => it
                .as_i64()
                .map_or_else(|| Self::Num(it.as_f64().unwrap_or_default()), Self::Int),
            Json::String(it) => Self::Str(it.clone()),
            Json::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Json::Object(entries) => object(
                entries
                    .iter()
                    .map(|(key, it)| (key.clone().into(), Self::from(it)))
                    .collect(),
            ),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(InOrder)
    }
}

/// Reads a value with the entries of an object in the order of the text.
struct InOrder;

impl<'de> Visitor<'de> for InOrder {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Str(String::new()))
    }

    fn visit_bool<E>(self, it: bool) -> Result<Value, E> {
        Ok(Value::Bool(it))
    }

    fn visit_i64<E>(self, it: i64) -> Result<Value, E> {
        Ok(Value::Int(it))
    }

    fn visit_u64<E>(self, it: u64) -> Result<Value, E> {
        Ok(i64::try_from(it).map_or(Value::Num(it as f64), Value::Int))
    }

    fn visit_f64<E>(self, it: f64) -> Result<Value, E> {
        Ok(Value::Num(it))
    }

    fn visit_str<E>(self, it: &str) -> Result<Value, E> {
        Ok(it.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Properties::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(object(entries))
    }
}

/// An intrinsic where the entries are one, else a map.
fn object(mut entries: Properties) -> Value {
    if entries.len() != 1 {
        return Value::Map(entries);
    }
    match entries.pop() {
        Some((key, argument)) => intrinsic(key, argument),
        None => Value::Map(entries),
    }
}

/// Both forms of `Fn::GetAtt`: `Name.Attribute`, and a list of the two.
fn attribute_path(argument: &Value) -> Option<(&str, &str)> {
    if let Value::List(path) = argument
        && let [Value::Str(name), Value::Str(attribute)] = path.as_slice()
    {
        return Some((name, attribute));
    }
    argument.as_str()?.split_once('.')
}

fn intrinsic(key: Key, argument: Value) -> Value {
    if key == "Ref"
        && let Value::Str(name) = &argument
    {
        return Value::reference(name);
    }
    if key == "Fn::GetAtt"
        && let Some((name, attribute)) = attribute_path(&argument)
    {
        return Value::att(name, attribute);
    }
    match key.strip_prefix("Fn::") {
        Some(function) => Value::Fn(function.to_owned().into(), Box::new(argument)),
        None => Value::Map(vec![(key, argument)]),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::Value;

    const TEXT: &str = r#"{"Zone":{"Fn::Select":[0,{"Fn::GetAZs":{"Ref":"AWS::Region"}}]},"A":{"Fn::GetAtt":["B","C.D"]},"N":1.5}"#;

    #[test]
    fn reading_keeps_the_order_of_the_text() {
        let value: Value = serde_json::from_str(TEXT).unwrap();
        assert_eq!(serde_json::to_string(&value).unwrap(), TEXT);
    }

    #[test]
    fn both_ways_of_reading_know_the_intrinsics() {
        for text in [
            r#"{"Ref":"Vpc"}"#,
            r#"{"Fn::GetAtt":"B.C.D"}"#,
            r#"{"Fn::GetAtt":["B",{"Ref":"C"}]}"#,
            r#"{"Ref":["no name"]}"#,
            r#"[null,true,-7,1e400]"#,
        ] {
            let direct = serde_json::from_str::<Value>(text).ok();
            let json = serde_json::from_str::<serde_json::Value>(text).ok();
            assert_eq!(direct, json.as_ref().map(Value::from), "{text}");
        }
    }
}
