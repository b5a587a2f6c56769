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
    CreateProduct,
    DeleteProduct,
    ListBaskets,
    ListOrders,
}

impl Operation {
    /// All operations, in the order that reports show them; the last four are not part of any journey.
    pub const ALL: [Self; 11] = [
        Self::ListProducts,
        Self::GetProduct,
        Self::PutBasket,
        Self::GetBasket,
        Self::DeleteBasket,
        Self::CheckoutBasket,
        Self::GetOrders,
        Self::CreateProduct,
        Self::DeleteProduct,
        Self::ListBaskets,
        Self::ListOrders,
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
            Self::CreateProduct => "createProduct",
            Self::DeleteProduct => "deleteProduct",
            Self::ListBaskets => "listBaskets",
            Self::ListOrders => "listOrders",
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
