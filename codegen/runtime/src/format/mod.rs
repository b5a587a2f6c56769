//! The formats that contracts can demand of a text (JSON Schema validation, section 7.3), each by its own grammar.
//!
//! Owns grammars only: resolves no name, asks no network, and knows nothing of what a text is for.

mod host;
mod time;
mod uri;

pub use host::{is_email, is_hostname, is_ipv4, is_ipv6};
pub use time::{is_duration, is_time};
pub use uri::{is_uri, is_uri_reference};
