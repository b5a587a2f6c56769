//! Stacks within a stack (`AWS::CloudFormation::Stack`, and `AWS::Serverless::Application` with a local `Location`).
//!
//! A nested template is read when its resource is, or when something refers to its outputs before that. It is a stack of
//! its own, named as CloudFormation would begin to name it, and what it asks for becomes a part of the plan. Owns where
//! its template is; a template in S3 or in the Serverless Application Repository is refused.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::read_stack;
use crate::template::error::{Fault, TemplateError};
use crate::template::evaluate::Evaluator;
use crate::template::plan::Plan;
use crate::template::properties::{InertProperties, Properties};
use crate::template::{Resource, Surroundings, Template, parameters};

/// The type of a nested stack.
pub(in crate::template) const KIND: &str = "AWS::CloudFormation::Stack";

const INERT: InertProperties = &[
    ("NotificationARNs", "nobody is told of changes of stacks"),
    ("Tags", "no effect locally"),
    ("TimeoutInMinutes", "everything local exists at once"),
];

/// What a nested stack asks for, and what is wrong with it.
#[derive(Debug, Default)]
pub(in crate::template) struct Nested {
    pub(in crate::template) plan: Plan,
    faults: Vec<Fault>,
}

/// Adds what a nested stack asks for to the plan of the stack around it.
pub(super) fn stack(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    if let Err(fault) = evaluator.stand_nested(id) {
        return vec![fault.within(&format!("resource `{id}`")).at(resource.line)];
    }
    let Some(nested) = evaluator.nested.get(id) else { return Vec::new() };
    let faults = nested.faults.clone();
    let nested = nested.plan.clone();
    plan.join(nested.nested_in(id, &evaluator.surroundings.stack_id()));
    faults
}

impl Evaluator<'_> {
    /// `Fn::GetAtt` of an output of a nested stack.
    pub(in crate::template) fn nested_output(
        &mut self,
        id: &str,
        output: &str,
    ) -> Result<String, Fault> {
        self.stand_nested(id)?;
        let found = self.nested.get(id).and_then(|nested| nested.plan.outputs.get(output));
        match found {
            Some(value) => Ok(value.clone()),
            // What is wrong with the nested stack is told at its own place.
            None if self.nested.get(id).is_some_and(|nested| !nested.faults.is_empty()) => {
                Ok(format!("{id}-{output}"))
            }
            None => {
                let message = format!("the template of `{id}` has no output `{output}`");
                Err(Fault::new("template", message))
            }
        }
    }

    /// Reads the template of a nested stack, unless this was done.
    fn stand_nested(&mut self, id: &str) -> Result<(), Fault> {
        if self.nested.contains_key(id) {
            return Ok(());
        }
        let template = self.template;
        let Some(resource) = template.resources.get(id) else { return Ok(()) };
        let nested = self.guarded(&format!("{id}.Outputs"), |this| {
            // What those before it export may be imported.
            for before in &resource.depends_on {
                if template.resources.get(before).is_some_and(|one| one.kind == KIND) {
                    this.stand_nested(before)?;
                }
            }
            Ok(this.read_nested(id, resource))
        })?;
        self.nested.insert(id.to_owned(), nested);
        Ok(())
    }

    fn read_nested(&mut self, id: &str, resource: &Resource) -> Nested {
        let mut properties = Properties::of(id, resource, INERT, self);
        let given = values(&mut properties);
        let url = properties.required_text("TemplateURL");
        let template = match self.nested_template(&url) {
            Ok(template) => template,
            Err(faults) => {
                let mut told = Vec::new();
                for fault in faults {
                    match fault {
                        Told::Here(message) if !url.is_empty() => {
                            properties.lacks("TemplateURL", &message);
                        }
                        Told::Here(_) => {}
                        Told::There(fault) => told.push(fault),
                    }
                }
                told.extend(properties.finish());
                return Nested { faults: told, ..Nested::default() };
            }
        };
        let mut nested = self.plan_nested(id, &template, &given);
        nested.faults.extend(properties.finish());
        nested
    }

    fn plan_nested(
        &mut self,
        id: &str,
        template: &Template,
        given: &BTreeMap<String, String>,
    ) -> Nested {
        // What `Metadata.LocalExports` of the stack around it says of others is true of it as well.
        let told = self.template.exports.iter();
        let mut exports = self.surroundings.exports.clone();
        exports.extend(told.filter_map(|(name, value)| Some((name.clone(), value.to_text()?))));
        exports.extend(self.nested.values().flat_map(|one| one.plan.exports.clone()));
        let surroundings = Surroundings {
            stack: format!("{}-{id}", self.surroundings.stack),
            exports,
            ..self.surroundings.clone()
        };
        let path = &template.path;
        let (plan, faults) = match parameters::resolve(template, given) {
            Ok(parameters) => {
                let mut within = Evaluator::new(template, &surroundings, parameters);
                within.around.clone_from(&self.around);
                within.around.push(self.template.path.clone());
                read_stack(&mut within)
            }
            Err(faults) => (Plan::default(), faults),
        };
        let faults = faults.into_iter().map(|fault| fault.in_file(path)).collect();
        Nested { plan, faults }
    }

    /// The template at a path, or at the URL that an asset would have.
    fn nested_template(&self, url: &str) -> Result<Template, Vec<Told>> {
        let here = |message: String| vec![Told::Here(message)];
        let path = self.nested_path(url).map_err(here)?;
        let same = |one: &PathBuf| one.canonicalize().ok() == path.canonicalize().ok();
        if self.around.iter().chain([&self.template.path]).any(same) {
            return Err(here(format!("is `{url}`, which contains this stack")));
        }
        let mut template = Template::of_file(&path).map_err(|error| match error {
            TemplateError::Refused { faults, .. } => {
                faults.into_iter().map(|fault| Told::There(fault.in_file(&path))).collect()
            }
            other => here(format!("is `{url}`: {other}")),
        })?;
        // `cdk synth` lists the assets of nested stacks with those of the stack around them.
        template.assets.inherit(&self.template.assets);
        Ok(template)
    }

    fn nested_path(&self, url: &str) -> Result<PathBuf, String> {
        if url.contains("://") {
            let key = url.rsplit('/').next().unwrap_or_default();
            return self.template.assets.get(key).map(ToOwned::to_owned).ok_or_else(|| {
                format!(
                    "is `{url}`, which the stage does not download; use the template from before `package`, with a local \
                     path, or start the other template beside this one with a second --template"
                )
            });
        }
        let path = self.template.folder().join(url);
        if path.is_file() {
            Ok(path)
        } else {
            Err(format!("is `{url}`, but there is no file {}", path.display()))
        }
    }
}

/// Where a fault of a nested template is told: at the resource, or in the nested file.
enum Told {
    Here(String),
    There(Fault),
}

/// The values of the nested stack's parameters.
fn values(properties: &mut Properties) -> BTreeMap<String, String> {
    let Some(node) = properties.take("Parameters") else { return BTreeMap::new() };
    let Some(map) = node.as_map() else {
        properties.refuse("Parameters", "must be a map");
        return BTreeMap::new();
    };
    let mut values = BTreeMap::new();
    for (name, node) in map {
        match node.to_parameter() {
            Some(text) => {
                values.insert(name.clone(), text);
            }
            None => properties.refuse("Parameters", &format!("has no text for `{name}`")),
        }
    }
    values
}
