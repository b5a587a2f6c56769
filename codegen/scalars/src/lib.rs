//! The meaning of scalars in contracts: exact numbers, instants, formats, patterns of ECMA-262, percent-encoding, JSON
//! pointers, media types and the names of statuses.
//!
//! The generator (defaults, examples, comparisons) and the runtime (requests, events, items) both judge by this crate,
//! so that neither accepts what the other refuses. It reads texts and answers; it knows no contract, no request and no
//! DynamoDB.

mod decimal;
pub mod format;
pub mod media;
pub mod pattern;
pub mod percent;
pub mod pointer;
pub mod status;
mod timestamp;

pub use decimal::{Decimal, NoDecimal, is_json_number};
pub use pattern::Pattern;
pub use timestamp::{NoTimestamp, Timestamp};
