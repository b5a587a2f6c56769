//! The stacks of a stage, as CloudFormation describes them: enough for tools that find the parts of a system by its stack.
//!
//! Knows the stacks of all templates and those that are nested in them, which are complete as soon as they can be asked.
//! Nothing is created, changed or removed here, and tags are not told.

use std::sync::{Arc, PoisonError, RwLock};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Response, StatusCode};

use crate::query::{escaped, field, refused, xml};
use crate::template::{Plan, Stack, StackResource};

/// Everything local exists from the start.
const CREATED: &str = "1970-01-01T00:00:00Z";
const COMPLETE: &str = "CREATE_COMPLETE";

/// Answers questions about stacks.
#[derive(Debug, Clone)]
pub(crate) struct CloudFormation {
    plan: Arc<RwLock<Plan>>,
}

/// An answer, or the code and message of an error.
type Answer = Result<String, (&'static str, String)>;

impl CloudFormation {
    /// Knows the stacks of a plan.
    pub(crate) fn of(plan: Arc<RwLock<Plan>>) -> Self {
        Self { plan }
    }

    /// Answers a request of the query protocol.
    pub(crate) fn handle(&self, body: &[u8]) -> Response<Full<Bytes>> {
        let form = String::from_utf8_lossy(body);
        let plan = self.plan.read().unwrap_or_else(PoisonError::into_inner);
        let action = field(&form, "Action");
        let result = match action.as_deref() {
            Some("DescribeStacks") => describe_stacks(&plan, &form),
            Some("ListStacks") => Ok(list_stacks(&plan)),
            Some("ListExports") => Ok(list_exports(&plan)),
            Some("ListStackResources") => list_resources(&plan, &form),
            Some("DescribeStackResources") => describe_resources(&plan, &form),
            Some("DescribeStackResource") => describe_resource(&plan, &form),
            other => Err((
                "InvalidAction",
                format!(
                    "the stage supports only DescribeStacks, ListStacks, ListExports, ListStackResources, \
                     DescribeStackResource and DescribeStackResources, not {}",
                    other.unwrap_or("a request without an action")
                ),
            )),
        };
        match result {
            Ok(result) => xml(StatusCode::OK, answer(&action.unwrap_or_default(), &result)),
            Err((code, message)) => refused(code, &message),
        }
    }
}

fn answer(action: &str, result: &str) -> String {
    format!(
        "<{action}Response xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\">\
         <{action}Result>{result}</{action}Result>\
         <ResponseMetadata><RequestId>local</RequestId></ResponseMetadata></{action}Response>"
    )
}

/// An element with a text.
fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escaped(text))
}

/// An element with a member for each text.
fn members(name: &str, each: impl Iterator<Item = String>) -> String {
    let each: String = each.map(|one| format!("<member>{one}</member>")).collect();
    format!("<{name}>{each}</{name}>")
}

fn named<'p>(plan: &'p Plan, form: &str) -> Result<&'p Stack, (&'static str, String)> {
    let Some(name) = field(form, "StackName") else {
        return Err(("ValidationError", "StackName must be specified".to_owned()));
    };
    let found = plan.stacks.iter().find(|stack| stack.name == name || stack.stack_id == name);
    found.ok_or_else(|| ("ValidationError", format!("Stack with id {name} does not exist")))
}

fn describe_stacks(plan: &Plan, form: &str) -> Answer {
    let stacks: Vec<&Stack> = match field(form, "StackName") {
        Some(_) => vec![named(plan, form)?],
        None => plan.stacks.iter().collect(),
    };
    Ok(members("Stacks", stacks.into_iter().map(|stack| described(plan, stack))))
}

/// What both a description and a summary of a stack say.
fn identified(plan: &Plan, stack: &Stack) -> String {
    let mut text = element("StackId", &stack.stack_id) + &element("StackName", &stack.name);
    text += &element("StackStatus", COMPLETE);
    text += &element("CreationTime", CREATED);
    let Some(parent) = &stack.parent else { return text };
    let mut root = parent;
    while let Some(above) = plan.stacks.iter().find(|one| one.stack_id == *root)
        && let Some(parent) = &above.parent
    {
        root = parent;
    }
    text + &element("ParentId", parent) + &element("RootId", root)
}

fn described(plan: &Plan, stack: &Stack) -> String {
    let parameters = stack
        .parameters
        .iter()
        .map(|(key, value)| element("ParameterKey", key) + &element("ParameterValue", value));
    let outputs = stack.outputs.iter().map(|(key, value)| {
        let export = stack.exports.iter().find(|(_, exported)| *exported == value);
        let export = export.map(|(name, _)| element("ExportName", name)).unwrap_or_default();
        element("OutputKey", key) + &element("OutputValue", value) + &export
    });
    identified(plan, stack) + &members("Parameters", parameters) + &members("Outputs", outputs)
}

fn list_stacks(plan: &Plan) -> String {
    members("StackSummaries", plan.stacks.iter().map(|stack| identified(plan, stack)))
}

fn list_exports(plan: &Plan) -> String {
    let exports = plan.stacks.iter().flat_map(|stack| {
        stack.exports.iter().map(|(name, value)| {
            element("ExportingStackId", &stack.stack_id)
                + &element("Name", name)
                + &element("Value", value)
        })
    });
    members("Exports", exports)
}

/// What every answer says of a resource.
fn resource(one: &StackResource) -> String {
    element("LogicalResourceId", &one.id)
        + &element("PhysicalResourceId", &one.physical_id)
        + &element("ResourceType", &one.kind)
        + &element("ResourceStatus", COMPLETE)
}

/// The same with the stack that has it.
fn resource_of(stack: &Stack, one: &StackResource) -> String {
    element("StackName", &stack.name) + &element("StackId", &stack.stack_id) + &resource(one)
}

fn list_resources(plan: &Plan, form: &str) -> Answer {
    let stack = named(plan, form)?;
    let each = stack.resources.iter();
    let each = each.map(|one| resource(one) + &element("LastUpdatedTimestamp", CREATED));
    Ok(members("StackResourceSummaries", each))
}

fn describe_resources(plan: &Plan, form: &str) -> Answer {
    let logical = field(form, "LogicalResourceId");
    // By a physical id, the whole stack to which the resource belongs is described.
    let stack = match field(form, "PhysicalResourceId") {
        Some(physical) => {
            let has =
                |stack: &&Stack| stack.resources.iter().any(|one| one.physical_id == physical);
            let none = || ("ValidationError", format!("Stack for {physical} does not exist"));
            plan.stacks.iter().find(has).ok_or_else(none)?
        }
        None => named(plan, form)?,
    };
    let is_asked = |one: &&StackResource| logical.as_ref().is_none_or(|id| one.id == *id);
    let each = stack.resources.iter().filter(is_asked);
    let each = each.map(|one| resource_of(stack, one) + &element("Timestamp", CREATED));
    Ok(members("StackResources", each))
}

fn describe_resource(plan: &Plan, form: &str) -> Answer {
    let stack = named(plan, form)?;
    let id = field(form, "LogicalResourceId").unwrap_or_default();
    let found = stack.resources.iter().find(|one| one.id == id).ok_or_else(|| {
        ("ValidationError", format!("Resource {id} does not exist for stack {}", stack.name))
    })?;
    let detail = resource_of(stack, found) + &element("LastUpdatedTimestamp", CREATED);
    Ok(format!("<StackResourceDetail>{detail}</StackResourceDetail>"))
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;

    use super::*;

    fn stack(name: &str, parent: Option<&str>) -> Stack {
        let queue = StackResource {
            id: "Orders".to_owned(),
            physical_id: format!("http://q/{name}-Orders"),
            kind: "AWS::SQS::Queue".to_owned(),
            line: 1,
        };
        Stack {
            name: name.to_owned(),
            stack_id: format!("arn:aws:cloudformation:us-east-1:000000000000:stack/{name}/1"),
            parent: parent.map(str::to_owned),
            prefix: String::new(),
            path: "template.yaml".into(),
            parameters: [("Size".to_owned(), "2".to_owned())].into(),
            outputs: [("ApiUrl".to_owned(), "http://127.0.0.1:3000/dev?a&b".to_owned())].into(),
            exports: [("url".to_owned(), "http://127.0.0.1:3000/dev?a&b".to_owned())].into(),
            resources: vec![queue],
        }
    }

    /// Status and text of the answer to a form.
    async fn ask(form: &str) -> (u16, String) {
        let parent = "arn:aws:cloudformation:us-east-1:000000000000:stack/shop/1";
        let stacks = vec![stack("shop", None), stack("shop-Data", Some(parent))];
        let mut plan = Plan::default();
        plan.stacks = stacks;
        let response = CloudFormation::of(Arc::new(RwLock::new(plan))).handle(form.as_bytes());
        let (head, body) = response.into_parts();
        let Ok(body) = body.collect().await;
        (head.status.as_u16(), String::from_utf8_lossy(&body.to_bytes()).into_owned())
    }

    #[tokio::test]
    async fn stacks_are_described_by_name_by_arn_and_all_together() {
        let arn = "arn%3Aaws%3Acloudformation%3Aus-east-1%3A000000000000%3Astack%2Fshop%2F1";
        for name in ["", "&StackName=shop", &format!("&StackName={arn}")] {
            let (status, text) = ask(&format!("Action=DescribeStacks{name}")).await;
            assert_eq!(status, 200, "{name}: {text}");
            assert!(text.contains("<StackName>shop</StackName>"), "{text}");
            assert_eq!(
                text.contains("<StackName>shop-Data</StackName>"),
                name.is_empty(),
                "{text}"
            );
            assert!(text.contains("<OutputKey>ApiUrl</OutputKey>"), "{text}");
            assert!(text.contains("3000/dev?a&amp;b</OutputValue><ExportName>url<"), "{text}");
            assert!(text.contains("<ParameterKey>Size</ParameterKey>"), "{text}");
        }
        let (_, text) = ask("Action=DescribeStacks&StackName=shop-Data").await;
        assert!(text.contains("stack/shop/1</RootId>"), "{text}");
        let (_, text) = ask("Action=ListStacks").await;
        assert_eq!(text.matches("<member>").count(), 2, "{text}");
        let (_, text) = ask("Action=ListExports").await;
        assert!(text.contains("<Name>url</Name>"), "{text}");
    }

    #[tokio::test]
    async fn resources_are_listed_with_their_physical_ids() {
        for form in [
            "Action=ListStackResources&StackName=shop",
            "Action=DescribeStackResources&StackName=shop",
            "Action=DescribeStackResources&PhysicalResourceId=http://q/shop-Orders",
            "Action=DescribeStackResource&StackName=shop&LogicalResourceId=Orders",
        ] {
            let (status, text) = ask(form).await;
            assert_eq!(status, 200, "{form}: {text}");
            assert!(text.contains("<LogicalResourceId>Orders</LogicalResourceId>"), "{text}");
            assert!(text.contains("<PhysicalResourceId>http://q/shop-Orders<"), "{text}");
        }
    }

    #[tokio::test]
    async fn what_is_not_there_is_named() {
        for (form, told) in [
            ("Action=DescribeStacks&StackName=other", "Stack with id other does not exist"),
            ("Action=ListStackResources", "StackName must be specified"),
            (
                "Action=DescribeStackResource&StackName=shop&LogicalResourceId=No",
                "Resource No does not exist for stack shop",
            ),
            ("Action=DescribeStackResources&PhysicalResourceId=x", "Stack for x does not exist"),
            ("Action=DeleteStack&StackName=shop", "DeleteStack"),
        ] {
            let (status, text) = ask(form).await;
            assert_eq!(status, 400);
            assert!(text.contains(told), "{text}");
        }
    }
}
