// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the product service.

mod product;
mod product_page;
mod product_request;
mod scalars;

pub use product::Product;
pub use product_page::ProductPage;
pub use product_request::ProductRequest;
pub use scalars::{
    Category, CreateProductCreatedLocation, Limit, Next, Price, ProductDescription,
    ProductId, ProductImageFile, ProductName, ProductPageNext,
};
