//! Reads the markup that `svg` prints, to tell in what two writings of one piece differ.

use std::borrow::Cow;

/// A difference between two writings with the same elements.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<'a> {
    /// The element's place in document order; 0 is the piece's own.
    pub element: u32,
    pub what: What<'a>,
}

impl Change<'_> {
    /// Whether a line takes another way.
    pub fn is_way(&self) -> bool {
        matches!(self.what, What::Attribute("d", _))
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum What<'a> {
    /// A name, and the value as it is now; `None`: it is not there any more.
    Attribute(&'a str, Option<Cow<'a, str>>),
    /// The words of an element that holds nothing else.
    Words(Cow<'a, str>),
}

/// What makes a piece that was written in one way be written in another, from [`Sheet::own`](super::Sheet::own) of both;
/// `None` where elements come or go.
pub fn changes<'a>(old: &'a str, new: &'a str) -> Option<Vec<Change<'a>>> {
    let (mut old, mut new) = (Tokens::of(old), Tokens::of(new));
    let mut changes = Vec::new();
    let mut elements = 0;
    // Whether what stands directly before is a start tag.
    let mut opened = false;
    loop {
        let (was, is) = match (old.next(), new.next()) {
            (Some(was), Some(is)) => (was, is),
            (None, None) => return Some(changes),
            (Some(_), None) | (None, Some(_)) => return None,
        };
        match (was, is) {
            (Token::Start(name, was), Token::Start(other, is)) if name == other => {
                if was != is {
                    let compared = compare(was, is)?;
                    changes.extend(compared.into_iter().map(|what| Change {
                        element: elements,
                        what,
                    }));
                }
                elements += 1;
            }
            (Token::Words(was), Token::Words(is)) if was != is => {
                let alone = opened && new.rest.starts_with("</");
                changes.push(Change {
                    element: alone.then_some(elements - 1)?,
                    what: What::Words(plain(is)),
                });
            }
            (was, is) if was == is => (),
            _ => return None,
        }
        opened = matches!(is, Token::Start(..));
    }
}

/// How attributes differ; `None` where one element is empty and the other is not.
fn compare<'a>(was: &'a str, is: &'a str) -> Option<Vec<What<'a>>> {
    if was.ends_with('/') != is.ends_with('/') {
        return None;
    }
    let was: Vec<_> = attributes(was).collect();
    let is: Vec<_> = attributes(is).collect();
    let gone = was
        .iter()
        .filter(|(name, _)| is.iter().all(|it| it.0 != *name))
        .map(|(name, _)| What::Attribute(name, None));
    let set = is
        .iter()
        .enumerate()
        // Nearly always the same one stands at the same place.
        .filter(|(place, it)| was.get(*place) != Some(*it) && !was.contains(it))
        .map(|(_, (name, value))| What::Attribute(name, Some(plain(value))));
    Some(gone.chain(set).collect())
}

/// The value of an attribute of a piece's own element, from [`Sheet::own`](super::Sheet::own).
pub fn attribute<'a>(own: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let (tag, _) = own.split_once('>')?;
    let found = attributes(tag).find(|it| it.0 == name);
    found.map(|it| plain(it.1))
}

fn attributes(tag: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut parts = tag.split('"');
    std::iter::from_fn(move || {
        let (name, value) = (parts.next()?, parts.next()?);
        Some((name.trim_start().strip_suffix('=')?, value))
    })
}

/// What was escaped, as it was before.
fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    Cow::Owned(text.replace("&quot;", "\"").replace("&amp;", "&"))
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token<'a> {
    /// The name, and all else up to `>`.
    Start(&'a str, &'a str),
    End,
    Words(&'a str),
}

/// The markup of a piece, which begins after the name of its own element.
struct Tokens<'a> {
    rest: &'a str,
    is_first: bool,
}

impl<'a> Tokens<'a> {
    fn of(own: &'a str) -> Self {
        Self {
            rest: own,
            is_first: true,
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if std::mem::take(&mut self.is_first) {
            let (tag, rest) = self.rest.split_once('>')?;
            self.rest = rest;
            return Some(Token::Start("", tag));
        }
        let Some(tag) = self.rest.strip_prefix('<') else {
            let end = self.rest.find('<').unwrap_or(self.rest.len());
            let (words, rest) = self.rest.split_at(end);
            self.rest = rest;
            return (!words.is_empty()).then_some(Token::Words(words));
        };
        let (tag, rest) = tag.split_once('>')?;
        self.rest = rest;
        if tag.starts_with('/') {
            return Some(Token::End);
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        Some(Token::Start(name, attributes))
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, What, attribute, changes};

    const OLD: &str = r#" class="a" x="1"><rect width="3"/><text y="1">one &amp; all</text> <g><path d="M0"/></g>"#;

    #[test]
    fn what_differs_is_told_element_by_element() {
        let new = r#" class="a" y="&lt;1"><rect width="4"/><text y="1">A &quot;B&quot;</text> <g><path d="M0"/></g>"#;
        let change = |element, what| Change { element, what };
        let expected = vec![
            change(0, What::Attribute("x", None)),
            change(0, What::Attribute("y", Some("<1".into()))),
            change(1, What::Attribute("width", Some("4".into()))),
            change(2, What::Words("A \"B\"".into())),
        ];
        assert_eq!(changes(OLD, new), Some(expected));
        assert_eq!(changes(OLD, OLD), Some(Vec::new()));
    }

    #[test]
    fn an_attribute_is_read_off_the_own_element_alone() {
        let own = r#" class="a" title="&lt;1 &amp; more"><rect width="3"/>"#;
        assert_eq!(attribute(own, "title"), Some("<1 & more".into()));
        assert_eq!(attribute(own, "width"), None);
    }

    #[test]
    fn elements_that_come_or_go_are_another_writing() {
        for (from, to) in [
            ("<rect width=\"3\"/>", ""),
            ("<rect width=\"3\"/>", "<line width=\"3\"/>"),
            ("<rect width=\"3\"/>", "<rect width=\"3\"></rect>"),
            ("<path d=\"M0\"/>", "<path d=\"M0\"/><path d=\"M0\"/>"),
            ("<path d=\"M0\"/>", "<path d=\"M0\"/>words"),
            ("one &amp; all", ""),
        ] {
            assert_eq!(changes(OLD, &OLD.replacen(from, to, 1)), None, "{to}");
        }
    }
}
