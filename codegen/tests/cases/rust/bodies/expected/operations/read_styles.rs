// @generated from the contracts in spec/; edits are overwritten.

//! `readStyles`: `GET /styles/{label}/{matrix}/{list}`.
//!
//! - **Source** `spec/shop/openapi.yaml#/paths/~1styles~1{label}~1{matrix}~1{list}/get`

use std::collections::BTreeMap;

use runtime::{Failure, Operation, Parts, Reply, Shape, Style};

use crate::model::{Filter, Place, ReadStylesPairs, ReadStylesSid, ReadStylesSome};

/// What `readStyles` takes.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadStylesInput {
    /// `label` in the path.
    pub label: Vec<i128>,
    /// `matrix` in the path.
    pub matrix: Place,
    /// `list` in the path.
    pub list: Vec<String>,
    /// `filter` in the query.
    pub filter: Option<Filter>,
    /// `flat` in the query.
    pub flat: Option<Place>,
    /// `rest` in the query.
    pub rest: Option<BTreeMap<String, i128>>,
    /// `pipes` in the query.
    pub pipes: Option<Vec<String>>,
    /// `spaces` in the query.
    pub spaces: Option<Vec<i128>>,
    /// `pairs` in the query.
    pub pairs: Option<ReadStylesPairs>,
    /// `json` in the query.
    pub json: Option<Filter>,
    /// `some` in the query.
    pub some: Option<ReadStylesSome>,
    /// `sid` in the cookie.
    pub sid: ReadStylesSid,
    /// `X-Place` in the header.
    pub x_place: Option<Place>,
}

impl ReadStylesInput {
    /// With what the contract requires, and nothing else.
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
    /// With what the contract requires, and nothing else.
    pub fn new(x_numbers: Vec<i128>, body: String) -> Self {
        Self {
            x_numbers,
            x_place: Default::default(),
            body,
        }
    }
}

/// How `readStyles` fails.
#[derive(Debug)]
pub enum ReadStylesError {
    /// Anything else, by `?`: the client gets an opaque `500`, the log the failure.
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
