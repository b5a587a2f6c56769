// @generated from the contracts in spec/; edits are overwritten.

//! The events of the product service.

use runtime::{Event, EventContext, EventError, EventHandler};

use crate::model::OrderPlaced;

/// Records what an order sold, product by product.
///
/// - **Source** `spec/product/asyncapi.yaml#/operations/recordSales`
pub trait RecordSales: Send + Sync + 'static {
    /// A checkout became an order.
    ///
    /// - **From** `com.swn.ordering.orderplaced`
    /// - **Type** `OrderPlaced`
    /// - **Version** 1
    /// - **Source** `spec/product/asyncapi.yaml#/components/messages/OrderPlaced`
    fn order_placed(
        &self,
        cx: &EventContext,
        event: OrderPlaced,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`RecordSales`]. Pass it to [`runtime::serve_queue`].
#[derive(Debug, Clone)]
pub struct RecordSalesConsumer<C>(C);

impl<C: RecordSales> RecordSalesConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: RecordSales> EventHandler for RecordSalesConsumer<C> {
    const SERVICE: &'static str = "product";
    const OPERATION: &'static str = "recordSales";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.swn.ordering.orderplaced", "OrderPlaced", Some(1)) => {
                self.0.order_placed(cx, event.decode()?).await
            }
            _ => Err(event.unknown()),
        }
    }
}
