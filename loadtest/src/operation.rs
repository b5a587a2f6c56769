//! The operations of the shop that the load test calls, by the names that the contracts give them.

use serde::{Deserialize, Serialize};

/// An operation of one of the three contracts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "the names are the contracts' `operationId`s")]
pub enum Operation {
    ListProducts,
    GetProduct,
    PutBasket,
    GetBasket,
    DeleteBasket,
    CheckoutBasket,
    GetOrders,
}

impl Operation {
    /// All operations that journeys call, in the order that reports show them.
    pub const ALL: [Self; 7] = [
        Self::ListProducts,
        Self::GetProduct,
        Self::PutBasket,
        Self::GetBasket,
        Self::DeleteBasket,
        Self::CheckoutBasket,
        Self::GetOrders,
    ];

    /// The contract's `operationId`.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::ListProducts => "listProducts",
            Self::GetProduct => "getProduct",
            Self::PutBasket => "putBasket",
            Self::GetBasket => "getBasket",
            Self::DeleteBasket => "deleteBasket",
            Self::CheckoutBasket => "checkoutBasket",
            Self::GetOrders => "getOrders",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_the_one_that_files_use() {
        for operation in Operation::ALL {
            let json = serde_json::to_value(operation).ok();
            assert_eq!(json, Some(serde_json::Value::from(operation.id())));
        }
    }
}
