//! One value, in whichever form it came: parsed JSON, a stored attribute, or the text of a parameter.
//!
//! Owns how each form spells nothing, truth, numbers, text, lists and objects, so that types know one form only.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::number;

/// A value that stands somewhere.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Node<'a> {
    /// JSON.
    Json(&'a Value),
    /// A DynamoDB attribute.
    Stored(&'a AttributeValue),
    /// The text of a parameter, which may mean a number or a truth value as well.
    Text(&'a str),
    /// The texts of a parameter that may be given several times.
    Texts(&'a [&'a str]),
}

/// What a value is.
#[derive(Debug, Clone, Copy)]
pub(crate) enum View<'a> {
    Null,
    Boolean(bool),
    Number(Number<'a>),
    String(&'a str),
    Bytes(&'a [u8]),
    List(List<'a>),
    Map(Map<'a>),
    /// Text that may mean a number or a truth value as well.
    Text(&'a str),
    /// A stored set, which no contract can ask for.
    Set,
}

impl<'a> Node<'a> {
    pub(crate) fn view(self) -> View<'a> {
        match self {
            Self::Json(value) => match value {
                Value::Null => View::Null,
                Value::Bool(value) => View::Boolean(*value),
                Value::Number(number) => View::Number(Number::of_json(number)),
                Value::String(text) => View::String(text),
                Value::Array(items) => View::List(List::Json(items)),
                Value::Object(map) => View::Map(Map::Json(map)),
            },
            Self::Stored(value) => match value {
                AttributeValue::Null(_) => View::Null,
                AttributeValue::Bool(value) => View::Boolean(*value),
                AttributeValue::N(text) => View::Number(Number::Text(text)),
                AttributeValue::S(text) => View::String(text),
                AttributeValue::B(bytes) => View::Bytes(bytes.as_ref()),
                AttributeValue::L(items) => View::List(List::Stored(items)),
                AttributeValue::M(map) => View::Map(Map::Stored(map)),
                _ => View::Set,
            },
            Self::Text(text) => View::Text(text),
            Self::Texts(texts) => View::List(List::Texts(texts)),
        }
    }

    /// The value as JSON. Numbers with more digits than a double holds lose some.
    pub(crate) fn to_json(self) -> Value {
        match self.view() {
            View::Null | View::Set => Value::Null,
            View::Boolean(value) => Value::Bool(value),
            View::Number(number) => number.to_json(),
            View::String(text) | View::Text(text) => Value::from(text),
            View::Bytes(bytes) => Value::from(crate::value::to_base64(bytes)),
            View::List(list) => list.iter().map(Node::to_json).collect(),
            View::Map(map) => {
                let member = |key: &'a str| Some((key.to_owned(), map.get(key)?.to_json()));
                Value::Object(map.keys().into_iter().filter_map(member).collect())
            }
        }
    }
}

/// A number, as exact as its form has it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Number<'a> {
    Integer(i128),
    Double(f64),
    Text(&'a str),
}

impl<'a> Number<'a> {
    fn of_json(number: &serde_json::Number) -> Self {
        match (number.as_i128(), number.as_f64()) {
            (Some(integer), _) => Self::Integer(integer),
            (None, Some(double)) => Self::Double(double),
            (None, None) => Self::Double(f64::NAN),
        }
    }

    /// The number as an integer; `2.0` and `2e3` are integers too (JSON Schema, section 6.1.1).
    pub(crate) fn to_i64(self) -> Option<i64> {
        /// The least double above every `i64`.
        const LIMIT: f64 = 9_223_372_036_854_775_808.0;
        match self {
            Self::Integer(integer) => integer.try_into().ok(),
            #[allow(
                clippy::cast_possible_truncation,
                reason = "the guard leaves integers in range"
            )]
            Self::Double(double) if double.fract() == 0.0 && (-LIMIT..LIMIT).contains(&double) => {
                Some(double as i64)
            }
            Self::Double(_) => None,
            Self::Text(text) => {
                let decimal = number::parse_decimal(text)?;
                if decimal.fract().is_zero() { decimal.trunc().try_into().ok() } else { None }
            }
        }
    }

    /// The number as a decimal, if 28 digits are enough for it. A double stands for the shortest decimal that is
    /// read as that double.
    pub(crate) fn to_decimal(self) -> Option<Decimal> {
        match self {
            Self::Integer(integer) => Decimal::try_from_i128_with_scale(integer, 0).ok(),
            Self::Double(double) => number::decimal_of_double(double),
            Self::Text(text) => number::parse_decimal(text),
        }
    }

    /// The number as a double; none when it is beyond the range.
    pub(crate) fn to_f64(self) -> Option<f64> {
        let double = match self {
            #[allow(clippy::cast_precision_loss, reason = "a double is what the contract asks for")]
            Self::Integer(integer) => integer as f64,
            Self::Double(double) => double,
            Self::Text(text) if number::is_json_number(text) => text.parse().ok()?,
            Self::Text(_) => return None,
        };
        double.is_finite().then_some(double)
    }

    fn to_json(self) -> Value {
        match self {
            Self::Integer(integer) => {
                serde_json::Number::from_i128(integer).map_or(Value::Null, Value::Number)
            }
            Self::Double(double) => Value::from(double),
            Self::Text(text) => match (text.parse::<i64>(), text.parse::<u64>()) {
                (Ok(integer), _) => Value::from(integer),
                (Err(_), Ok(integer)) => Value::from(integer),
                // The standard library reads doubles exactly, `serde_json` to within one unit in the last place.
                (Err(_), Err(_)) => {
                    text.parse().map_or(Value::Null, |double: f64| Value::from(double))
                }
            },
        }
    }
}

/// The elements of a list.
#[derive(Debug, Clone, Copy)]
pub(crate) enum List<'a> {
    Json(&'a [Value]),
    Stored(&'a [AttributeValue]),
    Texts(&'a [&'a str]),
}

impl<'a> List<'a> {
    pub(crate) fn len(self) -> usize {
        match self {
            Self::Json(items) => items.len(),
            Self::Stored(items) => items.len(),
            Self::Texts(texts) => texts.len(),
        }
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Node<'a>> {
        (0..self.len()).map(move |index| match self {
            Self::Json(items) => Node::Json(&items[index]),
            Self::Stored(items) => Node::Stored(&items[index]),
            Self::Texts(texts) => Node::Text(texts[index]),
        })
    }
}

/// The members of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Map<'a> {
    Json(&'a serde_json::Map<String, Value>),
    Stored(&'a HashMap<String, AttributeValue>),
}

impl<'a> Map<'a> {
    pub(crate) fn get(self, key: &str) -> Option<Node<'a>> {
        match self {
            Self::Json(map) => map.get(key).map(Node::Json),
            Self::Stored(map) => map.get(key).map(Node::Stored),
        }
    }

    pub(crate) fn len(self) -> usize {
        match self {
            Self::Json(map) => map.len(),
            Self::Stored(map) => map.len(),
        }
    }

    /// The keys, sorted, so that what is said of them does not depend on chance.
    pub(crate) fn keys(self) -> Vec<&'a str> {
        let mut keys: Vec<&str> = match self {
            Self::Json(map) => map.keys().map(String::as_str).collect(),
            Self::Stored(map) => map.keys().map(String::as_str).collect(),
        };
        keys.sort_unstable();
        keys
    }

    pub(crate) fn is_stored(self) -> bool {
        matches!(self, Self::Stored(_))
    }
}
