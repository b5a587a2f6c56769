// @generated from the contracts in spec/; edits are overwritten.

//! `readStyles`: `GET /styles/{label}/{matrix}/{list}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1styles~1{label}~1{matrix}~1{list}/get`

use std::collections::BTreeMap;

use runtime::{Failure, Operation, Parts, Reply, Shape, Style};

use crate::model::{Filter, Place, ReadStylesPairs, ReadStylesSid, ReadStylesSome};

/// The input of `readStyles`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadStylesInput {
    /// The path parameter `label`.
    pub label: Vec<i128>,
    /// The path parameter `matrix`.
    pub matrix: Place,
    /// The path parameter `list`.
    pub list: Vec<String>,
    /// The query parameter `filter`.
    pub filter: Option<Filter>,
    /// The query parameter `flat`.
    pub flat: Option<Place>,
    /// The query parameter `rest`.
    pub rest: Option<BTreeMap<String, i128>>,
    /// The query parameter `pipes`.
    pub pipes: Option<Vec<String>>,
    /// The query parameter `spaces`.
    pub spaces: Option<Vec<i128>>,
    /// The query parameter `pairs`.
    pub pairs: Option<ReadStylesPairs>,
    /// The query parameter `json`.
    pub json: Option<Filter>,
    /// The query parameter `some`.
    pub some: Option<ReadStylesSome>,
    /// The cookie parameter `sid`.
    pub sid: ReadStylesSid,
    /// The header parameter `X-Place`.
    pub x_place: Option<Place>,
}

impl ReadStylesInput {
    /// Creates a value from its required fields.
    pub fn new(
        label: Vec<i128>,
        matrix: Place,
        list: Vec<String>,
        sid: ReadStylesSid,
    ) -> Self {
        Self {
            label,
            matrix,
            list,
            filter: Default::default(),
            flat: Default::default(),
            rest: Default::default(),
            pipes: Default::default(),
            spaces: Default::default(),
            pairs: Default::default(),
            json: Default::default(),
            some: Default::default(),
            sid,
            x_place: Default::default(),
        }
    }
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadStylesOutput {
    /// The header `X-Numbers`.
    pub x_numbers: Vec<i128>,
    /// The header `X-Place`.
    pub x_place: Option<Place>,
    /// The body.
    pub body: String,
}

impl ReadStylesOutput {
    /// Creates a value from its required fields.
    pub fn new(x_numbers: Vec<i128>, body: String) -> Self {
        Self {
            x_numbers,
            x_place: Default::default(),
            body,
        }
    }
}

/// The error responses of `readStyles`.
#[derive(Debug)]
pub enum ReadStylesError {
    /// Any other error, converted by `?`. The client gets an opaque `500`, and the error is logged.
    Unexpected(Failure),
}

runtime::error_type!(ReadStylesError);

impl Operation for ReadStylesInput {
    type Output = ReadStylesOutput;
    type Error = ReadStylesError;

    fn read(parts: &mut Parts<'_>) -> Option<Self> {
        let label = parts
            .path("label")
            .styled(Style::Label, Shape::List(&Shape::Number))
            .required();
        let matrix = parts
            .path("matrix")
            .styled(
                Style::MatrixExploded,
                Shape::Object(&[("floor", Shape::Number)], &Shape::Text),
            )
            .required();
        let list = parts.path("list").separated().required();
        let filter = parts
            .query("filter")
            .styled(
                Style::Deep,
                Shape::Object(
                    &[
                        ("open", Shape::Boolean),
                        (
                            "price",
                            Shape::Object(&[("min", Shape::Number)], &Shape::Text),
                        ),
                        ("tags", Shape::List(&Shape::Text)),
                    ],
                    &Shape::Text,
                ),
            )
            .optional();
        let flat = parts
            .query("flat")
            .styled(
                Style::Repeated,
                Shape::Object(
                    &[("city", Shape::Text), ("floor", Shape::Number)],
                    &Shape::Text,
                ),
            )
            .optional();
        let rest = parts
            .query("rest")
            .styled(
                Style::Rest(
                    &[
                        "filter",
                        "flat",
                        "city",
                        "floor",
                        "pipes",
                        "spaces",
                        "pairs",
                        "json",
                        "some",
                    ],
                ),
                Shape::Object(&[], &Shape::Number),
            )
            .optional();
        let pipes = parts
            .query("pipes")
            .styled(Style::Pipes, Shape::List(&Shape::Text))
            .optional();
        let spaces = parts
            .query("spaces")
            .styled(Style::Spaces, Shape::List(&Shape::Number))
            .optional();
        let pairs = parts
            .query("pairs")
            .styled(Style::Commas, Shape::Object(&[("a", Shape::Number)], &Shape::Text))
            .optional();
        let json = parts.query("json").styled(Style::Json, Shape::Json).optional();
        let some = parts
            .query("some")
            .styled(Style::Repeated, Shape::Union(&[Shape::Number, Shape::Text]))
            .optional();
        let sid = parts.cookie("sid").required();
        let x_place = parts
            .header("X-Place")
            .styled(
                Style::SimpleExploded,
                Shape::Object(&[("floor", Shape::Number)], &Shape::Text),
            )
            .optional();
        Some(Self {
            label: label?,
            matrix: matrix?,
            list: list?,
            filter: filter?,
            flat: flat?,
            rest: rest?,
            pipes: pipes?,
            spaces: spaces?,
            pairs: pairs?,
            json: json?,
            some: some?,
            sid: sid?,
            x_place: x_place?,
        })
    }

    fn reply(answer: Self::Output) -> Reply {
        Reply::text(200, "text/plain", &answer.body)
            .header_styled("X-Numbers", Style::Simple, Some(&answer.x_numbers))
            .header_styled("X-Place", Style::Simple, answer.x_place.as_ref())
    }
}
