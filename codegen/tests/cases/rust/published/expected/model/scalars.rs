// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use std::collections::BTreeMap;

use runtime::{Json, Text};

use super::rules;

/// A string of at most 20 characters.
///
/// - **Source** `spec/shop/asyncapi.yaml#/components/messages/OrderPlaced/payload/properties/region`
pub type OrderPlacedRegion = Text<rules::OrderPlacedRegion>;

/// An object with any keys; each value is any JSON.
///
/// - **Source** `spec/shop/asyncapi.yaml#/channels/readings/messages/anything`
pub type Anything = BTreeMap<String, Json>;

/// An object with any keys; each value is a string.
///
/// - **Source** `spec/shop/messages.yaml#/ParcelSent`
pub type ParcelSent = BTreeMap<String, String>;
