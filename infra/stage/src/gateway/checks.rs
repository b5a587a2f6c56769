//! What the gateway checks of a request before its integration sees it: parameters that must be there, and the model of its
//! body.

use hyper::header::CONTENT_TYPE;

use super::error::Rejection;
use super::{Gateway, wire};
use crate::template::{Checks, IdentitySource};

/// The media type of bodies that name none.
const JSON: &str = "application/json";

/// The model of bodies whose media type has none of its own.
const ANY_TYPE: &str = "$default";

impl Gateway {
    /// Checks a request.
    pub(super) fn check(
        &self,
        checks: &Checks,
        context: &wire::Context<'_>,
        body: &[u8],
    ) -> Result<(), Rejection> {
        if let Some(missing) = missing_parameters(&checks.required, context) {
            return Err(Rejection::MissingParameters(missing));
        }
        if checks.models.is_empty() {
            return Ok(());
        }
        let sent = context.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let sent = sent.unwrap_or(JSON).split(';').next().unwrap_or_default().trim();
        let named = checks.models.iter().find(|(name, _)| name.eq_ignore_ascii_case(sent));
        let model = named.map(|(_, number)| number).or_else(|| checks.models.get(ANY_TYPE));
        let Some(number) = model else { return Ok(()) };
        self.models.judge(*number, body).map_err(Rejection::InvalidBody)
    }
}

/// The names of parameters that a request lacks, as the gateway lists them.
fn missing_parameters(required: &[IdentitySource], context: &wire::Context<'_>) -> Option<String> {
    let missing: Vec<&str> = required
        .iter()
        .filter_map(|source| match source {
            IdentitySource::Header(name) => {
                (!context.headers.contains_key(name.as_str())).then_some(name.as_str())
            }
            IdentitySource::Query(name) => {
                wire::query_value(context.query, name).is_none().then_some(name.as_str())
            }
            IdentitySource::Variable(_) | IdentitySource::Context(_) => None,
        })
        .collect();
    (!missing.is_empty()).then(|| missing.join(", "))
}
