//! The permissions that SAM gives what invokes a function: APIs, rules, topics, authorizers, and anybody by its URL.

use super::Output;
use super::function::Invoked;
use super::nodes::{Map, substituted};
use crate::template::Resource;
use crate::template::syntax::Node;

/// Lets a service invoke a function, where `source` is the ARN of what it asks for.
pub(super) fn allow(
    id: String,
    function: Node,
    service: &str,
    source: Node,
    from: &Resource,
    output: &mut Output,
) {
    let line = source.line;
    let properties = [
        ("Action", Node::text(line, "lambda:InvokeFunction")),
        ("FunctionName", function),
        ("Principal", Node::text(line, service)),
        ("SourceArn", source),
    ];
    output.add(id, "AWS::Lambda::Permission", from, line, named(properties));
}

/// Lets a route of an API invoke a function.
pub(super) fn allow_route(
    place: (&str, &str),
    invoked: Invoked<'_>,
    route: (&str, &str),
    line: usize,
    from: &Resource,
    output: &mut Output,
) {
    let ((id, api), (method, path)) = (place, route);
    let method = match method.to_ascii_uppercase().as_str() {
        "ANY" | "*" | "X-AMAZON-APIGATEWAY-ANY-METHOD" => "*".to_owned(),
        other => other.to_owned(),
    };
    let segment = |part: &str| if part.starts_with('{') { "*".to_owned() } else { part.to_owned() };
    let path: Vec<String> = path.split('/').map(segment).collect();
    let route = match path.join("/").as_str() {
        "$default" => "$default".to_owned(),
        path => format!("{method}{path}"),
    };
    let source = of_api(line, api, &format!("*/{route}"));
    allow(id.to_owned(), invoked.name(line), API, source, from, output);
}

/// Lets an authorizer of an API invoke its function.
pub(super) fn allow_authorizer(
    place: (&str, &str),
    function: Node,
    from: &Resource,
    output: &mut Output,
) {
    let (id, api) = place;
    let source = of_api(function.line, &id_of_api(api, None), "authorizers/*");
    allow(id.to_owned(), function, API, source, from, output);
}

/// Lets anybody invoke a function by its URL, which takes two permissions.
pub(super) fn allow_public(
    invoked: Invoked<'_>,
    line: usize,
    from: &Resource,
    output: &mut Output,
) {
    for (id, action, condition, value) in [
        ("UrlPublicPermissions", "lambda:InvokeFunctionUrl", "FunctionUrlAuthType", "NONE"),
        ("URLInvokeAllowPublicAccess", "lambda:InvokeFunction", "InvokedViaFunctionUrl", "true"),
    ] {
        let properties = [
            ("Action", Node::text(line, action)),
            ("FunctionName", invoked.name(line)),
            ("Principal", Node::text(line, "*")),
            (condition, Node::text(line, value)),
        ];
        let id = format!("{}{id}", invoked.function);
        output.add(id, "AWS::Lambda::Permission", from, line, named(properties));
    }
}

const API: &str = "apigateway.amazonaws.com";

/// The ARN of what is below an API.
pub(super) fn of_api(line: usize, api: &str, rest: &str) -> Node {
    let arn = format!(
        "arn:${{AWS::Partition}}:execute-api:${{AWS::Region}}:${{AWS::AccountId}}:{api}/{rest}"
    );
    substituted(line, arn)
}

/// The id of an API as a part of `Fn::Sub`. As SAM does, one that an event names without `Ref` is its id as it is written,
/// which is not that of the API.
pub(super) fn id_of_api(id: &str, written: Option<&Node>) -> String {
    match written.and_then(Node::as_str) {
        Some(written) => written.to_owned(),
        None => format!("${{{id}}}"),
    }
}

fn named<const N: usize>(properties: [(&str, Node); N]) -> Map {
    properties.into_iter().map(|(name, node)| (name.to_owned(), node)).collect()
}
