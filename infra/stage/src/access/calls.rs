//! Which actions on which resources a request to AWS needs.
//!
//! Owns the table from protocol to permission (Service Authorization Reference: DynamoDB, SQS, EventBridge, Lambda).
//! A request that names nothing is left to the service, which refuses it.

use serde_json::Value;

use crate::query::fields;
use crate::secrets::SUFFIX;
use crate::template::Surroundings;

/// A request as far as permissions depend on it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    /// `DynamoDB_20120810`, `AmazonSQS`, `AWSEvents`, `Lambda`
    pub(crate) service: &'a str,
    /// `PutItem`
    pub(crate) action: &'a str,
    /// The body, JSON; for Lambda the name or ARN of the function.
    pub(crate) body: &'a [u8],
}

/// An action on a resource that a request needs, with the keys that conditions may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Need {
    /// `dynamodb:PutItem`
    pub(crate) action: String,
    /// The ARN.
    pub(crate) resource: String,
    /// `events:source` and the like.
    pub(crate) keys: Vec<(&'static str, String)>,
}

/// Each action that a request needs, with its resource.
pub(crate) fn of_request(request: Request<'_>, around: &Surroundings) -> Vec<Need> {
    if let ("AWSEvents", "PutEvents") = (request.service, request.action) {
        return of_events(request.body, around);
    }
    let needs = of_resources(request, around).into_iter();
    needs.map(|(action, resource)| Need { action, resource, keys: Vec::new() }).collect()
}

/// Each entry is judged by itself, so that no event slips in beside those that are allowed.
fn of_events(body: &[u8], around: &Surroundings) -> Vec<Need> {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let mut needs: Vec<Need> = Vec::new();
    for entry in body["Entries"].as_array().into_iter().flatten() {
        let text = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let need = Need {
            action: "events:PutEvents".to_owned(),
            resource: bus_arn(entry["EventBusName"].as_str(), around),
            keys: vec![
                ("events:source", text("Source")),
                ("events:detail-type", text("DetailType")),
            ],
        };
        if !needs.contains(&need) {
            needs.push(need);
        }
    }
    needs
}

fn of_resources(request: Request<'_>, around: &Surroundings) -> Vec<(String, String)> {
    let Request { service, action, body } = request;
    if (service, action) == ("Lambda", "ListFunctions") {
        return vec![("lambda:ListFunctions".to_owned(), "*".to_owned())];
    }
    if service == "Lambda" {
        let name = String::from_utf8_lossy(body);
        let name = name.split_once(":function:").map_or(&*name, |(_, rest)| rest);
        let arn = around.arn("lambda", &format!("function:{name}"));
        let action = if action == "Invoke" { "InvokeFunction" } else { action };
        return vec![(format!("lambda:{action}"), arn)];
    }
    if service == "SNS" {
        return of_topics(&String::from_utf8_lossy(body), around).into_iter().collect();
    }
    let Ok(body) = serde_json::from_slice::<Value>(body) else { return Vec::new() };
    match service {
        "DynamoDB_20120810" => of_tables(action, &body, around),
        "AmazonSQS" => of_queues(action, &body, around),
        "AWSEvents" => of_buses(action, &body, around),
        "secretsmanager" => of_secrets(action, &body, around),
        "AmazonSSM" => of_parameters(action, &body, around),
        _ => Vec::new(),
    }
}

fn of_topics(form: &str, around: &Surroundings) -> Option<(String, String)> {
    // As they are carried out: the first of each name, whatever way it is written.
    let form = fields(form);
    let field = |name: &str| form.get(name).cloned();
    let action = field("Action")?;
    let topic = || field("TopicArn").or_else(|| field("TargetArn"));
    let need = |topic: String| (format!("sns:{action}"), topic);
    match action.as_str() {
        "Publish" | "PublishBatch" => topic().map(|topic| ("sns:Publish".to_owned(), topic)),
        "ListTopics" | "ListSubscriptions" => Some(need("*".to_owned())),
        "CreateTopic" => field("Name").map(|name| need(around.arn("sns", &name))),
        _ => topic().map(need),
    }
}

fn of_secrets(action: &str, body: &Value, around: &Surroundings) -> Vec<(String, String)> {
    let arn = |id: &str| match id.starts_with("arn:") {
        true => id.to_owned(),
        false => around.arn("secretsmanager", &format!("secret:{id}-{SUFFIX}")),
    };
    let id = body["SecretId"].as_str();
    id.map(|id| (format!("secretsmanager:{action}"), arn(id))).into_iter().collect()
}

fn of_parameters(action: &str, body: &Value, around: &Surroundings) -> Vec<(String, String)> {
    let several = body["Names"].as_array().into_iter().flatten();
    let ids = several.chain([&body["Name"], &body["Path"]]).filter_map(Value::as_str);
    let arn = |id: &str| match id.starts_with("arn:") {
        true => id.to_owned(),
        false => around.arn("ssm", &format!("parameter/{}", id.trim_start_matches('/'))),
    };
    ids.map(|id| (format!("ssm:{action}"), arn(id))).collect()
}

fn of_tables(action: &str, body: &Value, around: &Surroundings) -> Vec<(String, String)> {
    let needs =
        |action: &str, table: &str| (format!("dynamodb:{action}"), table_arn(table, around));
    let tables = |items: &Value| -> Vec<String> {
        items.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect()
    };
    match action {
        // A transaction needs what each of its parts would need by itself.
        "TransactWriteItems" | "TransactGetItems" => {
            let parts = body["TransactItems"].as_array().into_iter().flatten();
            let parts = parts.filter_map(Value::as_object).flatten();
            let need = |(kind, part): (&String, &Value)| {
                let action = match kind.as_str() {
                    "Put" => "PutItem",
                    "Update" => "UpdateItem",
                    "Delete" => "DeleteItem",
                    "ConditionCheck" => "ConditionCheckItem",
                    "Get" => "GetItem",
                    _ => return None,
                };
                Some(needs(action, part["TableName"].as_str()?))
            };
            parts.filter_map(need).collect()
        }
        "BatchGetItem" | "BatchWriteItem" => {
            tables(&body["RequestItems"]).iter().map(|table| needs(action, table)).collect()
        }
        "Query" | "Scan" => {
            let Some(table) = body["TableName"].as_str() else { return Vec::new() };
            let (action, arn) = needs(action, table);
            let arn = match body["IndexName"].as_str() {
                Some(index) => format!("{arn}/index/{index}"),
                None => arn,
            };
            vec![(action, arn)]
        }
        "ListTables" => vec![(format!("dynamodb:{action}"), "*".to_owned())],
        "ExecuteStatement" | "BatchExecuteStatement" | "ExecuteTransaction" => {
            vec![("dynamodb:PartiQLSelect".to_owned(), "*".to_owned())]
        }
        _ => body["TableName"].as_str().map(|table| needs(action, table)).into_iter().collect(),
    }
}

/// A table is given by its name or its ARN.
fn table_arn(table: &str, around: &Surroundings) -> String {
    if table.starts_with("arn:") {
        table.to_owned()
    } else {
        around.arn("dynamodb", &format!("table/{table}"))
    }
}

fn of_queues(action: &str, body: &Value, around: &Surroundings) -> Vec<(String, String)> {
    // A batch needs the permission of a single call.
    let action = format!("sqs:{}", action.strip_suffix("Batch").unwrap_or(action));
    let name = match (&body["QueueUrl"], &body["QueueName"]) {
        (Value::String(url), _) => url.rsplit('/').next(),
        (_, Value::String(name)) => Some(name.as_str()),
        _ => None,
    };
    let arn = match (name, &body["SourceArn"]) {
        (Some(name), _) => around.arn("sqs", name),
        (None, Value::String(arn)) => arn.clone(),
        (None, _) => "*".to_owned(),
    };
    vec![(action, arn)]
}

/// A bus is given by its name or its ARN.
fn bus_arn(bus: Option<&str>, around: &Surroundings) -> String {
    match bus {
        Some(arn) if arn.starts_with("arn:") => arn.to_owned(),
        bus => around.arn("events", &format!("event-bus/{}", bus.unwrap_or("default"))),
    }
}

fn of_buses(action: &str, body: &Value, around: &Surroundings) -> Vec<(String, String)> {
    if action.ends_with("EventBus") {
        return vec![(format!("events:{action}"), bus_arn(body["Name"].as_str(), around))];
    }
    let named = body["EventBusName"].as_str();
    let bus = named.map(|bus| bus.split_once(":event-bus/").map_or(bus, |(_, name)| name));
    let arn = match body["Name"].as_str().or(body["Rule"].as_str()) {
        Some(rule) if bus.is_none_or(|bus| bus == "default") => {
            around.arn("events", &format!("rule/{rule}"))
        }
        Some(rule) => around.arn("events", &format!("rule/{}/{rule}", bus.unwrap_or_default())),
        None => bus_arn(bus, around),
    };
    vec![(format!("events:{action}"), arn)]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(service: &str, action: &str, body: &Value, expected: &[(&str, &str)]) {
        let around = Surroundings {
            exports: std::collections::BTreeMap::new(),
            region: "r".to_owned(),
            account: "1".to_owned(),
            stack: "s".to_owned(),
            endpoint: String::new(),
            allow_inert: false,
            stored: Default::default(),
            languages: Default::default(),
        };
        let body = body.to_string();
        let body = if matches!(service, "Lambda" | "SNS") { body.trim_matches('"') } else { &body };
        let found = of_request(Request { service, action, body: body.as_bytes() }, &around);
        let found: Vec<_> = found.into_iter().map(|need| (need.action, need.resource)).collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(action, arn)| ((*action).to_owned(), (*arn).to_owned()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn tables_and_their_indexes() {
        let tables = "DynamoDB_20120810";
        let table = "arn:aws:dynamodb:r:1:table/t";
        check(tables, "PutItem", &json!({"TableName": "t"}), &[("dynamodb:PutItem", table)]);
        check(tables, "PutItem", &json!({"TableName": table}), &[("dynamodb:PutItem", table)]);
        check(tables, "Query", &json!({"TableName": "t"}), &[("dynamodb:Query", table)]);
        let of_index = json!({"TableName": "t", "IndexName": "i"});
        check(
            tables,
            "Query",
            &of_index,
            &[("dynamodb:Query", "arn:aws:dynamodb:r:1:table/t/index/i")],
        );
        let batch = json!({"RequestItems": {"t": {}}});
        check(tables, "BatchGetItem", &batch, &[("dynamodb:BatchGetItem", table)]);
        check(tables, "PutItem", &json!({}), &[]);
    }

    #[test]
    fn a_transaction_needs_what_its_parts_need() {
        let transaction = json!({"TransactItems": [
            {"Put": {"TableName": "a"}}, {"ConditionCheck": {"TableName": "b"}},
            {"Delete": {"TableName": "a"}}, {"Update": {"TableName": "c"}},
        ]});
        check(
            "DynamoDB_20120810",
            "TransactWriteItems",
            &transaction,
            &[
                ("dynamodb:PutItem", "arn:aws:dynamodb:r:1:table/a"),
                ("dynamodb:ConditionCheckItem", "arn:aws:dynamodb:r:1:table/b"),
                ("dynamodb:DeleteItem", "arn:aws:dynamodb:r:1:table/a"),
                ("dynamodb:UpdateItem", "arn:aws:dynamodb:r:1:table/c"),
            ],
        );
    }

    #[test]
    fn queues_buses_and_functions() {
        let queue = json!({"QueueUrl": "http://localhost/1/q"});
        check("AmazonSQS", "SendMessageBatch", &queue, &[("sqs:SendMessage", "arn:aws:sqs:r:1:q")]);
        check("AmazonSQS", "ListQueues", &json!({}), &[("sqs:ListQueues", "*")]);
        let events = json!({"Entries": [{"EventBusName": "b"}, {}, {"EventBusName": "b"}]});
        check(
            "AWSEvents",
            "PutEvents",
            &events,
            &[
                ("events:PutEvents", "arn:aws:events:r:1:event-bus/b"),
                ("events:PutEvents", "arn:aws:events:r:1:event-bus/default"),
            ],
        );
        let rule = json!({"Name": "x", "EventBusName": "b"});
        check("AWSEvents", "PutRule", &rule, &[("events:PutRule", "arn:aws:events:r:1:rule/b/x")]);
        let of_bus = json!({"Name": "x", "EventBusName": "arn:aws:events:r:1:event-bus/b"});
        check(
            "AWSEvents",
            "PutRule",
            &of_bus,
            &[("events:PutRule", "arn:aws:events:r:1:rule/b/x")],
        );
        let bus = [("events:DeleteEventBus", "arn:aws:events:r:1:event-bus/b")];
        check("AWSEvents", "DeleteEventBus", &json!({"Name": "b"}), &bus);
        let arn = "arn:aws:lambda:r:1:function:f";
        check("Lambda", "Invoke", &json!("f"), &[("lambda:InvokeFunction", arn)]);
        check("Lambda", "Invoke", &json!(arn), &[("lambda:InvokeFunction", arn)]);
        check("Lambda", "GetFunction", &json!("f"), &[("lambda:GetFunction", arn)]);
        check("Lambda", "ListFunctions", &json!(""), &[("lambda:ListFunctions", "*")]);
        let below = [("ssm:GetParametersByPath", "arn:aws:ssm:r:1:parameter/shop")];
        check("AmazonSSM", "GetParametersByPath", &json!({"Path": "/shop"}), &below);
        let of_form = |form: &str, expected| check("SNS", "", &json!(form), expected);
        of_form("Action=PublishBatch&TopicArn=t", &[("sns:Publish", "t")]);
        of_form("Action=ListTopics", &[("sns:ListTopics", "*")]);
        of_form("Action=CreateTopic&Name=n", &[("sns:CreateTopic", "arn:aws:sns:r:1:n")]);
        of_form("Action=GetTopicAttributes&TopicArn=t", &[("sns:GetTopicAttributes", "t")]);
    }
}
