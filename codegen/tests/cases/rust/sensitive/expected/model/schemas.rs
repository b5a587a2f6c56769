// @generated from the contracts in spec/; edits are overwritten.

//! Validation rules of the contracts that types cannot express.

use runtime::Schemas;

/// JSON Schema by the names that `Decode` of the types asks for, read at first use.
pub static SCHEMAS: Schemas = Schemas::new(include_str!("schemas.json"));
