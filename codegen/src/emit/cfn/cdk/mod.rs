//! The template in the words of the CDK: TypeScript constructs with every resource as a typed property.
//!
//! Owns what the constructs look like, and decides nothing: what there is and what it is called comes from the model
//! by way of the plain template's own parts, so the two say the same. `infra/cdk` compares them as deployed, resource
//! by resource. A resource for which there is no construct here is made from its properties as they are.

mod data;
mod functions;
mod gateway;
mod group;
mod outputs;
mod rules;
mod scope;
mod settings;
mod system;
#[cfg(test)]
mod tests;
mod ts;
mod watch;

use super::plan::Plan;
use super::template::Template;
use crate::model::System;
use crate::text::FileSet;
use group::Group;
use scope::Scope;

/// Files that are the same for all systems, each with the group that needs it. Every system has outputs.
const FIXED: [(&str, &str, &str); 6] = [
    ("Alarms", "alarm.ts", include_str!("../../../../templates/cdk/alarm.ts")),
    (
        "Functions",
        "contract-function.ts",
        include_str!("../../../../templates/cdk/contract-function.ts"),
    ),
    ("Rules", "into.ts", include_str!("../../../../templates/cdk/into.ts")),
    ("Rules", "queue-policy.ts", include_str!("../../../../templates/cdk/queue-policy.ts")),
    ("Watch", "widget.ts", include_str!("../../../../templates/cdk/widget.ts")),
    ("Outputs", "logical-ids.ts", include_str!("../../../../templates/cdk/logical-ids.ts")),
];

/// The files below `cdk/`.
pub(super) fn emit_constructs(system: &System, template: &Template, files: &mut FileSet) {
    let plan = Plan::of(system);
    let scope = Scope::of(template);
    let groups = groups(system, template, &plan, &scope);
    let titles: Vec<_> = system.services.iter().map(|one| one.title.as_str()).collect();
    files.insert("cdk/index.ts", system::file(&ts::comment(&titles.join(", ")), &groups));
    files.insert("cdk/settings.ts", settings::file(template));
    for group in &groups {
        files.insert(format!("cdk/{}.ts", scope::member(group.class)), group.file());
        if group.class == "Gateway" {
            files.insert("cdk/api-document.ts", gateway::document_file(system, template, &scope));
        }
    }
    for (needed_by, name, text) in FIXED {
        if groups.iter().any(|group| group.class == needed_by) {
            files.insert(format!("cdk/{name}"), text);
        }
    }
}

/// The groups that hold anything, in the order in which they are made: each after those that it refers to.
fn groups(system: &System, template: &Template, plan: &Plan<'_>, scope: &Scope) -> Vec<Group> {
    let filled = |group: Group| (!group.statements.is_empty()).then_some(group);
    [
        filled(data::tables(system, &scope.within("tables"))),
        filled(data::buses(system)),
        filled(data::queues(plan, &scope.within("queues"))),
        filled(functions::functions(system, scope)),
        filled(rules::rules(system, plan, &scope.within("rules"))),
        gateway::gateway(system, template, &scope.within("gateway")),
        filled(watch::alarms(template, scope)),
        watch::dashboard(template, scope),
        outputs::others(template, scope),
        outputs::outputs(template, scope),
    ]
    .into_iter()
    .flatten()
    .collect()
}
