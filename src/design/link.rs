//! The share link: what stands behind `#` in the page's address.
//!
//! `1` is the format. Then either the blueprint's code and what differs, readable and short (`1s1~nz=3~ng=per-az~x7Qa`), or
//! `z` and the same as deflated JSON in base64url, whichever is shorter; overrides always take the second form. The last
//! four characters are a checksum: chat programs cut links off, and a link that was cut must say so.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::document::{self, Base, from_differences};
use super::{Design, Setting, Words, shorten};
use crate::text::{Message, Text, text};

/// A design at a moment: what a link carries.
#[derive(Debug, Clone, PartialEq)]
pub struct Shared {
    pub design: Design,
    /// The fault that is played, as the command line writes it (`az:a`); empty for none.
    pub fault: String,
    /// Seconds since the fault.
    pub at: u32,
}

/// Longest payload that is read, in characters.
const LIMIT: usize = 64 * 1024;

/// What may stand in a fragment unescaped (RFC 3986), without the separators `~`, `=` and `%`.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b',')
    .remove(b'/')
    .remove(b':')
    .remove(b'@');

const DAMAGED: Text = text(
    "link.damaged",
    "this link was cut off or changed on its way: its checksum does not match. Ask for it again, or for the design file",
);

/// The code that stands for a blueprint in links, and back: given by `blueprint`.
pub struct Codes<'a> {
    pub base: Base<'a>,
    pub code: &'a dyn Fn(&str) -> Option<&'static str>,
    pub id: &'a dyn Fn(&str) -> Option<&'static str>,
}

/// The payload of a link, without `#`.
pub fn encode(shared: &Shared, codes: &Codes<'_>) -> String {
    let deflated = deflated(shared, codes);
    match plain(shared, codes) {
        Some(plain) if plain.len() <= deflated.len() => plain,
        _ => deflated,
    }
}

fn plain(shared: &Shared, codes: &Codes<'_>) -> Option<String> {
    let design = &shared.design;
    if !design.overrides.is_empty() {
        return None;
    }
    let base = (codes.base)(&design.blueprint)?;
    let mut body = format!("1{}", (codes.code)(&design.blueprint)?);
    let mut push = |key: &str, value: &str| {
        body.push('~');
        body.push_str(key);
        body.push('=');
        body.extend(utf8_percent_encode(value, ESCAPED));
    };
    for (spec, shown) in design.differences(&base) {
        push(spec.short, &shown);
    }
    if !design.title.as_str().is_empty() {
        push("t", design.title.as_str());
    }
    if !shared.fault.is_empty() {
        push("!", &format!("{}@{}", shared.fault, shared.at));
    }
    body.push('~');
    Some(sealed(body))
}

fn deflated(shared: &Shared, codes: &Codes<'_>) -> String {
    let base = (codes.base)(&shared.design.blueprint);
    let mut json = document::differences(&shared.design, base.as_ref());
    json["f"] = shared.fault.as_str().into();
    json["s"] = shared.at.into();
    let bytes = miniz_oxide::deflate::compress_to_vec(json.to_string().as_bytes(), 9);
    sealed(format!("1z{}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// Reads a link: a whole address, or what stands behind its `#`.
///
/// # Errors
/// What is wrong with it, in words.
pub fn decode(link: &str, codes: &Codes<'_>) -> Result<Shared, Message> {
    let payload = link.trim();
    let payload = payload.rsplit_once('#').map_or(payload, |(_, it)| it);
    if payload.len() > LIMIT {
        return Err(text(
            "link.too-long",
            "this link is {size} characters long; one has at most {limit}",
        )
        .with("size", payload.len())
        .with("limit", LIMIT));
    }
    match payload.as_bytes().first() {
        Some(b'1') => (),
        Some(b'2'..=b'9') => {
            return Err(text(
                "link.newer",
                "this link was made by a newer Azimuth; reload the page, or ask for the design file",
            )
            .into());
        }
        _ => return Err(text("link.not-ours", "this is not a link to a design").into()),
    }
    let body = opened(payload).ok_or(DAMAGED)?;
    match body.strip_prefix("1z") {
        Some(packed) => decode_deflated(packed, codes),
        None => decode_plain(body, codes),
    }
}

fn decode_plain(body: &str, codes: &Codes<'_>) -> Result<Shared, Message> {
    let body = body.strip_prefix('1').ok_or(DAMAGED)?;
    let mut pieces = body.split('~').filter(|it| !it.is_empty());
    let code = pieces.next().unwrap_or_default();
    let design = (codes.id)(code).and_then(|id| (codes.base)(id));
    let Some(design) = design else {
        return Err(text(
            "file.unknown-blueprint",
            "blueprint: there is no blueprint “{id}”",
        )
        .with("id", shorten(code)));
    };
    let mut shared = Shared {
        design,
        fault: String::new(),
        at: 0,
    };
    for piece in pieces {
        let (key, value) = piece.split_once('=').ok_or(DAMAGED)?;
        let value = percent_decode_str(value)
            .decode_utf8()
            .map_err(|_| DAMAGED)?;
        match key {
            "t" => shared.design.title = Words::parse(&value)?,
            "!" => {
                let (fault, at) = value.rsplit_once('@').ok_or(DAMAGED)?;
                shared.fault = fault.to_owned();
                shared.at = at.parse().map_err(|_| DAMAGED)?;
            }
            _ => document::set_short(&mut shared.design, key, &value)?,
        }
    }
    Ok(shared)
}

fn decode_deflated(packed: &str, codes: &Codes<'_>) -> Result<Shared, Message> {
    let bytes = URL_SAFE_NO_PAD.decode(packed).map_err(|_| DAMAGED)?;
    let bytes = miniz_oxide::inflate::decompress_to_vec_with_limit(&bytes, document::LIMIT)
        .map_err(|_| DAMAGED)?;
    let json: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| DAMAGED)?;
    Ok(Shared {
        design: from_differences(&json, codes.base)?,
        fault: json["f"].as_str().unwrap_or_default().to_owned(),
        at: json["s"]
            .as_u64()
            .and_then(|it| it.try_into().ok())
            .unwrap_or_default(),
    })
}

/// Characters of the checksum.
const SEAL: usize = 4;

fn sealed(mut body: String) -> String {
    let seal = seal(&body);
    body.push_str(&seal);
    body
}

/// The body of a payload whose checksum matches.
fn opened(payload: &str) -> Option<&str> {
    let (body, given) = payload.split_at_checked(payload.len().checked_sub(SEAL)?)?;
    (seal(body) == given).then_some(body)
}

/// 24 bits of FNV-1a as four base64url characters.
fn seal(body: &str) -> String {
    let hash = body.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let folded = hash ^ (hash >> 24);
    URL_SAFE_NO_PAD.encode(&folded.to_le_bytes()[..3])
}
