//! Owns models of bodies (JSON Schema, draft 4, as API Gateway has them): compiling them once, and judging a body.
//!
//! Faults are told in the words that API Gateway's own validator has for the commonest of them.

use std::fmt;

use boon::{Compiler, Draft, ErrorKind, SchemaIndex, Schemas, SchemeUrlLoader, ValidationError};
use serde_json::Value;

/// What the URL of a model begins with; its name follows.
pub(crate) const URL: &str = "model:///";

/// Models that are compiled, by number.
#[derive(Default)]
pub struct Models {
    schemas: Schemas,
    known: Vec<SchemaIndex>,
}

impl fmt::Debug for Models {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Models").field("known", &self.known).finish_non_exhaustive()
    }
}

impl Models {
    /// Compiles the models at these URLs. Nothing is loaded from anywhere but the resources.
    ///
    /// # Errors
    /// The number of each model that is no schema, and why.
    pub(crate) fn compile(
        resources: Vec<(String, Value)>,
        wanted: &[String],
    ) -> Result<Self, Vec<(usize, String)>> {
        let mut compiler = Compiler::new();
        compiler.set_default_draft(Draft::V4);
        compiler.use_loader(Box::new(SchemeUrlLoader::new()));
        for (url, resource) in resources {
            // An invalid URL cannot be the target of a reference, and any reference to it is reported.
            let _ = compiler.add_resource(&url, resource);
        }
        let mut models = Self::default();
        let mut faults = Vec::new();
        for (number, url) in wanted.iter().enumerate() {
            match compiler.compile(url, &mut models.schemas) {
                Ok(index) => models.known.push(index),
                Err(error) => faults.push((number, format!("{error:#}").replace(['\n'], " "))),
            }
        }
        if faults.is_empty() { Ok(models) } else { Err(faults) }
    }

    /// Judges a body by a model. An empty body counts as an empty object.
    ///
    /// # Errors
    /// What is wrong, as `$context.error.validationErrorString` has it.
    pub(crate) fn judge(&self, number: usize, body: &[u8]) -> Result<(), String> {
        let body = if body.trim_ascii().is_empty() { b"{}" } else { body };
        let value: Value =
            serde_json::from_slice(body).map_err(|error| format!("[body is not JSON: {error}]"))?;
        let Some(index) = self.known.get(number) else { return Ok(()) };
        self.schemas.validate(&value, *index).map_err(|error| {
            let mut faults = Vec::new();
            collect(&error, &mut faults);
            format!("[{}]", faults.join(", "))
        })
    }
}

/// The faults at the leaves of an error.
fn collect(error: &ValidationError<'_, '_>, faults: &mut Vec<String>) {
    let is_choice = matches!(error.kind, ErrorKind::AnyOf | ErrorKind::OneOf(_) | ErrorKind::Not);
    if error.causes.is_empty() || is_choice {
        faults.push(told(&error.kind));
    } else {
        error.causes.iter().for_each(|cause| collect(cause, faults));
    }
}

fn told(kind: &ErrorKind<'_, '_>) -> String {
    let list = |names: &[String]| {
        let quoted: Vec<String> = names.iter().map(|name| format!("{name:?}")).collect();
        quoted.join(",")
    };
    match kind {
        ErrorKind::Required { want } => {
            let want: Vec<String> = want.iter().map(|name| (*name).to_owned()).collect();
            format!("object has missing required properties ([{}])", list(&want))
        }
        ErrorKind::Type { got, want } => {
            let want: Vec<String> = want.iter().map(|one| one.to_string()).collect();
            format!(
                "instance type ({got}) does not match any allowed primitive type (allowed: [{}])",
                list(&want)
            )
        }
        ErrorKind::AdditionalProperties { got } => {
            let got: Vec<String> = got.iter().map(ToString::to_string).collect();
            format!(
                "object instance has properties which are not allowed by the schema: [{}]",
                list(&got)
            )
        }
        ErrorKind::MinLength { got, want } => {
            format!("string is too short (length: {got}, required minimum: {want})")
        }
        ErrorKind::MaxLength { got, want } => {
            format!("string is too long (length: {got}, maximum allowed: {want})")
        }
        ErrorKind::Minimum { got, want } => {
            format!(
                "numeric instance is lower than the required minimum (minimum: {want}, found: {got})"
            )
        }
        ErrorKind::Maximum { got, want } => {
            format!(
                "numeric instance is greater than the required maximum (maximum: {want}, found: {got})"
            )
        }
        kind => kind.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
    use serde_json::json;

    use super::*;

    fn models(schema: Value) -> Result<Models, Vec<(usize, String)>> {
        Models::compile(vec![("model:///A".to_owned(), schema)], &["model:///A".to_owned()])
    }

    #[test]
    fn a_body_is_judged_by_draft_4() {
        let schema = json!({
            "$schema": "http://json-schema.org/draft-04/schema#",
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": { "$ref": "#/definitions/name" },
                "n": { "type": "integer", "minimum": 0, "exclusiveMinimum": true },
            },
            "additionalProperties": false,
            "definitions": { "name": { "type": "string", "minLength": 2 } },
        });
        let models = models(schema).unwrap();
        assert_eq!(models.judge(0, br#"{"name": "ab", "n": 1}"#), Ok(()));
        for (body, told) in [
            ("{}", r#"[object has missing required properties (["name"])]"#),
            ("", r#"[object has missing required properties (["name"])]"#),
            (r#"{"name": "a"}"#, "[string is too short (length: 1, required minimum: 2)]"),
            (
                r#"{"name": 1}"#,
                r#"[instance type (number) does not match any allowed primitive type (allowed: ["string"])]"#,
            ),
            (
                r#"{"name": "ab", "x": 1}"#,
                r#"[object instance has properties which are not allowed by the schema: ["x"]]"#,
            ),
        ] {
            assert_eq!(models.judge(0, body.as_bytes()).unwrap_err(), told, "{body}");
        }
        assert!(
            models.judge(0, br#"{"name": "ab", "n": 0}"#).is_err(),
            "draft 4 excludes the bound"
        );
        assert!(models.judge(0, b"{").unwrap_err().starts_with("[body is not JSON"));
    }

    #[test]
    fn a_schema_that_is_none_is_refused_and_nothing_is_loaded() {
        for schema in [
            json!({ "type": "text" }),
            json!({ "$ref": "#/definitions/gone" }),
            json!({ "$ref": "file:///etc/passwd" }),
            json!({ "$ref": "https://shop.example/schema" }),
            json!({ "pattern": "(" }),
        ] {
            assert!(models(schema.clone()).is_err(), "{schema}");
        }
    }
}
