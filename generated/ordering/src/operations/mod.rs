// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the ordering service.

pub(crate) mod list_orders;
pub(crate) mod get_orders;

use runtime::Context;

use crate::tables::Tables;

pub use list_orders::*;
pub use get_orders::*;

/// What the ordering service does.
///
/// A method without a body is a business rule that has to be written; one with a body does what its contract
/// binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// The tables that generated bodies work on.
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
