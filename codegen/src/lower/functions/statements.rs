//! Permissions that a contract asks for by itself (`x-lambda.statements`).

use super::environment::unknown_parameter;
use crate::diag::catalog::functions as fault;
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
        if let Some((action, key)) = undone(node) {
            scope.sink.report(fault::undoes_contract(
                action.span,
                action.text().unwrap_or_default(),
                key,
            ));
        }
        for (action, help) in idle(node) {
            let name = action.text().unwrap_or_default();
            scope.sink.report(fault::idle_action(action.span, name, help));
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

/// The first action with which a function may do what the contracts would have to say of it, and the key that says so.
fn undone(statement: &Node) -> Option<(&Node, &'static str)> {
    let texts = |key: &str| statement.get(key).into_iter().flat_map(Node::items);
    // A resource of the same account and of any name, or of this very stack.
    let is_ours = |resource: &str| {
        let name = resource.rsplit_once(':').map_or(resource, |(_, name)| name);
        name.contains(['*', '?']) || resource.contains("${AWS::StackName}")
    };
    let is_bus = |resource: &str| is_ours(resource) || resource.ends_with(":event-bus/default");
    texts("actions").find_map(|action| {
        let (service, name) = action.text()?.split_once(':')?;
        let mut resources = texts("resources").filter_map(Node::text);
        let is_data = DATA.iter().any(|one| one.eq_ignore_ascii_case(name));
        match service {
            "events" if name.eq_ignore_ascii_case("PutEvents") => {
                resources.any(is_bus).then_some((action, "x-publishes"))
            }
            "dynamodb" if is_data => {
                resources.any(is_ours).then_some((action, "x-dynamodb-access"))
            }
            _ => None,
        }
    })
}

/// The services whose actions apply to resources of theirs only.
const OF_THEIR_OWN: [&str; 11] = [
    "s3",
    "sqs",
    "sns",
    "dynamodb",
    "kms",
    "secretsmanager",
    "lambda",
    "states",
    "events",
    "firehose",
    "logs",
];

/// The actions of a statement that apply to none of its resources, each with what to write.
fn idle(statement: &Node) -> Vec<(&Node, String)> {
    let texts = |key: &str| statement.get(key).into_iter().flat_map(Node::items);
    let resources: Vec<Vec<String>> =
        texts("resources").filter_map(Node::text).map(parts).collect();
    let why = |action: &&Node| {
        let (service, name) = action.text()?.split_once(':')?;
        let service = OF_THEIR_OWN.into_iter().find(|own| own.eq_ignore_ascii_case(service))?;
        let is_any = |part: &str| part.contains(['*', '?']);
        let of_service = |of: &&Vec<String>| {
            of.len() < 3 || of[2] == service || is_any(&of[2]) || of[2].starts_with('$')
        };
        let mut own = resources.iter().filter(of_service).peekable();
        if own.peek().is_none() {
            return Some(format!("name a resource of `{service}`, or remove the action"));
        }
        // Access points have regions, and names of other forms.
        let name_of = |of: &'_ Vec<String>| match of.as_slice() {
            [_, _, _, region, _, name] if region.is_empty() => Some(name.clone()),
            _ => None,
        };
        let names: Option<Vec<String>> = own.map(name_of).collect();
        let names = names.filter(|_| service == "s3")?;
        let is_object = name.contains("Object") && !name.contains("Bucket");
        let is_bucket = name.contains("Bucket") && !name.contains("AllMyBuckets");
        let has_object = |name: &String| name.contains('/') || is_any(name);
        let has_bucket = |name: &String| !name.contains('/');
        match names.first() {
            Some(first) if is_object && !names.iter().any(has_object) => Some(format!(
                "write `arn:${{AWS::Partition}}:s3:::{first}/*` for the objects of the bucket"
            )),
            Some(first) if is_bucket && !names.iter().any(has_bucket) => {
                let bucket = first.split('/').next().unwrap_or_default();
                Some(format!("write `arn:${{AWS::Partition}}:s3:::{bucket}` for the bucket itself"))
            }
            _ => None,
        }
    };
    texts("actions").filter_map(|action| Some((action, why(&action)?))).collect()
}

/// The parts of an ARN, in which pseudo parameters have colons; one part for any resource.
fn parts(arn: &str) -> Vec<String> {
    arn.replace("${AWS::", "${").splitn(6, ':').map(str::to_owned).collect()
}

/// The actions on items.
const DATA: [&str; 13] = [
    "BatchGetItem",
    "BatchWriteItem",
    "ConditionCheckItem",
    "DeleteItem",
    "GetItem",
    "PartiQLDelete",
    "PartiQLInsert",
    "PartiQLSelect",
    "PartiQLUpdate",
    "PutItem",
    "Query",
    "Scan",
    "UpdateItem",
];
