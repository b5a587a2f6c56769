//! Business rules of the product service: none beyond what its contract binds.

use product_contract::{Operations, Tables};
use runtime::Aws;

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
