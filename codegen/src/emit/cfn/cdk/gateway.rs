//! The REST API: its document, deployment, stage, log, and the permissions to invoke functions.

use super::super::template::Template;
use super::super::value::Value;
use super::super::{gateway_responses, names, openapi};
use super::group::{Group, Member, imports};
use super::scope::Scope;
use super::ts::Ts;
use crate::model::{System, Trigger};
use crate::text::rendered;

/// The constructor's statements, which are the same for every system but for a few names.
#[derive(askama::Template)]
#[template(path = "cdk/gateway.ts", escape = "none")]
struct Statements {
    deployment: String,
    access_log_format: String,
    invoked: String,
}

/// The document's file.
#[derive(askama::Template)]
#[template(path = "cdk/api-document.ts", escape = "none")]
struct DocumentFile {
    imports: String,
    statement: String,
    /// The headers that every answer of the gateway's own has, besides its media type.
    headers: Vec<String>,
    /// Whether one of them says how callers may prove who they are.
    has_challenge: bool,
}

/// The API; none when no service has operations.
pub(super) fn gateway(system: &System, template: &Template, scope: &Scope) -> Option<Group> {
    let of_kind = |kind: &'static str| template.resources().find(move |one| one.kind == kind);
    let deployment = of_kind("AWS::ApiGateway::Deployment")?.id.clone();
    let stage = of_kind("AWS::ApiGateway::Stage")?;
    let format = match stage.properties.get("AccessLogSetting") {
        Some(Value::Map(log)) => log.get("Format").map(|format| scope.value(format).flat()),
        _ => None,
    };
    let authorizer = system.authorizer().map(|function| names::function_id(&function));
    let invoked = names::functions(system)
        .filter(|(_, function)| function.trigger == Trigger::Api)
        .map(|(_, function)| names::invoked_id(function))
        .chain(authorizer)
        .filter_map(|id| scope.construct(&id))
        .map(Ts::Code)
        .collect();
    let invoked = Ts::List(invoked).statement(4, "const invoked = ");
    let statements =
        Statements { deployment, access_log_format: format.unwrap_or_default(), invoked };
    let member = |id: &str, class, docs: &str| Member { id: id.into(), class, docs: docs.into() };
    Some(Group {
        class: "Gateway",
        docs: "The REST API of all services.",
        members: vec![
            member("Api", "apigateway.SpecRestApi", "The API."),
            member("ApiStage", "apigateway.Stage", "The stage of the API."),
            member(
                "ApiAccessLogGroup",
                "logs.LogGroup",
                "The access log, one line of JSON for each request.",
            ),
            member(
                "ApiExecutionLogGroup",
                "logs.LogGroup",
                "The execution log, with errors of the gateway.",
            ),
        ],
        statements: vec![rendered(&statements) + "\n"],
    })
}

/// `api-document.ts`
pub(super) fn document_file(system: &System, template: &Template, scope: &Scope) -> String {
    let integrations: Vec<_> = names::functions(system)
        .filter(|(_, function)| function.trigger == Trigger::Api)
        .filter_map(|(_, function)| {
            let construct = scope.construct(&names::invoked_id(function))?;
            let call = Ts::call("invoke", Ts::code(construct));
            Some((Value::Map(openapi::integration(function)), call))
        })
        .collect();
    let answers = gateway_responses::answers(system);
    let known = |value: &Value| {
        let integration = integrations.iter().find(|(one, _)| one == value);
        let answer = || {
            answers.iter().find(|one| one.is_problem && one.answer == *value).map(|one| {
                let status = Ts::code(one.status.to_string());
                let mut given = vec![status, Ts::text(one.title), Ts::text(one.detail)];
                given.extend(one.challenge.clone().map(Ts::text));
                Ts::Call("problem".into(), given)
            })
        };
        integration.map(|(_, call)| call.clone()).or_else(answer)
    };
    let mut resources = template.resources();
    let document = resources.find_map(|one| match one.kind {
        "AWS::ApiGateway::RestApi" => one.properties.get("Body"),
        _ => None,
    });
    let statement = document.map(|body| scope.value_with(body, &known).statement(2, "return "));
    let statement = statement.unwrap_or_default();
    let imports = imports("Aws Functions Settings lambda.", "");
    let headers = gateway_responses::cors_headers(system).into_iter().map(|(name, value)| {
        let name = format!("gatewayresponse.header.{name}");
        format!("{}: {}", Ts::text(name).flat(), Ts::text(value).flat())
    });
    let headers = headers.collect();
    let has_challenge = answers.iter().any(|one| one.is_problem && one.challenge.is_some());
    rendered(&DocumentFile { imports, statement, headers, has_challenge })
}
