// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod list_orders;
pub(crate) mod add_order;
pub(crate) mod replace_orders;

use runtime::Context;

pub use list_orders::*;
pub use add_order::*;
pub use replace_orders::*;

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

    /// `POST /orders`
    ///
    /// - **Route** `POST /orders`
    fn add_order(
        &self,
        cx: &Context,
        input: AddOrderInput,
    ) -> impl Future<Output = Result<AddOrderOutput, AddOrderError>> + Send;

    /// `PUT /orders`
    ///
    /// - **Route** `PUT /orders`
    fn replace_orders(
        &self,
        cx: &Context,
        input: ReplaceOrdersInput,
    ) -> impl Future<Output = Result<ReplaceOrdersOutput, ReplaceOrdersError>> + Send;
}
