//! Business rules of the ordering service, one file for each operation.

mod place_order;

use ordering_contract::{CheckoutBasket, Operations, PlaceOrder, Publisher, Tables};
use runtime::{Aws, EventContext, EventError};

/// The ordering service.
#[derive(Debug, Clone)]
pub struct Service {
    /// The service's tables.
    pub tables: Tables,
    /// Publishes the events of the service.
    pub publisher: Publisher,
}

impl Service {
    /// Creates the service with the tables and buses in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self { tables: Tables::new(aws), publisher: Publisher::new(aws) }
    }
}

impl Operations for Service {
    fn tables(&self) -> &Tables {
        &self.tables
    }
}

impl PlaceOrder for Service {
    async fn checkout_basket(
        &self,
        cx: &EventContext,
        event: CheckoutBasket,
    ) -> Result<(), EventError> {
        place_order::checkout_basket(self, cx, event).await
    }
}
