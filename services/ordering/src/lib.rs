//! Business rules of the ordering service.

mod place_order;

use ordering_contract::{CheckoutBasket, Operations, PlaceOrder, Publisher, Tables};
use runtime::{Aws, EventContext, EventError};

/// The ordering service.
#[derive(Debug, Clone)]
pub struct Service {
    tables: Tables,
    publisher: Publisher,
}

impl Service {
    /// The service on the tables and the bus that the function's environment names.
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
        place_order::place_order(self, cx, event).await
    }
}
