//! Values that a template puts into Parameter Store and Secrets Manager, where its functions read them.

use serde_json::Value as Json;

use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::Plan;
use crate::template::properties::{InertProperties, Properties};
use crate::template::syntax::Node;

const INERT_OF_PARAMETER: InertProperties = &[
    ("AllowedPattern", "AWS checks it when the parameter changes"),
    ("DataType", "no effect locally"),
    ("Description", "no effect locally"),
    ("Policies", "no effect locally"),
    ("Tags", "no effect locally"),
    ("Tier", "no effect locally"),
];

/// Reads a parameter.
pub(super) fn parameter(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_PARAMETER, evaluator);
    let Ok(name) = evaluator.name(id) else { return properties.finish() };
    properties.skip(&["Name"]);
    plan.stored.types.extend(properties.text("Type").map(|kind| (name.clone(), kind)));
    plan.stored.parameters.insert(name, properties.required_text("Value"));
    properties.finish()
}

const INERT_OF_SECRET: InertProperties = &[
    ("Description", "no effect locally"),
    ("KmsKeyId", "encryption is not emulated"),
    ("ReplicaRegions", "there is one region"),
    ("Tags", "no effect locally"),
];

/// Reads a secret.
pub(super) fn secret(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_SECRET, evaluator);
    let Ok(name) = evaluator.name(id) else { return properties.finish() };
    properties.skip(&["Name", "SecretString", "GenerateSecretString"]);
    match evaluator.secret_value(id) {
        Ok(value) => {
            plan.stored.secrets.insert(name, value);
        }
        Err(fault) => {
            properties.refuse("SecretString", &format!("is not known: {}", fault.message))
        }
    }
    properties.finish()
}

impl Evaluator<'_> {
    /// The value of a secret of the template: written, or generated. What is generated is the same at every start.
    pub(in crate::template) fn secret_value(&mut self, id: &str) -> Result<String, Fault> {
        let template = self.template;
        let Some(resource) = template.resources.get(id) else { return Ok(String::new()) };
        if let Some(written) = resource.property("SecretString") {
            return self.text("SecretString", written);
        }
        let Some(settings) = resource.property("GenerateSecretString") else {
            return Ok(String::new());
        };
        let settings = self.evaluate(settings)?;
        let settings = settings.as_ref().and_then(Node::as_map).cloned().unwrap_or_default();
        let text = |name: &str| settings.get(name).and_then(Node::to_text);
        let length = text("PasswordLength").and_then(|text| text.parse().ok()).unwrap_or(32);
        let excluded = text("ExcludeCharacters").unwrap_or_default();
        let password = generated(&self.name(id)?, length, &excluded);
        let (Some(key), Some(written)) = (text("GenerateStringKey"), text("SecretStringTemplate"))
        else {
            return Ok(password);
        };
        let mut object: Json = serde_json::from_str(&written).map_err(|error| {
            Fault::new("template", format!("`SecretStringTemplate` is not JSON: {error}"))
        })?;
        match object.as_object_mut() {
            Some(members) => members.insert(key, password.into()),
            None => {
                let message = "`SecretStringTemplate` must be a JSON object";
                return Err(Fault::new("template", message));
            }
        };
        Ok(object.to_string())
    }
}

/// Letters and digits for a name.
fn generated(name: &str, length: usize, excluded: &str) -> String {
    let letters: Vec<char> =
        ('a'..='z').chain('A'..='Z').chain('0'..='9').filter(|c| !excluded.contains(*c)).collect();
    let bytes = (0..).flat_map(|round: u32| md5::compute(format!("{name} {round}")).0);
    let drawn = bytes.filter_map(|byte| letters.get(usize::from(byte) % letters.len().max(1)));
    if letters.is_empty() { String::new() } else { drawn.take(length.min(4_096)).collect() }
}
