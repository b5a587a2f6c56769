//! Building an attribute from the pieces of a value.

use std::collections::HashMap;

use aws_sdk_dynamodb::primitives::Blob;
use aws_sdk_dynamodb::types::AttributeValue;
use rust_decimal::Decimal;

use crate::number::{decimal_text, double_text};
use crate::{Encode, Sink};

/// A value as an attribute.
pub(super) fn to_attribute(value: &impl Encode) -> AttributeValue {
    let mut writer = AttributeSink { open: Vec::new(), done: AttributeValue::Null(true) };
    value.encode(&mut writer);
    writer.done
}

struct AttributeSink {
    /// The lists and objects that are not ended yet, the innermost last.
    open: Vec<Open>,
    /// The whole value, when nothing is open any more.
    done: AttributeValue,
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

    fn double(&mut self, value: f64) {
        self.put(double_text(value).map_or(AttributeValue::Null(true), AttributeValue::N));
    }

    fn decimal(&mut self, value: Decimal) {
        self.put(AttributeValue::N(decimal_text(value)));
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
