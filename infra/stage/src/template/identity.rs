//! What a resource answers to `Ref` and `Fn::GetAtt`: names, ARNs and URLs.
//!
//! One table of what identifies which type; a type that is not in it has a name and, if asked, an ARN of no
//! meaning, which is enough for what the stage knowingly leaves inert.

use super::error::Fault;
use super::evaluate::Evaluator;
use super::resources::NESTED;
use super::syntax::Node;
use super::{Resource, Template};
use crate::account::STREAM_LABEL;

/// The property that holds a resource's name, by type.
const NAMED_BY: [(&str, &str); 22] = [
    ("AWS::ApiGateway::Model", "Name"),
    ("AWS::ApiGateway::Stage", "StageName"),
    ("AWS::ApiGatewayV2::Stage", "StageName"),
    ("AWS::CloudWatch::Alarm", "AlarmName"),
    ("AWS::CloudWatch::Dashboard", "DashboardName"),
    ("AWS::DynamoDB::GlobalTable", "TableName"),
    ("AWS::DynamoDB::Table", "TableName"),
    ("AWS::Events::Archive", "ArchiveName"),
    ("AWS::Events::EventBus", "Name"),
    ("AWS::Events::Rule", "Name"),
    ("AWS::IAM::ManagedPolicy", "ManagedPolicyName"),
    ("AWS::IAM::Role", "RoleName"),
    ("AWS::Lambda::Function", "FunctionName"),
    ("AWS::Lambda::LayerVersion", "LayerName"),
    ("AWS::Logs::LogGroup", "LogGroupName"),
    ("AWS::Pipes::Pipe", "Name"),
    ("AWS::SNS::Topic", "TopicName"),
    ("AWS::SQS::Queue", "QueueName"),
    ("AWS::SSM::Parameter", "Name"),
    ("AWS::Scheduler::Schedule", "Name"),
    ("AWS::SecretsManager::Secret", "Name"),
    ("AWS::Scheduler::ScheduleGroup", "Name"),
];

/// The longest name of a type, for those whose names are made of a stack and a logical id.
const LONGEST: [(&str, u32); 6] = [
    ("AWS::Events::Rule", limits::EVENT_RULE_NAME),
    ("AWS::IAM::Role", limits::IAM_ROLE_NAME),
    ("AWS::Lambda::Function", limits::LAMBDA_NAME),
    ("AWS::Pipes::Pipe", limits::PIPE_NAME),
    ("AWS::SQS::Queue", limits::SQS_QUEUE_NAME),
    ("AWS::Scheduler::Schedule", limits::SCHEDULE_NAME),
];

/// The property that names a resource, where it is given.
fn naming(resource: &Resource) -> Option<(&'static str, &Node)> {
    let (_, property) = NAMED_BY.iter().find(|(kind, _)| *kind == resource.kind)?;
    Some((property, resource.property(property)?))
}

impl<'t> Evaluator<'t> {
    /// The physical name of a resource: what its naming property says, or one made of stack and logical id.
    pub(super) fn name(&mut self, id: &str) -> Result<String, Fault> {
        if let Some(known) = self.names.get(id) {
            return Ok(known.clone());
        }
        let template = self.template;
        let Some(resource) = template.resources.get(id) else {
            return Err(Fault::new(
                "template",
                format!("the parameter or resource `{id}` does not exist"),
            ));
        };
        let name = self.guarded(id, |this| this.make_name(id, resource))?;
        self.names.insert(id.to_owned(), name.clone());
        Ok(name)
    }

    /// What is wrong with the name that a resource is given: it is no text.
    pub(super) fn misnamed(&mut self, resource: &Resource) -> Option<Fault> {
        let (property, node) = naming(resource)?;
        let given = self.evaluate(node).ok()??;
        let kind = given.kind();
        given.to_text().is_none().then(|| {
            let message = format!("property `{property}` must be a string, not {kind}");
            Fault::new("template", message).at(node.line)
        })
    }

    fn make_name(&mut self, id: &str, resource: &Resource) -> Result<String, Fault> {
        if let Some(condition) = &resource.condition
            && !self.condition(condition)?
        {
            let message =
                format!("`{id}` does not exist, because its condition `{condition}` is false");
            return Err(Fault::new("template", message));
        }
        if matches!(
            resource.kind.as_str(),
            "AWS::ApiGateway::RestApi" | "AWS::ApiGatewayV2::Api" | "AWS::Lambda::Url"
        ) {
            return Ok(api_id(&self.surroundings.stack, id));
        }
        if resource.kind == "AWS::Cognito::UserPool" {
            return Ok(format!(
                "{}_{}",
                self.surroundings.region,
                &api_id(&self.surroundings.stack, id)[..9]
            ));
        }
        let given = match naming(resource) {
            Some((_, node)) => self.evaluate(node)?.as_ref().and_then(Node::to_text),
            None => None,
        };
        if let Some(name) = given {
            return Ok(name);
        }
        let flag = match resource.kind.as_str() {
            "AWS::SQS::Queue" => Some("FifoQueue"),
            "AWS::SNS::Topic" => Some("FifoTopic"),
            _ => None,
        };
        let is_fifo = match flag.and_then(|flag| resource.property(flag)) {
            Some(node) => {
                self.evaluate(node)?.and_then(|node| node.to_text()).as_deref() == Some("true")
            }
            None => false,
        };
        let suffix = if is_fifo { ".fifo" } else { "" };
        let longest = LONGEST.iter().find(|(kind, _)| *kind == resource.kind);
        let most = longest.map_or(usize::MAX, |(_, most)| *most as usize - suffix.len());
        Ok(made_name(&self.surroundings.stack, id, most) + suffix)
    }

    /// `Ref` of a resource.
    pub(super) fn resource_reference(&mut self, id: &str) -> Result<String, Fault> {
        let name = self.name(id)?;
        let around = self.surroundings;
        Ok(match self.kind(id) {
            "AWS::SQS::Queue" => around.queue_url(&name),
            NESTED => around.stack_id_of(&name),
            "AWS::SNS::Topic" => around.arn("sns", &name),
            "AWS::SecretsManager::Secret" => around.secret_arn(&name),
            "AWS::Lambda::LayerVersion" => around.arn("lambda", &format!("layer:{name}:1")),
            "AWS::Lambda::Version" => self.qualified_arn(id, "1")?,
            "AWS::Lambda::Alias" => self.alias_arn(id)?,
            "AWS::IAM::ManagedPolicy" => around.global_arn("iam", &format!("policy/{name}")),
            _ => name,
        })
    }

    /// `Fn::GetAtt` of a resource.
    pub(super) fn resource_attribute(
        &mut self,
        id: &str,
        attribute: &str,
    ) -> Result<String, Fault> {
        let name = self.name(id)?;
        let kind = self.kind(id);
        if kind == NESTED
            && let Some(output) = attribute.strip_prefix("Outputs.")
        {
            return self.nested_output(id, output);
        }
        let around = self.surroundings;
        let arn = match kind {
            "AWS::DynamoDB::Table" | "AWS::DynamoDB::GlobalTable" => {
                around.arn("dynamodb", &format!("table/{name}"))
            }
            "AWS::Cognito::UserPool" => around.arn("cognito-idp", &format!("userpool/{name}")),
            "AWS::Events::Archive" => around.arn("events", &format!("archive/{name}")),
            "AWS::Events::EventBus" => around.arn("events", &format!("event-bus/{name}")),
            "AWS::Events::Rule" => self.rule_arn(id, &name)?,
            "AWS::IAM::Role" => around.global_arn("iam", &format!("role/{name}")),
            "AWS::Lambda::Function" => around.arn("lambda", &format!("function:{name}")),
            "AWS::Lambda::LayerVersion" | "AWS::Lambda::Version" | "AWS::Lambda::Alias" => {
                self.resource_reference(id)?
            }
            "AWS::Pipes::Pipe" => around.arn("pipes", &format!("pipe/{name}")),
            "AWS::Scheduler::Schedule" => {
                around.arn("scheduler", &format!("schedule/default/{name}"))
            }
            "AWS::Scheduler::ScheduleGroup" => {
                around.arn("scheduler", &format!("schedule-group/{name}"))
            }
            "AWS::Logs::LogGroup" => around.arn("logs", &format!("log-group:{name}:*")),
            "AWS::CloudWatch::Alarm" => around.arn("cloudwatch", &format!("alarm:{name}")),
            "AWS::SQS::Queue" => around.arn("sqs", &name),
            "AWS::SNS::Topic" => around.arn("sns", &name),
            _ => around.arn("cloudformation", &format!("{kind}/{name}")),
        };
        match (kind, attribute) {
            ("AWS::SNS::Topic", "TopicArn")
            | ("AWS::Lambda::Version", "FunctionArn")
            | ("AWS::Lambda::Alias", "AliasArn")
            | ("AWS::Lambda::LayerVersion", "LayerVersionArn")
            | (_, "Arn") => Ok(arn),
            ("AWS::ApiGatewayV2::Api", "ApiEndpoint") => Ok(around.endpoint_of(&name)),
            ("AWS::Lambda::Url", "FunctionUrl") => Ok(format!("{}/", around.endpoint_of(&name))),
            ("AWS::ApiGatewayV2::Api", "ApiId")
            | ("AWS::ApiGatewayV2::Integration", "IntegrationId")
            | ("AWS::ApiGatewayV2::Route", "RouteId")
            | ("AWS::ApiGatewayV2::Authorizer", "AuthorizerId") => Ok(name),
            ("AWS::DynamoDB::Table" | "AWS::DynamoDB::GlobalTable", "StreamArn") => {
                Ok(format!("{arn}/stream/{STREAM_LABEL}"))
            }
            ("AWS::Cognito::UserPool", "ProviderName") => {
                Ok(format!("cognito-idp.{}.amazonaws.com/{name}", around.region))
            }
            ("AWS::Cognito::UserPool", "ProviderURL") => {
                Ok(format!("https://cognito-idp.{}.amazonaws.com/{name}", around.region))
            }
            ("AWS::Cognito::UserPool", "UserPoolId")
            | ("AWS::Cognito::UserPoolClient", "ClientId") => Ok(name),
            ("AWS::Lambda::Version", "Version") => Ok("1".to_owned()),
            ("AWS::SecretsManager::Secret", "Id") => Ok(around.secret_arn(&name)),
            ("AWS::SSM::Parameter", "Value") => self.property_text(id, "Value"),
            ("AWS::SSM::Parameter", "Type") => self.property_text(id, "Type"),
            ("AWS::ApiGateway::RestApi", "RootResourceId") => Ok(format!("{name}root")),
            ("AWS::SQS::Queue", "QueueUrl") => Ok(around.queue_url(&name)),
            ("AWS::SQS::Queue", "QueueName")
            | ("AWS::Events::EventBus", "Name")
            | ("AWS::ApiGateway::RestApi", "RestApiId")
            | ("AWS::SNS::Topic", "TopicName")
            | ("AWS::ApiGateway::Deployment", "DeploymentId")
            | ("AWS::ApiGateway::Resource", "ResourceId")
            | ("AWS::ApiGateway::Authorizer", "AuthorizerId")
            | ("AWS::ApiGateway::RequestValidator", "RequestValidatorId")
            | ("AWS::ApiGateway::ApiKey", "APIKeyId")
            | ("AWS::Lambda::EventSourceMapping", "Id")
            | ("AWS::IAM::Role", "RoleId") => Ok(name),
            // What is left out is still referred to.
            _ if around.allow_inert => Ok(format!("{name}-{attribute}")),
            _ => Err(Fault::new(
                "template",
                format!("`{id}` ({kind}) has no attribute `{attribute}` on the stage"),
            )),
        }
    }

    /// The text of a property of a resource; empty where it has none.
    fn property_text(&mut self, id: &str, name: &str) -> Result<String, Fault> {
        let template = self.template;
        let node = template.resources.get(id).and_then(|resource| resource.property(name));
        node.map_or(Ok(String::new()), |node| self.text(name, node))
    }

    /// The ARN of a version or alias of a function.
    fn qualified_arn(&mut self, id: &str, qualifier: &str) -> Result<String, Fault> {
        let function = self.property_text(id, "FunctionName")?;
        let name = function.split_once(":function:").map_or(function.as_str(), |(_, name)| name);
        let name = name.split(':').next().unwrap_or_default();
        Ok(self.surroundings.arn("lambda", &format!("function:{name}:{qualifier}")))
    }

    fn alias_arn(&mut self, id: &str) -> Result<String, Fault> {
        let alias = self.property_text(id, "Name")?;
        self.qualified_arn(id, &alias)
    }

    /// A rule's ARN names its bus, unless it is the default one.
    fn rule_arn(&mut self, id: &str, name: &str) -> Result<String, Fault> {
        let template = self.template;
        let bus = template.resources.get(id).and_then(|resource| resource.property("EventBusName"));
        let bus = match bus {
            Some(node) => self.text("EventBusName", node)?,
            None => "default".to_owned(),
        };
        let bus = bus.rsplit('/').next().unwrap_or_default();
        let path =
            if bus == "default" { format!("rule/{name}") } else { format!("rule/{bus}/{name}") };
        Ok(self.surroundings.arn("events", &path))
    }

    fn kind(&self, id: &str) -> &'t str {
        let template: &'t Template = self.template;
        template.resources.get(id).map_or("", |resource| resource.kind.as_str())
    }
}

/// A name that no other logical id has, cut where it would be too long, as CloudFormation does.
fn made_name(stack: &str, id: &str, most: usize) -> String {
    let whole = format!("{stack}-{id}");
    if whole.chars().count() <= most {
        return whole;
    }
    let digest = api_id(stack, id);
    let kept: String = whole.chars().take(most - digest.len() - 1).collect();
    format!("{kept}-{digest}")
}

/// An id in the form of a REST API's: ten lower-case letters and digits, the same on every run.
fn api_id(stack: &str, logical_id: &str) -> String {
    let digest = md5::compute(format!("{stack}/{logical_id}"));
    format!("{digest:x}").chars().take(10).collect()
}
