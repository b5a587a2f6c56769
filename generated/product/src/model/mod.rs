// @generated from the contracts in spec/; edits are overwritten.

//! The types in the contracts of the product service.

mod line_item;
mod order_placed;
mod product;
mod product_page;
mod product_request;
mod rules;
mod sale;
mod sale_page;
mod scalars;

pub use line_item::LineItem;
pub use order_placed::OrderPlaced;
pub use product::Product;
pub use product_page::ProductPage;
pub use product_request::ProductRequest;
pub use sale::Sale;
pub use sale_page::SalePage;
pub use scalars::{
    Category, Color, CreateProductCreatedLocation, Limit, Next, OrderDate,
    OrderPlacedVersion, Price, ProductDescription, ProductId, ProductImageFile,
    ProductName, ProductPageNext, Quantity, SalePageNext, SaleSaleId, Total,
};
