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
    let opens = |it: &u8| it.is_ascii_alphabetic() || matches!(it, b'/' | b'$');
    (text.as_bytes().first().is_some_and(opens) || is_range(text))
        && text.bytes().all(|it| may_stand(it, flow))
        && !RESERVED.iter().any(|it| text.eq_ignore_ascii_case(it))
        && !text.contains(": ")
        && !text.ends_with([' ', ':'])
}

/// Bytes that mean nothing to YAML inside plain text.
fn may_stand(it: u8, flow: bool) -> bool {
    let anywhere = matches!(it, b'/' | b'_' | b'.' | b'-' | b'%' | b'~' | b'^' | b'$');
    let outside = b" :(){}*+=@,;?!&";
    it.is_ascii_alphanumeric() || anywhere || (!flow && outside.contains(&it))
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

/// The header of a block scalar (`|`) that carries text of several lines, where one does. Blank lines at the end have
/// none: `|+` would take the blank lines that set resources apart with them.
pub fn block_header(text: &str) -> Option<&'static str> {
    if !text.contains('\n') {
        return None;
    }
    let body = text.strip_suffix('\n').unwrap_or(text);
    let unfit = |line: &str| line.chars().any(|it| it != '\t' && needs_escape(it));
    let blank = |line: &str| !line.is_empty() && line.trim().is_empty();
    let first = body.lines().find(|line| !line.is_empty())?;
    let indented = first.starts_with([' ', '\t']);
    let fits =
        !indented && !body.ends_with('\n') && !body.split('\n').any(|it| unfit(it) || blank(it));
    fits.then_some(if body.len() == text.len() { "|-" } else { "|" })
}

#[cfg(test)]
mod tests {
    use super::block_header;

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
        assert_eq!(block_header("a\nb"), Some("|-"));
        assert_eq!(block_header("\na\n  b\n"), Some("|"));
        for unfit in [
            "a",
            "\n",
            "a\n\n",
            " a\nb",
            "a\n \nb",
            "a\r\nb",
            "a\n\u{85}",
        ] {
            assert_eq!(block_header(unfit), None, "{unfit:?}");
        }
    }
}
