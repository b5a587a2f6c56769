//! What the document of a REST API lets the gateway check of requests (`x-amazon-apigateway-request-validators`).
//!
//! Required headers and query parameters are checked; bodies are not, and refused where a validator asks for it.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::api::entries;
use crate::template::plan::IdentitySource;
use crate::template::syntax::{Node, Value};

type Map = IndexMap<String, Node>;

/// Which validator an operation, or the document, refers to.
const NAMED: &str = "x-amazon-apigateway-request-validator";

/// What a validator checks.
#[derive(Debug, Clone, Copy, Default)]
struct Checks {
    body: bool,
    parameters: bool,
}

/// The validators of a document.
#[derive(Debug, Default)]
pub(super) struct Validators {
    by_name: BTreeMap<String, Checks>,
    /// The one of operations that name none.
    default: Option<String>,
}

impl Validators {
    /// Reads those of a document.
    pub(super) fn of(document: &Map) -> Self {
        let flag = |node: &Node, name: &str| {
            node.as_map().and_then(|map| map.get(name)).and_then(Node::to_text).as_deref()
                == Some("true")
        };
        let written = entries(document.get("x-amazon-apigateway-request-validators"));
        let by_name = written.map(|(name, node)| {
            let body = flag(node, "validateRequestBody");
            let parameters = flag(node, "validateRequestParameters");
            (name.clone(), Checks { body, parameters })
        });
        let default = document.get(NAMED).and_then(Node::to_text);
        Self { by_name: by_name.collect(), default }
    }

    /// The headers and query parameters that the gateway asks for.
    ///
    /// # Errors
    /// A validator that does not exist, or one that checks the operation's body.
    pub(super) fn required(
        &self,
        document: &Map,
        operation: &Node,
        shared: Option<&Node>,
    ) -> Result<Vec<IdentitySource>, String> {
        let Some(map) = operation.as_map() else { return Ok(Vec::new()) };
        let own = map.get(NAMED).and_then(Node::to_text);
        let Some(name) = own.or_else(|| self.default.clone()) else { return Ok(Vec::new()) };
        let checks = self.by_name.get(&name);
        let checks =
            checks.ok_or_else(|| format!("the request validator `{name}` does not exist"))?;
        let lists = [shared, map.get("parameters")].into_iter().flatten();
        let parameters = lists.filter_map(Node::as_list).flatten();
        let parameters: Vec<&Map> =
            parameters.filter_map(|one| resolved(document, one)?.as_map()).collect();
        let text =
            |map: &Map, name: &str| map.get(name).and_then(Node::to_text).unwrap_or_default();
        let has_body = map.contains_key("requestBody")
            || parameters.iter().any(|one| text(one, "in") == "body");
        if checks.body && has_body {
            return Err(format!(
                "the request validator `{name}` checks bodies, which the stage does not; validate in the function"
            ));
        }
        let required = parameters.iter().filter(|one| {
            checks.parameters
                && matches!(one.get("required"), Some(Node { value: Value::Bool(true), .. }))
        });
        Ok(required.filter_map(|one| source(&text(one, "in"), text(one, "name"))).collect())
    }
}

/// A parameter, or the one that it refers to.
fn resolved<'d>(document: &'d Map, parameter: &'d Node) -> Option<&'d Node> {
    let Some(pointer) = parameter.as_map()?.get("$ref").and_then(Node::as_str) else {
        return Some(parameter);
    };
    let mut parts = pointer.strip_prefix("#/")?.split('/');
    let first = document.get(parts.next()?)?;
    parts.try_fold(first, |node, part| node.as_map()?.get(part))
}

fn source(place: &str, name: String) -> Option<IdentitySource> {
    match place {
        "header" => Some(IdentitySource::Header(name.to_lowercase())),
        "query" => Some(IdentitySource::Query(name)),
        // A route without its path parameters is another route.
        _ => None,
    }
}
