//! Integrations of REST APIs that are not proxies: mapping templates before and after the call.

use std::sync::Arc;
use std::time::Duration;

use crate::vtl;

/// An integration with mapping templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// What is called.
    pub called: Called,
    /// `timeoutInMillis`
    pub timeout: Duration,
    /// Whether it is called with a role.
    pub with_role: bool,
    /// How a function is invoked.
    pub invoked: Invoked,
    /// Templates of the request, by media type.
    pub templates: Vec<(String, MappingTemplate)>,
    /// What becomes of a request without a template.
    pub unmapped: Unmapped,
    /// Its answers; the last one that has no pattern is the default.
    pub responses: Vec<MappedResponse>,
}

/// What is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Called {
    /// A function, by its name.
    Function(String),
    /// An action of a service, whose body is JSON: `AWSEvents.PutEvents`.
    Json(String),
    /// A message for a queue, by its path: `000000000000/orders`. Its body is a form.
    Queue(String),
    /// A publication to a topic. Its body is a form.
    Topic,
}

/// How a function is invoked (`X-Amz-Invocation-Type`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invoked {
    /// Its answer is waited for.
    AndAwaited,
    /// Its answer is not waited for (`Event`).
    Later,
    /// As this header of the request says.
    AsAsked(String),
}

/// What becomes of a request for whose media type there is no template (`passthroughBehavior`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmapped {
    /// It is passed on as it is.
    Passed,
    /// It is passed on where there is no template at all.
    PassedWithoutTemplates,
    /// It is refused (415).
    Refused,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedResponse {
    /// What an error message, or the status of a service, must match; anything without.
    pub pattern: Option<ErrorPattern>,
    /// The status.
    pub status: u16,
    /// Headers with fixed values.
    pub headers: Vec<(String, String)>,
    /// Media type and template of the body; the body as it is without.
    pub template: Option<(String, MappingTemplate)>,
}

/// An integration that the gateway answers itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mock {
    /// Media types and templates of the request, which say the status that chooses the response.
    pub templates: Vec<(String, MappingTemplate)>,
    /// The responses.
    pub responses: Vec<MappedResponse>,
}

/// A mapping template, read once and filled with each request.
#[derive(Debug, Clone, PartialEq)]
pub struct MappingTemplate(Arc<vtl::Template>);

impl Eq for MappingTemplate {}

impl MappingTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// What of it is not supported.
    pub(in crate::template) fn parse(text: &str) -> Result<Self, String> {
        vtl::parse(text).map(|template| Self(Arc::new(template)))
    }

    /// What comes of it, with the context as the template before it left it, if there was one.
    pub(crate) fn fill(
        &self,
        source: &dyn vtl::Source,
        context: Option<serde_json::Value>,
    ) -> vtl::Filled {
        self.0.fill(source, context)
    }
}

/// What the whole of an error message, or of the status of a service, must match.
#[derive(Debug, Clone)]
pub struct ErrorPattern(regex::Regex);

impl PartialEq for ErrorPattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_str() == other.0.as_str()
    }
}

impl Eq for ErrorPattern {}

impl ErrorPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// `pattern` is not a regular expression.
    pub(in crate::template) fn parse(pattern: &str) -> Result<Self, String> {
        let whole = regex::Regex::new(&format!("^(?:{pattern})$"));
        whole.map(Self).map_err(|_| format!("`{pattern}` is not a pattern"))
    }

    /// Whether a text matches.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}
