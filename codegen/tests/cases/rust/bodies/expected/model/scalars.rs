// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{Scalar, Text};

use super::rules;

/// A 32-bit integer of at least 1.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1forms/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/age`
pub type SendFormBodyAge = Scalar<rules::SendFormBodyAge>;

/// A string of at most 9 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1uploads/post/requestBody/content/multipart~1form-data/schema/properties/note`
pub type UploadBodyNote = Text<rules::UploadBodyNote>;

/// A string of at most 9 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1texts/put/requestBody/content/text~1plain/schema`
pub type SendTextBody = Text<rules::SendTextBody>;

/// A string of at most 9 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1styles~1{label}~1{matrix}~1{list}/get/parameters/11/schema`
pub type ReadStylesSid = Text<rules::ReadStylesSid>;
