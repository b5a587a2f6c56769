//! Roles and their policies.
//!
//! Most stages never ask what a role allows, so nothing here is a fault: what cannot be understood is noted, and refused
//! by whoever has to judge it.

use crate::template::Resource;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Condition, Plan, Role, Statement};
use crate::template::syntax::Node;

/// Reads a role with the policies that it holds itself.
pub(super) fn role(id: &str, resource: &Resource, plan: &mut Plan, evaluator: &mut Evaluator<'_>) {
    let (Ok(name), Ok(arn)) = (evaluator.name(id), evaluator.resource_attribute(id, "Arn")) else {
        return;
    };
    let mut role = Role {
        id: id.to_owned(),
        name,
        arn,
        statements: Vec::new(),
        not_understood: Vec::new(),
        managed: Vec::new(),
    };
    if resource.property("PermissionsBoundary").is_some() {
        role.not_understood.push("`PermissionsBoundary`".to_owned());
    }
    let managed = resource.property("ManagedPolicyArns").map(|node| evaluator.evaluate(node));
    match managed {
        None | Some(Ok(None)) => {}
        Some(Ok(Some(arns))) => role.managed = texts(&arns.to_json()),
        Some(Err(_)) => {
            role.not_understood.push("`ManagedPolicyArns` that cannot be evaluated".to_owned());
        }
    }
    match resource.property("Policies").map(|node| evaluator.evaluate(node)) {
        Some(Ok(Some(policies))) => {
            let policies = policies.as_list().unwrap_or_default().iter().filter_map(Node::as_map);
            for document in policies.filter_map(|policy| policy.get("PolicyDocument")) {
                add(&mut role, document);
            }
        }
        Some(Err(fault)) => role
            .not_understood
            .push(format!("policies that cannot be evaluated: {}", fault.message)),
        _ => {}
    }
    plan.roles.push(role);
}

/// Adds a policy that stands by itself to the roles that it names: `Policy`, `RolePolicy`, `ManagedPolicy`.
pub(super) fn policy(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) {
    let read = |property: &str, evaluator: &mut Evaluator<'_>| {
        let node = resource.property(property)?;
        evaluator.evaluate(node).ok().flatten()
    };
    let document = read("PolicyDocument", evaluator);
    let names = read("Roles", evaluator).or_else(|| read("RoleName", evaluator));
    let names = names.map(|names| texts(&names.to_json())).unwrap_or_default();
    let own = evaluator.resource_reference(id).unwrap_or_default();
    let is_its = |role: &Role| names.contains(&role.name) || role.managed.contains(&own);
    for role in plan.roles.iter_mut().filter(|role| is_its(role)) {
        role.managed.retain(|arn| *arn != own);
        match &document {
            Some(document) => add(role, document),
            None => role.not_understood.push("a policy that cannot be evaluated".to_owned()),
        }
    }
}

/// Adds the policies of AWS that roles name; those that nobody here knows are noted.
pub(super) fn join(plan: &mut Plan) {
    for role in &mut plan.roles {
        for arn in std::mem::take(&mut role.managed) {
            let name = arn.rsplit('/').next().unwrap_or_default();
            match MANAGED
                .iter()
                .find(|(known, _)| *known == name && arn.contains(":iam::aws:policy/"))
            {
                None => role.not_understood.push(format!("the managed policy `{arn}`")),
                Some((_, actions)) => role.statements.push(Statement {
                    allows: true,
                    actions: actions.iter().map(|action| (*action).to_owned()).collect(),
                    resources: vec!["*".to_owned()],
                    conditions: Vec::new(),
                }),
            }
        }
    }
}

const CREATE_GROUP: &str = "logs:CreateLogGroup";
const CREATE_STREAM: &str = "logs:CreateLogStream";
const PUT_LOGS: &str = "logs:PutLogEvents";

/// What policies of AWS allow on every resource, as far as the stage can be asked for it (AWS Managed Policy Reference
/// Guide).
const MANAGED: [(&str, &[&str]); 15] = [
    ("AWSLambdaBasicExecutionRole", &[CREATE_GROUP, CREATE_STREAM, PUT_LOGS]),
    (
        "AWSLambdaSQSQueueExecutionRole",
        &[
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            CREATE_GROUP,
            CREATE_STREAM,
            PUT_LOGS,
        ],
    ),
    (
        "AWSLambdaDynamoDBExecutionRole",
        &[
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:ListStreams",
            CREATE_GROUP,
            CREATE_STREAM,
            PUT_LOGS,
        ],
    ),
    ("AWSLambdaVPCAccessExecutionRole", &[CREATE_GROUP, CREATE_STREAM, PUT_LOGS]),
    ("AWSLambdaRole", &["lambda:InvokeFunction"]),
    ("AWSXRayDaemonWriteAccess", &["xray:*"]),
    ("AWSXrayWriteOnlyAccess", &["xray:*"]),
    ("AmazonDynamoDBFullAccess", &["dynamodb:*"]),
    (
        "AmazonDynamoDBReadOnlyAccess",
        &[
            "dynamodb:BatchGetItem",
            "dynamodb:Describe*",
            "dynamodb:GetItem",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:List*",
            "dynamodb:PartiQLSelect",
            "dynamodb:Query",
            "dynamodb:Scan",
        ],
    ),
    ("AmazonSQSFullAccess", &["sqs:*"]),
    ("AmazonSNSFullAccess", &["sns:*"]),
    ("AmazonEventBridgeFullAccess", &["events:*"]),
    ("AWSLambda_FullAccess", &["lambda:*"]),
    ("CloudWatchLogsFullAccess", &["logs:*"]),
    ("AdministratorAccess", &["*"]),
];

/// Adds what a policy document says, which may be written as a text of JSON.
fn add(role: &mut Role, document: &Node) {
    let document = document.clone().read_text().to_json();
    let statements = match &document["Statement"] {
        serde_json::Value::Array(statements) => statements.as_slice(),
        one => std::slice::from_ref(one),
    };
    for statement in statements {
        let conditions = conditions(&statement["Condition"]);
        if conditions.is_none() {
            role.not_understood.push("a statement with `Condition`".to_owned());
        }
        for key in ["NotAction", "NotResource"] {
            if statement.get(key).is_some() {
                role.not_understood.push(format!("a statement with `{key}`"));
            }
        }
        role.statements.push(Statement {
            allows: statement["Effect"] == "Allow",
            actions: texts(&statement["Action"]),
            resources: texts(&statement["Resource"]),
            conditions: conditions.unwrap_or_default(),
        });
    }
}

/// The keys that conditions may ask for: what the stage knows of a request.
const KEYS: [&str; 2] = ["events:source", "events:detail-type"];

/// The conditions of a statement; `None` when any is of a kind or about a key that the stage does not judge.
fn conditions(value: &serde_json::Value) -> Option<Vec<Condition>> {
    let mut conditions = Vec::new();
    for (operator, keys) in value.as_object().into_iter().flatten() {
        let is_like = match operator.as_str() {
            "StringEquals" => false,
            "StringLike" => true,
            _ => return None,
        };
        for (key, values) in keys.as_object()? {
            if !KEYS.iter().any(|known| known.eq_ignore_ascii_case(key)) {
                return None;
            }
            conditions.push(Condition { key: key.clone(), values: texts(values), is_like });
        }
    }
    Some(conditions)
}

/// A list of text; a single text is a list of one.
fn texts(value: &serde_json::Value) -> Vec<String> {
    let values = match value {
        serde_json::Value::Array(values) => values.as_slice(),
        one => std::slice::from_ref(one),
    };
    values.iter().filter_map(serde_json::Value::as_str).map(str::to_owned).collect()
}
