// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the ordering service.

pub(crate) mod list_orders;
pub(crate) mod get_orders;

use runtime::Context;

use crate::tables::Tables;

pub use list_orders::*;
pub use get_orders::*;

/// The operations of the ordering service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// The tables that generated operations use.
    fn tables(&self) -> &Tables;

    /// List the orders
    ///
    /// - **Route** `GET /order`
    fn list_orders(
        &self,
        _cx: &Context,
        input: ListOrdersInput,
    ) -> impl Future<Output = Result<ListOrdersOutput, ListOrdersError>> + Send {
        list_orders::run(self.tables(), input)
    }

    /// Read a customer's orders
    ///
    /// All orders of the customer by time, or the one of the given time.
    ///
    /// - **Route** `GET /order/{userName}`
    fn get_orders(
        &self,
        _cx: &Context,
        input: GetOrdersInput,
    ) -> impl Future<Output = Result<GetOrdersOutput, GetOrdersError>> + Send {
        get_orders::run(self.tables(), input)
    }
}
