// @generated from the contracts in spec/; edits are overwritten.

//! `replaceProduct`: `PUT /product/{id}`.
//!
//! - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/put`

use runtime::{
    Access, Condition, Failure, Operation, Parts, Preconditions, Problem, Reply,
    Requirement, TableError, Written,
};

use crate::model::{Product, ProductId, ProductRequest};
use crate::tables::Tables;

/// The input of `replaceProduct`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReplaceProductInput {
    /// The id of the product.
    pub id: ProductId,
    /// The body, `application/json`.
    pub body: ProductRequest,
}

impl ReplaceProductInput {
    /// Creates a value from its required fields.
    pub fn new(id: ProductId, body: ProductRequest) -> Self {
        Self { id, body }
    }
}

/// The product as it is now.
pub type ReplaceProductOutput = Product;

/// The error responses of `replaceProduct`.
#[derive(Debug)]
pub enum ReplaceProductError {
    /// `400`: The request violates the contract; every violation is listed.
    BadRequest(Problem),
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials lack the scope for it.
    Forbidden(Problem),
    /// `404`: There is no such product.
    NotFound(Problem),
    /// `413`: The body, or the item made of it, is too large.
    ContentTooLarge(Problem),
    /// `415`: The body is of a media type that the operation does not accept.
    UnsupportedMediaType(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(
    ReplaceProductError,
    BadRequest = problem(400),
    Unauthorized = problem(401),
    Forbidden = problem(403),
    NotFound = problem(404),
    ContentTooLarge = problem(413),
    UnsupportedMediaType = problem(415)
);

impl Operation for ReplaceProductInput {
    type Output = ReplaceProductOutput;
    type Error = ReplaceProductError;
    const ACCESS: &'static Access = &[
        &[Requirement::token("login", &["catalogue.write"])],
    ];
    const CHALLENGE: &'static str = "Bearer";
    const PRECONDITIONS: Option<Preconditions> = Some(Preconditions::Change {
        versioned: false,
    });

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let id = parts.path("id").required();
        let body = parts.json("application/json").required();
        Some(Self { id: id?, body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::json(200, "application/json", &answer)
    }
}

/// Runs the table action that the contract binds the operation to.
pub(super) async fn run(
    tables: &Tables,
    input: ReplaceProductInput,
) -> Result<ReplaceProductOutput, ReplaceProductError> {
    let body = input.body;
    let item = Product {
        id: input.id,
        name: body.name,
        description: body.description,
        image_file: body.image_file,
        price: body.price,
        category: body.category,
    };
    let condition = Condition::item_exists();
    match tables.product.put_if(&item, condition).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => {
            let problem = Problem::new(404, "There is no such product.");
            Err(ReplaceProductError::NotFound(problem))
        }
        Err(TableError::TooLarge { .. }) => {
            let problem = Problem::new(
                413,
                "The body, or the item made of it, is too large.",
            );
            Err(ReplaceProductError::ContentTooLarge(problem))
        }
        Err(error) => Err(error.into()),
    }
}
