//! What the document of a REST API lets the gateway check of requests (`x-amazon-apigateway-request-validators`).
//!
//! Bodies are judged by the schemas of the document, which [`Bodies`] gathers and compiles when all are there.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::api::entries;
use crate::model::{self, Models};
use crate::template::plan::{Checks, IdentitySource};
use crate::template::syntax::{Node, Value};

type Map = IndexMap<String, Node>;

/// Which validator an operation, or the document, refers to.
const NAMED: &str = "x-amazon-apigateway-request-validator";

/// What a validator looks at.
#[derive(Debug, Clone, Copy, Default)]
struct Sight {
    body: bool,
    parameters: bool,
}

/// The validators of a document.
#[derive(Debug, Default)]
pub(super) struct Validators {
    by_name: BTreeMap<String, Sight>,
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
            (name.clone(), Sight { body, parameters })
        });
        let default = document.get(NAMED).and_then(Node::to_text);
        Self { by_name: by_name.collect(), default }
    }

    /// What the gateway checks of requests for an operation.
    ///
    /// # Errors
    /// A validator that does not exist.
    pub(super) fn checks(
        &self,
        document: &Map,
        operation: &Node,
        shared: Option<&Node>,
        bodies: &mut Bodies,
    ) -> Result<Checks, String> {
        let Some(map) = operation.as_map() else { return Ok(Checks::default()) };
        let own = map.get(NAMED).and_then(Node::to_text);
        let Some(name) = own.or_else(|| self.default.clone()) else { return Ok(Checks::default()) };
        let sight = self.by_name.get(&name);
        let sight =
            sight.ok_or_else(|| format!("the request validator `{name}` does not exist"))?;
        let lists = [shared, map.get("parameters")].into_iter().flatten();
        let parameters = lists.filter_map(Node::as_list).flatten();
        let parameters: Vec<&Map> =
            parameters.filter_map(|one| resolved(document, one)?.as_map()).collect();
        let mut checks = Checks::default();
        if sight.parameters {
            let required = parameters.iter().filter(|one| {
                matches!(one.get("required"), Some(Node { value: Value::Bool(true), .. }))
            });
            checks.required =
                required.filter_map(|one| source(&text(one, "in"), text(one, "name"))).collect();
        }
        if sight.body {
            let body = map.get("requestBody").and_then(|node| resolved(document, node));
            let content = body.and_then(Node::as_map).and_then(|map| map.get("content"));
            for (media_type, node) in entries(content) {
                if let Some(schema) = node.as_map().and_then(|map| map.get("schema")) {
                    checks.models.insert(media_type.clone(), bodies.add(schema));
                }
            }
            // Version 2 of OpenAPI has a parameter for the body, of the media types that are consumed.
            let of_body = parameters.iter().filter(|one| text(one, "in") == "body");
            for schema in of_body.filter_map(|one| one.get("schema")) {
                let consumed = map.get("consumes").or_else(|| document.get("consumes"));
                let consumed = consumed.and_then(Node::as_list).unwrap_or_default();
                let consumed: Vec<String> = consumed.iter().filter_map(Node::to_text).collect();
                let number = bodies.add(schema);
                let json = ["application/json".to_owned()];
                let types = if consumed.is_empty() { &json[..] } else { &consumed };
                checks.models.extend(types.iter().map(|one| (one.clone(), number)));
            }
        }
        Ok(checks)
    }
}

fn text(map: &Map, name: &str) -> String {
    map.get(name).and_then(Node::to_text).unwrap_or_default()
}

/// The schemas of bodies that are checked.
#[derive(Debug, Default)]
pub(super) struct Bodies {
    schemas: Vec<serde_json::Value>,
    lines: Vec<usize>,
}

impl Bodies {
    /// Adds a schema; answers its number.
    fn add(&mut self, schema: &Node) -> usize {
        self.schemas.push(schema.to_json());
        self.lines.push(schema.line);
        self.schemas.len() - 1
    }

    /// Compiles them with what they refer to in the document.
    ///
    /// # Errors
    /// The line of each that is no schema, and why.
    pub(super) fn compile(self, document: &Map) -> Result<Models, Vec<(usize, String)>> {
        let wanted: Vec<String> = (0..self.schemas.len())
            .map(|number| format!("{}document#/bodies/{number}", model::URL))
            .collect();
        if wanted.is_empty() {
            return Ok(Models::default());
        }
        let mut resource = serde_json::Map::new();
        for name in ["components", "definitions"] {
            resource.extend(document.get(name).map(|node| (name.to_owned(), node.to_json())));
        }
        resource.insert("bodies".to_owned(), self.schemas.into());
        let resources = vec![(format!("{}document", model::URL), resource.into())];
        let lines = self.lines;
        Models::compile(resources, &wanted).map_err(|faults| {
            faults.into_iter().map(|(number, why)| (lines[number], why)).collect()
        })
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
        "header" => Some(IdentitySource::Header(name)),
        "query" => Some(IdentitySource::Query(name)),
        // A route without its path parameters is another route.
        _ => None,
    }
}
