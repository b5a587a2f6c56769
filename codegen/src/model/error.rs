//! Errors in a contract's own words: the forms that it has beside problem documents, and where each is used.

use super::TypeRef;

/// How a service tells of what the runtime finds wrong.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Errors {
    /// The forms of the contract's own.
    pub forms: Vec<ErrorForm>,
    /// The form that is usual, by its place; none for problem documents.
    pub usual: Option<usize>,
    /// Where another form is used: the operation's place, the status, and the form.
    pub others: Vec<(usize, u16, Option<usize>)>,
}

/// One form of errors.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorForm {
    /// What it is.
    pub ty: TypeRef,
    /// Its media type.
    pub media_type: String,
    /// How one is made.
    pub made: ErrorMade,
}

/// How an error of the runtime takes a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrorMade {
    /// `x-error`: which property takes what.
    Object(Vec<(String, ProblemField)>),
    /// As plain text.
    Text,
    /// By a method of the rules.
    Method,
}

/// What a property of an error takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemField {
    /// The title of the status: `Bad Request`.
    Title,
    /// What to know of this occurrence.
    Detail,
    /// The status as a number.
    Status,
    /// The status as text.
    StatusText,
    /// The title as an identifier: `bad_request`.
    Code,
    /// `type` of a problem document.
    Type,
    /// The path of the request.
    Instance,
    /// The id under which the request stands in the logs.
    RequestId,
    /// The violations, each an object with these properties for pointer and detail.
    Violations(String, String),
    /// The violations, each a text.
    ViolationTexts,
    /// A fixed value, as JSON.
    Literal(String),
}

impl ProblemField {
    /// The properties of the runtime's problem document.
    pub const MEMBERS: [&str; 7] =
        ["type", "title", "status", "detail", "instance", "requestId", "violations"];
}
