// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the shop service.

pub(crate) mod list_orders;
pub(crate) mod get_order;
pub(crate) mod cancel_order;
pub(crate) mod get_offer;
pub(crate) mod get_health;
pub(crate) mod get_report;

use runtime::Context;

pub use list_orders::*;
pub use get_order::*;
pub use cancel_order::*;
pub use get_offer::*;
pub use get_health::*;
pub use get_report::*;

/// The operations of the shop service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// Read all orders
    ///
    /// - **Route** `GET /order`
    fn list_orders(
        &self,
        cx: &Context,
        input: ListOrdersInput,
    ) -> impl Future<Output = Result<ListOrdersOutput, ListOrdersError>> + Send;

    /// Read an order, with a token or with a key
    ///
    /// - **Route** `GET /order/{id}`
    fn get_order(
        &self,
        cx: &Context,
        input: GetOrderInput,
    ) -> impl Future<Output = Result<GetOrderOutput, GetOrderError>> + Send;

    /// Cancel an order, with a token and a key
    ///
    /// - **Route** `DELETE /order/{id}`
    fn cancel_order(
        &self,
        cx: &Context,
        input: CancelOrderInput,
    ) -> impl Future<Output = Result<CancelOrderOutput, CancelOrderError>> + Send;

    /// Read an offer, which is better for those who are known
    ///
    /// - **Route** `GET /offer`
    fn get_offer(
        &self,
        cx: &Context,
        input: GetOfferInput,
    ) -> impl Future<Output = Result<GetOfferOutput, GetOfferError>> + Send;

    /// Tell whether it works
    ///
    /// - **Route** `GET /health`
    fn get_health(
        &self,
        cx: &Context,
        input: GetHealthInput,
    ) -> impl Future<Output = Result<GetHealthOutput, GetHealthError>> + Send;

    /// Read the report, by a signature
    ///
    /// - **Route** `GET /report`
    fn get_report(
        &self,
        cx: &Context,
        input: GetReportInput,
    ) -> impl Future<Output = Result<GetReportOutput, GetReportError>> + Send;
}
