//! `Metadata.LocalSecrets`: the secrets and parameters that functions read, each with the place that declares it.

use super::Node;
use super::error::Fault;
use super::evaluate::Evaluator;
use super::plan::{NeededSecret, Plan};

/// Reads them into the plan.
pub(super) fn needed(plan: &mut Plan, evaluator: &mut Evaluator<'_>) -> Vec<Fault> {
    let template = evaluator.template;
    let mut faults = Vec::new();
    for (variable, node) in &template.secrets {
        match one(variable, node, evaluator) {
            Ok(needed) => plan.needed_secrets.push(needed),
            Err(fault) => {
                faults.push(fault.within("`Metadata.LocalSecrets`").at(node.line));
            }
        }
    }
    faults
}

fn one(variable: &str, node: &Node, evaluator: &mut Evaluator<'_>) -> Result<NeededSecret, Fault> {
    let map = node.as_map();
    let get = |key: &str| map.and_then(|map| map.get(key));
    let (named, is_parameter) = match (get("Secret"), get("Parameter")) {
        (Some(named), None) => (named, false),
        (None, Some(named)) => (named, true),
        _ => {
            let message = format!("`{variable}` must have either `Secret` or `Parameter`");
            return Err(Fault::new("template", message));
        }
    };
    Ok(NeededSecret {
        variable: variable.to_owned(),
        id: evaluator.text(variable, named)?,
        key: get("Key").and_then(Node::to_text),
        is_parameter,
        declared_at: get("DeclaredAt")
            .and_then(Node::to_text)
            .unwrap_or_else(|| "the template".to_owned()),
    })
}
