//! The role of a function: policies written out, AWS' own by name, and SAM's policy templates.
//!
//! Templates about services that the stage has are written out as statements. Any other leaves the role with a policy that
//! nobody here can judge, which matters only where permissions are checked.

use super::nodes::{Map, Part, entries, list, map};
use super::queues;
use crate::template::error::Fault;
use crate::template::syntax::{Node, Value};

/// A template: its parameter, its actions, and its resources as text with `{}` for the parameter.
type Template = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const TABLE: &[&str] = &["dynamodb:{r}:table/{}", "dynamodb:{r}:table/{}/index/*"];
const QUEUE: &[&str] = &["sqs:{r}:{}"];

/// SAM's policy templates about services that the stage has.
const TEMPLATES: [Template; 10] = [
    (
        "DynamoDBCrudPolicy",
        "TableName",
        &[
            "dynamodb:GetItem",
            "dynamodb:DeleteItem",
            "dynamodb:PutItem",
            "dynamodb:Scan",
            "dynamodb:Query",
            "dynamodb:UpdateItem",
            "dynamodb:BatchWriteItem",
            "dynamodb:BatchGetItem",
            "dynamodb:DescribeTable",
            "dynamodb:ConditionCheckItem",
        ],
        TABLE,
    ),
    (
        "DynamoDBReadPolicy",
        "TableName",
        &[
            "dynamodb:GetItem",
            "dynamodb:Scan",
            "dynamodb:Query",
            "dynamodb:BatchGetItem",
            "dynamodb:DescribeTable",
        ],
        TABLE,
    ),
    (
        "DynamoDBWritePolicy",
        "TableName",
        &["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem"],
        TABLE,
    ),
    (
        "DynamoDBStreamReadPolicy",
        "TableName",
        &["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"],
        &["dynamodb:{r}:table/{}/stream/*"],
    ),
    (
        "DynamoDBReconfigurePolicy",
        "TableName",
        &["dynamodb:UpdateTable"],
        &["dynamodb:{r}:table/{}"],
    ),
    (
        "SQSPollerPolicy",
        "QueueName",
        &[
            "sqs:ChangeMessageVisibility",
            "sqs:ChangeMessageVisibilityBatch",
            "sqs:DeleteMessage",
            "sqs:DeleteMessageBatch",
            "sqs:GetQueueAttributes",
            "sqs:ReceiveMessage",
        ],
        QUEUE,
    ),
    ("SQSSendMessagePolicy", "QueueName", &["sqs:SendMessage*"], QUEUE),
    (
        "EventBridgePutEventsPolicy",
        "EventBusName",
        &["events:PutEvents"],
        &["events:{r}:event-bus/{}"],
    ),
    (
        "LambdaInvokePolicy",
        "FunctionName",
        &["lambda:InvokeFunction"],
        &["lambda:{r}:function:{}*"],
    ),
    ("SNSPublishMessagePolicy", "TopicName", &["sns:Publish"], &["sns:{r}:{}"]),
];

/// SAM's other policy templates, of which only the names are known here.
///
/// **Source**: AWS SAM developer guide, "SAM policy templates".
const OTHERS: [&str; 71] = [
    "AMIDescribePolicy",
    "AWSSecretsManagerGetSecretValuePolicy",
    "AWSSecretsManagerRotationPolicy",
    "AcmGetCertificatePolicy",
    "AthenaQueryPolicy",
    "CloudFormationDescribeStacksPolicy",
    "CloudWatchDashboardPolicy",
    "CloudWatchDescribeAlarmHistoryPolicy",
    "CloudWatchPutMetricPolicy",
    "CodeCommitCrudPolicy",
    "CodeCommitReadPolicy",
    "CodePipelineLambdaExecutionPolicy",
    "CodePipelineReadOnlyPolicy",
    "ComprehendBasicAccessPolicy",
    "CostExplorerReadOnlyPolicy",
    "DynamoDBBackupFullAccessPolicy",
    "DynamoDBRestoreFromBackupPolicy",
    "EC2CopyImagePolicy",
    "EC2DescribePolicy",
    "EFSWriteAccessPolicy",
    "EKSDescribePolicy",
    "EcsRunTaskPolicy",
    "ElasticMapReduceAddJobFlowStepsPolicy",
    "ElasticMapReduceCancelStepsPolicy",
    "ElasticMapReduceModifyInstanceFleetPolicy",
    "ElasticMapReduceModifyInstanceGroupsPolicy",
    "ElasticMapReduceSetTerminationProtectionPolicy",
    "ElasticMapReduceTerminateJobFlowsPolicy",
    "ElasticsearchHttpPostPolicy",
    "FilterLogEventsPolicy",
    "FirehoseCrudPolicy",
    "FirehoseWritePolicy",
    "KMSDecryptPolicy",
    "KMSEncryptPolicy",
    "KMSEncryptPolicy_v2",
    "KinesisCrudPolicy",
    "KinesisStreamReadPolicy",
    "MobileAnalyticsWriteOnlyAccessPolicy",
    "OrganizationsListAccountsPolicy",
    "PinpointEndpointAccessPolicy",
    "PollyFullAccessPolicy",
    "RekognitionDetectOnlyPolicy",
    "RekognitionFacesManagementPolicy",
    "RekognitionFacesPolicy",
    "RekognitionLabelsPolicy",
    "RekognitionNoDataAccessPolicy",
    "RekognitionReadPolicy",
    "RekognitionWriteOnlyAccessPolicy",
    "Route53ChangeResourceRecordSetsPolicy",
    "S3CrudPolicy",
    "S3FullAccessPolicy",
    "S3ReadPolicy",
    "S3WritePolicy",
    "SESBulkTemplatedCrudPolicy",
    "SESBulkTemplatedCrudPolicy_v2",
    "SESCrudPolicy",
    "SESEmailTemplateCrudPolicy",
    "SESSendBouncePolicy",
    "SNSCrudPolicy",
    "SSMParameterReadPolicy",
    "SSMParameterWithSlashPrefixReadPolicy",
    "SageMakerCreateEndpointConfigPolicy",
    "SageMakerCreateEndpointPolicy",
    "ServerlessRepoReadWriteAccessPolicy",
    "StepFunctionsCallbackPolicy",
    "StepFunctionsExecutionPolicy",
    "StepFunctionsExecutionPolicy_v2",
    "TextractDetectAnalyzePolicy",
    "TextractGetResultPolicy",
    "TextractPolicy",
    "VPCAccessPolicy",
];

/// What SAM refuses of policies: templates that it does not have, and those without what they need.
pub(super) fn refused(policies: Option<&Node>, part: &Part) -> Vec<Fault> {
    let wrong = |policy: Node| {
        let parts = entries(Some(&policy));
        let (name, parameters) = parts.first()?;
        if parts.contains_key("Statement") || name == "Ref" || name.starts_with("Fn::") {
            return None;
        }
        let message = match TEMPLATES.iter().find(|(known, ..)| known == name) {
            Some((_, parameter, ..)) => {
                let parameters = entries(Some(parameters));
                let is_given =
                    parameters.contains_key(*parameter) || parameters.contains_key("Fn::If");
                (!is_given).then(|| format!("the policy template `{name}` needs `{parameter}`"))?
            }
            None if OTHERS.contains(&name.as_str()) => return None,
            None => format!("`{name}` is not a policy template of SAM"),
        };
        Some(part.fault(format!("property `Policies`: {message}")).at(policy.line))
    };
    written(policies).into_iter().filter_map(wrong).collect()
}

/// The policies of a function: one, or a list.
fn written(policies: Option<&Node>) -> Vec<Node> {
    match policies {
        Some(Node { value: Value::List(items), .. }) => items.clone(),
        other => other.cloned().into_iter().collect(),
    }
}

/// The policies that SAM adds to a role that it makes itself, for what Lambda does with the role: it reads the sources of
/// events, sends records and dead letters, and writes traces.
///
/// **Source**: AWS SAM's translator, `_construct_role` and the resources of events.
pub(super) fn added(id: &str, part: &Part) -> Vec<Node> {
    let line = part.line;
    let events = part.entries("Events");
    let events: Vec<(&str, Map)> = events.values().filter_map(polled).collect();
    let polls = |source: &str| events.iter().any(|(by, _)| *by == source);
    let traces = part.has("Tracing");
    let managed = [
        (polls("SQS"), "AWSLambdaSQSQueueExecutionRole"),
        (polls("DynamoDB"), "AWSLambdaDynamoDBExecutionRole"),
        (traces, "AWSXrayWriteOnlyAccess"),
    ];
    let managed = managed.into_iter().filter(|(is_needed, _)| *is_needed);
    let managed = managed.map(|(_, name)| Node::text(line, name));
    let destinations = |node: Option<&Node>| {
        let all = entries(node).into_iter();
        all.map(|(name, one)| (name, entries(Some(&one))))
    };
    // SAM makes the queue or topic of a record, where its type alone is said, and no other.
    let config = part.entries("EventInvokeConfig");
    let records = destinations(config.get("DestinationConfig"))
        .map(|(name, written)| (Some(format!("{id}EventInvokeConfig{name}")), written));
    let given_up = events.iter().flat_map(|(_, said)| destinations(said.get("DestinationConfig")));
    let given_up = given_up.map(|(_, written)| (None, written));
    let letters = (None, part.entries("DeadLetterQueue"));
    let sent = records.chain(given_up).chain([letters]);
    let sent = sent.filter_map(|(id, written)| queues::sending(id.as_deref(), &written, line));
    managed.chain(sent.map(|(action, arn)| sends(line, action, arn))).collect()
}

/// What Lambda polls for an event, and the properties of the event.
fn polled(event: &Node) -> Option<(&'static str, Map)> {
    let event = entries(Some(event));
    let said = entries(event.get("Properties"));
    let by = match event.get("Type").and_then(Node::as_str)? {
        "SQS" => "SQS",
        "DynamoDB" => "DynamoDB",
        "SNS" if queues::is_between(said.get("SqsSubscription")) => "SQS",
        _ => return None,
    };
    Some((by, said))
}

/// A policy of one action on one resource.
fn sends(line: usize, action: &str, arn: Node) -> Node {
    let statement = [
        ("Effect", Node::text(line, "Allow")),
        ("Action", Node::text(line, action)),
        ("Resource", arn),
    ];
    map(line, [("Statement", list(line, vec![map(line, statement)]))])
}

/// The properties of a function's role: with what its template says, and what SAM adds.
pub(super) fn role(line: usize, policies: Option<&Node>, added: Vec<Node>) -> Map {
    let basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
    let mut managed = vec![Node::text(line, basic)];
    let mut documents = Vec::new();
    for policy in written(policies).into_iter().chain(added) {
        let parts = entries(Some(&policy));
        match parts.first() {
            Some(_) if parts.contains_key("Statement") => documents.push(policy),
            Some((name, _)) if name == "Ref" || name.starts_with("Fn::") => managed.push(policy),
            Some((name, parameters)) => match template(name, parameters) {
                Some(document) => documents.push(document),
                None => {
                    managed.push(Node::text(policy.line, format!("the policy template {name}")))
                }
            },
            None => managed.push(named(policy)),
        }
    }
    let document = |(index, document): (usize, Node)| {
        let name = Node::text(document.line, format!("Policy{index}"));
        map(document.line, [("PolicyName", name), ("PolicyDocument", document)])
    };
    let documents = documents.into_iter().enumerate().map(document).collect();
    [
        ("AssumeRolePolicyDocument".to_owned(), map(line, [])),
        ("ManagedPolicyArns".to_owned(), list(line, managed)),
        ("Policies".to_owned(), list(line, documents)),
    ]
    .into_iter()
    .collect()
}

/// A policy of AWS is given by its ARN, or by its name alone.
fn named(policy: Node) -> Node {
    match policy.as_str() {
        Some(name) if !name.starts_with("arn:") => {
            let folder = if name.starts_with("AWSLambda") { "service-role/" } else { "" };
            Node::text(policy.line, format!("arn:aws:iam::aws:policy/{folder}{name}"))
        }
        _ => policy,
    }
}

fn template(name: &str, parameters: &Node) -> Option<Node> {
    let line = parameters.line;
    let (_, parameter, actions, resources) = TEMPLATES.iter().find(|(known, ..)| *known == name)?;
    let value = entries(Some(parameters)).shift_remove(*parameter)?;
    let actions = actions.iter().map(|action| Node::text(line, *action)).collect();
    let resource = |pattern: &&str| {
        let text =
            pattern.replace("{r}", "${AWS::Region}:${AWS::AccountId}").replace("{}", "${it}");
        let text = Node::text(line, format!("arn:${{AWS::Partition}}:{text}"));
        let given = map(line, [("it", value.clone())]);
        map(line, [("Fn::Sub", list(line, vec![text, given]))])
    };
    let resources = resources.iter().map(resource).collect();
    let statement = map(
        line,
        [
            ("Effect", Node::text(line, "Allow")),
            ("Action", list(line, actions)),
            ("Resource", list(line, resources)),
        ],
    );
    Some(map(line, [("Statement", list(line, vec![statement]))]))
}
