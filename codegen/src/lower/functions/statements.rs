//! Permissions that a contract asks for by itself (`x-lambda.statements`).

use super::environment::unknown_parameter;
use crate::diag::catalog::events as fault;
use crate::lower::Scope;
use crate::model::Statement;
use crate::parse::Node;

/// Permissions that the contract asks for, each with its reason.
pub(super) fn statements(scope: Scope<'_>, lambda: &Node) -> Option<Vec<Statement>> {
    let mut sound = true;
    let mut statements = vec![];
    for node in lambda.get("statements").into_iter().flat_map(Node::items) {
        if scope.docs.failed(node) {
            sound = false;
            continue;
        }
        let texts = |key: &str| node.get(key).into_iter().flat_map(Node::items);
        for action in texts("actions") {
            let name = action.text().unwrap_or_default();
            let is_action = name.split_once(':').is_some_and(|(service, action)| {
                let plain =
                    |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
                plain(service) && !service.is_empty() && plain(action) && !action.is_empty()
            });
            if !is_action {
                scope.sink.report(fault::bad_action(action.span, name));
                sound = false;
            }
        }
        for resource in texts("resources") {
            let name = resource.text().unwrap_or_default();
            if let Some(parameter) = unknown_parameter(name) {
                scope.sink.report(fault::unknown_pseudo(resource.span, parameter));
                sound = false;
            } else if name != "*" && !name.starts_with("arn:") {
                scope.sink.report(fault::bad_arn(resource.span, name));
                sound = false;
            }
        }
        let list = |key: &str| -> Vec<String> {
            texts(key).filter_map(Node::text).map(str::to_owned).collect()
        };
        let reason = node.text_at("reason").unwrap_or_default().to_owned();
        let (actions, resources) = (list("actions"), list("resources"));
        if actions.is_empty() || resources.is_empty() || reason.trim().is_empty() {
            scope.sink.report(fault::empty_statement(node.span));
            sound = false;
        }
        statements.push(Statement { actions, resources, reason });
    }
    sound.then_some(statements)
}
