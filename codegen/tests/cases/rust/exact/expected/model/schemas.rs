// @generated from the contracts in spec/; edits are overwritten.

//! What the contracts demand of values beyond what types express.

use runtime::Schemas;

/// JSON Schema by the names that `Decode` of the types asks for, read at first use.
pub static SCHEMAS: Schemas = Schemas::new(include_str!("schemas.json"));
