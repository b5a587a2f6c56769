//! Tabs between a key's `:` and its value, where YAML takes a tab for a blank and the scanner does not.
//!
//! Owns the way to a text of the same length without them. Quoted text, block scalars and comments keep theirs.

/// Whether such a tab stands in a text.
pub(super) fn may_be_why(text: &str) -> bool {
    text.contains(":\t") || text.contains(": \t")
}

/// The text with a blank for each tab between a `:` and a value.
pub(super) fn as_blanks(text: &str) -> String {
    let mut scan =
        Scan { out: String::with_capacity(text.len()), quote: None, flow: 0, block: None };
    for line in text.split_inclusive('\n') {
        scan.line(line);
    }
    scan.out
}

struct Scan {
    out: String,
    /// The quotation mark that is open.
    quote: Option<char>,
    /// How many lists and mappings in flow style are open.
    flow: usize,
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
        assert_eq!(as_blanks(text), expected);
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
        kept.into_iter().for_each(|text| check(text, text));
        check("- a: |\n    b:\tc\n  d:\te\n", "- a: |\n    b:\tc\n  d: e\n");
        check("a: don't\nb:\tc\n", "a: don't\nb: c\n");
    }
}
