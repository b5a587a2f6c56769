// @generated from the contracts in spec/; edits are overwritten.

//! The events of the shop service.

use runtime::{
    Aws, Bus, Context, Entry, Event, EventContext, EventError, EventHandler, PublishError,
};

use crate::model::{Async, CloneValue, Order2, OrderAll, SelfValue3};

/// Publishes the events of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Publisher {
    self_: Bus,
}

impl Publisher {
    /// Creates a publisher for the buses in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            self_: Bus::new(aws, "SELF_BUS"),
        }
    }

    /// Publishes an event.
    ///
    /// - **From** `com.words`
    /// - **Type** `Order`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/Order`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn order(&self, cx: &Context, event: &Order2) -> Result<(), PublishError> {
        self.self_.publish(cx, Entry::new("com.words", "Order", event)).await
    }

    /// Publishes several events, each like [`Self::order`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn order_all_events(
        &self,
        cx: &Context,
        events: &[Order2],
    ) -> Result<(), PublishError> {
        self.self_.publish_each(cx, "com.words", "Order", events).await
    }

    /// Publishes an event.
    ///
    /// - **From** `com.words`
    /// - **Type** `clone`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/clone`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn clone_2(
        &self,
        cx: &Context,
        event: &CloneValue,
    ) -> Result<(), PublishError> {
        self.self_.publish(cx, Entry::new("com.words", "clone", event)).await
    }

    /// Publishes several events, each like [`Self::clone_2`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn clone_2_all(
        &self,
        cx: &Context,
        events: &[CloneValue],
    ) -> Result<(), PublishError> {
        self.self_.publish_each(cx, "com.words", "clone", events).await
    }

    /// Publishes an event.
    ///
    /// - **From** `com.words`
    /// - **Type** `self`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/self`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn self_(
        &self,
        cx: &Context,
        event: &SelfValue3,
    ) -> Result<(), PublishError> {
        self.self_.publish(cx, Entry::new("com.words", "self", event)).await
    }

    /// Publishes several events, each like [`Self::self_`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn self_all(
        &self,
        cx: &Context,
        events: &[SelfValue3],
    ) -> Result<(), PublishError> {
        self.self_.publish_each(cx, "com.words", "self", events).await
    }

    /// Publishes an event.
    ///
    /// - **From** `com.words`
    /// - **Type** `OrderAll`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/OrderAll`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn order_all(
        &self,
        cx: &Context,
        event: &OrderAll,
    ) -> Result<(), PublishError> {
        self.self_.publish(cx, Entry::new("com.words", "OrderAll", event)).await
    }

    /// Publishes several events, each like [`Self::order_all`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn order_all_all(
        &self,
        cx: &Context,
        events: &[OrderAll],
    ) -> Result<(), PublishError> {
        self.self_.publish_each(cx, "com.words", "OrderAll", events).await
    }

    /// Publishes an event.
    ///
    /// - **From** `com.words`
    /// - **Type** `async`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/async`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn r#async(
        &self,
        cx: &Context,
        event: &Async,
    ) -> Result<(), PublishError> {
        self.self_.publish(cx, Entry::new("com.words", "async", event)).await
    }

    /// Publishes several events, each like [`Self::async`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn async_all(
        &self,
        cx: &Context,
        events: &[Async],
    ) -> Result<(), PublishError> {
        self.self_.publish_each(cx, "com.words", "async", events).await
    }
}

/// type
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/type`
pub trait Type: Send + Sync + 'static {
    /// self
    ///
    /// - **From** `com.words`
    /// - **Type** `self`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/self`
    fn self_(
        &self,
        cx: &EventContext,
        event: SelfValue3,
    ) -> impl Future<Output = Result<(), EventError>> + Send;

    /// async
    ///
    /// - **From** `com.words`
    /// - **Type** `async`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/async`
    fn r#async(
        &self,
        cx: &EventContext,
        event: Async,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`Type`]. Pass it to [`runtime::serve_event`].
#[derive(Debug, Clone)]
pub struct TypeConsumer<C>(C);

impl<C: Type> TypeConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: Type> EventHandler for TypeConsumer<C> {
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "type";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.words", "self", _) => self.0.self_(cx, event.decode()?).await,
            ("com.words", "async", _) => self.0.r#async(cx, event.decode()?).await,
            _ => Err(event.unknown()),
        }
    }
}

/// order
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/order`
pub trait Order: Send + Sync + 'static {
    /// clone
    ///
    /// - **From** `com.words`
    /// - **Type** `clone`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/clone`
    fn clone(
        &self,
        cx: &EventContext,
        event: CloneValue,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`Order`]. Pass it to [`runtime::serve_event`].
#[derive(Debug, Clone)]
pub struct OrderConsumer<C>(C);

impl<C: Order> OrderConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: Order> EventHandler for OrderConsumer<C> {
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "order";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.words", "clone", _) => self.0.clone(cx, event.decode()?).await,
            _ => Err(event.unknown()),
        }
    }
}

/// orderConsumer
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/orderConsumer`
pub trait OrderConsumer2: Send + Sync + 'static {
    /// OrderAll
    ///
    /// - **From** `com.words`
    /// - **Type** `OrderAll`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/OrderAll`
    fn order_all(
        &self,
        cx: &EventContext,
        event: OrderAll,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`OrderConsumer2`]. Pass it to [`runtime::serve_event`].
#[derive(Debug, Clone)]
pub struct OrderConsumer2Consumer<C>(C);

impl<C: OrderConsumer2> OrderConsumer2Consumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: OrderConsumer2> EventHandler for OrderConsumer2Consumer<C> {
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "orderConsumer";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.words", "OrderAll", _) => self.0.order_all(cx, event.decode()?).await,
            _ => Err(event.unknown()),
        }
    }
}

/// matchInput
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/matchInput`
pub trait MatchInput2: Send + Sync + 'static {
    /// OrderAll
    ///
    /// - **From** `com.words`
    /// - **Type** `OrderAll`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/OrderAll`
    fn order_all(
        &self,
        cx: &EventContext,
        event: OrderAll,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`MatchInput2`]. Pass it to [`runtime::serve_event`].
#[derive(Debug, Clone)]
pub struct MatchInput2Consumer<C>(C);

impl<C: MatchInput2> MatchInput2Consumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: MatchInput2> EventHandler for MatchInput2Consumer<C> {
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "matchInput";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.words", "OrderAll", _) => self.0.order_all(cx, event.decode()?).await,
            _ => Err(event.unknown()),
        }
    }
}

/// tables
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/tables`
pub trait Tables2: Send + Sync + 'static {
    /// OrderAll
    ///
    /// - **From** `com.words`
    /// - **Type** `OrderAll`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/OrderAll`
    fn order_all(
        &self,
        cx: &EventContext,
        event: OrderAll,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`Tables2`]. Pass it to [`runtime::serve_event`].
#[derive(Debug, Clone)]
pub struct Tables2Consumer<C>(C);

impl<C: Tables2> Tables2Consumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: Tables2> EventHandler for Tables2Consumer<C> {
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "tables";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.words", "OrderAll", _) => self.0.order_all(cx, event.decode()?).await,
            _ => Err(event.unknown()),
        }
    }
}
