//! Several stacks where one template would be too large (`layout: per-service`): each service has a stack, nested in the one
//! that is deployed, which has what they share.
//!
//! Owns who has which resource, and how a reference crosses: down as a parameter of the nested stack, up as its output.
//! Names begin with the name of the deployed stack, as they do where there is one stack.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::parameters::names_in;
use super::plan::Plan;
use super::template::{Resource, Section, Template};
use super::value::{self, Map, Value, reference, substitute};
use super::{ROOT, alarms, events, functions, live, names, queues, tables};
use crate::model::{Service, System};

/// What stands above the template of a service.
pub(super) const HEADER: [&str; 3] = [
    "Generated from the contracts in spec/; edits are overwritten.",
    "",
    "The part of a service: template.yaml, which is deployed, nests it and sets its parameters.",
];

/// The pseudo parameters that differ between a nested stack and the one that is deployed, with the parameters that take
/// their place.
const OF_ROOT: [(&str, &str); 2] = [("AWS::StackName", "StackName"), ("AWS::StackId", "StackId")];

/// The templates with their files: the one that is deployed, then those of the services.
pub(super) fn templates(system: &System, whole: &Template) -> Vec<(String, Template)> {
    let division = Division::of(system, whole);
    let mut parts: Vec<Part<'_>> = division.parts(system);
    let root = division.root(&mut parts);
    let parts = parts.into_iter().map(|part| (file(part.service), part.template));
    std::iter::once((ROOT.to_owned(), root)).chain(parts).collect()
}

/// The nested stacks alone, of what would be one template.
pub(super) fn stacks(system: &System, whole: &Template) -> Section {
    section(&Division::of(system, whole).parts(system))
}

fn section(parts: &[Part<'_>]) -> Section {
    Section {
        heading: vec!["The services, each in a stack of its own."],
        resources: parts.iter().map(Part::stack).collect(),
    }
}

/// `template.ordering.yaml`
fn file(service: &Service) -> String {
    format!("template.{}.yaml", service.name.wire)
}

/// `OrderingStack`
pub(super) fn stack_id(service: &Service) -> String {
    format!("{}Stack", service.name.pascal)
}

/// The template of a service.
struct Part<'a> {
    service: &'a Service,
    template: Template,
    /// Its parameters, with the values that the deployed template gives them.
    given: IndexMap<String, Value>,
}

impl Part<'_> {
    /// The nested stack.
    fn stack(&self) -> Resource {
        let given: Map = self.given.iter().map(|(name, value)| (name, value.clone())).collect();
        let properties =
            Map::new().with("TemplateURL", file(self.service)).with("Parameters", given);
        Resource::new(stack_id(self.service), "AWS::CloudFormation::Stack", properties)
            .declared_at(&self.service.origin.pointer)
    }

    /// An output of the nested stack, which its template has from now on.
    fn output(&mut self, resource: &Resource, attribute: Option<&str>) -> Value {
        let name = told(resource, attribute);
        if self.template.outputs.get(&name).is_none() {
            let value = named(&resource.id, attribute);
            self.template.outputs.insert(&name, Map::new().with("Value", value));
        }
        value::attribute(&stack_id(self.service), &format!("Outputs.{name}"))
    }
}

/// Which stack has what.
struct Division<'a> {
    whole: &'a Template,
    /// The resources by logical id.
    resources: BTreeMap<&'a str, &'a Resource>,
    /// The name of the service whose stack has a resource, by the resource's id; the rest is shared.
    owners: BTreeMap<String, &'a str>,
}

impl<'a> Division<'a> {
    fn of(system: &'a System, whole: &'a Template) -> Self {
        let resources = whole.resources().map(|one| (one.id.as_str(), one)).collect();
        Self { whole, resources, owners: owners(system) }
    }

    /// The service whose stack has a resource; none for one that is shared, and for what is no resource.
    fn owner(&self, id: &str) -> Option<&'a str> {
        self.owners.get(id).copied()
    }

    /// The resources of a service, or those that are shared, in their sections.
    fn sections(&self, owner: Option<&str>) -> Vec<Section> {
        let is_here = |one: &&Resource| self.owner(&one.id) == owner;
        let sections = self.whole.sections.iter().map(|section| Section {
            heading: section.heading.clone(),
            resources: section.resources.iter().filter(is_here).cloned().collect(),
        });
        sections.collect()
    }

    /// The outputs that tell of the resources of a service, or of those that are shared.
    fn outputs(&self, owner: Option<&str>) -> Map {
        let is_here = |output: &Value| {
            let mut names = Vec::new();
            names_in(output, &mut names);
            names.iter().find_map(|name| self.owner(name)) == owner
        };
        select(&self.whole.outputs, |_, output| is_here(output))
    }

    /// The conditions that a template uses.
    fn conditions(&self, template: &Template) -> Map {
        let used = template.names();
        select(&self.whole.conditions, |name, _| used.contains(name))
    }

    /// The templates of services that have anything. Of what other stacks have, they get the values.
    fn parts(&self, system: &'a System) -> Vec<Part<'a>> {
        let has_any = |one: &&Service| self.owners.values().any(|owner| *owner == one.name.wire);
        system.services.iter().filter(has_any).map(|service| self.part(service)).collect()
    }

    fn part(&self, service: &'a Service) -> Part<'a> {
        let own = Some(service.name.wire.as_str());
        let mut template = Template {
            description: format!("{}: generated from its contracts.", service.title),
            metadata: super::lint_settings(),
            sections: self.sections(own),
            outputs: self.outputs(own),
            ..Template::default()
        };
        let mut given = IndexMap::new();
        template.change_references(&mut |id, attribute| {
            let of_root = OF_ROOT.iter().find(|(name, _)| *name == id);
            let parameter = match (of_root, self.resources.get(id)) {
                (Some((_, parameter)), _) => (*parameter).to_owned(),
                (None, Some(other)) if self.owner(id) != own => told(other, attribute),
                _ => return None,
            };
            given.insert(parameter.clone(), named(id, attribute));
            Some(reference(&parameter))
        });
        template.conditions = self.conditions(&template);
        let used = template.names();
        let of_stage = self.whole.parameters.iter().filter(|(name, _)| used.contains(*name));
        given.extend(of_stage.map(|(name, _)| (name.to_owned(), reference(name))));
        template.parameters =
            given.keys().map(|name| (name.as_str(), self.declaration(name))).collect();
        Part { service, template, given }
    }

    /// The type of a parameter of a service. What its values may be, the deployed template says.
    fn declaration(&self, parameter: &str) -> Map {
        let kind = match self.whole.parameters.get(parameter) {
            Some(Value::Map(declaration)) => declaration.get("Type").cloned(),
            _ => None,
        };
        Map::new().with("Type", kind.unwrap_or_else(|| "String".into()))
    }

    /// The template that is deployed. What the services have, their stacks tell in outputs.
    fn root(&self, parts: &mut [Part<'_>]) -> Template {
        let mut root = Template {
            sections: std::iter::once(section(parts)).chain(self.sections(None)).collect(),
            outputs: self.root_outputs(parts),
            ..self.whole.clone()
        };
        root.change_references(&mut |id, attribute| {
            let owner = self.owner(id)?;
            let resource = self.resources.get(id)?;
            let part = parts.iter_mut().find(|part| part.service.name.wire == owner)?;
            Some(by_name(resource, attribute).unwrap_or_else(|| part.output(resource, attribute)))
        });
        root.conditions = self.conditions(&root);
        root
    }

    /// The outputs of the deployed stack: the nested stacks, and what the stack would tell if it had everything, unless that
    /// is more than a stack may have; then each nested stack tells of its own.
    fn root_outputs(&self, parts: &[Part<'_>]) -> Map {
        let stacks = parts.iter().map(|part| {
            let id = stack_id(part.service);
            let output = Map::new()
                .with("Description", format!("The stack of the service {}", part.service.name.wire))
                .with("Value", reference(&id));
            (format!("{id}Id"), output)
        });
        let stacks: Map = stacks.collect();
        let fits = stacks.len() + self.whole.outputs.len() <= limits::TEMPLATE_OUTPUTS as usize;
        let own = if fits { self.whole.outputs.clone() } else { self.outputs(None) };
        own.with_all(stacks)
    }
}

/// The service of each resource that the contracts of a service alone come to: tables, queues and functions belong to one.
/// What only all services together have, as the API, is shared.
fn owners(system: &System) -> BTreeMap<String, &str> {
    let mut owners = BTreeMap::new();
    for service in &system.services {
        let alone = System {
            services: vec![service.clone()],
            buses: system.buses.clone(),
            alarms: system.alarms,
            ..System::default()
        };
        let plan = Plan::of(&alone);
        let resources = functions::functions(&alone)
            .chain(live::versions(&alone))
            .chain(live::groups(&alone))
            .chain(tables::tables(&alone))
            .chain(queues::queues(&plan))
            .chain(events::rules(&alone, &plan))
            .chain(events::connections(&plan));
        let ids = resources.map(|one| one.id).chain(alarms::ids_of_services(&alone, &plan));
        owners.extend(ids.map(|id| (id, service.name.wire.as_str())));
    }
    owners
}

/// What tells an attribute of a resource, as an output or a parameter: `OrderQueueUrl`.
fn told(resource: &Resource, attribute: Option<&str>) -> String {
    let what = match (resource.kind, attribute) {
        ("AWS::SQS::Queue", None) => "Url",
        ("AWS::SQS::Queue", Some("QueueName")) => "Name",
        // A reference to an alias is its ARN.
        ("AWS::Lambda::Alias", None) => "Arn",
        (_, None) => "Name",
        (_, Some(attribute)) => attribute,
    };
    format!("{}{what}", resource.id)
}

/// What only the dashboard refers to is named there as it is called: an output for each alarm would be more than a stack may
/// have.
fn by_name(resource: &Resource, attribute: Option<&str>) -> Option<Value> {
    match (resource.kind, attribute) {
        ("AWS::Logs::LogGroup", None) => resource.properties.get("LogGroupName").cloned(),
        ("AWS::CloudWatch::Alarm", Some("Arn")) => {
            let name = names::physical(&resource.id);
            Some(substitute(format!(
                "arn:${{AWS::Partition}}:cloudwatch:${{AWS::Region}}:${{AWS::AccountId}}:alarm:{name}"
            )))
        }
        _ => None,
    }
}

/// A reference to a resource, or to an attribute of it.
fn named(id: &str, attribute: Option<&str>) -> Value {
    attribute.map_or_else(|| reference(id), |attribute| value::attribute(id, attribute))
}

fn select(map: &Map, keep: impl Fn(&str, &Value) -> bool) -> Map {
    let kept = map.iter().filter(|(name, value)| keep(name, value));
    kept.map(|(name, value)| (name, value.clone())).collect()
}
