//! JSON as what it is, in a small part of the time that it takes as YAML.
//!
//! Owns the grammar of RFC 8259, and no message: what is not JSON through and through, or has a key twice, has no answer
//! here. Contracts that people write are read by [`super::yaml`], which says what is wrong with them.

use std::borrow::Cow;

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
        let text = if is_escaped { unescaped(inside)? } else { Cow::Borrowed(inside) };
        Some(text.into_owned())
    }

    /// `null`, `true`, `false` or a number.
    fn word(&mut self) -> Option<Value> {
        let start = self.at;
        while matches!(self.peek(), Some(b'a'..=b'z' | b'E' | b'0'..=b'9' | b'+' | b'-' | b'.')) {
            self.at += 1;
        }
        match &self.text[start..self.at] {
            word @ ("null" | "true" | "false") => plain(word),
            number if is_number(number) => plain(number),
            _ => None,
        }
    }
}

/// Whether a text is a number by the grammar of JSON.
fn is_number(text: &str) -> bool {
    let rest = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|power| digits(power.strip_prefix(['+', '-']).unwrap_or(power)))
}

/// A string without its escapes. Half of a pair is no character.
fn unescaped(inside: &str) -> Option<Cow<'_, str>> {
    let mut text = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(at) = rest.find('\\') {
        text.push_str(&rest[..at]);
        let escape = *rest.as_bytes().get(at + 1)?;
        rest = &rest[at + 1..];
        let mut n_bytes = 1;
        text.push(match escape {
            b'"' | b'\\' | b'/' => char::from(escape),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let unit = |at: usize| {
                    let digits = rest.get(at..at + 5)?.strip_prefix('u')?;
                    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                    u16::from_str_radix(digits, 16).ok().filter(|_| is_hex)
                };
                let high = unit(0)?;
                let is_pair =
                    (0xd800..0xdc00).contains(&high) && rest.as_bytes().get(5) == Some(&b'\\');
                let units = if is_pair { vec![high, unit(6)?] } else { vec![high] };
                n_bytes = 6 * units.len() - 1;
                let mut chars = char::decode_utf16(units);
                let char = chars.next()?.ok()?;
                if chars.next().is_some() {
                    return None;
                }
                char
            }
            _ => return None,
        });
        rest = rest.get(n_bytes..)?;
    }
    text.push_str(rest);
    Some(Cow::Owned(text))
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
