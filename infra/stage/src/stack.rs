//! The stack that a stage is, as CloudFormation describes it: enough for tools that find the parts of a system by the
//! outputs of its stack.
//!
//! Knows two actions, `DescribeStacks` and `ListStackResources`, and one stack, its own, which is complete as soon as it can be asked. Nothing is
//! created, changed or removed here, and parameters and tags are not told.

use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Response, StatusCode};
use indexmap::IndexMap;

use crate::query::{escaped, field, refused, xml};
use crate::template::Plan;

/// A stack with its outputs.
#[derive(Debug, Clone)]
pub(crate) struct Stack {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) outputs: Arc<RwLock<IndexMap<String, String>>>,
    pub(crate) plan: Arc<RwLock<Plan>>,
}

impl Stack {
    /// Answers a request of the query protocol.
    pub(crate) fn handle(&self, body: &[u8]) -> Response<Full<Bytes>> {
        let form = String::from_utf8_lossy(body);
        match field(&form, "Action").as_deref() {
            Some("DescribeStacks" | "ListStackResources") => {}
            other => {
                let action = other.unwrap_or("a request without an action");
                let message = format!(
                    "the stage supports only DescribeStacks and ListStackResources, not {action}"
                );
                return refused("InvalidAction", &message);
            }
        }
        match field(&form, "StackName") {
            Some(name) if !self.is_named(&name) => {
                refused("ValidationError", &format!("Stack with id {name} does not exist"))
            }
            _ if form.contains("Action=ListStackResources") => {
                xml(StatusCode::OK, self.resources())
            }
            _ => xml(StatusCode::OK, self.described()),
        }
    }

    /// What stands, by logical id. What is inert has no physical id.
    fn resources(&self) -> String {
        let plan = self.plan.read().unwrap_or_else(PoisonError::into_inner);
        let mut members = String::new();
        let mut list = |id: &str, physical: &str, kind: &str| {
            let (id, physical) = (escaped(id), escaped(physical));
            members.push_str(&format!(
                "<member><LogicalResourceId>{id}</LogicalResourceId><PhysicalResourceId>{physical}\
                 </PhysicalResourceId><ResourceType>{kind}</ResourceType>\
                 <ResourceStatus>CREATE_COMPLETE</ResourceStatus>\
                 <LastUpdatedTimestamp>1970-01-01T00:00:00Z</LastUpdatedTimestamp></member>"
            ));
        };
        plan.apis.iter().for_each(|one| list(&one.id, &one.api_id, "AWS::ApiGateway::RestApi"));
        plan.functions.iter().for_each(|one| list(&one.id, &one.name, "AWS::Lambda::Function"));
        plan.tables.iter().for_each(|one| list(&one.id, &one.name, "AWS::DynamoDB::Table"));
        plan.queues.iter().for_each(|one| list(&one.id, &one.url, "AWS::SQS::Queue"));
        plan.buses.iter().for_each(|one| list(&one.id, &one.name, "AWS::Events::EventBus"));
        plan.rules.iter().for_each(|one| list(&one.id, &one.name, "AWS::Events::Rule"));
        plan.inert.iter().for_each(|one| list(&one.id, "", &one.kind));
        format!(
            "<ListStackResourcesResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\">\
             <ListStackResourcesResult><StackResourceSummaries>{members}</StackResourceSummaries>\
             </ListStackResourcesResult><ResponseMetadata><RequestId>local</RequestId></ResponseMetadata>\
             </ListStackResourcesResponse>"
        )
    }

    fn is_named(&self, name: &str) -> bool {
        name == self.name || name == self.id
    }

    fn described(&self) -> String {
        let mut outputs = String::new();
        let known = self.outputs.read().unwrap_or_else(PoisonError::into_inner);
        for (key, value) in known.iter() {
            let (key, value) = (escaped(key), escaped(value));
            outputs.push_str(&format!(
                "<member><OutputKey>{key}</OutputKey><OutputValue>{value}</OutputValue></member>"
            ));
        }
        format!(
            "<DescribeStacksResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\">\
             <DescribeStacksResult><Stacks><member>\
             <StackId>{}</StackId><StackName>{}</StackName><StackStatus>CREATE_COMPLETE</StackStatus>\
             <CreationTime>1970-01-01T00:00:00Z</CreationTime><Outputs>{outputs}</Outputs>\
             </member></Stacks></DescribeStacksResult>\
             <ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></DescribeStacksResponse>",
            escaped(&self.id),
            escaped(&self.name),
        )
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;

    use super::*;

    /// Status and text of the answer to a form.
    async fn ask(form: &str) -> (u16, String) {
        let outputs = [("ApiUrl".to_owned(), "http://127.0.0.1:3000/dev?a&b".to_owned())];
        let outputs = Arc::new(RwLock::new(outputs.into_iter().collect()));
        let id = "arn:aws:cloudformation:us-east-1:000000000000:stack/shop/local".to_owned();
        let queue = crate::template::Queue {
            id: "Orders".to_owned(),
            name: "shop-Orders".to_owned(),
            arn: String::new(),
            url: "http://q".to_owned(),
            attributes: [].into(),
            dead_letter: None,
            kms_key: None,
        };
        let mut plan = Plan::default();
        plan.queues.push(queue);
        let plan = Arc::new(RwLock::new(plan));
        let stack = Stack { name: "shop".to_owned(), id, outputs, plan };
        let (head, body) = stack.handle(form.as_bytes()).into_parts();
        let Ok(body) = body.collect().await;
        (head.status.as_u16(), String::from_utf8_lossy(&body.to_bytes()).into_owned())
    }

    #[tokio::test]
    async fn the_stack_is_described_by_name_by_arn_and_without() {
        let arn = "arn%3Aaws%3Acloudformation%3Aus-east-1%3A000000000000%3Astack%2Fshop%2Flocal";
        for name in ["", "&StackName=shop", &format!("&StackName={arn}")] {
            let (status, text) =
                ask(&format!("Action=DescribeStacks&Version=2010-05-15{name}")).await;
            assert_eq!(status, 200, "{name}: {text}");
            assert!(text.contains("<StackName>shop</StackName>"), "{text}");
            assert!(text.contains("<OutputKey>ApiUrl</OutputKey>"), "{text}");
            assert!(text.contains("3000/dev?a&amp;b</OutputValue>"), "{text}");
        }
    }

    #[tokio::test]
    async fn resources_are_listed_with_their_physical_ids() {
        let (status, text) = ask("Action=ListStackResources&StackName=shop").await;
        assert_eq!(status, 200);
        assert!(text.contains("<LogicalResourceId>Orders</LogicalResourceId>"), "{text}");
        assert!(text.contains("<PhysicalResourceId>http://q</PhysicalResourceId>"), "{text}");
    }

    #[tokio::test]
    async fn what_is_not_there_is_named() {
        let (status, text) = ask("Action=DescribeStacks&StackName=other").await;
        assert_eq!(status, 400);
        assert!(text.contains("Stack with id other does not exist"), "{text}");
        let (status, text) = ask("Action=DeleteStack&StackName=shop").await;
        assert_eq!(status, 400);
        assert!(text.contains("InvalidAction") && text.contains("DeleteStack"), "{text}");
    }
}
