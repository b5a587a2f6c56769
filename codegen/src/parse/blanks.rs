//! Blanks that other readers of YAML take as they are, and the scanner does not: tabs between a key's `:` and its value,
//! and lines of a list or mapping in flow style, or of quoted text, that begin no further right than their key.
//!
//! Owns the way to a text that the scanner takes. Quoted text, block scalars and comments keep their tabs.

/// A text as the scanner takes it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mended {
    /// The text with a blank for each tab between a `:` and a value; as long as it was.
    pub(super) text: String,
    /// The byte at which each line begins that must be moved to the right, and by how many blanks.
    pub(super) moved: Vec<(usize, usize)>,
}

/// How far a line is moved at most: no contract is nested so deep.
const MAX_MOVED: usize = 500;

/// How many bytes a text may grow at most, and by no more than its own length.
const MAX_GROWTH: usize = 1024 * 1024;

/// The text as the scanner takes it; nothing where it is no other one, where something is never closed, or where it
/// would grow without end.
pub(super) fn mended(text: &str) -> Option<Mended> {
    let mut scan = Scan {
        out: String::with_capacity(text.len()),
        moved: vec![],
        quote: None,
        flow: 0,
        key: 0,
        block: None,
    };
    for line in text.split_inclusive('\n') {
        scan.line(line);
    }
    let is_whole = scan.quote.is_none() && scan.flow == 0;
    let growth: usize = scan.moved.iter().map(|(_, blanks)| blanks).sum();
    if growth > text.len().min(MAX_GROWTH) {
        return None;
    }
    let is_other = !scan.moved.is_empty() || scan.out != text;
    (is_whole && is_other).then_some(Mended { text: scan.out, moved: scan.moved })
}

struct Scan {
    out: String,
    moved: Vec<(usize, usize)>,
    /// The quotation mark that is open.
    quote: Option<char>,
    /// How many lists and mappings in flow style are open.
    flow: usize,
    /// How far the key is indented whose value is in flow style or quoted.
    key: usize,
    /// How far the key is indented whose block scalar this is.
    block: Option<usize>,
}

impl Scan {
    fn line(&mut self, line: &str) {
        let text = line.trim_start_matches(' ');
        let indent = line.len() - text.len();
        if self.block.is_some_and(|of| indent > of || text.trim().is_empty()) {
            self.out.push_str(line);
            return;
        }
        self.block = None;
        if self.quote.is_none() && self.flow == 0 {
            self.key = indent + markers(text);
        } else if indent <= self.key && self.key < MAX_MOVED && !text.trim().is_empty() {
            self.moved.push((self.out.len(), self.key + 1 - indent));
        }
        let (mut starts, mut after_colon) = (self.quote.is_none(), false);
        let mut before = ' ';
        let mut chars = line.char_indices().peekable();
        while let Some((at, char)) = chars.next() {
            match (self.quote, char) {
                (Some('"'), '\\') => {
                    self.out.push(char);
                    self.out.extend(chars.next().map(|(_, char)| char));
                    continue;
                }
                (Some('\''), '\'') if chars.peek().is_some_and(|(_, next)| *next == '\'') => {
                    self.out.push_str("''");
                    chars.next();
                    continue;
                }
                (Some(mark), _) if mark == char => self.quote = None,
                (Some(_), _) => {}
                (None, '#') if before.is_whitespace() => {
                    self.out.push_str(&line[at..]);
                    return;
                }
                (None, '"' | '\'') if starts => self.quote = Some(char),
                (None, '[' | '{') if starts || self.flow > 0 => self.flow += 1,
                (None, ']' | '}') => self.flow = self.flow.saturating_sub(1),
                (None, '|' | '>') if starts && self.flow == 0 => {
                    self.block = Some(indent + markers(text));
                }
                (None, '\t') if after_colon => {
                    self.out.push(' ');
                    continue;
                }
                _ => {}
            }
            let ends_key = char == ':' && self.quote.is_none();
            let is_blank = char == ' ' || char == '\t';
            after_colon = ends_key || (after_colon && is_blank);
            starts = ends_key
                || (starts && (is_blank || char == '-' || char == '?'))
                || (self.flow > 0 && matches!(char, ',' | '[' | '{'));
            before = char;
            self.out.push(char);
        }
    }
}

/// How many bytes the markers of list items take at the start of a line: two in `- key: |`.
fn markers(text: &str) -> usize {
    let rest = text.trim_start_matches(['-', ' ']);
    text.len() - rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let expected = Mended { text: expected.to_owned(), moved: vec![] };
        assert_eq!(mended(text), Some(expected));
    }

    /// The text as the scanner is given it.
    fn check_moved(text: &str, expected: &str) {
        let given = mended(text).map(|Mended { mut text, moved }| {
            for (at, blanks) in moved.into_iter().rev() {
                text.insert_str(at, &" ".repeat(blanks));
            }
            text
        });
        assert_eq!(given.as_deref(), Some(expected));
    }

    #[test]
    fn a_tab_after_a_colon_is_a_blank() {
        check("a:\tb\n", "a: b\n");
        check("- a: \t\tb\n  c:\t{d:\te}\n", "- a:   b\n  c: {d: e}\n");
    }

    #[test]
    fn text_keeps_its_tabs() {
        let kept = [
            "a: 'b:\tc'\n",
            "a: \"b\\\":\tc\"\n",
            "a: 'b\n  c:\td'\n",
            "a: |\n  b:\tc\n\n  d:\te\n",
            "- a: >-\n    b:\tc\n",
            "a: b # c:\td\n",
        ];
        kept.into_iter().for_each(|text| assert_eq!(mended(text), None, "{text}"));
        check("- a: |\n    b:\tc\n  d:\te\n", "- a: |\n    b:\tc\n  d: e\n");
        check("a: don't\nb:\tc\n", "a: don't\nb: c\n");
    }

    #[test]
    fn lines_in_flow_style_and_quoted_ones_move_to_the_right_of_their_key() {
        check_moved("a:\n  b: [\n  c\n  ]\n  d: e\n", "a:\n  b: [\n   c\n   ]\n  d: e\n");
        check_moved("- a: {\n  b: 1\n}\n- c\n", "- a: {\n   b: 1\n   }\n- c\n");
        check_moved("  a: \"b\n\nc [\"\n  d: e\n", "  a: \"b\n\n   c [\"\n  d: e\n");
        check_moved("  a: 'it''s\n  b'\n", "  a: 'it''s\n   b'\n");
        let same =
            ["a: [\n  b\n ]\n", "  a: |\n    [\n    b\n", "  a: [\n  b\n", "  a: b [\n  c: d\n"];
        same.into_iter().for_each(|text| assert_eq!(mended(text), None, "{text}"));
    }

    #[test]
    fn a_text_grows_by_its_own_length_at_most() {
        let indented =
            |n_lines: usize| format!("{}a: [\n{}]\n", " ".repeat(100), "b,\n".repeat(n_lines));
        assert!(mended(&indented(0)).is_some());
        assert_eq!(mended(&indented(100)), None);
    }
}
