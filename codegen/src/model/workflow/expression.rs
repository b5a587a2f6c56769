//! Runtime expressions, and the values that are made of them.

use crate::source::Span;

/// A runtime expression: `$response.body#/id`.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    /// As the contract writes it.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// What it leads to.
    pub kind: ExpressionKind,
    /// The way below that: the steps of a JSON pointer.
    pub pointer: Vec<String>,
}

/// What a runtime expression leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExpressionKind {
    /// `$url`
    Url,
    /// `$method`
    Method,
    /// `$statusCode`
    StatusCode,
    /// `$self`: the document's own URI, where it has one.
    SelfUri(Option<String>),
    /// `$request.…`
    Request(Source),
    /// `$response.…`
    Response(Source),
    /// `$message.…`
    Message(Source),
    /// `$inputs.name`
    Input(String),
    /// `$outputs.name`: of this workflow, or in a step that calls a workflow, of that one.
    Output(String),
    /// `$steps.step.outputs.name`
    Step {
        /// The step.
        step: String,
        /// Its output.
        output: String,
    },
    /// `$workflows.workflow.outputs.name` or `.inputs.`
    Workflow {
        /// The workflow.
        workflow: String,
        /// Whether an output is meant, and not an input.
        is_output: bool,
        /// The input or output.
        name: String,
    },
    /// `$sourceDescriptions.source.reference`
    Source {
        /// The source description.
        source: String,
        /// An operation or workflow of it, or a field.
        reference: String,
        /// The value of the field, where it is one.
        value: Option<String>,
    },
    /// `$components.parameters.name`
    Component {
        /// `parameters`, `successActions` or `failureActions`
        kind: String,
        /// The component.
        name: String,
    },
}

/// A part of a request, a response or a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// `header.name`
    Header(String),
    /// `query.name`
    Query(String),
    /// `path.name`
    Path(String),
    /// `body`
    Body,
    /// `payload`
    Payload,
}

/// A value of a step, with the place of each part.
#[derive(Debug, Clone, PartialEq)]
pub struct StepValue {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ValueKind,
}

/// The kinds of values.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueKind {
    /// `null`
    Null,
    /// `true` or `false`
    Flag(bool),
    /// A number as the contract writes it.
    Number(String),
    /// A text.
    Text(String),
    /// A text with expressions in it: `order-{$inputs.id}`.
    Joined(Vec<TextPart>),
    /// What an expression leads to.
    Expression(Expression),
    /// A part of what an expression leads to (Selector Object).
    Selected {
        /// The expression.
        context: Expression,
        /// The way below it.
        selector: Selector,
    },
    /// A list.
    List(Vec<StepValue>),
    /// An object: each name with its place and value.
    Map(Vec<(String, Span, StepValue)>),
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum TextPart {
    /// Text as it is.
    Text(String),
    /// `{$…}`
    Expression(Expression),
}

/// A way to a part of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selector {
    /// The steps of a JSON pointer (RFC 6901).
    Pointer(Vec<String>),
    /// A JSONPath query (RFC 9535).
    JsonPath(String),
    /// The last parameter of a path like `/orders/{id}`, with which the path of a URL ends.
    Path(String),
}

impl ValueKind {
    /// Whether it is one value that no response and no input decides.
    #[must_use]
    pub fn is_fixed(&self) -> bool {
        matches!(self, Self::Null | Self::Flag(_) | Self::Number(_) | Self::Text(_))
    }
}

impl StepValue {
    /// The expressions in it, in order.
    #[must_use]
    pub fn expressions(&self) -> Vec<&Expression> {
        match &self.kind {
            ValueKind::Null | ValueKind::Flag(_) | ValueKind::Number(_) | ValueKind::Text(_) => {
                vec![]
            }
            ValueKind::Joined(pieces) => pieces.iter().filter_map(TextPart::expression).collect(),
            ValueKind::Expression(expression) => vec![expression],
            ValueKind::Selected { context, .. } => vec![context],
            ValueKind::List(items) => items.iter().flat_map(Self::expressions).collect(),
            ValueKind::Map(entries) => {
                entries.iter().flat_map(|(_, _, value)| value.expressions()).collect()
            }
        }
    }
}

impl TextPart {
    /// The expression, where it is one.
    #[must_use]
    pub fn expression(&self) -> Option<&Expression> {
        match self {
            Self::Text(_) => None,
            Self::Expression(expression) => Some(expression),
        }
    }
}
