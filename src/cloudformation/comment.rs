//! Breaks a sentence into lines of a comment, in scripts with spaces and without.

/// Columns that a comment may take, `# ` and indentation included.
pub const WIDTH: usize = 100;

/// Characters that no line may begin with in Japanese typesetting (kinsoku).
const NOT_FIRST: &str = "、。，．）」』】・ー！？：；ぁぃぅぇぉっゃゅょァィゥェォッャュョ";

/// Hands on lines of at most `width` columns; a wide character takes two. A word that is longer stands alone.
pub fn wrap<'a>(text: &'a str, width: usize, mut line: impl FnMut(&'a str)) {
    for paragraph in text.split(char::is_control) {
        let (mut start, mut end, mut taken) = (0, 0, 0);
        words(paragraph, |word| {
            let takes = columns(word);
            if taken + takes > width + trailing(word) && taken > 0 {
                line(part(paragraph, start, end));
                start = end;
                taken = 0;
            }
            end += word.len();
            taken += takes;
        });
        line(part(paragraph, start, end));
    }
}

fn part(paragraph: &str, start: usize, end: usize) -> &str {
    paragraph.get(start..end).unwrap_or_default().trim_end()
}

/// Pieces that a line may break between: after a space, and around a wide character.
fn words<'a>(text: &'a str, mut word: impl FnMut(&'a str)) {
    let mut start = 0;
    let mut before = ' ';
    for (at, it) in text.char_indices() {
        let breaks = (before == ' ' || is_wide(before) || is_wide(it)) && it != ' ';
        let may_open = it.is_ascii() || !NOT_FIRST.contains(it);
        if at > start && breaks && may_open && before != '（' && before != '「' {
            word(text.get(start..at).unwrap_or_default());
            start = at;
        }
        before = it;
    }
    word(text.get(start..).unwrap_or_default());
}

/// Spaces at the end of a word: they may hang over the edge.
fn trailing(word: &str) -> usize {
    word.len() - word.trim_end_matches(' ').len()
}

fn columns(text: &str) -> usize {
    text.chars().map(|it| 1 + usize::from(is_wide(it))).sum()
}

/// Kana, ideographs, Hangul and full-width forms.
fn is_wide(it: char) -> bool {
    !it.is_ascii()
        && matches!(it, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{ff60}')
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn lines_break_at_spaces_and_between_wide_characters() {
        let cases: [(&str, &[&str]); 5] = [
            ("one two three", &["one two", "three"]),
            ("abcdefghijkl mn", &["abcdefghijkl", "mn"]),
            ("全部の行は折り返す。", &["全部の行", "は折り返", "す。"]),
            ("あいうえ、お", &["あいう", "え、お"]),
            ("a\nb", &["a", "b"]),
        ];
        for (text, expected) in cases {
            let mut lines = Vec::new();
            wrap(text, 8, |it| lines.push(it));
            assert_eq!(lines, expected, "{text}");
        }
    }
}
