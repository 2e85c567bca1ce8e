//! Markdown, piece by piece.

use std::fmt::Write;

use super::shell::Shell;
use crate::text::{Lang, Message, Text};

/// Markdown in one language.
pub struct Page {
    pub text: String,
    pub lang: Lang,
}

impl Page {
    pub fn heading(&mut self, level: &str, words: &str) {
        let _ = writeln!(self.text, "{level} {words}\n");
    }

    pub fn title(&mut self, words: Text) {
        self.heading("##", words.render(self.lang));
    }

    pub fn raw(&mut self, line: &str) {
        let _ = writeln!(self.text, "{line}\n");
    }

    pub fn say(&mut self, message: impl Into<Message>) {
        self.raw(&message.into().render(self.lang));
    }

    pub fn code(&mut self, shell: Shell, commands: &str) {
        let commands = commands.trim_end();
        let _ = writeln!(self.text, "```{}\n{commands}\n```\n", shell.tag());
    }

    pub fn row<const N: usize>(&mut self, cells: [String; N]) {
        let _ = writeln!(self.text, "| {} |", cells.join(" | "));
    }

    pub fn steps(&mut self, steps: impl IntoIterator<Item = Message>) {
        for (place, step) in steps.into_iter().enumerate() {
            let _ = writeln!(self.text, "{}. {}", place + 1, step.render(self.lang));
        }
        self.text.push('\n');
    }

    pub fn list(&mut self, items: impl IntoIterator<Item = Message>) {
        for item in items {
            let _ = writeln!(self.text, "- {}", item.render(self.lang));
        }
        self.text.push('\n');
    }
}
