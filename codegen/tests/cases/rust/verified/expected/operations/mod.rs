// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod list_orders;

use runtime::Context;

pub use list_orders::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
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
