//! When text may stand plain in YAML, and how it is quoted when it may not.
//!
//! CloudFormation, its tools and the judge read YAML 1.1, where `no`, `010`, `1e3` and `2010-09-09` are no text. What
//! stands plain here is text to every version.

/// Words that YAML 1.1 takes for something else than text.
const RESERVED: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

/// Writes text on one line, plain or quoted. Inside brackets (`flow`) less may stand plain.
pub fn scalar(out: &mut String, text: &str, flow: bool) {
    if is_plain(text, flow) {
        out.push_str(text);
    } else if text.chars().any(needs_escape) {
        escape(out, text);
    } else {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    }
}

fn is_plain(text: &str, flow: bool) -> bool {
    let Some(first) = text.bytes().next() else {
        return false;
    };
    let opens = first.is_ascii_alphabetic() || matches!(first, b'/' | b'$');
    (opens || is_range(text))
        && reads_plain(text, if flow { ANYWHERE } else { OUTSIDE })
        && !(text.len() <= LONGEST && RESERVED.iter().any(|it| text.eq_ignore_ascii_case(it)))
}

/// Whether no byte ends plain text: a key ends with a colon at the end or before a space, and a space at the end is lost.
fn reads_plain(text: &str, least: u8) -> bool {
    let mut before = b' ';
    for it in text.bytes() {
        if stands(it) < least || (before == b':' && it == b' ') {
            return false;
        }
        before = it;
    }
    !matches!(before, b' ' | b':')
}

/// Length of the longest reserved word.
const LONGEST: usize = 5;
const NOWHERE: u8 = 0;
const OUTSIDE: u8 = 1;
const ANYWHERE: u8 = 2;

/// Where a byte means nothing to YAML inside plain text: nowhere, outside of brackets, anywhere.
fn stands(byte: u8) -> u8 {
    const TABLE: [u8; 256] = {
        let mut table = [NOWHERE; 256];
        let mut byte = 0;
        while byte < 128 {
            table[byte] = match byte as u8 {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => ANYWHERE,
                b'/' | b'_' | b'.' | b'-' | b'%' | b'~' | b'^' | b'$' => ANYWHERE,
                b' ' | b':' | b'(' | b')' | b'{' | b'}' | b'*' | b'+' => OUTSIDE,
                b'=' | b'@' | b',' | b';' | b'?' | b'!' | b'&' => OUTSIDE,
                _ => NOWHERE,
            };
            byte += 1;
        }
        table
    };
    TABLE[usize::from(byte)]
}

/// `10.0.0.0/16`: the slash keeps it from being a number.
fn is_range(text: &str) -> bool {
    let digits = |it: &str| !it.is_empty() && it.chars().all(|c| c.is_ascii_digit() || c == '.');
    text.split_once('/')
        .is_some_and(|(address, length)| digits(address) && digits(length))
}

/// Characters that only an escape carries through every reader unchanged: controls, the line breaks of YAML 1.1, the byte
/// order mark and what Unicode does not assign.
fn needs_escape(it: char) -> bool {
    it.is_control()
        || matches!(
            it,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}

fn escape(out: &mut String, text: &str) {
    out.push('"');
    for it in text.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            it if needs_escape(it) => out.push_str(&format!("\\u{:04x}", u32::from(it))),
            it => out.push(it),
        }
    }
    out.push('"');
}

/// Whether a block scalar carries text of several lines. Blank lines at its end have none: `|+` would take the blank lines
/// that set resources apart with them.
pub fn fits_block(text: &str) -> bool {
    if !text.contains('\n') {
        return false;
    }
    let body = text.strip_suffix('\n').unwrap_or(text);
    let is_simple = |line: &str| line.bytes().all(|it| matches!(it, b' '..=b'~' | b'\t'));
    let unfit =
        |line: &str| !is_simple(line) && line.chars().any(|it| it != '\t' && needs_escape(it));
    let blank = |line: &str| !line.is_empty() && line.trim().is_empty();
    let first = body.split('\n').find(|line| !line.is_empty());
    first.is_some_and(|it| !it.starts_with([' ', '\t']))
        && !body.ends_with('\n')
        && !body.split('\n').any(|it| unfit(it) || blank(it))
}

/// The header of a block scalar: with or without the line break at the end.
pub fn block_header(text: &str) -> &'static str {
    if text.ends_with('\n') { "|" } else { "|-" }
}

#[cfg(test)]
mod tests {
    use super::{block_header, fits_block};

    fn scalar(text: &str, flow: bool) -> String {
        let mut out = String::new();
        super::scalar(&mut out, text, flow);
        out
    }

    #[test]
    fn what_yaml_1_1_takes_for_something_else_is_quoted() {
        for text in [
            "",
            " ",
            "yes",
            "No",
            "ON",
            "off",
            "y",
            "N",
            "true",
            "NULL",
            "~",
            "010",
            "0x1F",
            "1e3",
            "1_000",
            "2010-09-09",
            "12:30:45",
            ".inf",
            ".5",
            "-1",
            "+1",
            "-",
            "*",
            "&a",
            "!b",
            "%c",
            "@d",
            "`e",
            "#f",
            "a #b",
            "a: b",
            "a:",
            "a ",
            " a",
            "[a",
            "{a",
            "]",
            "}",
            ",a",
            "?",
            ": a",
            "=",
            "<<",
            "---",
            "...",
            "|",
            ">",
            "'",
            "\"",
            "日本",
        ] {
            assert!(scalar(text, false).starts_with('\''), "{text}");
        }
    }

    #[test]
    fn what_reads_as_text_everywhere_stands_plain() {
        for text in [
            "AWS::EC2::VPC",
            "10.0.0.0/16",
            "s3:PutObject",
            "arn:${AWS::Partition}:s3:::x/*",
            "/healthz",
            "t3.micro",
            "No egress",
        ] {
            assert_eq!(scalar(text, false), text);
        }
        assert_eq!(scalar("a,b", true), "'a,b'");
    }

    #[test]
    fn what_no_quote_carries_is_escaped() {
        assert_eq!(
            scalar("a\u{7f}\"\\\u{2028}", false),
            r#""a\u007f\"\\\u2028""#
        );
    }

    #[test]
    fn text_of_several_lines_is_a_block_where_its_lines_survive() {
        assert_eq!(["a\nb", "\na\n  b\n"].map(block_header), ["|-", "|"]);
        for fit in ["a\nb", "\na\n  b\n", "a\tb\n#c"] {
            assert!(fits_block(fit), "{fit:?}");
        }
        for unfit in [
            "a",
            "\n",
            "a\n\n",
            " a\nb",
            "\n\ta\n",
            "a\n \nb",
            "a\r\nb",
            "a\n\u{85}",
        ] {
            assert!(!fits_block(unfit), "{unfit:?}");
        }
    }
}
