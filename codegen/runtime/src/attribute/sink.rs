//! Building an attribute from the pieces of a value.

use std::collections::HashMap;

use super::Unstorable;
use crate::decode::push_key;
use crate::value::Decimal;
use crate::{Encode, Sink};
use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;

/// A value as an attribute, and the first number in it that no table holds.
pub(super) fn to_attribute(value: &impl Encode) -> (AttributeValue, Option<Unstorable>) {
    let done = AttributeValue::Null(true);
    let mut writer = AttributeSink { open: Vec::new(), done, unstorable: None };
    value.encode(&mut writer);
    (writer.done, writer.unstorable)
}

/// Whether DynamoDB keeps a number as it is: 38 digits, from 1e-130 to 9.99…e125 (API reference, "Numbers").
fn is_storable(number: &str) -> bool {
    const DIGITS: usize = 38;
    let is_short = number.len() <= DIGITS && !number.contains(['e', 'E']);
    is_short || Decimal::parse(number).is_some_and(|n| (-130..=125).contains(&n.magnitude()))
}

/// Whether a value holds only numbers that DynamoDB keeps as they are.
pub(super) fn is_storable_value(value: &dyn Encode) -> bool {
    let mut numbers = Numbers { fit: true };
    value.encode(&mut numbers);
    numbers.fit
}

/// Looks at the numbers of a value, and at nothing else.
struct Numbers {
    fit: bool,
}

impl Sink for Numbers {
    fn null(&mut self) {}
    fn boolean(&mut self, _: bool) {}
    fn integer(&mut self, _: i64) {}
    fn number(&mut self, text: &str) {
        self.fit &= is_storable(text);
    }
    fn text(&mut self, _: &str) {}
    fn bytes(&mut self, _: &[u8]) {}
    fn begin_list(&mut self) {}
    fn end_list(&mut self) {}
    fn begin_map(&mut self) {}
    fn key(&mut self, _: &str) {}
    fn end_map(&mut self) {}
}

struct AttributeSink {
    /// The lists and objects that are not ended yet, the innermost last.
    open: Vec<Open>,
    /// The whole value, when nothing is open any more.
    done: AttributeValue,
    unstorable: Option<Unstorable>,
}

enum Open {
    List(Vec<AttributeValue>),
    Map(HashMap<String, AttributeValue>, String),
}

impl AttributeSink {
    fn put(&mut self, attribute: AttributeValue) {
        match self.open.last_mut() {
            Some(Open::List(items)) => items.push(attribute),
            Some(Open::Map(members, key)) => {
                members.insert(std::mem::take(key), attribute);
            }
            None => self.done = attribute,
        }
    }

    /// Where the next value stands.
    fn pointer(&self) -> String {
        let mut out = String::new();
        for open in &self.open {
            match open {
                Open::List(items) => push_key(&mut out, &items.len().to_string()),
                Open::Map(_, key) => push_key(&mut out, key),
            }
        }
        out
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::List(items)) => self.put(AttributeValue::L(items)),
            Some(Open::Map(members, _)) => self.put(AttributeValue::M(members)),
            None => {}
        }
    }
}

impl Sink for AttributeSink {
    fn null(&mut self) {
        self.put(AttributeValue::Null(true));
    }

    fn boolean(&mut self, value: bool) {
        self.put(AttributeValue::Bool(value));
    }

    fn integer(&mut self, value: i64) {
        self.put(AttributeValue::N(value.to_string()));
    }

    fn number(&mut self, text: &str) {
        if self.unstorable.is_none() && !is_storable(text) {
            self.unstorable = Some(Unstorable { pointer: self.pointer(), number: text.to_owned() });
        }
        self.put(AttributeValue::N(text.to_owned()));
    }

    fn text(&mut self, value: &str) {
        self.put(AttributeValue::S(value.to_owned()));
    }

    fn bytes(&mut self, value: &[u8]) {
        self.put(AttributeValue::B(Blob::new(value)));
    }

    fn begin_list(&mut self) {
        self.open.push(Open::List(Vec::new()));
    }

    fn end_list(&mut self) {
        self.end();
    }

    fn begin_map(&mut self) {
        self.open.push(Open::Map(HashMap::new(), String::new()));
    }

    fn key(&mut self, name: &str) {
        if let Some(Open::Map(_, key)) = self.open.last_mut() {
            name.clone_into(key);
        }
    }

    fn end_map(&mut self) {
        self.end();
    }
}
