// @generated from the contracts in spec/; edits are overwritten.

//! `replaceProduct`: `PUT /product/{id}`.
//!
//! Replace a product

use runtime::{
    Condition, Context, Failure, Parts, Problem, Reply, Request, TableError, Written,
};

use crate::model::{Product, ProductId, ProductRequest};
use crate::tables::Tables;
use super::Operations;

/// What `replaceProduct` takes.
///
/// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/put`
#[derive(Debug, Clone, PartialEq)]
pub struct ReplaceProductInput {
    /// The id of the product.
    ///
    /// - **Shape** path parameter `id`
    /// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/parameters/0`
    pub id: ProductId,
    /// The body.
    ///
    /// - **Shape** body, `application/json`
    /// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/put/requestBody`
    pub body: ProductRequest,
}

impl ReplaceProductInput {
    /// With what the contract requires, and nothing else.
    pub fn new(id: ProductId, body: ProductRequest) -> Self {
        Self { id, body }
    }
}

/// The product as it is now.
///
/// - **Status** `200`
/// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/put/responses/200`
pub type ReplaceProductOutput = Product;

/// How `replaceProduct` fails: the responses that its contract declares, and anything else.
///
/// Every error converts into the last variant by `?`.
#[derive(Debug)]
pub enum ReplaceProductError {
    /// The request violates the contract; every violation is listed.
    ///
    /// - **Status** `400`
    /// - **Source** `spec/product/openapi.yaml#/components/responses/BadRequest`
    BadRequest(Problem),
    /// There is no such product.
    ///
    /// - **Status** `404`
    /// - **Source** `spec/product/openapi.yaml#/components/responses/NotFound`
    NotFound(Problem),
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

impl<E: Into<Failure>> From<E> for ReplaceProductError {
    fn from(error: E) -> Self {
        Self::Unexpected(error.into())
    }
}

fn read(request: &Request) -> Result<ReplaceProductInput, Problem> {
    let mut parts = Parts::of(request);
    let id = parts.path("id").required();
    let body = parts.body("application/json");
    parts
        .finish(
            &[400, 415],
            || Some(ReplaceProductInput {
                id: id?,
                body: body?,
            }),
        )
}

fn reply(answer: ReplaceProductOutput) -> Reply {
    Reply::json(200, "application/json", &answer)
}

impl From<ReplaceProductError> for Reply {
    fn from(error: ReplaceProductError) -> Self {
        match error {
            ReplaceProductError::BadRequest(answer) => {
                Reply::problem(answer.with_status(400))
            }
            ReplaceProductError::NotFound(answer) => {
                Reply::problem(answer.with_status(404))
            }
            ReplaceProductError::ContentTooLarge(answer) => {
                Reply::problem(answer.with_status(413))
            }
            ReplaceProductError::UnsupportedMediaType(answer) => {
                Reply::problem(answer.with_status(415))
            }
            ReplaceProductError::Unexpected(failure) => Reply::failed(failure),
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
            match operations.replace_product(cx, input).await {
                Ok(output) => reply(output),
                Err(error) => error.into(),
            }
        }
        Err(problem) => Reply::problem(problem),
    }
}

/// The body that the contract binds the operation to.
///
/// - **Source** `spec/product/openapi.yaml#/paths/~1product~1{id}/put/x-dynamodb`
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
    let condition = Condition::item_exists::<Product>();
    match tables.product.put_if(&item, condition).await {
        Ok(Written::Done) => Ok(item),
        Ok(Written::Refused(_)) => {
            Err(
                ReplaceProductError::NotFound(
                    Problem::new(404, "There is no such product."),
                ),
            )
        }
        Err(TableError::TooLarge { .. }) => {
            Err(
                ReplaceProductError::ContentTooLarge(
                    Problem::new(413, "The body is larger than a function accepts."),
                ),
            )
        }
        Err(error) => Err(error.into()),
    }
}
