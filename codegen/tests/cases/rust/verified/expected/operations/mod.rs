// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod list_orders;

use runtime::Context;

pub use list_orders::*;

/// What the shop service does.
///
/// A method without a body is a business rule that has to be written; one with a body does what its contract
/// binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// `GET /orders`
    ///
    /// - **Route** `GET /orders`
    fn list_orders(
        &self,
        cx: &Context,
        input: ListOrdersInput,
    ) -> impl Future<Output = Result<ListOrdersOutput, ListOrdersError>> + Send;
}
