//! Business rules of the basket service, one file for each operation.

mod checkout_basket;

use basket_contract::{
    CheckoutBasketError, CheckoutBasketInput, CheckoutBasketOutput, Operations, Publisher, Tables,
};
use runtime::{Aws, Context};

/// The basket service.
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

    async fn checkout_basket(
        &self,
        cx: &Context,
        input: CheckoutBasketInput,
    ) -> Result<CheckoutBasketOutput, CheckoutBasketError> {
        checkout_basket::checkout_basket(self, cx, input).await
    }
}
