// @generated from the contracts in spec/; edits are overwritten.

//! Scalars, enumerations and aliases.

use runtime::{NumberRules, TextRules};

/// A 32-bit integer of at least 1.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1forms/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties/age`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SendFormBodyAge(i32);

runtime::number_type!(SendFormBodyAge(i32), NumberRules::new().minimum("1"));

/// A string of at most 9 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1uploads/post/requestBody/content/multipart~1form-data/schema/properties/note`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UploadBodyNote(String);

runtime::text_type!(UploadBodyNote, TextRules::new().max_length(9));

/// A string of at most 9 characters.
///
/// - **Source** `spec/shop/openapi.yaml#/paths/~1texts/put/requestBody/content/text~1plain/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SendTextBody(String);

runtime::text_type!(SendTextBody, TextRules::new().max_length(9));

/// A string of at most 9 characters.
///
/// - **Source**
///   `spec/shop/openapi.yaml#/paths/~1styles~1{label}~1{matrix}~1{list}/get/parameters/11/schema`
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReadStylesSid(String);

runtime::text_type!(ReadStylesSid, TextRules::new().max_length(9));
