// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod list_orders;
pub(crate) mod create_order;
pub(crate) mod scan_order;

use runtime::{Context, Problem};

use crate::model::Order;

pub use list_orders::*;
pub use create_order::*;
pub use scan_order::*;

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
    fn create_order(
        &self,
        cx: &Context,
        input: CreateOrderInput,
    ) -> impl Future<Output = Result<CreateOrderOutput, CreateOrderError>> + Send;

    /// `POST /orders/scan`
    ///
    /// - **Route** `POST /orders/scan`
    fn scan_order(
        &self,
        cx: &Context,
        input: ScanOrderInput,
    ) -> impl Future<Output = Result<ScanOrderOutput, ScanOrderError>> + Send;

    /// Converts an error that the runtime finds, such as a request that violates the contract, to the contract's error format.
    fn to_order(&self, problem: &Problem) -> Order;
}
