//! What the validator found, in the words of findings. No word of a value is told, because it may be sensitive.

use boon::{ErrorKind, ValidationError};

use super::assertions::keyword_of;
use super::place::Documents;
use crate::value::Violation;

/// The places where a value violates the schema, the deepest that can be named.
pub(super) fn violations(documents: &Documents, error: &ValidationError<'_, '_>) -> Vec<Violation> {
    let mut found = vec![];
    note(documents, error, &mut found);
    found
}

fn note(documents: &Documents, error: &ValidationError<'_, '_>, found: &mut Vec<Violation>) {
    let (keyword, detail) = match &error.kind {
        // Of alternatives the nearest is told: the one with the fewest faults.
        ErrorKind::AnyOf | ErrorKind::OneOf(None) => {
            let keyword = if matches!(error.kind, ErrorKind::AnyOf) { "anyOf" } else { "oneOf" };
            found.push(violation(
                documents,
                error,
                keyword,
                "it matches no alternative".to_owned(),
            ));
            let each = error.causes.iter().map(|cause| {
                let mut faults = vec![];
                note(documents, cause, &mut faults);
                faults
            });
            found.extend(each.min_by_key(Vec::len).unwrap_or_default());
            return;
        }
        // Violations of the items that do not match, or of a name, say less than the keyword.
        kind @ (ErrorKind::Contains
        | ErrorKind::MinContains { .. }
        | ErrorKind::MaxContains { .. }
        | ErrorKind::Not
        | ErrorKind::PropertyName { .. }) => said(kind),
        _ if !error.causes.is_empty() => {
            return error.causes.iter().for_each(|cause| note(documents, cause, found));
        }
        ErrorKind::FalseSchema => {
            (refusing(error.schema_url), "no value is allowed here".to_owned())
        }
        kind => said(kind),
    };
    found.push(violation(documents, error, keyword, detail));
}

fn violation(
    documents: &Documents,
    error: &ValidationError<'_, '_>,
    keyword: &'static str,
    detail: String,
) -> Violation {
    let span = documents.span(error.schema_url).unwrap_or_default();
    Violation { pointer: error.instance_location.to_string(), keyword, detail, span, by_tag: false }
}

/// The keyword whose schema is `false`.
fn refusing(uri: &str) -> &'static str {
    const KEYWORDS: [&str; 4] =
        ["additionalProperties", "unevaluatedProperties", "unevaluatedItems", "items"];
    let last = uri.rsplit('/').next().unwrap_or_default();
    KEYWORDS.into_iter().find(|keyword| *keyword == last).unwrap_or("false")
}

/// A keyword, and what it asks.
fn said(kind: &ErrorKind<'_, '_>) -> (&'static str, String) {
    use ErrorKind as Kind;
    let names = |names: &[&str]| names.join("`, `");
    match kind {
        Kind::Type { got, want } => {
            let want: Vec<_> = want.iter().map(|one| one.to_string()).collect();
            ("type", format!("expected {}, found {got}", want.join(" or ")))
        }
        Kind::Required { want } => {
            ("required", format!("the required property `{}` is missing", names(want)))
        }
        Kind::DependentRequired { prop, missing } => {
            let missing = names(missing);
            ("dependentRequired", format!("`{prop}` is there, and `{missing}` is missing"))
        }
        Kind::Enum { .. } => ("enum", "it is none of the values that the schema lists".to_owned()),
        Kind::Const { .. } => ("const", "it is not the value that the schema names".to_owned()),
        Kind::Format { want, .. } => (keyword_of(want), format!("it is not of {want}")),
        Kind::Pattern { want, .. } => ("pattern", format!("it does not match `{want}`")),
        Kind::MinLength { got, want } => {
            ("minLength", format!("{got} characters are fewer than the minimum of {want}"))
        }
        Kind::MaxLength { got, want } => {
            ("maxLength", format!("{got} characters are more than the maximum of {want}"))
        }
        Kind::MinItems { got, want } => {
            ("minItems", format!("{got} items are fewer than the minimum of {want}"))
        }
        Kind::MaxItems { got, want } => {
            ("maxItems", format!("{got} items are more than the maximum of {want}"))
        }
        Kind::MinProperties { got, want } => {
            ("minProperties", format!("{got} properties are fewer than the minimum of {want}"))
        }
        Kind::MaxProperties { got, want } => {
            ("maxProperties", format!("{got} properties are more than the maximum of {want}"))
        }
        Kind::UniqueItems { got: [first, second] } => {
            ("uniqueItems", format!("the items {first} and {second} are equal"))
        }
        Kind::AdditionalProperties { .. } => {
            ("additionalProperties", "it has a property that the contract does not have".to_owned())
        }
        Kind::Minimum { want, .. } => ("minimum", format!("it is below the minimum {want}")),
        Kind::Maximum { want, .. } => ("maximum", format!("it is above the maximum {want}")),
        Kind::ExclusiveMinimum { want, .. } => {
            ("exclusiveMinimum", format!("it is not above {want}"))
        }
        Kind::ExclusiveMaximum { want, .. } => {
            ("exclusiveMaximum", format!("it is not below {want}"))
        }
        Kind::MultipleOf { want, .. } => ("multipleOf", format!("it is not a multiple of {want}")),
        Kind::Not => ("not", "it matches what it must not".to_owned()),
        Kind::OneOf(_) => ("oneOf", "it matches more than one alternative".to_owned()),
        Kind::Contains | Kind::MinContains { .. } => {
            ("contains", "too few items are of the schema that some must be of".to_owned())
        }
        Kind::MaxContains { .. } => {
            ("maxContains", "too many items are of the schema that only some may be of".to_owned())
        }
        Kind::PropertyName { .. } => {
            ("propertyNames", "it has a property with another name".to_owned())
        }
        _ => ("schema", "it is not a value of the schema".to_owned()),
    }
}
