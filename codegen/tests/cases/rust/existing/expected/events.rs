// @generated from the contracts in spec/; edits are overwritten.

//! The events of the shop service.

use runtime::{Change, EventContext, EventError, StreamHandler, WholeItem};

use crate::model::Customer;

/// Gives each new customer an order.
///
/// - **Source** `spec/shop/asyncapi.yaml#/operations/welcome`
pub trait Welcome: Send + Sync + 'static {
    /// Processes a change of an item.
    ///
    /// - **Table** `legacy-shop`
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Customer/x-dynamodb-table`
    fn changed(
        &self,
        cx: &EventContext,
        change: Change<Customer>,
    ) -> impl Future<Output = Result<(), EventError>> + Send;
}

/// Dispatches changes to an implementation of [`Welcome`]. Pass it to [`runtime::serve_stream`].
#[derive(Debug, Clone)]
pub struct WelcomeConsumer<C>(C);

impl<C: Welcome> WelcomeConsumer<C> {
    /// Creates a consumer that calls these methods.
    #[must_use]
    pub const fn new(consumer: C) -> Self {
        Self(consumer)
    }
}

impl<C: Welcome> StreamHandler for WelcomeConsumer<C> {
    type Item = Customer;
    type New = WholeItem;
    type Old = WholeItem;
    const SERVICE: &'static str = "shop";
    const OPERATION: &'static str = "welcome";

    async fn handle(
        &self,
        cx: &EventContext,
        change: Change<Customer>,
    ) -> Result<(), EventError> {
        self.0.changed(cx, change).await
    }
}
