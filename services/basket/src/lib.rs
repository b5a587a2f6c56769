//! Business rules of the basket service.

mod checkout_basket;

use basket_contract::{
    CheckoutBasketError, CheckoutBasketInput, CheckoutBasketOutput, Operations, Publisher, Tables,
};
use runtime::{Aws, Context};

/// The basket service.
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

    async fn checkout_basket(
        &self,
        cx: &Context,
        input: CheckoutBasketInput,
    ) -> Result<CheckoutBasketOutput, CheckoutBasketError> {
        checkout_basket::checkout_basket(self, cx, input).await
    }
}
