// @generated from the contracts in spec/; edits are overwritten.

//! The events of the shop service.

use runtime::{
    Aws, Bus, Context, Entry, Event, EventContext, EventError, EventHandler, PublishError,
};

use crate::model::{Sold, SoldNew};

/// Publishes the events of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Publisher {
    bus: Bus,
}

impl Publisher {
    /// Creates a publisher for the buses in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            bus: Bus::new(aws, "BUS_BUS"),
        }
    }

    /// Something was sold.
    ///
    /// - **From** `com.example.shop`
    /// - **Type** `Sold`
    /// - **Version** 1
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/Sold`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn sold(&self, cx: &Context, event: &Sold) -> Result<(), PublishError> {
        self.bus.publish(cx, Entry::new("com.example.shop", "Sold", event)).await
    }

    /// Publishes several events, each like [`Self::sold`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn sold_all(
        &self,
        cx: &Context,
        events: &[Sold],
    ) -> Result<(), PublishError> {
        self.bus.publish_each(cx, "com.example.shop", "Sold", events).await
    }

    /// Something was sold, for so much.
    ///
    /// - **From** `com.example.shop`
    /// - **Type** `Sold`
    /// - **Version** 2
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/SoldNew`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn sold_new(
        &self,
        cx: &Context,
        event: &SoldNew,
    ) -> Result<(), PublishError> {
        self.bus.publish(cx, Entry::new("com.example.shop", "Sold", event)).await
    }

    /// Publishes several events, each like [`Self::sold_new`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn sold_new_all(
        &self,
        cx: &Context,
        events: &[SoldNew],
    ) -> Result<(), PublishError> {
        self.bus.publish_each(cx, "com.example.shop", "Sold", events).await
    }
}

/// Counts sales, old and new.
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/countSales`
pub trait CountSales: Send + Sync + 'static {
    /// Something was sold.
    ///
    /// - **From** `com.example.shop`
    /// - **Type** `Sold`
    /// - **Version** 1
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/Sold`
    fn sold(
        &self,
        cx: &EventContext,
        event: Sold,
    ) -> impl Future<Output = Result<(), EventError>> + Send;

    /// Something was sold, for so much.
    ///
    /// - **From** `com.example.shop`
    /// - **Type** `Sold`
    /// - **Version** 2
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/SoldNew`
    fn sold_new(
        &self,
        cx: &EventContext,
        event: SoldNew,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`CountSales`]. Pass it to [`runtime::serve_queue`].
#[derive(Debug, Clone)]
pub struct CountSalesConsumer<C>(C);

impl<C: CountSales> CountSalesConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: CountSales> EventHandler for CountSalesConsumer<C> {
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "countSales";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.example.shop", "Sold", Some(1)) => {
                self.0.sold(cx, event.decode()?).await
            }
            ("com.example.shop", "Sold", Some(2)) => {
                self.0.sold_new(cx, event.decode()?).await
            }
            _ => Err(event.unknown()),
        }
    }
}

/// Celebrates a sale.
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/celebrate`
pub trait Celebrate: Send + Sync + 'static {
    /// Something was sold, for so much.
    ///
    /// - **From** `com.example.shop`
    /// - **Type** `Sold`
    /// - **Version** 2
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/SoldNew`
    fn sold_new(
        &self,
        cx: &EventContext,
        event: SoldNew,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`Celebrate`]. Pass it to [`runtime::serve_event`].
#[derive(Debug, Clone)]
pub struct CelebrateConsumer<C>(C);

impl<C: Celebrate> CelebrateConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: Celebrate> EventHandler for CelebrateConsumer<C> {
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "celebrate";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.example.shop", "Sold", Some(2)) => {
                self.0.sold_new(cx, event.decode()?).await
            }
            _ => Err(event.unknown()),
        }
    }
}
