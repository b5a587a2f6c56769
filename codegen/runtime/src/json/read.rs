//! JSON text to a tree, strictly (RFC 8259).
//!
//! Refuses what leaves the meaning open: a property that occurs twice (RFC 7493, section 2.3), half of a surrogate pair.

use std::borrow::Cow;

use scalars::is_json_number;

use super::{Members, Number, Tree};
use crate::decode::quoted;

/// Deeper than that, a value could take more of the stack than there is.
const MAX_DEPTH: usize = 128;

/// Longer ones are no number that anybody means.
const MAX_EXPONENT_DIGITS: usize = 9;

/// Reads a whole text; says in words what is wrong with it.
pub(crate) fn parse(bytes: &[u8]) -> Result<Tree<'_>, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        format!("not UTF-8: the byte at offset {} begins no character", error.valid_up_to())
    })?;
    let mut reader = Reader { text, at: 0 };
    let read = reader.whole();
    read.map_err(|detail| {
        let before = &text.as_bytes()[..reader.at.min(text.len())];
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let column = before.iter().rev().take_while(|byte| **byte != b'\n').count() + 1;
        format!("not the JSON that is expected: {detail} at line {line} column {column}")
    })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn whole(&mut self) -> Result<Tree<'a>, String> {
        let tree = self.value(0)?;
        match self.peek() {
            None => Ok(tree),
            Some(_) => Err("more follows the value".to_owned()),
        }
    }

    /// The next byte that is no blank.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(self.at) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    fn value(&mut self, depth: usize) -> Result<Tree<'a>, String> {
        if depth >= MAX_DEPTH {
            return Err(format!("it nests deeper than {MAX_DEPTH} levels"));
        }
        match self.peek() {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'"') => self.string().map(Tree::String),
            Some(b'-' | b'0'..=b'9') => self.number().map(Tree::Number),
            Some(b't') => self.word("true", Tree::Bool(true)),
            Some(b'f') => self.word("false", Tree::Bool(false)),
            Some(b'n') => self.word("null", Tree::Null),
            Some(_) => Err("no value starts here".to_owned()),
            None => Err("it ends where a value is expected".to_owned()),
        }
    }

    fn word(&mut self, word: &str, tree: Tree<'a>) -> Result<Tree<'a>, String> {
        if !self.text[self.at..].starts_with(word) {
            return Err("no value starts here".to_owned());
        }
        self.at += word.len();
        Ok(tree)
    }

    fn number(&mut self) -> Result<Number<'a>, String> {
        let rest = &self.text[self.at..];
        let in_number = |byte: &u8| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-');
        let text = &rest[..rest.bytes().take_while(in_number).count()];
        if !is_json_number(text) {
            return Err(format!("{} is not a number", quoted(text)));
        }
        if let Some((_, exponent)) = text.split_once(['e', 'E'])
            && exponent.len() > MAX_EXPONENT_DIGITS
            && exponent.trim_start_matches(['+', '-', '0']).len() > MAX_EXPONENT_DIGITS
        {
            return Err(format!("an exponent has more than {MAX_EXPONENT_DIGITS} digits"));
        }
        self.at += text.len();
        Ok(Number::known(text))
    }

    fn array(&mut self, depth: usize) -> Result<Tree<'a>, String> {
        self.at += 1;
        let mut items = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Tree::Array(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if !self.goes_on(b']')? {
                return Ok(Tree::Array(items));
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Tree<'a>, String> {
        self.at += 1;
        let mut members = Vec::new();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Tree::Object(Members::default()));
        }
        loop {
            if self.peek() != Some(b'"') {
                return Err("the name of a property is expected".to_owned());
            }
            let name = self.string()?;
            if self.peek() != Some(b':') {
                return Err("`:` is expected".to_owned());
            }
            self.at += 1;
            members.push((name, self.value(depth + 1)?));
            if !self.goes_on(b'}')? {
                break;
            }
        }
        let members = Members::sorted(members)
            .map_err(|name| format!("the property {} occurs twice", quoted(&name)))?;
        Ok(Tree::Object(members))
    }

    /// Whether a comma follows, rather than the end.
    fn goes_on(&mut self, end: u8) -> Result<bool, String> {
        let next = self.peek();
        let goes_on = match next {
            Some(b',') => true,
            Some(byte) if byte == end => false,
            Some(_) => return Err(format!("`,` or `{}` is expected", char::from(end))),
            None => return Err(format!("it ends before `{}`", char::from(end))),
        };
        self.at += 1;
        Ok(goes_on)
    }

    /// A text; borrowed when nothing in it is escaped.
    fn string(&mut self) -> Result<Cow<'a, str>, String> {
        self.at += 1;
        let plain = self.plain()?;
        if self.text.as_bytes()[self.at] == b'"' {
            self.at += 1;
            return Ok(Cow::Borrowed(plain));
        }
        let mut out = plain.to_owned();
        loop {
            if self.text.as_bytes()[self.at] == b'"' {
                self.at += 1;
                return Ok(Cow::Owned(out));
            }
            self.at += 1;
            out.push(self.escaped()?);
            out.push_str(self.plain()?);
        }
    }

    /// What stands up to the next quote or backslash, one of which surely follows.
    fn plain(&mut self) -> Result<&'a str, String> {
        let (bytes, start) = (self.text.as_bytes(), self.at);
        loop {
            match bytes.get(self.at) {
                Some(b'"' | b'\\') => return Ok(&self.text[start..self.at]),
                Some(..b' ') => {
                    return Err("a control character in a text is not escaped".to_owned());
                }
                Some(_) => self.at += 1,
                None => return Err("it ends in a text".to_owned()),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, String> {
        let byte = self.text.as_bytes().get(self.at).copied();
        let char = match byte {
            Some(b'"' | b'\\' | b'/') => char::from(byte.unwrap_or_default()),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err("no escape is known by this character".to_owned()),
        };
        self.at += 1;
        Ok(char)
    }

    /// `uD83D\uDE00`
    fn unicode(&mut self) -> Result<char, String> {
        let half = || "half of a surrogate pair is not a character".to_owned();
        let first = self.four_digits()?;
        if !(0xD800..0xE000).contains(&first) {
            return char::from_u32(first).ok_or_else(half);
        }
        if first >= 0xDC00 || !self.text[self.at..].starts_with("\\u") {
            return Err(half());
        }
        self.at += 1;
        match self.four_digits()? {
            second @ 0xDC00..0xE000 => {
                char::from_u32(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
                    .ok_or_else(half)
            }
            _ => Err(half()),
        }
    }

    /// The digits after a `u`.
    fn four_digits(&mut self) -> Result<u32, String> {
        let digits = self.text.as_bytes().get(self.at + 1..self.at + 5);
        let digits = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let Some(digits) = digits else {
            return Err("`\\u` takes four hexadecimal digits".to_owned());
        };
        self.at += 5;
        Ok(digits
            .iter()
            .fold(0, |code, digit| code * 16 + char::from(*digit).to_digit(16).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;
    use crate::Json;

    #[test]
    fn digits_are_kept() {
        let text = r#"[12345678901234567890123456789012345678901234567890,1e-999999,0.10,-0]"#;
        assert_eq!(parse(text.as_bytes()).unwrap().to_string(), text);
    }

    #[test]
    fn what_json_is_not_is_refused() {
        for text in [
            "",
            " ",
            "{",
            "[",
            "\"",
            "\"a",
            "tru",
            "nul",
            "01",
            "1.",
            ".5",
            "+1",
            "1e",
            "1e+",
            "- 1",
            "--1",
            "1 2",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\":1 \"b\":2}",
            "'a'",
            "\"\u{1}\"",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\u12g4\"",
            "\"\\ud800\"",
            "\"\\ud800\\n\"",
            "\"\\udc00\"",
            "\"\\ud800\\ud800\"",
            "NaN",
            "Infinity",
            "/**/1",
            "\u{feff}1",
            "1e1234567890",
            "\"\\",
            "\"\\u00e",
        ] {
            assert!(parse(text.as_bytes()).is_err(), "{text:?}");
        }
        assert!(parse(b"\"\xff\"").unwrap_err().starts_with("not UTF-8"));
        let deep = |n: usize| "[".repeat(n) + &"]".repeat(n);
        assert!(parse(deep(128).as_bytes()).is_ok() && parse(deep(129).as_bytes()).is_err());
        assert_eq!(
            parse(b"{\n\"a\":1,\"b\":2,\"a\":3}").unwrap_err(),
            "not the JSON that is expected: the property \"a\" occurs twice at line 2 column 19"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// `serde_json` is the judge of what is JSON, and of what texts mean.
        #[test]
        fn agrees_with_another_reader(text in r#"([\[\]{},:"\\ ]|"[ab]"|\\u00e9|\\n|[0-9eE.+-]|true|null|é){0,12}"#) {
            let ours = parse(text.as_bytes());
            let theirs = serde_json::from_str::<Value>(&text);
            match (&ours, &theirs) {
                (Ok(ours), Ok(theirs)) => {
                    let theirs = Json::from(theirs);
                    // Doubles beyond the range and beyond 17 digits are not for that judge.
                    if text.len() < 15 && !text.contains(['e', 'E']) {
                        prop_assert_eq!(ours, &theirs);
                    }
                }
                (Err(detail), Ok(_)) => prop_assert!(detail.contains("twice"), "{}: {}", text, detail),
                (Ok(_), Err(error)) => {
                    prop_assert!(error.to_string().contains("out of range"), "{}: {}", text, error);
                }
                (Err(_), Err(_)) => {}
            }
        }
    }
}
