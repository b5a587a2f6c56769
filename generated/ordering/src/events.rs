// @generated from the contracts in spec/; edits are overwritten.

//! The events of the ordering service.

use runtime::{Event, EventContext, EventError, EventHandler};

use crate::model::CheckoutBasket;

/// Turns a checkout into an order.
///
/// - **Source** `spec/ordering/asyncapi.yaml#/operations/placeOrder`
pub trait PlaceOrder: Send + Sync + 'static {
    /// A customer checked a basket out.
    ///
    /// - **From** `com.swn.basket.checkoutbasket`
    /// - **Type** `CheckoutBasket`
    /// - **Version** 1
    /// - **Source** `spec/ordering/asyncapi.yaml#/components/messages/CheckoutBasket`
    fn checkout_basket(
        &self,
        cx: &EventContext,
        event: CheckoutBasket,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Brings events to a [`PlaceOrder`]: hand it to [`runtime::serve_queue`].
#[derive(Debug, Clone)]
pub struct PlaceOrderConsumer<C>(C);
impl<C: PlaceOrder> PlaceOrderConsumer<C> {
    /// A consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: PlaceOrder> EventHandler for PlaceOrderConsumer<C> {
    const OPERATION: &'static str = "placeOrder";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.swn.basket.checkoutbasket", "CheckoutBasket", Some(1)) => {
                self.0.checkout_basket(cx, event.decode()?).await
            }
            _ => Err(event.unknown()),
        }
    }
}
