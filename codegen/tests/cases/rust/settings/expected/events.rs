// @generated from the contracts in spec/; edits are overwritten.

//! The events of the shop service.

use runtime::{
    Aws, Bus, Context, Entry, Event, EventContext, EventError, EventHandler, PublishError,
};

use crate::model::Placed;

/// Publishes the events of the service. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Publisher {
    orders: Bus,
}

impl Publisher {
    /// Creates a publisher for the buses in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            orders: Bus::new(aws, "ORDERS_BUS"),
        }
    }

    /// Publishes an event.
    ///
    /// - **From** `com.example.shop`
    /// - **Type** `Placed`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/Placed`
    ///
    /// # Errors
    /// The bus refused the event, or the result is unknown.
    pub async fn placed(
        &self,
        cx: &Context,
        event: &Placed,
    ) -> Result<(), PublishError> {
        self.orders.publish(cx, Entry::new("com.example.shop", "Placed", event)).await
    }

    /// Publishes several events, each like [`Self::placed`].
    ///
    /// # Errors
    /// The bus refused some of the events, or the result is unknown.
    pub async fn placed_all(
        &self,
        cx: &Context,
        events: &[Placed],
    ) -> Result<(), PublishError> {
        self.orders.publish_each(cx, "com.example.shop", "Placed", events).await
    }
}

/// note
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/note`
pub trait Note: Send + Sync + 'static {
    /// Placed
    ///
    /// - **From** `com.example.shop`
    /// - **Type** `Placed`
    /// - **Source** `spec/shop/asyncapi.yaml#/components/messages/Placed`
    fn placed(
        &self,
        cx: &EventContext,
        event: Placed,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches events to an implementation of [`Note`]. Pass it to [`runtime::serve_event`].
#[derive(Debug, Clone)]
pub struct NoteConsumer<C>(C);

impl<C: Note> NoteConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: Note> EventHandler for NoteConsumer<C> {
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "note";

    async fn handle(&self, cx: &EventContext, event: &Event) -> Result<(), EventError> {
        match (event.source(), event.detail_type(), event.version()) {
            ("com.example.shop", "Placed", _) => self.0.placed(cx, event.decode()?).await,
            _ => Err(event.unknown()),
        }
    }
}
