//! From typed values to JSON, stored attributes and the text of parameters.
//!
//! A type says once what it consists of, to whatever [`Sink`] it is given. Encoding cannot fail and refuses nothing:
//! the types cannot hold what the contract forbids, except where a plain list or number is left to its owner.

mod json;
mod tag;
mod text;

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::json::Tree;
use crate::value::{Bytes, Date, Decimal, DecimalString, Maybe, Sensitive, Timestamp};

pub use json::{to_json, to_value};
pub use tag::tagged as encode_tagged;
pub use text::{only_text, to_text, to_texts};

/// A type that can be written as JSON and as a stored attribute, and where it is a scalar as the text of a
/// parameter.
pub trait Encode {
    /// Says what the value consists of.
    fn encode(&self, out: &mut dyn Sink);
}

/// Where values are written to: told of one piece after the other, in order.
///
/// Between `begin_map` and `end_map`, each value follows its `key`.
pub trait Sink {
    /// `null`
    fn null(&mut self);
    /// A truth value.
    fn boolean(&mut self, value: bool);
    /// An integer.
    fn integer(&mut self, value: i64);
    /// Any number, as JSON writes it.
    fn number(&mut self, text: &str);
    /// A text.
    fn text(&mut self, value: &str);
    /// Bytes.
    fn bytes(&mut self, value: &[u8]);
    /// A list starts.
    fn begin_list(&mut self);
    /// The list ends.
    fn end_list(&mut self);
    /// An object starts.
    fn begin_map(&mut self);
    /// The name of the property whose value follows.
    fn key(&mut self, name: &str);
    /// The object ends.
    fn end_map(&mut self);
}

impl dyn Sink + '_ {
    /// A property with its value.
    pub fn field(&mut self, name: &str, value: &dyn Encode) {
        self.key(name);
        value.encode(self);
    }

    /// A property that is left out when it has no value.
    pub fn optional<T: Encode>(&mut self, name: &str, value: &Option<T>) {
        if let Some(value) = value {
            self.field(name, value);
        }
    }

    /// A property that may be left out and may be `null`.
    pub fn maybe<T: Encode>(&mut self, name: &str, value: &Maybe<T>) {
        match value {
            Maybe::Absent => {}
            Maybe::Null => self.field(name, &()),
            Maybe::Value(value) => self.field(name, value),
        }
    }

    /// Properties that the contract does not name; those that it names are left out, so that none occurs twice.
    pub fn others<T: Encode>(&mut self, values: &BTreeMap<String, T>, known: &[&str]) {
        for (name, value) in values.iter().filter(|(name, _)| !known.contains(&name.as_str())) {
            self.field(name, value);
        }
    }
}

/// `null`
impl Encode for () {
    fn encode(&self, out: &mut dyn Sink) {
        out.null();
    }
}

impl Encode for bool {
    fn encode(&self, out: &mut dyn Sink) {
        out.boolean(*self);
    }
}

impl Encode for i32 {
    fn encode(&self, out: &mut dyn Sink) {
        out.integer(i64::from(*self));
    }
}

impl Encode for i64 {
    fn encode(&self, out: &mut dyn Sink) {
        out.integer(*self);
    }
}

impl Encode for i128 {
    fn encode(&self, out: &mut dyn Sink) {
        match i64::try_from(*self) {
            Ok(value) => out.integer(value),
            Err(_) => out.number(&self.to_string()),
        }
    }
}

/// One that is not finite counts as `null`, because JSON has no way to write it.
impl Encode for f64 {
    fn encode(&self, out: &mut dyn Sink) {
        match serde_json::Number::from_f64(*self) {
            Some(number) => out.number(&number.to_string()),
            None => out.null(),
        }
    }
}

impl Encode for Decimal {
    fn encode(&self, out: &mut dyn Sink) {
        out.number(&self.to_string());
    }
}

impl Encode for DecimalString {
    fn encode(&self, out: &mut dyn Sink) {
        out.text(self.as_str());
    }
}

impl Encode for str {
    fn encode(&self, out: &mut dyn Sink) {
        out.text(self);
    }
}

impl Encode for String {
    fn encode(&self, out: &mut dyn Sink) {
        out.text(self);
    }
}

impl Encode for Uuid {
    fn encode(&self, out: &mut dyn Sink) {
        out.text(self.hyphenated().encode_lower(&mut Self::encode_buffer()));
    }
}

impl Encode for Timestamp {
    fn encode(&self, out: &mut dyn Sink) {
        out.text(&self.to_string());
    }
}

impl Encode for Date {
    fn encode(&self, out: &mut dyn Sink) {
        out.text(&self.to_string());
    }
}

impl Encode for Bytes {
    fn encode(&self, out: &mut dyn Sink) {
        out.bytes(self);
    }
}

impl Encode for Tree<'_> {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Self::Null => out.null(),
            Self::Bool(value) => out.boolean(*value),
            Self::Number(number) => out.number(number.as_str()),
            Self::String(text) => out.text(text),
            Self::Array(items) => items.encode(out),
            Self::Object(members) => {
                out.begin_map();
                for (name, value) in members.iter() {
                    out.field(name, value);
                }
                out.end_map();
            }
        }
    }
}

impl Encode for serde_json::Value {
    fn encode(&self, out: &mut dyn Sink) {
        Tree::from(self).encode(out);
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_list();
        for item in self {
            item.encode(out);
        }
        out.end_list();
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, out: &mut dyn Sink) {
        out.begin_map();
        out.others(self, &[]);
        out.end_map();
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, out: &mut dyn Sink) {
        match self {
            Some(value) => value.encode(out),
            None => out.null(),
        }
    }
}

impl<T: Encode + ?Sized> Encode for Box<T> {
    fn encode(&self, out: &mut dyn Sink) {
        (**self).encode(out);
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, out: &mut dyn Sink) {
        (**self).encode(out);
    }
}

impl<T: Encode> Encode for Sensitive<T> {
    fn encode(&self, out: &mut dyn Sink) {
        self.expose().encode(out);
    }
}
