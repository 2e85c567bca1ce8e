//! Every sentence that a user reads.
//!
//! English stands beside the code that says it, as `text("key", "English with {values}")`; every other language is one
//! file of `key = sentence` lines. A sentence is rendered last, in `ui`, the command line and the exports: the core hands
//! out [`Message`]s.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

/// A language that the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Lang {
    #[default]
    En,
    Ja,
}

impl Lang {
    pub const ALL: [Self; 2] = [Self::En, Self::Ja];

    /// BCP 47 tag, as in `<html lang>` and `--lang`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
        }
    }

    /// The language's name in itself.
    pub fn endonym(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ja => "日本語",
        }
    }

    /// The language of a tag such as `ja` or `ja-JP`; `None` for one that the product does not speak.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        Self::ALL
            .into_iter()
            .find(|lang| lang.tag().eq_ignore_ascii_case(primary))
    }

    /// Sentences by key; `None` for English, which stands in the code, and on the page for a language that it has not
    /// [learned](Self::learn).
    pub fn catalog(self) -> Option<&'static Catalog> {
        let source = self.source()?;
        match source.built_in {
            "" => source.learned.get(),
            file => Some(source.learned.get_or_init(|| read_catalog(file))),
        }
    }

    /// Takes in the sentences of a language from its file: the page loads those that somebody reads, and no others.
    pub fn learn(self, file: String) {
        if let Some(source) = self.source() {
            source.learned.get_or_init(|| read_catalog(file.leak()));
        }
    }

    /// Where the page finds the language's file, with a mark that changes with its content; `None` where nothing is left
    /// to learn.
    pub fn address(self) -> Option<String> {
        let source = self.source()?;
        let is_known = !source.built_in.is_empty() || source.learned.get().is_some();
        (!is_known).then(|| format!("lang/{}.txt?{:x}", self.tag(), source.mark))
    }

    fn source(self) -> Option<&'static Source> {
        static JA: Source = source!("ja.txt");
        match self {
            Self::En => None,
            Self::Ja => Some(&JA),
        }
    }
}

/// Sentences by key.
pub type Catalog = BTreeMap<&'static str, &'static str>;

/// The file of a language.
struct Source {
    /// Empty on the page, which learns what it needs.
    built_in: &'static str,
    mark: u64,
    learned: OnceLock<Catalog>,
}

/// A language's file beside this one.
macro_rules! source {
    ($file:literal) => {{
        #[cfg(target_arch = "wasm32")]
        const BUILT_IN: &str = "";
        #[cfg(not(target_arch = "wasm32"))]
        const BUILT_IN: &str = include_str!($file);
        const MARK: u64 = mark(include_bytes!($file));
        Source {
            built_in: BUILT_IN,
            mark: MARK,
            learned: OnceLock::new(),
        }
    }};
}
use source;

/// Tells two states of a file apart (FNV-1a).
const fn mark(bytes: &[u8]) -> u64 {
    let (mut hash, mut at) = (0xcbf2_9ce4_8422_2325_u64, 0);
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    hash
}

fn read_catalog(file: &'static str) -> BTreeMap<&'static str, &'static str> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(" = "))
        .collect()
}

/// A sentence with its key. Placeholders are `{name}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    pub key: &'static str,
    pub english: &'static str,
}

/// Declares a sentence. A test finds every call in the source and holds it against the other languages.
pub const fn text(key: &'static str, english: &'static str) -> Text {
    Text { key, english }
}

impl Text {
    /// The sentence with one placeholder filled.
    pub fn with(self, name: &'static str, value: impl Into<Arg>) -> Message {
        Message::from(self).with(name, value)
    }

    /// The sentence in a language with words in its placeholders: for what is said many times at once.
    pub fn filled(self, lang: Lang, values: &[(&str, &str)]) -> String {
        let sentence = self.render(lang);
        let room = values.iter().map(|(_, it)| it.len());
        let mut out = String::with_capacity(sentence.len() + room.sum::<usize>());
        compose(&mut out, sentence, |out, name| {
            let value = values.iter().find(|(it, _)| *it == name);
            value.map(|(_, it)| out.push_str(it))
        });
        out
    }

    /// The sentence as it stands, placeholders unfilled.
    pub fn render(self, lang: Lang) -> &'static str {
        lang.catalog()
            .and_then(|sentences| sentences.get(self.key).copied())
            .unwrap_or(self.english)
    }
}

/// What fills a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    Plain(String),
    Message(Message),
}

impl From<Text> for Arg {
    fn from(text: Text) -> Self {
        Self::Message(text.into())
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Self::Message(message)
    }
}

macro_rules! plain {
    ($($type:ty),*) => { $(
        impl From<$type> for Arg {
            fn from(value: $type) -> Self {
                Self::Plain(value.to_string())
            }
        }
    )* };
}

plain!(
    &str,
    String,
    &String,
    char,
    u8,
    u16,
    u32,
    u64,
    usize,
    i64,
    f64,
    ipnet::Ipv4Net
);

impl Arg {
    /// As it stands in a sentence.
    pub fn render(&self, lang: Lang) -> String {
        match self {
            Self::Plain(value) => value.clone(),
            Self::Message(message) => message.render(lang),
        }
    }

    fn write(&self, out: &mut String, lang: Lang) {
        match self {
            Self::Plain(value) => out.push_str(value),
            Self::Message(message) => message.write(out, lang),
        }
    }

    /// How many bytes it takes, as far as is known before it is in a language.
    fn room(&self) -> usize {
        match self {
            Self::Plain(value) => value.len(),
            Self::Message(_) => 0,
        }
    }
}

/// A sentence and its values, not yet in any language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub text: Text,
    pub values: Vec<(&'static str, Arg)>,
}

impl From<Text> for Message {
    fn from(text: Text) -> Self {
        Self {
            text,
            values: Vec::new(),
        }
    }
}

impl Message {
    /// Fills one more placeholder.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.values.push((name, value.into()));
        self
    }

    /// The sentence in a language.
    pub fn render(&self, lang: Lang) -> String {
        let mut out = String::new();
        self.write(&mut out, lang);
        out
    }

    fn write(&self, out: &mut String, lang: Lang) {
        let values = self.values.iter().map(|(_, it)| it.room());
        let sentence = self.text.render(lang);
        out.reserve(sentence.len() + values.sum::<usize>());
        compose(out, sentence, |out, name| {
            let value = self.values.iter().find(|(it, _)| *it == name);
            value.map(|(_, it)| it.write(out, lang))
        });
    }
}

/// Puts a sentence together, given what writes the value of a placeholder; one without a value stays visible.
fn compose(
    out: &mut String,
    sentence: &str,
    mut fill: impl FnMut(&mut String, &str) -> Option<()>,
) {
    let mut rest = sentence;
    while let Some(open) = rest.find('{') {
        let (before, tail) = rest.split_at(open);
        out.push_str(before);
        let Some(close) = tail.find('}') else {
            rest = tail;
            break;
        };
        if fill(out, &tail[1..close]).is_none() {
            out.push_str(&tail[..=close]);
        }
        rest = &tail[close + 1..];
    }
    out.push_str(rest);
}

/// A sentence about a number of things, `{count}` in it: one, or any other number, none included.
pub fn counted(count: usize, one: Text, many: Text) -> Message {
    let words = if count == 1 { one } else { many };
    words.with("count", count)
}

/// English, for logs and tests.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Lang::En))
    }
}

#[cfg(test)]
mod tests {
    use super::{Lang, counted, text};

    #[test]
    fn values_fill_their_places_and_a_missing_one_stays_visible() {
        let message = text("t", "{a} of {b}, {c}")
            .with("a", 1_u32)
            .with("b", text("u", "two"));
        assert_eq!(message.render(Lang::En), "1 of two, {c}");
    }

    #[test]
    fn one_thing_is_said_in_the_singular() {
        let told = |count| {
            let (one, many) = (text("o", "{count} error"), text("m", "{count} errors"));
            counted(count, one, many).render(Lang::En)
        };
        assert_eq!([0, 1, 2].map(told), ["0 errors", "1 error", "2 errors"]);
    }

    #[test]
    fn a_tag_with_a_country_finds_its_language() {
        assert_eq!(Lang::from_tag("ja-JP"), Some(Lang::Ja));
        assert_eq!(Lang::from_tag("tlh"), None);
    }
}
