//! Integrations of REST APIs that are not proxies: mapping templates before and after the call.

use std::time::Duration;

/// An integration with mapping templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapped {
    /// What is called.
    pub called: Called,
    /// `timeoutInMillis`
    pub timeout: Duration,
    /// Whether it is called with a role.
    pub with_role: bool,
    /// Templates of the request, by media type.
    pub templates: Vec<(String, String)>,
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
    pub pattern: Option<String>,
    /// The status.
    pub status: u16,
    /// Headers with fixed values.
    pub headers: Vec<(String, String)>,
    /// Media type and template of the body; the body as it is without.
    pub template: Option<(String, String)>,
}
