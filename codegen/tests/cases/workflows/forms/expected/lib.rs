// @generated from the contracts in spec/; edits are overwritten.

//! Workflows of basket, ordering, product, for a load test.
//!
//! Each is a module with a function for each step. To replace one, write a function that calls the others, and a
//! `Workflow { run: …, ..workflows::NAME }` in a `System` of your own.
//!
//! Generated from the contracts. To change it, edit the contracts and generate again.

use client::Call;
use harness::Request;

/// Read a product.
#[rustfmt::skip]
pub mod client_workflow;
/// The workflow `harness`.
#[rustfmt::skip]
pub mod harness_workflow;
/// The workflow `client_workflow`.
#[rustfmt::skip]
pub mod client_workflow_workflow;
/// The workflow `std`.
#[rustfmt::skip]
pub mod std_workflow;
/// The workflow `core`.
#[rustfmt::skip]
pub mod core_workflow;
/// The workflow `serde_json`.
#[rustfmt::skip]
pub mod serde_json_workflow;
/// The workflow `look_promise`.
#[rustfmt::skip]
pub mod look_promise;
/// The workflow `listProducts`.
#[rustfmt::skip]
pub mod list_products;
/// The workflow `listProductsOperation`.
#[rustfmt::skip]
pub mod list_products_operation;
/// The workflow `words`.
#[rustfmt::skip]
pub mod words;
/// The workflow `system`.
#[rustfmt::skip]
pub mod system_workflow;
/// The workflow `failures`.
#[rustfmt::skip]
pub mod failures;
/// The workflow `certain`.
#[rustfmt::skip]
pub mod certain;

#[rustfmt::skip]
pub mod system;

pub use certain::CERTAIN;
pub use client_workflow::CLIENT;
pub use client_workflow_workflow::CLIENT_WORKFLOW;
pub use core_workflow::CORE;
pub use failures::FAILURES;
pub use harness_workflow::HARNESS;
pub use list_products::LIST_PRODUCTS;
pub use list_products_operation::LIST_PRODUCTS_OPERATION;
pub use look_promise::LOOK_PROMISE_WORKFLOW;
pub use serde_json_workflow::SERDE_JSON;
pub use std_workflow::STD;
pub use system::SYSTEM;
pub use system_workflow::SYSTEM_WORKFLOW;
pub use words::WORDS;

/// A typed call as a request of the load test.
fn request<C: Call<Output: 'static, Error: 'static>>(call: &C) -> Request<C::Output> {
    Request::of(call.to_http(), C::from_http).owned_by(call.owner())
}
