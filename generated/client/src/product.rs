// @generated from the contracts in spec/; edits are overwritten.

//! Client of the product service.
//!
//! The types are those of the service's contract. The input of an operation has the name of the operation.
//!
//! - **Source** `spec/product/openapi.yaml#/info`

use crate::{
    Call, Error, Http, HttpRequest, HttpResponse, Transport, TransportError, send,
};

pub use product_contract::{
    Category, Color, CreateProductCreatedLocation, CreateProductError,
    CreateProductOutput, DeleteProductError, DeleteProductOutput, GetProductError,
    GetProductOutput, Limit, LineItem, ListProductsError, ListProductsOutput,
    ListSalesError, ListSalesOutput, Next, OrderDate, OrderPlaced, OrderPlacedVersion,
    Price, Product, ProductDescription, ProductId, ProductImageFile, ProductName,
    ProductPage, ProductPageNext, ProductRequest, Quantity, ReplaceProductError,
    ReplaceProductOutput, Sale, SalePage, SalePageNext, SaleSaleId, Total,
    ListProductsInput as ListProducts, CreateProductInput as CreateProduct,
    GetProductInput as GetProduct, ReplaceProductInput as ReplaceProduct,
    DeleteProductInput as DeleteProduct, ListSalesInput as ListSales,
};

/// Calls the product service over a transport.
#[derive(Debug, Clone)]
pub struct Client<T = Http> {
    transport: T,
}

impl Client {
    /// Creates a client over HTTP. `base_url` is the part of URLs before the paths in the contract.
    ///
    /// # Errors
    /// The URL is invalid, or `https` has no root certificates.
    pub fn new(base_url: &str) -> Result<Self, TransportError> {
        Ok(Self::over(Http::new(base_url)?))
    }
}

impl<T: Transport> Client<T> {
    /// Creates a client over a transport.
    pub const fn over(transport: T) -> Self {
        Self { transport }
    }

    /// List the products
    ///
    /// All products, or those of one category, a page at a time.
    ///
    /// - **Route** `GET /product`
    pub async fn list_products(
        &self,
        input: ListProducts,
    ) -> Result<ListProductsOutput, Error<ListProductsError>> {
        send(&self.transport, &input).await
    }

    /// Add a product
    ///
    /// - **Route** `POST /product`
    pub async fn create_product(
        &self,
        input: CreateProduct,
    ) -> Result<CreateProductOutput, Error<CreateProductError>> {
        send(&self.transport, &input).await
    }

    /// Read a product
    ///
    /// - **Route** `GET /product/{id}`
    pub async fn get_product(
        &self,
        input: GetProduct,
    ) -> Result<GetProductOutput, Error<GetProductError>> {
        send(&self.transport, &input).await
    }

    /// Replace a product
    ///
    /// - **Route** `PUT /product/{id}`
    pub async fn replace_product(
        &self,
        input: ReplaceProduct,
    ) -> Result<ReplaceProductOutput, Error<ReplaceProductError>> {
        send(&self.transport, &input).await
    }

    /// Remove a product
    ///
    /// - **Route** `DELETE /product/{id}`
    pub async fn delete_product(
        &self,
        input: DeleteProduct,
    ) -> Result<DeleteProductOutput, Error<DeleteProductError>> {
        send(&self.transport, &input).await
    }

    /// List what sold of a product
    ///
    /// Each line of an order that names the product is one sale; by time, oldest first. Sales outlive
    /// the product. They follow the orders a moment later.
    ///
    /// - **Route** `GET /product/{id}/sales`
    pub async fn list_sales(
        &self,
        input: ListSales,
    ) -> Result<ListSalesOutput, Error<ListSalesError>> {
        send(&self.transport, &input).await
    }
}

impl Call for ListProducts {
    type Output = ListProductsOutput;
    type Error = ListProductsError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("GET", "/product")
            .query("category", self.category.as_ref())
            .query("limit", Some(&self.limit))
            .query("next", self.next.as_ref())
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            200 => response.read(|answer| answer.json(&["application/json"])),
            400 => Err(response.problem(ListProductsError::BadRequest)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}

impl Call for CreateProduct {
    type Output = CreateProductOutput;
    type Error = CreateProductError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("POST", "/product").json("application/json", Some(&self.body))
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            201 => {
                response
                    .read(|answer| {
                        let location = answer.header("Location");
                        let body = answer.json(&["application/json"]);
                        Some(CreateProductOutput {
                            location: location?,
                            body: body?,
                        })
                    })
            }
            400 => Err(response.problem(CreateProductError::BadRequest)),
            401 => Err(response.problem(CreateProductError::Unauthorized)),
            403 => Err(response.problem(CreateProductError::Forbidden)),
            413 => Err(response.problem(CreateProductError::ContentTooLarge)),
            415 => Err(response.problem(CreateProductError::UnsupportedMediaType)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}

impl Call for GetProduct {
    type Output = GetProductOutput;
    type Error = GetProductError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("GET", "/product/{id}").path("id", &self.id)
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            200 => response.read(|answer| answer.json(&["application/json"])),
            400 => Err(response.problem(GetProductError::BadRequest)),
            404 => Err(response.problem(GetProductError::NotFound)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}

impl Call for ReplaceProduct {
    type Output = ReplaceProductOutput;
    type Error = ReplaceProductError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("PUT", "/product/{id}")
            .path("id", &self.id)
            .json("application/json", Some(&self.body))
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            200 => response.read(|answer| answer.json(&["application/json"])),
            400 => Err(response.problem(ReplaceProductError::BadRequest)),
            401 => Err(response.problem(ReplaceProductError::Unauthorized)),
            403 => Err(response.problem(ReplaceProductError::Forbidden)),
            404 => Err(response.problem(ReplaceProductError::NotFound)),
            413 => Err(response.problem(ReplaceProductError::ContentTooLarge)),
            415 => Err(response.problem(ReplaceProductError::UnsupportedMediaType)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}

impl Call for DeleteProduct {
    type Output = DeleteProductOutput;
    type Error = DeleteProductError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("DELETE", "/product/{id}").path("id", &self.id)
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            204 => response.read(|answer| answer.nothing()),
            400 => Err(response.problem(DeleteProductError::BadRequest)),
            401 => Err(response.problem(DeleteProductError::Unauthorized)),
            403 => Err(response.problem(DeleteProductError::Forbidden)),
            404 => Err(response.problem(DeleteProductError::NotFound)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}

impl Call for ListSales {
    type Output = ListSalesOutput;
    type Error = ListSalesError;

    fn to_http(&self) -> HttpRequest {
        HttpRequest::new("GET", "/product/{id}/sales")
            .path("id", &self.id)
            .query("limit", Some(&self.limit))
            .query("next", self.next.as_ref())
    }

    fn from_http(response: &HttpResponse) -> Result<Self::Output, Error<Self::Error>> {
        match response.status {
            200 => response.read(|answer| answer.json(&["application/json"])),
            400 => Err(response.problem(ListSalesError::BadRequest)),
            401 => Err(response.problem(ListSalesError::Unauthorized)),
            403 => Err(response.problem(ListSalesError::Forbidden)),
            500 => Err(response.failed()),
            _ => Err(response.undeclared()),
        }
    }
}
