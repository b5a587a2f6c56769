// @generated from the contracts in spec/; edits are overwritten.

//! The events of the ordering service.

use runtime::{
    Aws, Bus, Context, Entry, Event, EventContext, EventError, EventHandler, PublishError,
};

use crate::model::{CheckoutBasket, OrderPlaced};

/// Publishes the events of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Publisher {
    swn_event_bus: Bus,
}

impl Publisher {
    /// Creates a publisher for the buses in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            swn_event_bus: Bus::new(aws, "SWN_EVENT_BUS"),
        }
    }

    /// A checkout became an order.
    ///
    /// - **From** `com.swn.ordering.orderplaced`
    /// - **Type** `OrderPlaced`
    /// - **Version** 1
    /// - **Source** `spec/ordering/asyncapi.yaml#/components/messages/OrderPlaced`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn order_placed(
        &self,
        cx: &Context,
        event: &OrderPlaced,
    ) -> Result<(), PublishError> {
        self.swn_event_bus
            .publish(
                cx,
                Entry::new("com.swn.ordering.orderplaced", "OrderPlaced", event),
            )
            .await
    }

    /// Publishes several events, each like [`Self::order_placed`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn order_placed_all(
        &self,
        cx: &Context,
        events: &[OrderPlaced],
    ) -> Result<(), PublishError> {
        self.swn_event_bus
            .publish_each(cx, "com.swn.ordering.orderplaced", "OrderPlaced", events)
            .await
    }
}

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

/// Dispatches events to an implementation of [`PlaceOrder`]. Pass it to [`runtime::serve_queue`].
#[derive(Debug, Clone)]
pub struct PlaceOrderConsumer<C>(C);

impl<C: PlaceOrder> PlaceOrderConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: PlaceOrder> EventHandler for PlaceOrderConsumer<C> {
    const SERVICE: &'static str = "ordering";
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
