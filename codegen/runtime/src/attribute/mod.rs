//! Values as DynamoDB stores them.
//!
//! **Shape** objects are `M`, lists `L`, numbers of every kind `N`, texts, UUIDs, dates and times `S`, bytes `B`,
//! truth values `BOOL`, `null` is `NULL`; a property without a value is left out. Empty texts are stored as they are.
//! **Source** DynamoDB Developer Guide, "Supported data types"
//!
//! What is read back is checked like a request: a stored value that violates the contract is an [`AttributeError`].

mod image;
mod sink;

pub(crate) use image::Image;

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::{At, Decode, Encode, Problem, Violations};

/// A stored value violates the contract of the type that it is read as.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("what is stored is not a `{type_name}`: {violations}")]
pub struct AttributeError {
    /// The type, with its path.
    pub type_name: &'static str,
    /// The attributes, and what is wrong with them; sensitive values are not shown.
    pub violations: Violations,
}

/// A number that a table cannot hold as it is: DynamoDB keeps 38 digits, from 1e-130 to 9.99…e125.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a table cannot hold the number at {pointer:?}")]
pub struct Unstorable {
    /// Where it stands in the value, as a JSON Pointer.
    pub pointer: String,
    /// The number. Not part of the message, because it may be sensitive.
    pub number: String,
}

/// A type that can be stored as a DynamoDB attribute.
pub trait Attribute: Sized {
    /// The value as an attribute. A number that no table holds is left to DynamoDB, which refuses it in keys and
    /// conditions alike.
    fn to_attribute(&self) -> AttributeValue;

    /// The value that an attribute holds.
    ///
    /// # Errors
    /// What is stored violates the contract.
    fn from_attribute(attribute: &AttributeValue) -> Result<Self, AttributeError>;
}

impl<T: Encode + Decode> Attribute for T {
    fn to_attribute(&self) -> AttributeValue {
        sink::to_attribute(self).0
    }

    fn from_attribute(attribute: &AttributeValue) -> Result<Self, AttributeError> {
        decode_attribute(attribute)
    }
}

fn decode_attribute<T: Decode>(attribute: &AttributeValue) -> Result<T, AttributeError> {
    let mut violations = Violations::default();
    let value = T::decode(&At::stored("", attribute), &mut violations);
    let error = |violations| AttributeError { type_name: std::any::type_name::<T>(), violations };
    violations.or(value).map_err(error)
}

/// What an item holds, for what is only read.
pub(crate) fn decode_item<T: Decode>(
    item: HashMap<String, AttributeValue>,
) -> Result<T, AttributeError> {
    decode_attribute(&AttributeValue::M(item))
}

/// An object as an item, a map of its properties. A value that is no object has none.
///
/// # Errors
/// It holds a number that no table does.
pub fn to_item(value: &impl Encode) -> Result<HashMap<String, AttributeValue>, Unstorable> {
    match sink::to_attribute(value) {
        (_, Some(unstorable)) => Err(unstorable),
        (AttributeValue::M(item), None) => Ok(item),
        _ => Ok(HashMap::new()),
    }
}

/// The violations of values that a client sent and no table holds, each with the pointer to its value; none where all can
/// be stored, as keys too.
#[must_use]
pub fn unstorable(values: &[(&str, &dyn Encode)]) -> Option<Problem> {
    let mut violations = Violations::default();
    for (pointer, value) in values.iter().filter(|(_, value)| !sink::is_storable_value(*value)) {
        if let (_, Some(unstorable)) = sink::to_attribute(value) {
            let pointer = format!("{pointer}{}", unstorable.pointer);
            violations.add(
                pointer,
                "expected 0, or a number of 1e-130 to 9.99e+125 in size with at most 38 digits",
            );
        }
    }
    (!violations.is_empty()).then(|| Problem::bad_request(violations))
}

/// The object that an item holds.
///
/// # Errors
/// What is stored violates the contract.
pub fn from_item<T: Encode + Decode>(
    item: HashMap<String, AttributeValue>,
) -> Result<T, AttributeError> {
    T::from_attribute(&AttributeValue::M(item))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::Json;

    #[test]
    fn numbers_that_no_table_holds_are_violations() {
        let parse = |text: &str| Json::parse(text).unwrap();
        let fine = parse(r#"{"a":[1e125,-1e-130,0,12.5,0e999],"b":"1e999"}"#);
        assert!(unstorable(&[("/body", &fine), ("/query/most", &Some(1e125))]).is_none());
        let body = parse(r#"{"a":[1,{"b/c":1e126}]}"#);
        let problem = unstorable(&[("/body", &body), ("/query/least", &Some(-1e-200))]).unwrap();
        assert_eq!(problem.status, 400);
        let pointers: Vec<&str> =
            problem.violations.iter().map(|one| one.pointer.as_str()).collect();
        assert_eq!(pointers, ["/body/a/1/b~1c", "/query/least"]);
    }
}
