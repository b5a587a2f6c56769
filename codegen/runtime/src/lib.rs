//! What generated code calls.
//!
//! A value comes in as JSON, as a stored attribute or as the text of a parameter, and is read by [`Decode`] with every
//! violation of the contract at once; it goes out to any of the three by [`Encode`]. Scalars with rules are newtypes
//! that cannot hold anything else: [`TextRules`], [`NumberRules`].

mod attribute;
mod decode;
mod encode;
pub mod format;
mod number;
pub mod rules;
mod value;

pub use attribute::{Attribute, AttributeError, from_item, to_item};
pub use decode::{
    Alternative, At, Decode, Invalid, ListRules, Object, Reader, Violation, Violations, boxed,
    decode_body, decode_body_as, decode_default, decode_enum, decode_json, decode_text,
    decode_texts, exactly_one, first, list, list_of, map, map_of, nullable, secret, tagged,
};
pub use encode::{Encode, Sink, encode_tagged, to_json, to_text, to_texts};
pub use rules::{NumberRules, Pattern, TextFormat, TextRules};
pub use value::{Bytes, Date, Decimal, Json, Maybe, Sensitive, Timestamp, Uuid};
