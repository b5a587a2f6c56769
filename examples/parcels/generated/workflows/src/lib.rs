// @generated from the contracts in spec/; edits are overwritten.

//! Workflows of billing, courier, depot, notices, for a load test.
//!
//! Each is a module with a function for each step. To replace one, write a function that calls the others, and a
//! `Workflow { run: …, ..workflows::NAME }` in a `System` of your own.
//!
//! Generated from the contracts. To change it, edit the contracts and generate again.

use client::Call;
use harness::Request;

/// Somebody hands a parcel in, and a courier takes it over.
#[rustfmt::skip]
pub mod send;

#[rustfmt::skip]
pub mod system;

pub use send::SEND;
pub use system::SYSTEM;

/// A typed call as a request of the load test.
fn request<C: Call<Output: 'static, Error: 'static>>(call: &C) -> Request<C::Output> {
    Request::of(call.to_http(), C::from_http).owned_by(call.owner())
}
