// @generated from the contracts in spec/; edits are overwritten.

//! `makeWishByFile`: `POST /wish/file`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1wish~1file/post`

use runtime::{
    Access, Failure, File, Form, FormData, FormWriter, Operation, Owned, Parts, Problem,
    Reply, Requirement,
};

use crate::model::{WishCustomer, WishText};

/// The input of `makeWishByFile`.
#[derive(Debug, Clone, PartialEq)]
pub struct MakeWishByFileInput {
    /// The body, `multipart/form-data`.
    pub body: MakeWishByFileForm,
}

impl MakeWishByFileInput {
    /// Creates a value from its required fields.
    pub fn new(body: MakeWishByFileForm) -> Self {
        Self { body }
    }
}

/// The request form of `makeWishByFile`.
#[derive(Debug, Clone, PartialEq)]
pub struct MakeWishByFileForm {
    /// The part `customer`.
    ///
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Wish/properties/customer`
    pub customer: WishCustomer,
    /// The part `text`.
    ///
    /// - **Source** `spec/shop/openapi.yaml#/components/schemas/Wish/properties/text`
    pub text: WishText,
    /// The part `picture`.
    ///
    /// - **Source**
    ///   `spec/shop/openapi.yaml#/paths/~1wish~1file/post/requestBody/content/multipart~1form-data/schema/allOf/1/properties/picture`
    pub picture: Option<File>,
}

impl MakeWishByFileForm {
    /// Creates a value from its required fields.
    pub fn new(customer: WishCustomer, text: WishText) -> Self {
        Self {
            customer,
            text,
            picture: Default::default(),
        }
    }
}

impl FormData for MakeWishByFileForm {
    fn read(form: &mut Form<'_>) -> Option<Self> {
        let customer = form.field("customer").required();
        let text = form.field("text").required();
        let picture = form.file("picture").optional();
        Some(Self {
            customer: customer?,
            text: text?,
            picture: picture?,
        })
    }

    fn write(&self, form: &mut FormWriter) {
        form.field("customer", Some(&self.customer));
        form.field("text", Some(&self.text));
        form.file("picture", self.picture.as_ref());
    }
}

/// It is noted.
pub type MakeWishByFileOutput = ();

/// The error responses of `makeWishByFile`.
#[derive(Debug)]
pub enum MakeWishByFileError {
    /// `401`: The credentials are missing or invalid.
    Unauthorized(Problem),
    /// `403`: The credentials do not allow this request.
    Forbidden(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(MakeWishByFileError, Unauthorized = problem(401), Forbidden = problem(403));

impl Operation for MakeWishByFileInput {
    type Output = MakeWishByFileOutput;
    type Error = MakeWishByFileError;
    const ACCESS: &'static Access = &[&[Requirement::token("login", &[])]];
    const CHALLENGE: &'static str = "Bearer";

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.multipart();
        Some(Self { body: body? })
    }

    fn owner(&self) -> Option<Owned> {
        Some(Owned {
            claim: "customer_id",
            unless: Some("wishes.all"),
            owner: Some(runtime::to_text(&self.body.customer)),
        })
    }

    fn reply((): ()) -> Reply {
        Reply::empty(204)
    }
}
