//! Policies of queues, topics, buses, functions and REST APIs.
//!
//! Most stages never ask what a policy allows, so nothing here is a fault: what cannot be read is noted, and refused where
//! permissions are enforced. A queue has its policy as an attribute, as on AWS.

use serde_json::{Value, json};

use super::{function_name, last_part};
use crate::template::Resource;
use crate::template::evaluate::Evaluator;
use crate::template::plan::{Plan, ResourcePolicy};
use crate::template::syntax::Node;

/// Reads the policy of queues, topics, a bus or a function.
pub(super) fn policy(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) {
    let mut properties = Read { resource, evaluator };
    let (of, document) = match resource.kind.as_str() {
        "AWS::SQS::QueuePolicy" => (properties.texts("Queues"), properties.json("PolicyDocument")),
        "AWS::SQS::QueueInlinePolicy" => {
            (properties.one("Queue"), properties.json("PolicyDocument"))
        }
        "AWS::SNS::TopicInlinePolicy" => {
            (properties.one("TopicArn"), properties.json("PolicyDocument"))
        }
        "AWS::SNS::TopicPolicy" => (properties.texts("Topics"), properties.json("PolicyDocument")),
        "AWS::Lambda::Permission" => properties.of_function(),
        _ => properties.of_bus(),
    };
    for named in of {
        let mut resource = named;
        if let Some(queue) = plan.queues.iter_mut().find(|queue| queue.url == resource) {
            resource.clone_from(&queue.arn);
            if let Ok(document) = &document {
                queue.attributes.insert("Policy".to_owned(), document.to_string());
            }
        }
        let document = document.clone();
        plan.resource_policies.push(ResourcePolicy { id: id.to_owned(), resource, document });
    }
}

/// Reads the policy that a bus holds itself.
pub(super) fn of_bus(
    id: &str,
    resource: &Resource,
    plan: &mut Plan,
    evaluator: &mut Evaluator<'_>,
) {
    let mut properties = Read { resource, evaluator };
    if resource.property("Policy").is_some() {
        let document = properties.json("Policy").map(in_a_policy);
        let Ok(arn) = evaluator.resource_attribute(id, "Arn") else { return };
        plan.resource_policies.push(ResourcePolicy { id: id.to_owned(), resource: arn, document });
    }
}

/// Reads the policy of a REST API; none where it is empty.
///
/// **Source**: API Gateway Developer Guide, "API Gateway resource policy examples": `execute-api:/stage/GET/path` is short
/// for the ARN.
pub(super) fn of_api(id: &str, resource: String, policy: Node) -> Option<ResourcePolicy> {
    let document = policy.read_text().to_json();
    let Value::Object(mut document) = document else {
        let document = Err("`Policy` must be an object".to_owned());
        return Some(ResourcePolicy { id: id.to_owned(), resource, document });
    };
    let in_full = |named: &mut Value| {
        let path = named.as_str().and_then(|named| named.strip_prefix("execute-api:/"));
        if let Some(path) = path {
            *named = format!("{resource}/{path}").into();
        }
    };
    let statements = match document.get_mut("Statement")? {
        Value::Array(statements) => statements.as_mut_slice(),
        one => std::slice::from_mut(one),
    };
    for statement in statements {
        for key in ["Resource", "NotResource"] {
            match statement.get_mut(key) {
                Some(Value::Array(all)) => all.iter_mut().for_each(in_full),
                Some(one) => in_full(one),
                None => {}
            }
        }
    }
    let document = Ok(Value::Object(document));
    Some(ResourcePolicy { id: id.to_owned(), resource, document })
}

struct Read<'r, 'e, 't> {
    resource: &'r Resource,
    evaluator: &'e mut Evaluator<'t>,
}

impl Read<'_, '_, '_> {
    fn json(&mut self, property: &str) -> Result<Value, String> {
        match self.resource.property(property).map(|node| self.evaluator.evaluate(node)) {
            Some(Ok(Some(node))) => Ok(node.read_text().to_json()),
            Some(Err(fault)) => Err(fault.message),
            _ => Ok(Value::Null),
        }
    }

    fn text(&mut self, property: &str) -> Option<String> {
        self.json(property).ok()?.as_str().map(str::to_owned)
    }

    fn one(&mut self, property: &str) -> Vec<String> {
        self.text(property).into_iter().collect()
    }

    fn texts(&mut self, property: &str) -> Vec<String> {
        let list = self.json(property).unwrap_or_default();
        let list = list.as_array().cloned().unwrap_or_default();
        list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// The ARN of the bus, and a policy of the one statement.
    fn of_bus(&mut self) -> (Vec<String>, Result<Value, String>) {
        let name = self.text("EventBusName").unwrap_or_else(|| "default".to_owned());
        let name = last_part(&name).trim_start_matches("event-bus/").to_owned();
        let arn = self.evaluator.surroundings.arn("events", &format!("event-bus/{name}"));
        let document = self.statement(&arn).map(in_a_policy);
        (vec![arn], document)
    }

    /// The ARN of a function, and a policy of the one statement. Every version and alias is the same code here, so its
    /// permissions are the function's.
    fn of_function(&mut self) -> (Vec<String>, Result<Value, String>) {
        let named = self.text("FunctionName").unwrap_or_default();
        let name = function_name(&named).split(':').next().unwrap_or_default().to_owned();
        let arn = self.evaluator.surroundings.arn("lambda", &format!("function:{name}"));
        let document = self.permission(&arn).map(in_a_policy);
        (vec![arn], document)
    }

    fn permission(&mut self, arn: &str) -> Result<Value, String> {
        let principal = match self.json("Principal")? {
            Value::String(name) if name.ends_with(".amazonaws.com") => json!({ "Service": name }),
            Value::String(name) if name != "*" => json!({ "AWS": name }),
            other => other,
        };
        let mut conditions = json!({});
        for (property, operator, key) in [
            ("SourceArn", "ArnLike", "AWS:SourceArn"),
            ("SourceAccount", "StringEquals", "AWS:SourceAccount"),
            ("FunctionUrlAuthType", "StringEquals", "lambda:FunctionUrlAuthType"),
            ("InvokedViaFunctionUrl", "Bool", "lambda:InvokedViaFunctionUrl"),
        ] {
            let value = self.json(property)?;
            if !value.is_null() {
                conditions[operator][key] = value;
            }
        }
        Ok(json!({
            "Effect": "Allow", "Action": self.json("Action")?, "Principal": principal, "Resource": arn,
            "Condition": conditions,
        }))
    }

    fn statement(&mut self, arn: &str) -> Result<Value, String> {
        let whole = self.json("Statement")?;
        if !whole.is_null() {
            return Ok(whole);
        }
        // An account is written as its number alone.
        let principal = match self.json("Principal")? {
            Value::String(account) if account != "*" => json!({ "AWS": account }),
            other => other,
        };
        let mut statement = json!({
            "Effect": "Allow", "Action": self.json("Action")?, "Principal": principal, "Resource": arn,
        });
        let condition = self.json("Condition")?;
        if let (Some(kind), Some(key)) = (condition["Type"].as_str(), condition["Key"].as_str()) {
            statement["Condition"] = json!({ kind: { key: condition["Value"] } });
        }
        Ok(statement)
    }
}

/// A bus holds a whole policy, or a statement alone.
fn in_a_policy(document: Value) -> Value {
    if document.get("Statement").is_some() { document } else { json!({ "Statement": [document] }) }
}
