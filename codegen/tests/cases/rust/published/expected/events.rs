// @generated from the contracts in spec/; edits are overwritten.

//! The events of the shop service.

use runtime::{
    Aws, Bus, Context, Entry, Event, EventContext, EventError, EventHandler, PublishError,
};

use crate::model::{Anything, OrderPlaced, ParcelSent, Reading};

/// Publishes the events of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Publisher {
    company: Bus,
}

impl Publisher {
    /// Creates a publisher for the buses in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            company: Bus::new(aws, "COMPANY_BUS"),
        }
    }

    /// An order was placed.
    ///
    /// - **From** `org.example.shop`
    /// - **Type** `OrderPlaced.v1`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/OrderPlaced`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn order_placed(
        &self,
        cx: &Context,
        event: &OrderPlaced,
    ) -> Result<(), PublishError> {
        self.company
            .publish(cx, Entry::new("org.example.shop", "OrderPlaced.v1", event))
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
        self.company.publish_each(cx, "org.example.shop", "OrderPlaced.v1", events).await
    }
}

/// takeReadings
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/takeReadings`
pub trait TakeReadings: Send + Sync + 'static {
    /// reading
    ///
    /// - **From** any source
    /// - **Type** `ReadingTaken`
    /// - **Source** `spec/shop/asyncapi.yaml#/channels/readings/messages/reading`
    fn reading(
        &self,
        cx: &EventContext,
        event: Reading,
    ) -> impl Future<Output = Result<(), EventError>> + Send;

    /// anything
    ///
    /// - **From** any source
    /// - **Type** `anything`
    /// - **Source** `spec/shop/asyncapi.yaml#/channels/readings/messages/anything`
    fn anything(
        &self,
        cx: &EventContext,
        event: Anything,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`TakeReadings`]. Pass it to [`runtime::serve_queue`].
#[derive(Debug, Clone)]
pub struct TakeReadingsConsumer<C>(C);

impl<C: TakeReadings> TakeReadingsConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: TakeReadings> EventHandler for TakeReadingsConsumer<C> {
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "takeReadings";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            (_, "ReadingTaken", _) => self.0.reading(cx, event.decode()?).await,
            (_, "anything", _) => self.0.anything(cx, event.decode()?).await,
            _ => Err(event.unknown()),
        }
    }
}

/// takeOwnOrders
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/takeOwnOrders`
pub trait TakeOwnOrders: Send + Sync + 'static {
    /// An order was placed.
    ///
    /// - **From** `org.example.shop`
    /// - **Type** `OrderPlaced.v1`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/OrderPlaced`
    fn order_placed(
        &self,
        cx: &EventContext,
        event: OrderPlaced,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`TakeOwnOrders`]. Pass it to [`runtime::serve_queue`].
#[derive(Debug, Clone)]
pub struct TakeOwnOrdersConsumer<C>(C);

impl<C: TakeOwnOrders> TakeOwnOrdersConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: TakeOwnOrders> EventHandler for TakeOwnOrdersConsumer<C> {
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "takeOwnOrders";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("org.example.shop", "OrderPlaced.v1", _) => {
                self.0.order_placed(cx, event.decode()?).await
            }
            _ => Err(event.unknown()),
        }
    }
}

/// takeParcels
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/takeParcels`
pub trait TakeParcels: Send + Sync + 'static {
    /// ParcelSent
    ///
    /// - **From** any source
    /// - **Type** `ParcelSent`
    /// - **Source** `spec/shop/messages.yaml#/ParcelSent`
    fn parcel_sent(
        &self,
        cx: &EventContext,
        event: ParcelSent,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`TakeParcels`]. Pass it to [`runtime::serve_queue`].
#[derive(Debug, Clone)]
pub struct TakeParcelsConsumer<C>(C);

impl<C: TakeParcels> TakeParcelsConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: TakeParcels> EventHandler for TakeParcelsConsumer<C> {
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "takeParcels";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            (_, "ParcelSent", _) => self.0.parcel_sent(cx, event.decode()?).await,
            _ => Err(event.unknown()),
        }
    }
}
