// @generated from the contracts in spec/; edits are overwritten.

//! Workflows of basket, ordering, product, for a load test.
//!
//! Each is a module with a function for each step. To replace one, write a function that calls the others, and a
//! `Workflow { run: …, ..workflows::NAME }` in a `System` of your own.
//!
//! Generated from the contracts. To change it, edit the contracts and generate again.

use client::Call;
use harness::Request;

/// Add a product to the catalogue.
#[rustfmt::skip]
pub mod stock;
/// List the products of a category, and look at two.
#[rustfmt::skip]
pub mod browse;
/// Fill a basket, look at it, change it, and leave without buying.
#[rustfmt::skip]
pub mod fill;
/// Fill a basket, check it out, and see the order.
#[rustfmt::skip]
pub mod checkout;
/// An accepted checkout leaves no basket behind, a refused one leaves it as it was. If the result is unknown, either the basket or the order exists.
#[rustfmt::skip]
pub mod basket_afterwards;
/// Add a product, correct it, see what sold of it, and remove it.
#[rustfmt::skip]
pub mod keep;

#[rustfmt::skip]
pub mod system;

pub use basket_afterwards::BASKET_AFTERWARDS;
pub use browse::BROWSE;
pub use checkout::CHECKOUT;
pub use fill::FILL;
pub use keep::KEEP;
pub use stock::STOCK;
pub use system::SYSTEM;

/// A typed call as a request of the load test.
fn request<C: Call<Output: 'static, Error: 'static>>(call: &C) -> Request<C::Output> {
    Request::of(call.to_http(), C::from_http).owned_by(call.owner())
}
