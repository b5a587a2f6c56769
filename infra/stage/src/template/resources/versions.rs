//! Versions, aliases and layers of functions.
//!
//! All versions and aliases are the same code here, as after a first deployment: traffic that is split between versions
//! is refused.

use super::{code, function_name};
use crate::lambda::LATEST;
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Layer, Plan};
use crate::template::properties::{InertProperties, Properties};

const INERT_OF_VERSION: InertProperties = &[
    ("CodeSha256", "the local code is used"),
    ("Description", "no effect locally"),
    ("ProvisionedConcurrencyConfig", "execution environments are started on demand"),
    ("RuntimePolicy", "this machine's runtime is used"),
];

/// Reads a version.
pub(super) fn version(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_VERSION, evaluator);
    qualify(&mut properties, plan, "1");
    properties.finish()
}

const INERT_OF_ALIAS: InertProperties = &[
    ("Description", "no effect locally"),
    ("ProvisionedConcurrencyConfig", "execution environments are started on demand"),
];

/// Reads an alias.
pub(super) fn alias(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_ALIAS, evaluator);
    let name = properties.required_text("Name");
    let is_foreign = |c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_');
    if name.len() > 128 || name.contains(is_foreign) {
        properties.refuse("Name", "must have letters, digits, `-` and `_`, at most 128");
    } else if !name.is_empty() && name.chars().all(|c| c.is_ascii_digit()) {
        properties.refuse("Name", "must not be a number, which would be a version");
    }
    // All versions run the same code here.
    let version = properties.required_text("FunctionVersion");
    let is_version = version == LATEST || version.chars().all(|c| c.is_ascii_digit());
    if !is_version {
        let message = format!("must be `{LATEST}` or the number of a version, not `{version}`");
        properties.refuse("FunctionVersion", &message);
    }
    qualify(&mut properties, plan, &name);
    properties.finish()
}

fn qualify(properties: &mut Properties, plan: &mut Plan, qualifier: &str) {
    let function = properties.required_text("FunctionName");
    match plan.functions.iter_mut().find(|one| one.name == function_name(&function)) {
        Some(found) => found.qualifiers.push(qualifier.to_owned()),
        None => properties.refuse(
            "FunctionName",
            &format!("does not refer to a function of the template: `{function}`"),
        ),
    }
}

const INERT_OF_LAYER: InertProperties = &[
    ("CompatibleArchitectures", "functions run on this machine's architecture"),
    ("CompatibleRuntimes", "no effect locally"),
    ("Description", "no effect locally"),
    ("LayerName", "no effect locally"),
    ("LicenseInfo", "no effect locally"),
];

/// Reads a layer.
pub(super) fn layer(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) -> Vec<Fault> {
    let mut properties = Properties::of(id, resource, INERT_OF_LAYER, evaluator);
    let content = code::layer_content(&mut properties, resource, evaluator);
    match (content, evaluator.resource_reference(id)) {
        (Some(content), Ok(arn)) => plan.layers.push(Layer { arn, content }),
        (_, Err(fault)) => return vec![fault],
        (None, Ok(_)) => {}
    }
    properties.finish()
}

/// Whether a layer holds an extension that measures a function and gives it nothing.
fn watches(arn: &str) -> bool {
    [":layer:LambdaInsightsExtension", ":layer:Datadog-Extension"]
        .iter()
        .any(|one| arn.contains(one))
}

/// Refuses how versions and aliases are invoked that there are not.
fn check_qualifiers(plan: &Plan) -> Vec<Fault> {
    let mut faults = Vec::new();
    for function in &plan.functions {
        let is_known = |name: &String| name == LATEST || function.qualifiers.contains(name);
        for name in function.asynchronous.keys().filter(|name| !is_known(name)) {
            let subject = format!("resource `{}` (AWS::Lambda::Function)", function.id);
            let message = format!(
                "an `AWS::Lambda::EventInvokeConfig` of it names `{name}`, and it has no such version or alias"
            );
            faults.push(Fault::new(subject, message));
        }
    }
    faults
}

/// Gives functions the contents of their layers, which may be those of other stacks.
pub(super) fn join(plan: &mut Plan, others: &Plan) -> Vec<Fault> {
    let layers: Vec<Layer> = plan.layers.iter().chain(&others.layers).cloned().collect();
    let mut faults = check_qualifiers(plan);
    for function in &mut plan.functions {
        for arn in std::mem::take(&mut function.layer_arns) {
            match layers.iter().find(|layer| layer.arn == arn) {
                Some(layer) => function.layers.push(layer.content.clone()),
                // A program of this machine runs without what is beside it in AWS, and any function without what watches it.
                None if function.binary.is_some() || watches(&arn) => plan
                    .left_out
                    .push(format!("`{}` runs without the layer `{arn}`", function.name)),
                None => {
                    let subject = format!("resource `{}` (AWS::Lambda::Function)", function.id);
                    let message = format!(
                        "the layer `{arn}` is not in the template, and the stage downloads nothing; declare it as \
         `AWS::Lambda::LayerVersion` with a local `Content`"
                    );
                    faults.push(Fault::new(subject, message).left_out_on_request());
                }
            }
        }
    }
    faults
}
