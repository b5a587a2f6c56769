//! JSON as what it is, in a small part of the time that it takes as YAML.
//!
//! Owns the grammar of RFC 8259, and no message: what is not JSON through and through, or has a key twice, has no answer
//! here. Contracts that people write are read by [`super::yaml`], which says what is wrong with them.

use super::children::{List, Map};
use super::node::{Entry, Node, Value};
use super::yaml::{MAX_DEPTH, plain};
use crate::source::{FileId, Span};

/// The tree of a JSON document.
pub(crate) fn read(file: FileId, text: &str) -> Option<Node> {
    let mut reader = Reader { file, text, at: 0 };
    reader.blank();
    if !matches!(reader.peek()?, b'{' | b'[') || u32::try_from(text.len()).is_err() {
        return None;
    }
    let tree = reader.value(0)?;
    reader.blank();
    (reader.at == text.len()).then_some(tree)
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    /// The byte that comes next.
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blank(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// Takes a sign, and the blanks behind it.
    fn sign(&mut self, sign: u8) -> Option<()> {
        (self.peek()? == sign).then(|| self.at += 1)?;
        self.blank();
        Some(())
    }

    fn span(&self, start: usize) -> Option<Span> {
        let [start, end] = [start, self.at].map(|at| u32::try_from(at).ok());
        Some(Span { file: self.file, start: start?, end: end? })
    }

    fn value(&mut self, depth: usize) -> Option<Node> {
        let start = self.at;
        let value = match self.peek()? {
            b'{' | b'[' if depth >= MAX_DEPTH => return None,
            b'{' => Value::Map(self.map(depth + 1)?),
            b'[' => Value::List(self.list(depth + 1)?),
            b'"' => Value::Text(self.string()?),
            _ => self.word()?,
        };
        Some(Node { span: self.span(start)?, value })
    }

    fn map(&mut self, depth: usize) -> Option<Map> {
        let mut entries: Vec<Entry> = vec![];
        self.sign(b'{')?;
        while self.peek()? != b'}' {
            if !entries.is_empty() {
                self.sign(b',')?;
            }
            let start = self.at;
            let key = self.string()?;
            let key_span = self.span(start)?;
            self.blank();
            self.sign(b':')?;
            let value = self.value(depth)?;
            self.blank();
            entries.push(Entry { key, key_span, value });
        }
        self.at += 1;
        let mut keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
        keys.sort_unstable();
        // To YAML, this one is no key.
        let is_other = keys.contains(&"<<") || keys.windows(2).any(|two| two[0] == two[1]);
        (!is_other).then(|| Map::new(entries))
    }

    fn list(&mut self, depth: usize) -> Option<List> {
        let mut items = vec![];
        self.sign(b'[')?;
        while self.peek()? != b']' {
            if !items.is_empty() {
                self.sign(b',')?;
            }
            items.push(self.value(depth)?);
            self.blank();
        }
        self.at += 1;
        Some(List::new(items))
    }

    fn string(&mut self) -> Option<String> {
        (self.peek()? == b'"').then(|| self.at += 1)?;
        let start = self.at;
        let mut is_escaped = false;
        loop {
            match self.peek()? {
                b'"' => break,
                b'\\' => {
                    is_escaped = true;
                    self.at += 2;
                }
                0..b' ' => return None,
                _ => self.at += 1,
            }
        }
        let inside = self.text.get(start..self.at)?;
        self.at += 1;
        // Signs that YAML takes only as escapes.
        let is_hidden =
            |char: char| matches!(char, '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}');
        if !inside.is_ascii() && inside.contains(is_hidden) || inside.contains('\u{7f}') {
            return None;
        }
        match is_escaped {
            true => serde_json::from_str(&self.text[start - 1..self.at]).ok(),
            false => Some(inside.to_owned()),
        }
    }

    /// `null`, `true`, `false` or a number.
    fn word(&mut self) -> Option<Value> {
        let start = self.at;
        while matches!(self.peek(), Some(b'a'..=b'z' | b'E' | b'0'..=b'9' | b'+' | b'-' | b'.')) {
            self.at += 1;
        }
        match &self.text[start..self.at] {
            word @ ("null" | "true" | "false") => plain(word),
            number if serde_json::from_str::<serde_json::Number>(number).is_ok() => plain(number),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Sink;
    use crate::parse::yaml;

    /// Whether trees are the same, but for the blanks behind a list or mapping, which belong to it in YAML.
    fn is_same(one: &Node, other: &Node) -> bool {
        let has_place = one.span.start == other.span.start && one.span.end <= other.span.end;
        has_place
            && match (&one.value, &other.value) {
                (Value::List(one), Value::List(other)) => {
                    one.len() == other.len()
                        && one.iter().zip(other).all(|(one, other)| is_same(one, other))
                }
                (Value::Map(one), Value::Map(other)) => {
                    let are_same = |(one, other): (&Entry, &Entry)| {
                        (&one.key, one.key_span) == (&other.key, other.key_span)
                            && is_same(&one.value, &other.value)
                    };
                    one.len() == other.len() && one.iter().zip(other).all(are_same)
                }
                (value, other_value) => value == other_value && one.span == other.span,
            }
    }

    #[test]
    fn json_is_the_same_tree_as_by_the_reader_of_yaml() {
        let texts = [
            r#"{}"#,
            r#" [ ] "#,
            r#"{"a": {"b": [1, -2.50, 1e5, 1E+5, 0.0, true, false, null, ""]}, "c": "d"}"#,
            "{\n  \"openapi\": \"3.0.3\",\n  \"größe\": \"ü→𝄞\",\n  \"x\": [\n    {\"y\": \"z\"},\n    []\n  ]\n}\n",
            r#"{"a": "\"\\\/\b\f\n\r\tä\ud834\udd1e# no comment: {}"}"#,
            r#"{"1":1,"2":2,"3":3,"4":4,"5":5,"6":6,"7":7,"8":8,"9":{"a":[[[]]]}}"#,
        ];
        for text in texts {
            let tree = read(FileId::default(), text);
            let sink = Sink::default();
            let other = yaml::parse(FileId::default(), text, &sink);
            assert!(tree.zip(other).is_some_and(|(one, other)| is_same(&one, &other)), "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_left_to_the_reader_of_yaml() {
        let texts = [
            "",
            "a: b",
            "{a: b}",
            "{'a': 1}",
            "{\"a\": b}",
            "{\"a\": 1,}",
            "[1,]",
            "{\"a\" 1}",
            "[1 2]",
            "[01]",
            "[+1]",
            "[1.]",
            "[.5]",
            "[0x1]",
            "{\"a\": 1, \"a\": 2}",
            "{\"<<\": {}}",
            "{\"a\": 1} # end",
            "[\"\\x41\"]",
            "[\"\\ud834\"]",
            "[\"\\ud834\\u0041\"]",
            "[\"a\nb\"]",
            "[\"\\",
            "[\"",
            "{\"a\": 1}\n---\n{}",
            "[tru]",
            "1",
        ];
        for text in texts {
            assert_eq!(read(FileId::default(), text), None, "{text}");
        }
        let deep = |n: usize| "[".repeat(n) + &"]".repeat(n);
        assert!(read(FileId::default(), &deep(MAX_DEPTH)).is_some());
        assert_eq!(read(FileId::default(), &deep(MAX_DEPTH + 1)), None);
    }
}
