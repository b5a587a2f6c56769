//! The runtime as generated code sees it.

#![allow(
    missing_docs,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test may stop where it fails, and shows its types as generated code would"
)]

mod client;
mod forms;
mod kinds;
mod scalars;
mod shop;
mod unions;
mod violations;
