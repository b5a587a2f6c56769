//! Values as JSON text (RFC 8259), without blanks.

use std::fmt::Write as _;

use super::{Encode, Sink};
use crate::Json;

/// A value as JSON text.
#[must_use]
pub fn to_json(value: &(impl Encode + ?Sized)) -> String {
    let mut writer = JsonSink { text: String::with_capacity(256), is_first: true };
    value.encode(&mut writer);
    writer.text
}

/// A value as a tree, of which parameters and forms are made.
#[must_use]
pub fn to_value(value: &(impl Encode + ?Sized)) -> Json {
    // What is written here is JSON.
    Json::parse(&to_json(value)).unwrap_or_default()
}

struct JsonSink {
    text: String,
    /// Whether what follows is the first in its list or object, or the value of a key.
    is_first: bool,
}

impl JsonSink {
    fn separate(&mut self) {
        if !self.is_first {
            self.text.push(',');
        }
        self.is_first = false;
    }

    fn scalar(&mut self, text: &str) {
        self.separate();
        self.text.push_str(text);
    }

    fn begin(&mut self, bracket: char) {
        self.separate();
        self.text.push(bracket);
        self.is_first = true;
    }

    fn end(&mut self, bracket: char) {
        self.text.push(bracket);
        self.is_first = false;
    }

    fn quote(&mut self, text: &str) {
        self.text.push('"');
        let mut rest = text;
        let is_special = |byte: u8| matches!(byte, b'"' | b'\\' | b'\0'..=b'\x1f');
        // All of them are one byte, which is no part of another character.
        while let Some(index) = rest.bytes().position(is_special) {
            self.text.push_str(&rest[..index]);
            match rest.as_bytes()[index] {
                b'"' => self.text.push_str("\\\""),
                b'\\' => self.text.push_str("\\\\"),
                b'\n' => self.text.push_str("\\n"),
                b'\r' => self.text.push_str("\\r"),
                b'\t' => self.text.push_str("\\t"),
                control => {
                    let _ = write!(self.text, "\\u{control:04x}");
                }
            }
            rest = &rest[index + 1..];
        }
        self.text.push_str(rest);
        self.text.push('"');
    }
}

impl Sink for JsonSink {
    fn null(&mut self) {
        self.scalar("null");
    }

    fn boolean(&mut self, value: bool) {
        self.scalar(if value { "true" } else { "false" });
    }

    fn integer(&mut self, value: i64) {
        self.separate();
        let _ = write!(self.text, "{value}");
    }

    fn number(&mut self, text: &str) {
        self.scalar(text);
    }

    fn text(&mut self, value: &str) {
        self.separate();
        self.quote(value);
    }

    fn bytes(&mut self, value: &[u8]) {
        self.separate();
        self.quote(&crate::value::to_base64(value));
    }

    fn begin_list(&mut self) {
        self.begin('[');
    }

    fn end_list(&mut self) {
        self.end(']');
    }

    fn begin_map(&mut self) {
        self.begin('{');
    }

    fn key(&mut self, name: &str) {
        self.separate();
        self.quote(name);
        self.text.push(':');
        self.is_first = true;
    }

    fn end_map(&mut self) {
        self.end('}');
    }
}
