//! One group of a suite: its schema in a contract, and its values judged as a service would judge them.
//!
//! The schema goes the way of every contract, through the generator's lowering; values are judged by the runtime's
//! validator on what came of it. That types without a check judge alike is what the golden cases prove.

use codegen::diag::Severity;
use codegen::model::{TypeDef, TypeRef};
use codegen::source::SourceMap;
use runtime::{At, Json, Schemas, Violations};

/// Which documents hold the schemas of a suite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// OpenAPI 3.0, for draft 4.
    OpenApi30,
    /// OpenAPI 3.1, for 2020-12.
    OpenApi31,
}

impl Version {
    /// The version for a folder of the official suite.
    #[must_use]
    pub fn of_folder(name: &str) -> Self {
        if name.contains("draft4") { Self::OpenApi30 } else { Self::OpenApi31 }
    }

    /// Whether a folder of the official suite holds schemas of this version.
    #[must_use]
    pub fn is_draft(self, name: &str) -> bool {
        match self {
            Self::OpenApi30 => name == "draft4",
            Self::OpenApi31 => name == "draft2020-12",
        }
    }

    /// The version as a document says it: `3.1.0`.
    #[must_use]
    pub fn number(self) -> &'static str {
        match self {
            Self::OpenApi30 => "3.0.3",
            Self::OpenApi31 => "3.1.0",
        }
    }
}

/// A schema that others name by a URI.
#[derive(Debug, Clone)]
pub struct Remote {
    /// The URI.
    pub uri: String,
    /// The schema, with that URI in it.
    pub text: String,
}

/// What came of a group.
#[derive(Debug, PartialEq, Eq)]
pub enum GroupOutcome {
    /// The generator refuses the schema; the first reason.
    Refused(String),
    /// The values that were judged wrongly, by what the suite calls them.
    Judged {
        /// How many values there are.
        n_tests: usize,
        /// What the suite calls those that were judged wrongly.
        wrong: Vec<String>,
    },
}

/// What the generator makes of a schema, for judging values by it.
#[derive(Debug)]
pub struct Judge {
    /// The schemas and the name of the one to judge by; none where it takes anything.
    checks: Option<(Schemas, String)>,
}

impl Judge {
    /// Prepares a schema. `beside` are schemas that it may refer to, each with the URI that names it.
    ///
    /// # Errors
    /// The generator refuses it; the first reason.
    pub fn of(version: Version, schema: &Json, beside: &[Remote]) -> Result<Self, String> {
        prepared(version, schema, beside).map(|checks| Self { checks })
    }

    /// Whether a value is one of the schema's.
    #[must_use]
    pub fn fits(&self, value: &Json) -> bool {
        let fits = |(schemas, name): &(Schemas, String)| {
            let mut out = Violations::default();
            schemas.check(name, &At::json("", value), &mut out).is_some()
        };
        self.checks.as_ref().is_none_or(fits)
    }
}

/// Judges a group. `beside` are schemas that it may refer to, each with the URI that names it.
#[must_use]
pub fn judge(version: Version, group: &Json, beside: &[Remote]) -> GroupOutcome {
    let schema = group.get("schema").cloned().unwrap_or(Json::Bool(true));
    match Judge::of(version, &schema, beside) {
        Err(reason) => GroupOutcome::Refused(reason),
        Ok(judge) => judged(group, |value| judge.fits(value)),
    }
}

fn judged(group: &Json, fits: impl Fn(&Json) -> bool) -> GroupOutcome {
    let tests = group.get("tests").and_then(Json::as_array).unwrap_or_default();
    let is_wrong = |test: &&Json| {
        let value = test.get("data").unwrap_or(&Json::Null);
        fits(value) != test.get("valid").and_then(Json::as_bool).unwrap_or(true)
    };
    let name = |test: &Json| test.get("description").and_then(Json::as_str).map(str::to_owned);
    let wrong = tests.iter().filter(is_wrong).filter_map(name).collect();
    GroupOutcome::Judged { n_tests: tests.len(), wrong }
}

/// The schemas that the generator makes, and the name of the one to judge by; none where it takes anything.
fn prepared(
    version: Version,
    schema: &Json,
    beside: &[Remote],
) -> Result<Option<(Schemas, String)>, String> {
    // As it would be used, so that whatever is refused there is refused here.
    compiled(version, schema, "{$ref: './schema.json'}", beside)?;
    // As something that no type expresses, so that all of it is checked on the tree.
    let system = compiled(version, schema, "{not: {not: {$ref: './schema.json'}}}", beside)?;
    let Some(service) = system.services.first() else { return Err("no service".to_owned()) };
    let body = service.operations.first().and_then(|operation| operation.body.as_ref());
    let ty = body.and_then(|body| body.json()).map(|content| &content.ty);
    let Some(def) = ty.and_then(|ty| named(ty, &service.types)) else { return Ok(None) };
    let Some(name) = def.schema.clone() else { return Ok(None) };
    let members = service.schemas.iter().map(|(name, schema)| format!("{:?}:{schema}", name));
    let text = format!("{{\"$defs\":{{{}}}}}", members.collect::<Vec<_>>().join(","));
    // Schemas live as long as a service, and this program as long as it judges.
    Ok(Some((Schemas::new(Box::leak(text.into_boxed_str())), name)))
}

fn named<'t>(ty: &TypeRef, types: &'t [TypeDef]) -> Option<&'t TypeDef> {
    match ty {
        TypeRef::Named(id) => types.get(id.0),
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => named(inner, types),
        _ => None,
    }
}

/// The system of a contract that takes a body of a schema beside it; the first error where there is one.
fn compiled(
    version: Version,
    schema: &Json,
    used: &str,
    beside: &[Remote],
) -> Result<codegen::model::System, String> {
    let mut sources = SourceMap::default();
    sources.add("spec/suite/openapi.yaml", document(version, used));
    sources.add("spec/suite/schema.json", schema.to_string());
    for Remote { uri, text } in beside {
        // A file is known by the URI in it, so nothing has to be fetched.
        let path = uri.replace(['/', ':'], "-");
        sources.add(format!("spec/beside/{path}"), text.clone());
    }
    let resolved = codegen::resolve(&sources);
    let errors = resolved.diagnostics.iter().filter(|one| one.severity == Severity::Error);
    if let Some(error) = errors.into_iter().next() {
        return Err(format!("{}: {}", error.code, error.message));
    }
    resolved.system.ok_or_else(|| "nothing is left of it".to_owned())
}

fn document(version: Version, schema: &str) -> String {
    format!(
        "openapi: {}
info: {{title: Suite, version: 1.0.0}}
paths:
  /values:
    post:
      operationId: takeValue
      requestBody:
        required: true
        content: {{application/json: {{schema: {schema}}}}}
      responses:
        '204': {{description: It fits.}}
",
        version.number()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(version: Version, group: &str) -> GroupOutcome {
        judge(version, &Json::parse(group).unwrap(), &[])
    }

    #[test]
    fn a_value_that_is_judged_otherwise_than_the_suite_says_is_found() {
        let group = r#"{"schema": {"minimum": 2, "items": {"type": "string"}}, "tests": [
            {"description": "above", "data": 3, "valid": true},
            {"description": "below", "data": 1, "valid": false},
            {"description": "no number", "data": ["a"], "valid": true},
            {"description": "a wrong claim", "data": [1], "valid": true}
        ]}"#;
        let wrong = vec!["a wrong claim".to_owned()];
        let expected = GroupOutcome::Judged { n_tests: 4, wrong };
        assert_eq!(outcome(Version::OpenApi31, group), expected);
        assert_eq!(outcome(Version::OpenApi30, group), expected);
    }

    #[test]
    fn a_schema_that_is_refused_is_refused_by_name() {
        let group = r##"{"schema": {"$recursiveRef": "#"}, "tests": []}"##;
        let GroupOutcome::Refused(reason) = outcome(Version::OpenApi31, group) else { panic!() };
        assert!(reason.contains("$recursiveRef"), "{reason}");
    }

    #[test]
    fn a_dynamic_reference_means_what_the_way_to_it_says() {
        let group = r##"{"schema": {
            "$id": "https://example.com/strict", "$dynamicAnchor": "node", "$ref": "tree", "unevaluatedProperties": false,
            "$defs": {"tree": {"$id": "tree", "$dynamicAnchor": "node", "properties":
                {"parts": {"items": {"$dynamicRef": "#node"}}}}}
        }, "tests": [
            {"description": "known", "data": {"parts": [{"parts": []}]}, "valid": true},
            {"description": "misspelt below", "data": {"parts": [{"part": []}]}, "valid": false}
        ]}"##;
        let expected = GroupOutcome::Judged { n_tests: 2, wrong: vec![] };
        assert_eq!(outcome(Version::OpenApi31, group), expected);
    }

    #[test]
    fn references_lead_within_the_schema() {
        let group = r##"{"schema": {"$defs": {"a": {"type": "integer"}}, "properties": {"b": {"$ref": "#/$defs/a"}}},
            "tests": [{"description": "text", "data": {"b": "x"}, "valid": false}]}"##;
        let expected = GroupOutcome::Judged { n_tests: 1, wrong: vec![] };
        assert_eq!(outcome(Version::OpenApi31, group), expected);
    }
}
