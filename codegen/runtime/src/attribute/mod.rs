//! Values as DynamoDB stores them.
//!
//! **Shape** objects are `M`, lists `L`, numbers of every kind `N`, texts, UUIDs, dates and times `S`, bytes `B`,
//! truth values `BOOL`, `null` is `NULL`; a property without a value is left out. Empty texts are stored as they are.
//! **Source** DynamoDB Developer Guide, "Supported data types"
//!
//! What is read back is checked like a request: a stored value that violates the contract is an [`AttributeError`].

mod sink;

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;

use crate::{At, Decode, Encode, Violations};

/// A stored value violates the contract of the type that it is read as.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("what is stored is not a `{type_name}`: {violations}")]
pub struct AttributeError {
    /// The type, with its path.
    pub type_name: &'static str,
    /// The attributes, and what is wrong with them; sensitive values are not shown.
    pub violations: Violations,
}

/// A type that can be stored as a DynamoDB attribute.
pub trait Attribute: Sized {
    /// The value as an attribute.
    fn to_attribute(&self) -> AttributeValue;

    /// The value that an attribute holds.
    ///
    /// # Errors
    /// What is stored violates the contract.
    fn from_attribute(attribute: &AttributeValue) -> Result<Self, AttributeError>;
}

impl<T: Encode + Decode> Attribute for T {
    fn to_attribute(&self) -> AttributeValue {
        sink::to_attribute(self)
    }

    fn from_attribute(attribute: &AttributeValue) -> Result<Self, AttributeError> {
        let mut violations = Violations::default();
        let value = T::decode(&At::stored("", attribute), &mut violations);
        let error =
            |violations| AttributeError { type_name: std::any::type_name::<T>(), violations };
        violations.or(value).map_err(error)
    }
}

/// An object as an item, a map of its properties. A value that is no object has none.
#[must_use]
pub fn to_item(value: &impl Encode) -> HashMap<String, AttributeValue> {
    match sink::to_attribute(value) {
        AttributeValue::M(item) => item,
        _ => HashMap::new(),
    }
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
