//! How a typed property is printed into a template and read back from one.

use std::fmt;
use std::marker::PhantomData;

use ipnet::Ipv4Net;

use super::Describe;
use super::value::{Key, Name, Properties, Value};
use super::zone::Zone;

/// A property that does not hold what its type needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    pub property: String,
    pub expected: &'static str,
}

impl Mismatch {
    /// A mismatch whose property the caller names.
    pub fn expected(expected: &'static str) -> Self {
        Self {
            property: String::new(),
            expected,
        }
    }

    /// Puts the name of the enclosing property in front.
    #[must_use]
    pub fn inside(mut self, property: &str) -> Self {
        self.property = if self.property.is_empty() {
            property.to_owned()
        } else {
            format!("{property}.{}", self.property)
        };
        self
    }
}

/// A typed property. Its default stands in for one that cannot be read, until the reading ends with what was wrong.
pub trait Field: Sized + Default {
    /// The property's value; `None` leaves it out of the template.
    fn print(&self) -> Option<Value>;

    /// The property from its value; `None` is a property that the template leaves out.
    ///
    /// # Errors
    /// The value is of another kind than the type needs.
    fn read(value: Option<&Value>) -> Result<Self, Mismatch>;
}

/// A reference to a node of one type, printed as `Ref` (or as the attribute that its type declares as identity).
pub struct Id<T> {
    pub name: Name,
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    pub fn new(name: impl Into<Name>) -> Self {
        Self {
            name: name.into(),
            kind: PhantomData,
        }
    }
}

impl<T> Default for Id<T> {
    fn default() -> Self {
        Self::new("")
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        Self::new(self.name.clone())
    }
}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({})", self.name)
    }
}

impl<T> From<&str> for Id<T> {
    fn from(name: &str) -> Self {
        Self::new(name)
    }
}

impl<T> From<String> for Id<T> {
    fn from(name: String) -> Self {
        Self::new(name)
    }
}

impl<T> From<&Name> for Id<T> {
    fn from(name: &Name) -> Self {
        Self::new(name.clone())
    }
}

impl<T: Describe> Field for Id<T> {
    fn print(&self) -> Option<Value> {
        Some(match T::ATTRIBUTE {
            None => Value::Ref(self.name.clone()),
            Some(attribute) => Value::att(self.name.clone(), attribute),
        })
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        let name = value.and_then(Value::named);
        let name = name.ok_or_else(|| Mismatch::expected("a reference to a resource"))?;
        Ok(Self::new(name.clone()))
    }
}

impl<T: Field> Field for Option<T> {
    fn print(&self) -> Option<Value> {
        self.as_ref().and_then(T::print)
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        value.map(|it| T::read(Some(it))).transpose()
    }
}

impl<T: Field> Field for Vec<T> {
    fn print(&self) -> Option<Value> {
        if self.is_empty() {
            return None;
        }
        Some(Value::List(self.iter().filter_map(T::print).collect()))
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        match value {
            None => Ok(Self::new()),
            Some(Value::List(items)) => items.iter().map(|item| T::read(Some(item))).collect(),
            Some(_) => Err(Mismatch::expected("a list")),
        }
    }
}

impl Field for Value {
    fn print(&self) -> Option<Value> {
        Some(self.clone())
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        value.cloned().ok_or(Mismatch::expected("a value"))
    }
}

impl Field for bool {
    fn print(&self) -> Option<Value> {
        Some(Value::Bool(*self))
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        match value {
            Some(Value::Bool(it)) => Ok(*it),
            Some(Value::Str(it)) if it == "true" => Ok(true),
            Some(Value::Str(it)) if it == "false" => Ok(false),
            None => Ok(false),
            Some(_) => Err(Mismatch::expected("true or false")),
        }
    }
}

impl Field for String {
    fn print(&self) -> Option<Value> {
        Some(Value::Str(self.clone()))
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        if let Some(Value::Int(it)) = value {
            return Ok(it.to_string());
        }
        let text = value.and_then(Value::as_str);
        text.map(str::to_owned).ok_or(Mismatch::expected("text"))
    }
}

fn whole(value: Option<&Value>) -> Result<i64, Mismatch> {
    if let Some(Value::Int(it)) = value {
        return Ok(*it);
    }
    let text = value.and_then(Value::as_str);
    text.and_then(|it| it.parse().ok())
        .ok_or(Mismatch::expected("a whole number"))
}

impl Field for u32 {
    fn print(&self) -> Option<Value> {
        Some(Value::Int(i64::from(*self)))
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        whole(value)?
            .try_into()
            .map_err(|_| Mismatch::expected("a whole number from 0"))
    }
}

impl Field for u16 {
    fn print(&self) -> Option<Value> {
        Some(Value::Int(i64::from(*self)))
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        whole(value)?
            .try_into()
            .map_err(|_| Mismatch::expected("a whole number from 0 to 65535"))
    }
}

/// A number that CloudFormation's schema wants as a string (`MinSize: '2'`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Quoted(pub u32);

impl Field for Quoted {
    fn print(&self) -> Option<Value> {
        Some(Value::Str(self.0.to_string()))
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        u32::read(value).map(Self)
    }
}

impl Field for Ipv4Net {
    fn print(&self) -> Option<Value> {
        Some(Value::Str(self.to_string()))
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        value
            .and_then(Value::as_str)
            .and_then(|text| text.parse().ok())
            .ok_or(Mismatch::expected("an IPv4 range such as 10.0.0.0/16"))
    }
}

/// `!Select [index, !GetAZs '']`: never a literal zone name, because names differ from account to account.
impl Field for Zone {
    fn print(&self) -> Option<Value> {
        Some(Value::Fn(
            "Select".into(),
            Box::new(Value::List(vec![
                Value::Int(self.index() as i64),
                // Empty text means the stack's own Region.
                Value::Fn("GetAZs".into(), Box::new("".into())),
            ])),
        ))
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        let expected = Mismatch::expected("Select over GetAZs");
        let Some(Value::Fn(function, argument)) = value else {
            return Err(expected);
        };
        let ("Select", Value::List(items)) = (function.as_ref(), argument.as_ref()) else {
            return Err(expected);
        };
        whole(items.first())
            .ok()
            .and_then(|index| usize::try_from(index).ok())
            .and_then(Self::from_index)
            .ok_or(expected)
    }
}

/// Attributes of a load balancer or a target group: a list of `{Key, Value}` with text values.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attributes(pub Properties);

impl Attributes {
    pub fn new<const N: usize>(entries: [(&'static str, Value); N]) -> Self {
        Self(super::value::properties(entries))
    }

    /// The text of an attribute.
    pub fn get(&self, key: &str) -> Option<&str> {
        super::value::lookup(&self.0, key).and_then(Value::as_str)
    }

    /// Whether the attribute is given as `true`.
    pub fn is_on(&self, key: &str) -> bool {
        self.get(key) == Some("true")
    }
}

impl Field for Attributes {
    fn print(&self) -> Option<Value> {
        key_value_list(&self.0)
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        read_key_values(value).map(Self)
    }
}

/// Tags, in the order in which they are printed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tags(pub Properties);

impl Tags {
    /// The text of a tag.
    pub fn get(&self, key: &str) -> Option<&str> {
        super::value::lookup(&self.0, key).and_then(Value::as_str)
    }
}

impl Field for Tags {
    fn print(&self) -> Option<Value> {
        key_value_list(&self.0)
    }

    fn read(value: Option<&Value>) -> Result<Self, Mismatch> {
        read_key_values(value).map(Self)
    }
}

fn key_value_list(entries: &[(Key, Value)]) -> Option<Value> {
    if entries.is_empty() {
        return None;
    }
    let pair = |(key, value): &(Key, Value)| {
        super::value::map([("Key", key.as_ref().into()), ("Value", value.clone())])
    };
    Some(Value::List(entries.iter().map(pair).collect()))
}

fn read_key_values(value: Option<&Value>) -> Result<Properties, Mismatch> {
    let pair = |item: &Value| {
        let key = item.get("Key")?.as_str()?.to_owned();
        Some((Key::Owned(key), item.get("Value")?.clone()))
    };
    match value {
        None => Ok(Vec::new()),
        Some(Value::List(items)) => items
            .iter()
            .map(pair)
            .collect::<Option<_>>()
            .ok_or(Mismatch::expected("a list of Key and Value")),
        Some(_) => Err(Mismatch::expected("a list of Key and Value")),
    }
}

/// Reads the properties of one struct, and remembers what was wrong first. A property that fails does not end the reading:
/// a way out after each would cost more code than all the rest.
pub struct Reader<'a> {
    all: &'a [(Key, Value)],
    wrong: Option<Mismatch>,
}

impl<'a> Reader<'a> {
    pub fn new(all: &'a [(Key, Value)]) -> Self {
        Self { all, wrong: None }
    }

    pub fn field<T: Field>(&mut self, key: &str) -> T {
        T::read(super::lookup(self.all, key)).unwrap_or_else(|mismatch| self.blame(key, mismatch))
    }

    #[cold]
    fn blame<T: Default>(&mut self, key: &str, mismatch: Mismatch) -> T {
        self.wrong.get_or_insert_with(|| mismatch.inside(key));
        T::default()
    }

    /// The properties that are none of these.
    pub fn rest(&self, keys: &[&str]) -> Properties {
        let others = self
            .all
            .iter()
            .filter(|(key, _)| !keys.contains(&key.as_ref()));
        others.cloned().collect()
    }

    /// # Errors
    /// What was wrong first.
    pub fn finish<T>(self, it: T) -> Result<T, Mismatch> {
        match self.wrong {
            None => Ok(it),
            Some(wrong) => Err(wrong),
        }
    }
}

/// Declares a struct of typed properties with its CloudFormation names; what is not declared is kept in `rest`.
macro_rules! typed {
    ($(#[$meta:meta])* $name:ident { $( $(#[$field_meta:meta])* $key:literal $field:ident : $type:ty, )* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct $name {
            $( $(#[$field_meta])* pub $field: $type, )*
            /// Properties that the product does not model, as they are printed.
            pub rest: $crate::aws::Properties,
        }

        impl $name {
            /// All properties, the modelled ones first.
            pub fn print_all(&self) -> $crate::aws::Properties {
                let mut all = $crate::aws::Properties::new();
                $( if let Some(value) = $crate::aws::Field::print(&self.$field) {
                    all.push(($crate::aws::Key::Borrowed($key), value));
                } )*
                all.extend(self.rest.iter().cloned());
                all
            }

            /// The typed resource from a template's properties.
            ///
            /// # Errors
            /// A modelled property does not hold what its type needs.
            pub fn read_all(all: &[($crate::aws::Key, $crate::aws::Value)]) -> Result<Self, $crate::aws::Mismatch> {
                let mut reader = $crate::aws::Reader::new(all);
                let it = Self {
                    $( $field: reader.field($key), )*
                    rest: reader.rest(&[$($key),*]),
                };
                reader.finish(it)
            }
        }

        impl $crate::aws::Field for $name {
            fn print(&self) -> Option<$crate::aws::Value> {
                Some($crate::aws::Value::Map(self.print_all()))
            }

            fn read(value: Option<&$crate::aws::Value>) -> Result<Self, $crate::aws::Mismatch> {
                match value {
                    Some($crate::aws::Value::Map(all)) => Self::read_all(all),
                    None => Self::read_all(&[]),
                    Some(_) => Err($crate::aws::Mismatch::expected("an object")),
                }
            }
        }
    };
}

pub(crate) use typed;
