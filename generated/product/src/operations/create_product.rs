// @generated from the contracts in spec/; edits are overwritten.

//! `createProduct`: `POST /product`.
//!
//! Add a product

use runtime::{
    Context, Failure, Parts, Problem, Reply, Request, TableError, Uuid, Written,
};

use crate::model::{CreateProductCreatedLocation, Product, ProductRequest};
use crate::tables::Tables;
use super::Operations;

/// What `createProduct` takes.
///
/// - **Source** `spec/product/openapi.yaml#/paths/~1product/post`
#[derive(Debug, Clone, PartialEq)]
pub struct CreateProductInput {
    /// The body.
    ///
    /// - **Shape** body, `application/json`
    /// - **Source** `spec/product/openapi.yaml#/paths/~1product/post/requestBody`
    pub body: ProductRequest,
}

impl CreateProductInput {
    /// With what the contract requires, and nothing else.
    pub fn new(body: ProductRequest) -> Self {
        Self { body }
    }
}

/// The product as it was stored.
///
/// - **Source** `spec/product/openapi.yaml#/paths/~1product/post/responses/201`
#[derive(Debug, Clone, PartialEq)]
pub struct CreateProductOutput {
    /// Where the product can be read.
    ///
    /// - **Shape** header `Location`
    /// - **Source** `spec/product/openapi.yaml#/paths/~1product/post/responses/201`
    pub location: CreateProductCreatedLocation,
    /// The body.
    pub body: Product,
}

impl CreateProductOutput {
    /// With what the contract requires, and nothing else.
    pub fn new(location: CreateProductCreatedLocation, body: Product) -> Self {
        Self { location, body }
    }
}

/// How `createProduct` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum CreateProductError {
    /// The request violates the contract; every violation is listed.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/product/openapi.yaml#/components/responses/BadRequest`
    BadRequest(Problem),
    /// The body is larger than a function accepts.
    ///
    /// - **Status** `413`
    /// - **Source** `spec/product/openapi.yaml#/components/responses/TooLarge`
    ContentTooLarge(Problem),
    /// The body is of a media type that the operation does not accept.
    ///
    /// - **Status** `415`
    /// - **Source** `spec/product/openapi.yaml#/components/responses/UnsupportedMediaType`
    UnsupportedMediaType(Problem),
    /// Anything else: an opaque `500` for the client, the failure itself for the log.
    Unexpected(Failure),
}

impl<E: Into<Failure>> From<E> for CreateProductError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<CreateProductInput, Problem> {
    let mut parts = Parts::of(request);
    let body = parts.body("application/json");
    parts.finish(&[400, 415], || Some(CreateProductInput { body: body? }))
}

fn reply(answer: CreateProductOutput) -> Reply {
    Reply::json(201, "application/json", &answer.body)
        .header("Location", runtime::to_text(&answer.location))
}

impl From<CreateProductError> for Reply {
    fn from(error: CreateProductError) -> Self {
        match error {
            CreateProductError::BadRequest(answer) => {
                Reply::problem(answer.with_status(400))
            }
            CreateProductError::ContentTooLarge(answer) => {
                Reply::problem(answer.with_status(413))
            }
            CreateProductError::UnsupportedMediaType(answer) => {
                Reply::problem(answer.with_status(415))
            }
            CreateProductError::Unexpected(failure) => Reply::failed(failure),
        }
    }
}

/// Answers a request.
pub(crate) async fn handle<O: Operations>(
    operations: &O,
    cx: &Context,
    request: &Request,
) -> Reply {
    match read(request) {
        Ok(input) => {
            match operations.create_product(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/product/openapi.yaml#/paths/~1product/post/x-dynamodb`
pub(super) async fn run(
    tables: &Tables,
    input: CreateProductInput,
) -> Result<CreateProductOutput, CreateProductError> {
    let body = input.body;
    let item = Product {
        id: Uuid::new_v4(),
        name: body.name,
        description: body.description,
        image_file: body.image_file,
        price: body.price,
        category: body.category,
    };
    match tables.product.create(&item).await {
        Ok(Written::Done) => {
            Ok(CreateProductOutput {
                location: runtime::rules::decode_value(
                    "Location",
                    &runtime::fill_path("/product/{id}", &[&item.id]),
                )?,
                body: item,
            })
        }
        Ok(Written::Refused(_)) => {
            Err(
                CreateProductError::Unexpected(
                    Failure::message("something has this key already"),
                ),
            )
        }
        Err(TableError::TooLarge { .. }) => {
            Err(
                CreateProductError::ContentTooLarge(
                    Problem::new(413, "The body is larger than a function accepts."),
                ),
            )
        }
        Err(error) => Err(error.into()),
    }
}
