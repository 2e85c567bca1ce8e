//! The design file: JSON with a format number. A file of an older format is carried forward, one of a newer format is
//! refused in words; what is not said is the blueprint's.

use serde_json::{Map, Value as Json};

use super::{Design, Override, Setting, Words, option, options, shorten};
use crate::text::{Message, Text, text};

/// The newest format that this program writes and reads. A change of a default or a key raises it and adds a step to
/// [`migrate`].
pub const FORMAT: u64 = 1;

/// Longest file that is read, in bytes.
pub const LIMIT: usize = 256 * 1024;

/// How a blueprint's design is found by its id.
pub type Base<'a> = &'a dyn Fn(&str) -> Option<Design>;

/// Writes a design with all of its options, so that the file reads by itself.
pub fn write(design: &Design) -> String {
    let written: Map<String, Json> = options()
        .map(|spec| (spec.key.to_owned(), (spec.kind)().json(&(spec.get)(design))))
        .collect();
    let file = serde_json::json!({
        "azimuth": FORMAT,
        "blueprint": design.blueprint,
        "title": design.title.as_str(),
        "options": written,
        "overrides": design.overrides,
    });
    let mut text = serde_json::to_string_pretty(&file).unwrap_or_default();
    text.push('\n');
    text
}

const NOT_A_DESIGN: Text = text(
    "file.not-design",
    "this is not a design file: it has no number in a field “azimuth”. In an export, the design is design.azimuth.json",
);

/// Reads a design file.
///
/// # Errors
/// Why it cannot be read, and at which place.
pub fn read(file: &str, base: Base<'_>) -> Result<Design, Message> {
    if file.len() > LIMIT {
        return Err(too_long(Some(file.len() as u64)));
    }
    if file.trim().is_empty() {
        return Err(text("file.empty", "there is nothing in it").into());
    }
    let json: Json = serde_json::from_str(file).map_err(|problem| {
        let words = problem.to_string();
        // Which says the place once more.
        let words = words.split(" at line ").next().unwrap_or_default();
        text(
            "file.not-json",
            "line {line}, column {column}: this is not JSON, which a design file is ({problem})",
        )
        .with("line", problem.line())
        .with("column", problem.column())
        .with("problem", words)
    })?;
    from_json(json, base)
}

/// What to say of a file beyond the [`LIMIT`]: its size in bytes where that is known.
pub fn too_long(size: Option<u64>) -> Message {
    let words = match size {
        Some(size) => text(
            "file.too-long",
            "the file is {size} bytes long; a design file has at most {limit}",
        )
        .with("size", size),
        None => text(
            "file.endless",
            "what was given is more than {limit} bytes long; a design file has at most {limit}",
        )
        .into(),
    };
    words.with("limit", LIMIT)
}

/// Reads the JSON of a design file or of a link.
///
/// # Errors
/// Why it cannot be read, and at which place.
pub fn from_json(json: Json, base: Base<'_>) -> Result<Design, Message> {
    let Json::Object(mut fields) = json else {
        return Err(NOT_A_DESIGN.into());
    };
    let Some(format) = fields.remove("azimuth").as_ref().and_then(Json::as_u64) else {
        return Err(NOT_A_DESIGN.into());
    };
    if format > FORMAT {
        return Err(text(
            "file.newer",
            "this design was made by a newer Azimuth (format {format}); this one reads formats up to {known}",
        )
        .with("format", format)
        .with("known", FORMAT));
    }
    migrate(format, &mut fields);
    let blueprint = match fields.remove("blueprint") {
        Some(Json::String(id)) => id,
        _ => {
            return Err(text(
                "file.no-blueprint",
                "blueprint: the id of a blueprint is missing",
            )
            .into());
        }
    };
    let Some(mut design) = base(&blueprint) else {
        return Err(text(
            "file.unknown-blueprint",
            "blueprint: there is no blueprint “{id}”",
        )
        .with("id", shorten(&blueprint)));
    };
    if let Some(title) = fields.remove("title") {
        let Some(title) = title.as_str() else {
            return Err(at(
                "title",
                text("file.not-text", "text is expected").into(),
            ));
        };
        design.title = Words::parse(title).map_err(|problem| at("title", problem))?;
    }
    match fields.remove("options") {
        None => (),
        Some(Json::Object(given)) => {
            for (key, value) in given {
                set(&mut design, &key, &value).map_err(|problem| at("options", problem))?;
            }
        }
        Some(_) => {
            return Err(at(
                "options",
                text("file.not-object", "an object is expected").into(),
            ));
        }
    }
    if let Some(overrides) = fields.remove("overrides") {
        design.overrides = read_overrides(overrides)?;
    }
    match fields.keys().next() {
        None => Ok(design),
        Some(unknown) => Err(text(
            "file.unknown-field",
            "there is no field “{field}” in a design file",
        )
        .with("field", shorten(unknown))),
    }
}

fn set(design: &mut Design, key: &str, value: &Json) -> Result<(), Message> {
    let given = match value {
        Json::String(it) => it.clone(),
        other => other.to_string(),
    };
    design.set(key, &given)
}

fn read_overrides(json: Json) -> Result<Vec<Override>, Message> {
    let Json::Array(items) = json else {
        return Err(at(
            "overrides",
            text("file.not-list", "a list is expected").into(),
        ));
    };
    let read = |(place, item): (usize, Json)| {
        serde_json::from_value(item).map_err(|problem| {
            text("file.bad-override", "overrides, number {place}: {problem}")
                .with("place", place + 1)
                .with(
                    "problem",
                    problem.to_string().chars().take(160).collect::<String>(),
                )
        })
    };
    items.into_iter().enumerate().map(read).collect()
}

fn at(place: &str, problem: Message) -> Message {
    text("file.at", "{place}: {problem}")
        .with("place", place)
        .with("problem", problem)
}

/// Carries the fields of an older format forward, one step a format, for ever.
fn migrate(_format: u64, _fields: &mut Map<String, Json>) {}

/// The fields of a design that differ from its blueprint's, for a link.
pub(super) fn differences(design: &Design, base: Option<&Design>) -> Json {
    let given: Map<String, Json> = match base {
        Some(base) => design
            .differences(base)
            .into_iter()
            .map(|(spec, shown)| (spec.short.to_owned(), shown.into()))
            .collect(),
        None => Map::new(),
    };
    serde_json::json!({
        "b": design.blueprint,
        "t": design.title.as_str(),
        "o": given,
        "e": design.overrides,
    })
}

/// Reads what [`differences`] wrote.
///
/// # Errors
/// What is not understood.
pub(super) fn from_differences(json: &Json, base: Base<'_>) -> Result<Design, Message> {
    let id = json["b"].as_str().unwrap_or_default();
    let Some(mut design) = base(id) else {
        return Err(text(
            "file.unknown-blueprint",
            "blueprint: there is no blueprint “{id}”",
        )
        .with("id", shorten(id)));
    };
    design.title = Words::parse(json["t"].as_str().unwrap_or_default())?;
    for (short, shown) in json["o"].as_object().into_iter().flatten() {
        set_short(&mut design, short, shown.as_str().unwrap_or_default())?;
    }
    design.overrides = read_overrides(json["e"].clone())?;
    Ok(design)
}

/// Sets an option by its key in links.
///
/// # Errors
/// As [`Design::set`].
pub(super) fn set_short(design: &mut Design, short: &str, given: &str) -> Result<(), Message> {
    let spec = options()
        .find(|it| it.short == short)
        .or_else(|| option(short));
    design.set(spec.map_or(short, |it| it.key), given)
}
