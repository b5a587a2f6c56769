// @generated from the contracts in spec/; edits are overwritten.

//! `upload`: `POST /uploads`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1uploads/post`

use runtime::{
    Failure, File, Form, FormData, FormWriter, Operation, Parts, Problem, Reply, Shape,
    Style,
};

use crate::model::{Place, UploadBodyNote};

/// The input of `upload`.
#[derive(Debug, Clone, PartialEq)]
pub struct UploadInput {
    /// The body, `multipart/form-data`.
    pub body: UploadForm,
}

impl UploadInput {
    /// Creates a value from its required fields.
    pub fn new(body: UploadForm) -> Self {
        Self { body }
    }
}

/// The request form of `upload`.
#[derive(Debug, Clone, PartialEq)]
pub struct UploadForm {
    /// The part `picture`.
    ///
    /// - **Source**
    ///   `spec/shop/openapi.yaml#/paths/~1uploads/post/requestBody/content/multipart~1form-data/schema/properties/picture`
    pub picture: File,
    /// The part `place`.
    ///
    /// - **Source**
    ///   `spec/shop/openapi.yaml#/paths/~1uploads/post/requestBody/content/multipart~1form-data/schema/properties/place`
    pub place: Place,
    /// The part `note`.
    ///
    /// - **Source**
    ///   `spec/shop/openapi.yaml#/paths/~1uploads/post/requestBody/content/multipart~1form-data/schema/properties/note`
    pub note: UploadBodyNote,
    /// The part `numbers`.
    ///
    /// - **Source**
    ///   `spec/shop/openapi.yaml#/paths/~1uploads/post/requestBody/content/multipart~1form-data/schema/properties/numbers`
    pub numbers: Option<Vec<i32>>,
    /// The part `more`.
    ///
    /// - **Source**
    ///   `spec/shop/openapi.yaml#/paths/~1uploads/post/requestBody/content/multipart~1form-data/schema/properties/more`
    pub more: Option<Vec<File>>,
    /// The part `built`.
    ///
    /// - **Source**
    ///   `spec/shop/openapi.yaml#/paths/~1uploads/post/requestBody/content/multipart~1form-data/schema/properties/built`
    pub built: Option<File>,
    /// The part `several`.
    ///
    /// - **Source**
    ///   `spec/shop/openapi.yaml#/paths/~1uploads/post/requestBody/content/multipart~1form-data/schema/properties/several`
    pub several: Option<Vec<File>>,
}

impl UploadForm {
    /// Creates a value from its required fields.
    pub fn new(picture: File, place: Place) -> Self {
        Self {
            picture,
            place,
            note: runtime::preset("\"none\""),
            numbers: Default::default(),
            more: Default::default(),
            built: Default::default(),
            several: Default::default(),
        }
    }
}

impl FormData for UploadForm {
    fn read(form: &mut Form<'_>) -> Option<Self> {
        let picture = form
            .file("picture")
            .of(&["image/png", "image/jpeg"])
            .bytes(0, 1000)
            .required();
        let place = form.field("place").styled(Style::Json, Shape::Json).required();
        let note = form.field("note").or("\"none\"");
        let numbers = form.field("numbers").repeated().optional();
        let more = form.file("more").optional_list(0, 2);
        let built = form.file("built").optional();
        let several = form.file("several").optional_list(0, usize::MAX);
        form.refuse_others(
            &["picture", "place", "note", "numbers", "more", "built", "several"],
        );
        Some(Self {
            picture: picture?,
            place: place?,
            note: note?,
            numbers: numbers?,
            more: more?,
            built: built?,
            several: several?,
        })
    }

    fn write(&self, form: &mut FormWriter) {
        form.file("picture", Some(&self.picture));
        form.styled("place", Style::Json, Some(&self.place));
        form.field("note", Some(&self.note));
        form.styled("numbers", Style::Repeated, self.numbers.as_ref());
        form.files("more", self.more.as_ref());
        form.file("built", self.built.as_ref());
        form.files("several", self.several.as_ref());
    }
}

/// The picture.
pub type UploadOutput = File;

/// The error responses of `upload`.
#[derive(Debug)]
pub enum UploadError {
    /// `400`: No.
    BadRequest(Problem),
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(UploadError, BadRequest = problem(400));

impl Operation for UploadInput {
    type Output = UploadOutput;
    type Error = UploadError;
    const UNSUPPORTED: u16 = 400;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let body = parts.multipart();
        Some(Self { body: body? })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::file(200, &answer)
    }
}
