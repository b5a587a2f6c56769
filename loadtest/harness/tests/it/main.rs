//! The harness as a library, against servers whose behaviour is known to the millisecond.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a failed unwrap is a failed test, and says where"
)]

mod ends;
mod honest;
mod process;
mod server;
mod trouble;
mod workers;
