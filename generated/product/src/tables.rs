// @generated from the contracts in spec/; edits are overwritten.

//! The tables of the product service.

use runtime::{Attributes, Aws, Field, Index, Item, ItemKey, KeyNames, Table};

use crate::model::{
    Category, Color, OrderDate, Price, Product, ProductDescription, ProductId,
    ProductImageFile, ProductName, Quantity, Sale, SaleSaleId,
};

/// The tables of the service. Cheap to clone.
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
    /// Creates the tables with the names in the function's environment variables.
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
    /// The id of a product, given when it is created.
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
    /// The id of a product, given when it is created.
    pub product_id: ProductId,
    /// Names the sale among those of the product; by time, then by checkout and place in the order.
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

/// The indexes of [`Product`], for queries.
#[derive(Debug, Clone, Copy)]
pub struct ProductIndexes;

impl ProductIndexes {
    /// `byCategory`
    pub const BY_CATEGORY: Index<Product> = Index::new(
        "byCategory",
        KeyNames {
            partition: "category",
            sort: None,
        },
    );
}

/// The attributes of [`Product`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct ProductFields;

impl ProductFields {
    /// The id of a product, given when it is created.
    pub const ID: Field<Product, ProductId> = Field::new(&["id"]);

    /// What a product is called.
    pub const NAME: Field<Product, ProductName> = Field::new(&["name"]);

    pub const DESCRIPTION: Field<Product, ProductDescription> = Field::new(
        &["description"],
    );

    /// The file name of the product's picture.
    pub const IMAGE_FILE: Field<Product, ProductImageFile> = Field::new(&["imageFile"]);

    /// An amount of money in the shop's currency, exact to the cent.
    pub const PRICE: Field<Product, Price> = Field::new(&["price"]);

    /// The part of the catalogue in which a product stands.
    pub const CATEGORY: Field<Product, Category> = Field::new(&["category"]);
}

/// The attributes of [`Sale`], for conditions, filters and updates.
#[derive(Debug, Clone, Copy)]
pub struct SaleFields;

impl SaleFields {
    /// The id of a product, given when it is created.
    pub const PRODUCT_ID: Field<Sale, ProductId> = Field::new(&["productId"]);

    /// Names the sale among those of the product; by time, then by checkout and place in the order.
    pub const SALE_ID: Field<Sale, SaleSaleId> = Field::new(&["saleId"]);

    /// When the checkout happened that became the order; two orders of one customer never have the
    /// same.
    pub const SOLD_AT: Field<Sale, OrderDate> = Field::new(&["soldAt"]);

    /// How many pieces.
    pub const QUANTITY: Field<Sale, Quantity> = Field::new(&["quantity"]);

    pub const COLOR: Field<Sale, Color> = Field::new(&["color"]);

    /// An amount of money in the shop's currency, exact to the cent.
    pub const PRICE: Field<Sale, Price> = Field::new(&["price"]);
}
