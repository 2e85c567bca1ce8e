//! What the scripts of an export share: they are files with marks (`@START@`) that the design fills.

use super::declared::Declared;
use super::shell::Shell;
use super::{Format, Plan};
use crate::aws::Region;
use crate::text::{Lang, Message, Text, text};
use crate::topology::{Node, Topology};

/// Largest template that CloudFormation takes without a bucket, in bytes (CloudFormation user guide, quotas).
pub const DIRECT: usize = 51_200;

/// What the scripts are made of.
pub struct Script<'a> {
    pub topology: &'a Topology,
    pub plan: &'a Plan,
    /// Parameters that a person may fill, of all stacks, each name once.
    pub given: &'a [&'a Declared],
    /// The same by stack.
    pub by_stack: &'a [(&'a str, &'a [Declared])],
    pub format: Format,
    /// First part of every stack's name unless told otherwise.
    pub prefix: &'a str,
    pub title: &'a str,
    /// Stacks whose templates are too large to be sent directly.
    pub large: &'a [&'a str],
    pub shell: Shell,
    pub lang: Lang,
}

impl Script<'_> {
    pub(super) fn common(&self, about: Text) -> Vec<(&'static str, String)> {
        let names: Vec<&str> = self.topology.stacks.iter().map(|it| it.name).collect();
        let home = self.plan.regions.first().cloned().unwrap_or_default();
        let mut marks = vec![
            ("TITLE", self.title.replace(char::is_control, " ")),
            ("ABOUT", about.render(self.lang).to_owned()),
            ("BLUEPRINT", self.prefix.to_owned()),
            ("NAMES", names.join(" ")),
            ("HOME", home),
        ];
        marks.extend(self.quoted([
            (
                "BAD_PREFIX",
                text("script.bad-prefix", "{prefix} cannot begin the name of a stack: at most 30 letters, digits and single hyphens, a letter first and no hyphen last.")
                    .with("prefix", "${PREFIX}"),
            ),
            (
                "NO_CLI",
                text("script.no-cli", "The AWS CLI is missing. It is installed in AWS CloudShell; for other machines see https://aws.amazon.com/cli/").into(),
            ),
            (
                "NO_ACCOUNT",
                text("script.no-account", "The AWS CLI is not signed in to an account.").into(),
            ),
        ]));
        marks
    }

    /// The part of a script that finds what this design has no more.
    pub(super) fn left(&self, common: &[(&'static str, String)]) -> String {
        let regions: Vec<&str> = Region::all().map(Region::code).collect();
        let planned = self.plan.stacks.iter();
        let planned: Vec<String> = planned
            .map(|it| format!("{}/{}", it.region, it.name))
            .collect();
        let elsewhere = text(
            "script.elsewhere",
            "Stack {stack} in {region} is of a deployment under the same prefix for another Region than this design's. It stays, and may cost: the destroy script of its own export deletes it.",
        );
        let mut marks = common.to_vec();
        marks.extend([
            ("REGIONS", regions.join(" ")),
            ("PLANNED", planned.join(" ")),
        ]);
        marks.extend(self.quoted([("ELSEWHERE", of_a_stack(elsewhere))]));
        let program = match self.shell {
            Shell::Bash => include_str!("left.sh"),
            Shell::PowerShell => include_str!("left.ps1"),
        };
        fill(program, &marks)
    }

    /// What a script says when it is asked for help: how it is called, and what each word means.
    pub(super) fn help(
        &self,
        usage: &str,
        rows: impl IntoIterator<Item = (impl AsRef<str>, Message)>,
    ) -> String {
        let mut lines = format!("{usage}\n");
        for (word, message) in rows {
            // A line of a value's own could end the block of text that this stands in.
            let words = message.render(self.lang).replace(char::is_control, " ");
            lines.push_str(&format!("\n  {:<20} {words}", word.as_ref()));
        }
        lines
    }

    pub(super) fn prefix_help(&self) -> Message {
        text(
            "script.help.prefix",
            "What the stacks' names begin with; {prefix} unless given",
        )
        .with("prefix", self.prefix)
    }

    pub(super) fn unknown(&self, file: &str) -> Message {
        let help = match self.shell {
            Shell::Bash => format!("./{file} --help"),
            Shell::PowerShell => format!("./{file} -Help"),
        };
        text(
            "script.unknown",
            "“{word}” is not understood here. {help} lists what is.",
        )
        .with("word", "${word}")
        .with("help", help)
    }

    pub(super) fn quoted<const N: usize>(
        &self,
        messages: [(&'static str, Message); N],
    ) -> impl Iterator<Item = (&'static str, String)> {
        messages
            .into_iter()
            .map(|(mark, message)| (mark, self.shell.in_quotes(&message.render(self.lang))))
    }

    /// Region and stack of a node.
    pub(super) fn home(&self, node: &Node) -> Option<(&str, &str)> {
        let stack = self.topology.stacks.get(node.stack)?;
        Some((stack.region.code(), stack.name))
    }

    /// Nodes that fit, with Region and stack.
    pub(super) fn placed(
        &self,
        wanted: fn(&Node) -> bool,
    ) -> impl Iterator<Item = (&Node, &str, &str)> {
        self.topology
            .nodes()
            .iter()
            .filter(move |node| wanted(node))
            .filter_map(|node| self.home(node).map(|(region, stack)| (node, region, stack)))
    }
}

/// A sentence about the stack that the variables name.
pub(super) fn of_a_stack(words: Text) -> Message {
    words
        .with("stack", "${PREFIX}-${stack}")
        .with("region", "${region}")
}

/// Exchanges every `@MARK@`, in one pass: a value that looks like a mark stays what it is.
pub fn fill(program: &str, marks: &[(&str, String)]) -> String {
    let mut filled = String::with_capacity(program.len());
    let mut rest = program;
    while let Some((before, after)) = rest.split_once('@') {
        filled.push_str(before);
        let known = after
            .split_once('@')
            .and_then(|(name, tail)| Some((marks.iter().find(|(it, _)| *it == name)?, tail)));
        match known {
            Some(((_, value), tail)) => {
                filled.push_str(value);
                rest = tail;
            }
            None => {
                filled.push('@');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::fill;

    #[test]
    fn marks_are_filled_once_and_nothing_else_is() {
        let marks = [("A", "@B@".to_owned()), ("B", "b".to_owned())];
        assert_eq!(
            fill("@A@ \"$@\" @B@ x@y @C@", &marks),
            "@B@ \"$@\" b x@y @C@"
        );
    }
}
