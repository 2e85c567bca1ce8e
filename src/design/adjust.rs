//! Options that stay changeable at deployment, under the words that the form has for them.

use super::option::OptionKind;
use super::{Expansion, option};
use crate::aws::Name;
use crate::text::Text;
use crate::topology::{Adjustable, Takes};

impl Expansion<'_> {
    /// Makes an option a parameter of a stack; `None` for one whose value is no single word.
    pub(super) fn adjust<const N: usize>(
        &mut self,
        stack: usize,
        name: &'static str,
        key: &str,
        places: [(&str, &'static str); N],
    ) -> Option<&mut Adjustable> {
        let spec = option(key)?;
        let takes = match (spec.kind)() {
            OptionKind::Whole { min, max } => Takes::Whole { min, max },
            OptionKind::Choice(values) => Takes::OneOf(values),
            OptionKind::Words { .. } => Takes::Like(".+"),
            OptionKind::Switch
            | OptionKind::Range
            | OptionKind::Ranges
            | OptionKind::Blocks { .. }
            | OptionKind::Places { .. }
            | OptionKind::Labels { .. }
            | OptionKind::Windows { .. }
            | OptionKind::Curve { .. }
            | OptionKind::Addresses { .. } => return None,
        };
        let group = spec.section.title();
        self.adjust_as(stack, name, group, (spec.label, spec.help), takes, places)
    }

    /// The same for a value that no option sets.
    pub(super) fn adjust_as<const N: usize>(
        &mut self,
        stack: usize,
        name: &'static str,
        group: Text,
        (label, description): (Text, Text),
        takes: Takes,
        places: [(&str, &'static str); N],
    ) -> Option<&mut Adjustable> {
        let stack = self.topology.stacks.get_mut(stack)?;
        stack.adjustables.push(Adjustable {
            name,
            takes,
            group,
            label,
            description,
            places: places.map(|(node, path)| (Name::from(node), path)).into(),
            filled: None,
        });
        stack.adjustables.last_mut()
    }
}
