//! A queue service that answers as Amazon SQS does: standard and FIFO queues, in process and over
//! both of its protocols.
//!
//! **Scope**: every action of the JSON protocol, which `query` translates for older SDKs. With a data folder, queues and messages survive the
//! stage wherever they are, deduplication ids and receipts too.
//!
//! [`QueueService`] is the service, [`Queue`] one of its queues; [`wire`] speaks the protocol.
//! [`state`] holds the rules, without waiting and without a clock. Receivers that wait are woken by
//! the send itself, and sleep until the earliest time at which a hidden message becomes visible:
//! nothing polls and no timer runs when nobody waits.
//!
//! **Known deviations from AWS**
//! - Order in a standard queue is by the time at which messages became visible, and every receive
//!   sees every message: AWS samples its servers and promises no order.
//! - The receipt of an earlier receive of a standard queue neither deletes nor hides its message: the
//!   documentation promises no more, though AWS mostly does it.
//! - Names can be used again at once after a queue was deleted; AWS asks for 60 seconds.
//! - Changes of attributes hold at once; AWS takes up to 60 seconds. `DelaySeconds` changed later
//!   does not touch messages that a FIFO queue already holds.
//! - Depths are exact, not approximate. Quotas of throughput do not exist.
//! - A message is moved to its dead-letter queue by the receive that would have been one too many.
//!   Without a receiver it stays, as in practice on AWS.
//! - Access policies and encryption settings are kept and shown, not enforced. `SenderId` is the
//!   account.
//! - A message may carry any number the type `f64` can read in a `Number` attribute, up to 40
//!   digits.

pub mod config;
pub mod error;
pub mod exchange;
mod kept;
pub mod message;
pub mod moves;
mod once;
mod order;
pub(crate) mod query;
pub mod service;
pub mod state;
pub mod wire;

pub use config::QueueConfig;
pub use error::QueueError;
pub use exchange::{Depth, Ledger, ReceiveOptions, Received, Sent};
pub use message::{Attribute, AttributeValue, Message, NewMessage};
pub(crate) use message::{is_id, sha256_hex};
#[cfg(test)]
pub(crate) use once::MEMORY_MS;
pub(crate) use once::{Seen, seen_under};
pub use service::{Queue, QueueService, Settings};
