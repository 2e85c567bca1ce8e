//! Breaks a sentence into lines of a comment, in scripts with spaces and without.

/// Columns that a comment may take, `# ` and indentation included.
pub const WIDTH: usize = 100;

/// Characters that no line may begin with in Japanese typesetting (kinsoku).
const NOT_FIRST: &str = "、。，．）」』】・ー！？：；ぁぃぅぇぉっゃゅょァィゥェォッャュョ";

/// Lines of at most `width` columns; a wide character takes two. A word that is longer stands alone.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split(char::is_control) {
        let mut line = String::new();
        let mut taken = 0;
        for word in words(paragraph) {
            let takes = columns(word);
            if taken + takes > width + trailing(word) && taken > 0 {
                lines.push(line.trim_end().to_owned());
                line.clear();
                taken = 0;
            }
            line.push_str(word);
            taken += takes;
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Pieces that a line may break between: after a space, and around a wide character.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (at, it) in text.char_indices() {
        let breaks = (before == ' ' || is_wide(before) || is_wide(it)) && it != ' ';
        if at > start && breaks && !NOT_FIRST.contains(it) && before != '（' && before != '「' {
            words.extend(text.get(start..at));
            start = at;
        }
        before = it;
    }
    words.extend(text.get(start..));
    words
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
    matches!(it, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{ff60}')
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
            assert_eq!(wrap(text, 8), expected, "{text}");
        }
    }
}
