//! Business rules of the product service.

mod record_sales;

use product_contract::{Operations, OrderPlaced, RecordSales, Tables};
use runtime::{Aws, EventContext, EventError};

/// The product service.
#[derive(Debug, Clone)]
pub struct Service {
    tables: Tables,
}

impl Service {
    /// The service on the tables that the function's environment names.
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
    async fn order_placed(&self, _cx: &EventContext, event: OrderPlaced) -> Result<(), EventError> {
        record_sales::record_sales(&self.tables, event).await
    }
}
