// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the product service.

use runtime::{Attributes, Aws, Item, ItemKey, KeyNames, Table};

use crate::model::{Product, ProductId, Sale, SaleSaleId};

/// The tables that the service owns; cheap to clone.
#[derive(Debug, Clone)]
pub struct Tables {
    /// Something the shop sells.
    ///
    /// - **Variable** `PRODUCT_TABLE`
    /// - **Source** `spec/product/openapi.yaml#/components/schemas/Product/x-dynamodb-table`
    pub product: Table<Product>,
    /// A number of pieces of one product that one order sold.
    ///
    /// - **Variable** `SALE_TABLE`
    /// - **Source** `spec/product/openapi.yaml#/components/schemas/Sale/x-dynamodb-table`
    pub sale: Table<Sale>,
}
impl Tables {
    /// The tables by the names that the function's environment gives.
    #[must_use]
    pub fn new(aws: &Aws) -> Self {
        Self {
            product: Table::new(aws),
            sale: Table::new(aws),
        }
    }
}

/// The primary key of [`Product`].
///
/// - **Source** `spec/product/openapi.yaml#/components/schemas/Product/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct ProductKey {
    /// `id`
    pub id: ProductId,
}

impl ItemKey for ProductKey {
    fn to_key(&self) -> Attributes {
        runtime::partition_key("id", &self.id)
    }
}

impl Item for Product {
    type Key = ProductKey;
    const TABLE: &'static str = "PRODUCT_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "id",
        sort: None,
    };

    fn key(&self) -> ProductKey {
        ProductKey { id: self.id }
    }
}

/// The primary key of [`Sale`].
///
/// - **Source** `spec/product/openapi.yaml#/components/schemas/Sale/x-dynamodb-table`
#[derive(Debug, Clone, PartialEq)]
pub struct SaleKey {
    /// `productId`
    pub product_id: ProductId,
    /// `saleId`
    pub sale_id: SaleSaleId,
}

impl ItemKey for SaleKey {
    fn to_key(&self) -> Attributes {
        runtime::sorted_key(("productId", &self.product_id), ("saleId", &self.sale_id))
    }
}

impl Item for Sale {
    type Key = SaleKey;
    const TABLE: &'static str = "SALE_TABLE";
    const KEY: KeyNames = KeyNames {
        partition: "productId",
        sort: Some("saleId"),
    };

    fn key(&self) -> SaleKey {
        SaleKey {
            product_id: self.product_id,
            sale_id: self.sale_id.clone(),
        }
    }
}
