//! What the readme says of the parameters.

use super::declared::Declared;
use super::page::Page;
use super::readme::Readme;
use crate::aws::{Value, lookup};
use crate::text::text;

impl Readme<'_> {
    /// Parameters that only a person can fill.
    pub(super) fn needed(&self) -> impl Iterator<Item = &Declared> {
        let given = self.given.iter().copied();
        given.filter(|it| it.default.is_none())
    }

    /// What can be chosen anew at every deployment.
    pub(super) fn choices(&self, page: &mut Page) {
        let lang = page.lang;
        let rows = self.given.iter().filter_map(|it| {
            let default = it.default_text()?.replace(char::is_control, " ");
            let default = match default.as_str() {
                "" => String::new(),
                default => format!("`{default}`"),
            };
            Some([
                format!("`{}`", it.name),
                it.title().render(lang),
                default,
                it.range().render(lang),
            ])
        });
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            return;
        }
        page.say(
            text(
                "readme.choices",
                "What can be chosen anew at every deployment, behind the prefix: {command}. A later run without a value keeps the one that you gave, unless the design says something else by then; what you never gave follows the design. The drawing, the costs and the thresholds of the alarms are those of the design's values.",
            )
            .with("command", format!("`./deploy.sh {}{}`", self.named("team-1"), self.example())),
        );
        let header = [
            text("readme.choices.parameter", "Parameter"),
            text("readme.choices.what", "What it is"),
            text("readme.choices.design", "Design"),
            text("readme.choices.range", "Takes"),
        ];
        page.row(header.map(|it| it.render(lang).to_owned()));
        page.row(["---"; 4].map(str::to_owned));
        for row in rows {
            page.row(row);
        }
        page.text.push('\n');
    }

    /// ` InstanceType=t3.small`: the first parameter with values to choose from, at another one than the design's; where no
    /// parameter has any, ` LogRetentionDays=…`, the first one.
    fn example(&self) -> String {
        let mut examples = self.given.iter().filter_map(|it| {
            let default = it.default.as_ref()?;
            let values = lookup(&it.limits, "AllowedValues").and_then(Value::as_list)?;
            let place = values.iter().position(|it| it == default)?;
            let other = values.get(place + 1).or(values.get(place.checked_sub(1)?));
            Some(format!(" {}={}", it.name, other?.as_str()?))
        });
        let mut others = self.given.iter().filter(|it| it.default.is_some());
        examples
            .next()
            .or_else(|| Some(format!(" {}=…", others.next()?.name)))
            .unwrap_or_default()
    }
}
