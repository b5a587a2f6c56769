//! Roles compared with what was done under them, in both directions.

use std::collections::BTreeSet;

use super::{Call, allows, matches};
use crate::template::Plan;

/// How roles and calls differ.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Audit {
    /// Calls that the function's role does not allow.
    pub missing: BTreeSet<Call>,
    /// What a role allows and its function did not do; the resource is as the policy writes it.
    pub unused: BTreeSet<Call>,
}

/// Compares the roles of all functions with their calls.
#[must_use]
pub fn audit(plan: &Plan, calls: &BTreeSet<Call>) -> Audit {
    let mut audit = Audit::default();
    for function in &plan.functions {
        let role = plan.roles.iter().find(|role| Some(&role.arn) == function.role.as_ref());
        let own: Vec<&Call> = calls.iter().filter(|call| call.function == function.name).collect();
        let Some(role) = role else {
            audit.missing.extend(own.into_iter().cloned());
            continue;
        };
        let refused = own.iter().filter(|call| !allows(role, &call.action, &call.resource));
        audit.missing.extend(refused.map(|call| (*call).clone()));
        for statement in role.statements.iter().filter(|statement| statement.allows) {
            for (action, resource) in pairs(&statement.actions, &statement.resources) {
                let is_used = own.iter().any(|call| {
                    matches(&action.to_lowercase(), &call.action.to_lowercase())
                        && matches(resource, &call.resource)
                });
                if !is_used {
                    audit.unused.insert(super::call(&function.name, action, resource));
                }
            }
        }
    }
    audit
}

/// Each action with each resource.
fn pairs<'a>(
    actions: &'a [String],
    resources: &'a [String],
) -> impl Iterator<Item = (&'a str, &'a str)> {
    actions
        .iter()
        .flat_map(move |action| resources.iter().map(move |one| (action.as_str(), one.as_str())))
}
