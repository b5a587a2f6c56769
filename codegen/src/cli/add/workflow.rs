//! A workflow over operations that there are, as Arazzo describes it.
//!
//! What an operation needs is an input of the workflow, one for each name: people replace those that a step before
//! answers by its outputs.

use std::collections::BTreeMap;

use anyhow::{Result, bail};

use super::contracts::{check_name, known, words};
use super::edits::Edits;
use super::found;
use crate::model::{Operation, ScalarKind, Service, System, TypeRef};

/// Adds a document with one workflow, whose steps are operations like `notes.addNote`.
pub(super) fn add(edits: &mut Edits, system: &System, name: &str, steps: &[String]) -> Result<()> {
    check_name(name, "a workflow")?;
    let mut sources: Vec<&str> = Vec::new();
    let (mut inputs, mut text) = (BTreeMap::new(), String::new());
    for (number, step) in steps.iter().enumerate() {
        let Some((service, id)) = step.split_once('.') else {
            bail!(
                "`{step}` is not an operation: write the service and the operation, such as `notes.addNote`"
            );
        };
        known(system, service)?;
        let one = found(system, service);
        let operation =
            one.and_then(|one| Some((one, one.operations.iter().find(|o| o.id.wire == id)?)));
        let Some((service_model, operation)) = operation else {
            bail!("the service `{service}` has no operation `{id}`");
        };
        if !sources.contains(&service) {
            sources.push(service);
        }
        let number = if number == 0 { String::new() } else { format!("-{}", number + 1) };
        text.push_str(&format!(
            "      - stepId: {id}{number}\n        operationId: $sourceDescriptions.{service}.{id}\n{}        successCriteria:\n          - condition: $statusCode < 300\n",
            needs(service_model, operation, &mut inputs)
        ));
    }
    let mut described = String::new();
    for service in &sources {
        let Some(document) = edits.document(service, "openapi")? else { continue };
        described
            .push_str(&format!("  - name: {service}\n    url: ../{document}\n    type: openapi\n"));
    }
    let title = words(name);
    let document = format!(
        "# yaml-language-server: $schema=../../.schemas/arazzo.schema.json\narazzo: 1.0.1\ninfo:\n  title: {title}\n  version: 1.0.0\nsourceDescriptions:\n{described}workflows:\n  - workflowId: {name}\n    summary: {title}\n{}    steps:\n{text}",
        described_inputs(&inputs)
    );
    edits.make(&format!("workflows/{name}.arazzo.yaml"), document)
}

/// The parameters and the body that an operation needs, each taken from an input.
fn needs(
    service: &Service,
    operation: &Operation,
    inputs: &mut BTreeMap<String, String>,
) -> String {
    let mut text = String::new();
    for parameter in operation.parameters.iter().filter(|one| one.required) {
        let name = input_name(&parameter.name.wire);
        if text.is_empty() {
            text.push_str("        parameters:\n");
        }
        text.push_str(&format!(
            "          - name: {}\n            in: {}\n            value: $inputs.{name}\n",
            parameter.name.wire,
            parameter.location.as_str()
        ));
        inputs.entry(name).or_insert_with(|| schema(service, &parameter.ty));
    }
    let body = operation.body.as_ref().filter(|body| body.required);
    if let Some(content) = body.and_then(|body| body.contents.first()) {
        let name = input_name(&operation.id.wire);
        text.push_str(&format!("        requestBody:\n          payload: $inputs.{name}\n"));
        inputs.entry(name).or_insert_with(|| schema(service, &content.ty));
    }
    text
}

/// A name as an expression can have it.
fn input_name(wire: &str) -> String {
    let fits = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
    wire.chars().map(|char| if fits(char) { char } else { '_' }).collect()
}

/// The schema of an input: a reference to the contract's own where it has a name there.
fn schema(service: &Service, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(id) => {
            let def = service.type_def(*id);
            let base = def.request_form_of.map_or(def, |base| service.type_def(base));
            // From `spec/workflows/` to a file below `spec/`.
            match base.origin.pointer.split_once('/') {
                Some((_, place)) => format!("$ref: '../{place}'"),
                None => "{}".to_owned(),
            }
        }
        TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => schema(service, inner),
        TypeRef::List(_) => "type: array".to_owned(),
        TypeRef::Map(_) => "type: object".to_owned(),
        TypeRef::Json => "{}".to_owned(),
        TypeRef::Scalar(kind) => format!("type: {}", scalar(*kind)),
    }
}

fn scalar(kind: ScalarKind) -> &'static str {
    match kind {
        ScalarKind::Boolean => "boolean",
        kind if kind.is_integer() => "integer",
        kind if kind.is_number() => "number",
        _ => "string",
    }
}

fn described_inputs(inputs: &BTreeMap<String, String>) -> String {
    if inputs.is_empty() {
        return String::new();
    }
    let names: Vec<&str> = inputs.keys().map(String::as_str).collect();
    let mut text = format!(
        "    inputs:\n      type: object\n      required: [{}]\n      properties:\n",
        names.join(", ")
    );
    for (name, schema) in inputs {
        match schema.as_str() {
            "{}" => text.push_str(&format!("        {name}: {{}}\n")),
            schema => text.push_str(&format!("        {name}:\n          {schema}\n")),
        }
    }
    text
}
