//! Does a running stage keep its contracts?
//!
//! Reads the contracts as the generator does, plans requests for every operation ([`plan`]): examples, values around
//! every constraint ([`value`]), and malformed requests; sends them ([`run`]), follows the links between
//! operations, and judges every answer by the contract ([`judge`]), its schemas by a validator that reads the text of the
//! contract itself ([`schema`]). What is wrong becomes a located diagnostic
//! ([`finding`]); what was exercised and what was not is told as [`coverage`]; what was created is removed by the
//! operations that the contracts have for it (`ledger`).
//!
//! Operations that ask for credentials get them ([`callers`]), and are asked with such as must be refused.
//!
//! It knows the contracts and HTTP, and nothing of the services: it shares no code with what it judges.

pub mod callers;
pub mod cli;
pub mod coverage;
pub mod expression;
pub mod finding;
pub mod http;
pub mod judge;
mod ledger;
mod owner;
pub mod plan;
mod report;
pub mod request;
pub mod run;
pub mod schema;
mod style;
mod target;
pub mod token;
pub mod value;
