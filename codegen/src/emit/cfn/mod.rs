//! The CloudFormation template: everything that the contracts ask of AWS, as it is deployed.
//!
//! Owns the resource types and how they refer to each other. Each submodule makes the resources of one kind from
//! the model; this one puts them in the order in which a person reads them.

mod alarms;
mod api;
mod authorizer;
mod cdk;
mod clash;
mod dashboard;
mod events;
mod functions;
mod gateway_responses;
mod layout;
mod live;
mod names;
mod openapi;
mod outputs;
mod parameters;
mod plan;
mod queues;
mod resources;
mod roles;
mod schema;
mod size;
mod tables;
mod template;
#[cfg(test)]
mod tests;
mod value;
mod yaml;

pub(super) use alarms::alarm_texts;
pub use clash::{Clash, Thing};
pub(super) use names::{bus_id, table_id};
pub(super) use tables::name_parameter;

use std::collections::BTreeMap;

use crate::model::{StackLayout, System};
use crate::text::FileSet;
use plan::Plan;
pub use size::FunctionSize;
use template::{Section, Template};
use value::Map;

/// What stands above the template.
const HEADER: [&str; 9] = [
    "Generated from the contracts in spec/; edits are overwritten.",
    "",
    "Deploy with the settings of a stage (infra/stages/<stage>.toml):",
    "  aws cloudformation package --template-file template.yaml --s3-bucket <bucket> --output-template-file packaged.yaml",
    "  aws cloudformation deploy --template-file packaged.yaml --s3-bucket <bucket> --stack-name <stack> \\",
    "    --capabilities CAPABILITY_IAM --parameter-overrides StageName=<stage> ...",
    "or, in the folder that contains generated/ and target/:",
    "  sam build --template generated/infra/template.yaml",
    "  sam deploy --stack-name <stack> --s3-bucket <bucket> --capabilities CAPABILITY_IAM --parameter-overrides ...",
];

/// The templates below `infra/`. Of one stack also the constructs below `cdk/`: the same in the words of the CDK.
pub(super) fn emit_infrastructure(system: &System, written: Written, files: &mut FileSet) {
    let Written(templates) = written;
    if let (StackLayout::Single, [(_, whole, _)]) = (system.layout, templates.as_slice()) {
        cdk::emit_constructs(system, whole, files);
    }
    for (file, _, text) in templates {
        files.insert(format!("infra/{file}"), text);
    }
}

/// The templates of a system, each with its file and its text.
#[derive(Debug)]
pub struct Written(Vec<(String, Template, String)>);

/// The resources of a system, in their sections. Two may have one logical id, which `clashes` tells.
#[derive(Debug)]
pub struct Resources(Vec<Section>);

/// The resources that a system needs.
pub(super) fn resources(system: &System) -> Resources {
    Resources(sections(system, &Plan::of(system)))
}

/// The templates of a system with these resources, and their texts.
pub(super) fn written(system: &System, resources: Resources) -> Written {
    let with_text = |(file, template): (String, Template)| {
        let text = template.to_yaml(header(&file));
        (file, template, text)
    };
    Written(templates(system, resources).into_iter().map(with_text).collect())
}

/// The template that is deployed.
const ROOT: &str = "template.yaml";

fn header(file: &str) -> &'static [&'static str] {
    if file == ROOT { &HEADER } else { &layout::HEADER }
}

/// The files of the templates below the folder of generated files: the one that is deployed, then those that it nests.
pub(super) fn template_files(system: &System) -> Vec<String> {
    let templates = templates(system, resources(system));
    templates.into_iter().map(|(file, _)| format!("infra/{file}")).collect()
}

/// The templates with their files.
fn templates(system: &System, resources: Resources) -> Vec<(String, Template)> {
    let whole = template_of(system, resources);
    match system.layout {
        StackLayout::Single => vec![(ROOT.to_owned(), whole)],
        StackLayout::PerService => layout::templates(system, &whole),
    }
}

/// Every two things that the contracts name and that come to one logical id.
pub(super) fn clashes<'a>(system: &'a System, resources: &Resources) -> Vec<Clash<'a>> {
    clash::clashes(system, resources)
}

/// How large the settings of functions are at least.
pub(super) fn function_sizes(system: &System) -> Vec<FunctionSize<'_>> {
    size::of_functions(system)
}

/// How large a template is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateSize {
    /// Its file: `template.yaml`.
    pub file: String,
    /// Its resources.
    pub n_resources: usize,
    /// Those of each type, the most frequent first.
    pub by_type: Vec<(String, usize)>,
    /// Its outputs.
    pub n_outputs: usize,
    /// Its parameters.
    pub n_parameters: usize,
    /// Its text, in bytes.
    pub n_bytes: usize,
}

/// Everything that is deployed as one template in JSON, whatever the layout. The metadata of each resource also names its
/// place in the contracts (`Source`).
pub(super) fn template_json(system: &System) -> serde_json::Value {
    let mut template = template(system);
    if system.layout == StackLayout::PerService {
        let stacks = layout::stacks(system, &template);
        template.sections.push(stacks);
    }
    let resource = |one: &template::Resource| {
        let mut json = one.to_map().to_json();
        if let Some(source) = &one.source {
            json["Metadata"]["Source"] = source.as_str().into();
        }
        (one.id.clone(), json)
    };
    serde_json::json!({
        "Parameters": template.parameters.to_json(),
        "Conditions": template.conditions.to_json(),
        "Resources": template.resources().map(resource).collect::<serde_json::Map<_, _>>(),
    })
}

impl Written {
    /// How large the templates are.
    #[must_use]
    pub fn sizes(&self) -> Vec<TemplateSize> {
        self.0.iter().map(|(file, template, text)| size(file, template, text)).collect()
    }
}

fn size(file: &str, template: &Template, text: &str) -> TemplateSize {
    let mut by_type: BTreeMap<&str, usize> = BTreeMap::new();
    for resource in template.resources() {
        *by_type.entry(resource.kind).or_default() += 1;
    }
    let mut by_type: Vec<_> =
        by_type.into_iter().map(|(kind, count)| (kind.to_owned(), count)).collect();
    by_type.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    TemplateSize {
        n_resources: by_type.iter().map(|(_, count)| count).sum(),
        by_type,
        n_outputs: template.outputs.len(),
        n_parameters: template.parameters.len(),
        n_bytes: text.len(),
        file: file.to_owned(),
    }
}

/// Everything in one template, as data.
fn template(system: &System) -> Template {
    template_of(system, resources(system))
}

/// The template with these resources. Their logical ids differ, of which [`clashes`] made sure.
fn template_of(system: &System, Resources(sections): Resources) -> Template {
    let plan = Plan::of(system);
    let mut template = Template {
        description: description(system),
        metadata: lint_settings(),
        sections,
        outputs: outputs::outputs(system, &plan),
        ..Template::default()
    };
    parameters::add_parameters(system, &mut template);
    template.assert_ids_differ();
    template
}

/// The resources in their sections.
fn sections(system: &System, plan: &Plan<'_>) -> Vec<Section> {
    let alarms = alarms::alarms(system, plan);
    let dashboard = dashboard::dashboard(system, plan, &alarms);
    let section =
        |heading: &[&'static str], resources| Section { heading: heading.to_vec(), resources };
    vec![
        section(
            &[
                "Tables. They are retained when the stack is deleted, in every stage, because CloudFormation has no parameter",
                "for that, and lost data is worse than a table that has to be deleted manually.",
            ],
            tables::tables(system),
        ),
        section(
            &["Functions, each with a role that allows only what its contract needs."],
            functions::functions(system)
                .chain(functions::authorizer(system))
                .chain(live::versions(system))
                .collect(),
        ),
        section(&["The REST API of all services."], api::api(system)),
        section(
            &["Event buses and their rules."],
            events::buses(system).into_iter().chain(events::rules(system, plan)).collect(),
        ),
        section(
            &["Queues and their policies. Rules and queues have separate dead-letter queues."],
            queues::queues(plan),
        ),
        section(
            &["Event source mappings and permissions, which connect events to functions."],
            events::connections(plan),
        ),
        section(
            &["CodeDeploy, which moves invocations to new versions of functions, and back."],
            live::deployments(system),
        ),
        section(&["Alarms and the dashboard."], alarms.into_iter().chain([dashboard]).collect()),
    ]
}

/// Names the services, within the 1,024 bytes that CloudFormation allows.
fn description(system: &System) -> String {
    let titles: Vec<_> = system.services.iter().map(|service| service.title.as_str()).collect();
    let text = format!("{}: generated from their contracts.", titles.join(", "));
    text.chars().take(256).collect()
}

/// `W3002` warns that a folder for `Code` wants `aws cloudformation package`; that is how this template is deployed.
fn lint_settings() -> Map {
    let ignore = Map::new().with("ignore_checks", ["W3002"]);
    Map::new().with("cfn-lint", Map::new().with("config", ignore))
}
