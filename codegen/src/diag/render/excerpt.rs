//! Parts of long texts, and signs that would change what a terminal shows.

use crate::source::{SourceFile, Span};

/// How many characters of a line are shown, and how many of them stand before the place that it is about.
const MAX_COLUMNS: usize = 150;
const BEFORE: usize = 50;

/// The part of a line that a place is about.
pub(super) struct Excerpt {
    /// The text.
    pub(super) line: String,
    /// What stands above the place, as blanks.
    pub(super) before: String,
    /// How many characters the place is wide.
    pub(super) n_marks: usize,
}

impl Excerpt {
    /// The part of the line in which a place begins.
    pub(super) fn of(file: &SourceFile, span: Span, line: u32) -> Self {
        let (from, text) = file.line_at(line);
        let start = (span.start as usize).saturating_sub(from).min(text.len());
        let (head, tail) = text.split_at_checked(start).unwrap_or((text, ""));
        let is_long = text.char_indices().nth(MAX_COLUMNS).is_some();
        let shown_head = match head.char_indices().rev().nth(BEFORE - 1).filter(|_| is_long) {
            Some((at, _)) if at > 0 => &head[at..],
            _ => head,
        };
        let n_left = MAX_COLUMNS.saturating_sub(shown_head.chars().count());
        let shown_tail = match tail.char_indices().nth(n_left).filter(|_| is_long) {
            Some((at, _)) => &tail[..at],
            None => tail,
        };
        let before_it = if shown_head.len() < head.len() { "…" } else { "" };
        let after_it = if shown_tail.len() < tail.len() { "…" } else { "" };
        let width = (span.end as usize).saturating_sub(from).min(text.len()).saturating_sub(start);
        let marked = shown_tail.get(..width.min(shown_tail.len())).unwrap_or(shown_tail);
        let blank = |char: char| if char == '\t' { '\t' } else { ' ' };
        Self {
            line: visible(&format!("{before_it}{shown_head}{shown_tail}{after_it}")),
            before: before_it.chars().chain(shown_head.chars()).map(blank).collect(),
            n_marks: marked.chars().count().max(1),
        }
    }
}

/// A text of at most so many characters: of a longer one, its beginning and its end.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.len() <= most || text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    let end = most / 3;
    let head: String = text.chars().take(most - end).collect();
    let tail = text.char_indices().rev().nth(end - 1).map_or("", |(at, _)| &text[at..]);
    format!("{head}…{tail}")
}

/// A text on one line, whose control characters, those of the writing direction among them, are seen and not obeyed.
pub(crate) fn visible(text: &str) -> String {
    let hides = |char: char| {
        (char.is_control() && char != '\t')
            || matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|char| if hides(char) { '\u{fffd}' } else { char }).collect()
}

/// The same line by line. No line is one that a runner of GitHub Actions takes for a command.
pub(crate) fn visible_lines(text: &str) -> String {
    let is_command = |line: &str| ["::", "##["].iter().any(|mark| line.starts_with(mark));
    let shown = |line: &str| match is_command(line.trim_start()) {
        true => format!("\u{fffd}{}", visible(line)),
        false => visible(line),
    };
    text.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceMap;

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let mut sources = SourceMap::default();
        let text = format!("{}here{}", "é".repeat(400), "b".repeat(400));
        let file = sources.add("a.json", text);
        let excerpt = Excerpt::of(sources.file(file), Span { file, start: 800, end: 804 }, 1);
        assert_eq!(excerpt.line, format!("…{}here{}…", "é".repeat(50), "b".repeat(96)));
        assert_eq!((excerpt.before.chars().count(), excerpt.n_marks), (51, 4));
    }

    #[test]
    fn a_short_line_is_whole() {
        let mut sources = SourceMap::default();
        let file = sources.add("a.yaml", "a:\n\tb: c\n");
        let excerpt = Excerpt::of(sources.file(file), Span { file, start: 7, end: 8 }, 2);
        assert_eq!((excerpt.line.as_str(), excerpt.before.as_str()), ("\tb: c", "\t   "));
        assert_eq!(excerpt.n_marks, 1);
    }

    #[test]
    fn texts_are_cut_and_made_visible() {
        assert_eq!(cut("short", 5), "short");
        assert_eq!(cut("abcdefghi", 6), "abcd…hi");
        assert_eq!(visible("a\u{202e}b\u{1b}[1m"), "a\u{fffd}b\u{fffd}[1m");
        assert_eq!(visible("a\nb"), "a\u{fffd}b");
        assert_eq!(visible_lines("a::b\n ::c::\n##[d]"), "a::b\n\u{fffd} ::c::\n\u{fffd}##[d]");
    }
}
