//! Business rules of the product service, one file for each operation.

mod record_sales;

use product_contract::{Operations, OrderPlaced, RecordSales, Tables};
use runtime::{Aws, EventContext, EventError};

/// The product service.
#[derive(Debug, Clone)]
pub struct Service {
    /// The service's tables.
    pub tables: Tables,
}

impl Service {
    /// Creates the service with the tables and buses in the function's environment variables.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self { tables: Tables::new(aws) }
    }
}

impl Operations for Service {
    fn tables(&self) -> &Tables {
        &self.tables
    }
}

impl RecordSales for Service {
    async fn order_placed(&self, cx: &EventContext, event: OrderPlaced) -> Result<(), EventError> {
        record_sales::order_placed(self, cx, event).await
    }
}
