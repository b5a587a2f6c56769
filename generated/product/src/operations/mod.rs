// @generated from the contracts in spec/; edits are overwritten.

//! The operations of the product service.

pub(crate) mod list_products;
pub(crate) mod create_product;
pub(crate) mod get_product;
pub(crate) mod replace_product;
pub(crate) mod delete_product;
pub(crate) mod list_sales;

use runtime::Context;

use crate::tables::Tables;

pub use list_products::*;
pub use create_product::*;
pub use get_product::*;
pub use replace_product::*;
pub use delete_product::*;
pub use list_sales::*;

/// The operations of the product service.
///
/// Implement the methods without a default body. A method with one runs the table action that the
/// contract binds it to, and can be overridden.
pub trait Operations: Send + Sync {
    /// The tables that generated operations use.
    fn tables(&self) -> &Tables;

    /// List the products
    ///
    /// All products, or those of one category, a page at a time.
    ///
    /// - **Route** `GET /product`
    fn list_products(
        &self,
        _cx: &Context,
        input: ListProductsInput,
    ) -> impl Future<Output = Result<ListProductsOutput, ListProductsError>> + Send {
        list_products::run(self.tables(), input)
    }

    /// Add a product
    ///
    /// - **Route** `POST /product`
    fn create_product(
        &self,
        _cx: &Context,
        input: CreateProductInput,
    ) -> impl Future<Output = Result<CreateProductOutput, CreateProductError>> + Send {
        create_product::run(self.tables(), input)
    }

    /// Read a product
    ///
    /// - **Route** `GET /product/{id}`
    fn get_product(
        &self,
        _cx: &Context,
        input: GetProductInput,
    ) -> impl Future<Output = Result<GetProductOutput, GetProductError>> + Send {
        get_product::run(self.tables(), input)
    }

    /// Replace a product
    ///
    /// - **Route** `PUT /product/{id}`
    fn replace_product(
        &self,
        _cx: &Context,
        input: ReplaceProductInput,
    ) -> impl Future<Output = Result<ReplaceProductOutput, ReplaceProductError>> + Send {
        replace_product::run(self.tables(), input)
    }

    /// Remove a product
    ///
    /// - **Route** `DELETE /product/{id}`
    fn delete_product(
        &self,
        _cx: &Context,
        input: DeleteProductInput,
    ) -> impl Future<Output = Result<DeleteProductOutput, DeleteProductError>> + Send {
        delete_product::run(self.tables(), input)
    }

    /// List what sold of a product
    ///
    /// Each line of an order that names the product is one sale; by time, oldest first. Sales outlive
    /// the product. They follow the orders a moment later.
    ///
    /// - **Route** `GET /product/{id}/sales`
    fn list_sales(
        &self,
        _cx: &Context,
        input: ListSalesInput,
    ) -> impl Future<Output = Result<ListSalesOutput, ListSalesError>> + Send {
        list_sales::run(self.tables(), input)
    }
}
