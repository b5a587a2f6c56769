//! Models of REST APIs (`AWS::ApiGateway::Model`) and the methods whose bodies they judge (`RequestModels`).
//!
//! Models may refer to each other by the URL that API Gateway gives them.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::model::{self, Models};
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Plan, RestModel};
use crate::template::properties::{InertProperties, Properties};

const INERT: InertProperties =
    &[("ContentType", "methods say it"), ("Description", "no effect locally")];

/// Reads a model.
pub(super) fn model(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT, evaluator);
    let Ok(name) = evaluator.name(id) else { return properties.finish() };
    properties.skip(&["Name"]);
    let api = properties.required_text("RestApiId");
    let schema = properties.json("Schema").unwrap_or_else(|| json!({}));
    if schema.is_string() {
        properties.refuse("Schema", "is not a JSON object");
    }
    plan.rest.models.push(RestModel { id: id.to_owned(), api, name, schema });
    properties.finish()
}

/// What the methods of one API ask of bodies.
#[derive(Debug, Default)]
pub(super) struct Asked {
    names: Vec<String>,
}

impl Asked {
    /// The numbers of the models of a method.
    pub(super) fn numbers(&mut self, models: &BTreeMap<String, String>) -> BTreeMap<String, usize> {
        let mut number = |name: &String| {
            let known = self.names.iter().position(|known| known == name);
            known.unwrap_or_else(|| {
                self.names.push(name.clone());
                self.names.len() - 1
            })
        };
        models.iter().map(|(media_type, name)| (media_type.clone(), number(name))).collect()
    }

    /// Compiles the models that methods of an API name.
    ///
    /// # Errors
    /// Models that do not exist, and invalid schemas.
    pub(super) fn compile(self, api: &str, known: &[RestModel]) -> Result<Models, Vec<Fault>> {
        let mut resources = vec![
            (url("Empty"), json!({ "type": "object" })),
            (
                url("Error"),
                json!({ "type": "object", "properties": { "message": { "type": "string" } } }),
            ),
        ];
        let known: Vec<&RestModel> = known.iter().filter(|model| model.api == api).collect();
        resources.extend(known.iter().map(|model| (url(&model.name), linked(&model.schema))));
        let wanted: Vec<String> = self.names.iter().map(|name| url(name)).collect();
        Models::compile(resources, &wanted).map_err(|faults| {
            let fault = |(number, why): (usize, String)| {
                let name = &self.names[number];
                match known.iter().find(|model| model.name == *name) {
                    Some(model) => {
                        let subject = format!("resource `{}` (AWS::ApiGateway::Model)", model.id);
                        Fault::new(subject, format!("property `Schema` cannot be read: {why}"))
                    }
                    None => Fault::new("template", format!("the model `{name}` does not exist")),
                }
            };
            faults.into_iter().map(fault).collect()
        })
    }
}

fn url(name: &str) -> String {
    format!("{}{name}", model::URL)
}

/// A schema whose references to other models lead to them.
fn linked(schema: &Json) -> Json {
    match schema {
        Json::Array(items) => items.iter().map(linked).collect(),
        Json::Object(members) => members
            .iter()
            .map(|(key, value)| {
                let named = (key == "$ref").then(|| value.as_str()?.split_once("/models/"));
                let linked = match named.flatten() {
                    Some((_, name)) => url(name).into(),
                    None => linked(value),
                };
                (key.clone(), linked)
            })
            .collect(),
        plain => plain.clone(),
    }
}
