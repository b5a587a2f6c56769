// @generated from the contracts in spec/; edits are overwritten.

//! `createProduct`: `POST /product`.
//!
//! - **Source** `spec/product/openapi.yaml#/paths/~1product/post`

use runtime::{
    Access, Failure, Operation, Parts, Preconditions, Problem, Reply, Requirement,
    TableError, Uuid, Written,
};

use crate::model::{CreateProductCreatedLocation, Product, ProductRequest};
use crate::tables::Tables;

/// The input of `createProduct`.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateProductInput {
    /// The body, `application/json`.
    pub body: ProductRequest,
}

impl CreateProductInput {
    /// Creates a value from its required fields.
    pub fn new(body: ProductRequest) -> Self {
        Self { body }
    }
}

/// The product as it was stored.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateProductOutput {
    /// Where the product can be read.
    pub location: CreateProductCreatedLocation,
    /// The body.
    pub body: Product,
}

impl CreateProductOutput {
    /// Creates a value from its required fields.
    pub fn new(location: CreateProductCreatedLocation, body: Product) -> Self {
        Self { location, body }
    }
}

/// The error responses of `createProduct`.
#[derive(Debug)]
pub enum CreateProductError {
    /// `400`: The request violates the contract; every violation is listed.
    BadRequest(Problem),
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials lack the scope for it.
    Forbidden(Problem),
    /// `413`: The body, or the item made of it, is too large.
    ContentTooLarge(Problem),
    /// `415`: The body is of a media type that the operation does not accept.
    UnsupportedMediaType(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    CreateProductError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403),
    ContentTooLarge = problem(413),
    UnsupportedMediaType = problem(415)
);

impl Operation for CreateProductInput {
    type Output = CreateProductOutput;
    type Error = CreateProductError;
    const ACCESS: &'static Access = &[
        &[Requirement::token("login", &["catalogue.write"])],
    ];
    const CHALLENGE: &'static str = "Bearer";
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Create);

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.json("application/json").required();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(201, "application/json", &answer.body)
            .header("Location", runtime::to_text(&answer.location))
    }
}

/// Runs the table action that the contract binds the operation to.
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
            Err(Failure::message("the item already exists").into())
        }
        Err(TableError::TooLarge { .. }) => {
            let problem = Problem::new(
                413,
                "The body, or the item made of it, is too large.",
            );
            Err(CreateProductError::ContentTooLarge(problem))
        }
        Err(error) => Err(error.into()),
    }
}
