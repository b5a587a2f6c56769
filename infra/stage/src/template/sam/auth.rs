//! Who may call a REST API: `Auth` of `AWS::Serverless::Api` as security schemes and requirements of its document.
//!
//! Defaults hold for every operation that says nothing itself, and for preflight requests too unless the template says
//! otherwise, as in AWS: a browser cannot pass an authorizer there.

use super::nodes::{Map, Part, entries, list, map};
use super::rest::each_branch;
use super::{Output, permissions};
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::syntax::{Node, Value};

/// What `Auth` may say.
const KNOWN: [&str; 9] = [
    "AddApiKeyRequiredToCorsPreflight",
    "AddDefaultAuthorizerToCorsPreflight",
    "ApiKeyRequired",
    "Authorizers",
    "DefaultAuthorizer",
    // The roles of APIs are not checked.
    "InvokeRole",
    "ResourcePolicy",
    "UsagePlan",
    // Read by the translator alone.
    "Condition",
];

/// Refuses what nobody reads.
pub(super) fn refuse_unknown(auth: &Map, part: &Part) -> Vec<Fault> {
    let unknown = auth.keys().filter(|name| !KNOWN.contains(&name.as_str()));
    let refuse = |name: &String| {
        part.fault(format!("property `Auth.{name}` is not supported by the stage"))
            .left_out_on_request()
    };
    unknown.map(refuse).collect()
}

/// Writes the authorizers into the document, and what each operation asks of its callers.
pub(super) fn authorize(auth: &Map, line: usize, body: &mut Map, paths: &mut Map) {
    let mut schemes = Map::new();
    for (name, written) in entries(auth.get("Authorizers")) {
        schemes.insert(name, authorizer(&entries(Some(&written)), written.line));
    }
    let key = [("type", "apiKey"), ("name", "x-api-key"), ("in", "header")];
    let key = map(line, key.map(|(name, text)| (name, Node::text(line, text))));
    schemes.insert("api_key".to_owned(), key);
    for path in paths.values_mut() {
        each_branch(path, &mut |operations| {
            for (method, operation) in operations.iter_mut() {
                let defaults = Defaults::of(auth, method);
                each_branch(operation, &mut |operation| guard(operation, &defaults, line));
            }
        });
    }
    let schemes = Node { line, value: Value::Map(schemes) };
    let components = body.entry("components".to_owned()).or_insert_with(|| map(line, []));
    if let Value::Map(components) = &mut components.value {
        let known = components.entry("securitySchemes".to_owned()).or_insert_with(|| map(line, []));
        if let (Value::Map(known), Value::Map(schemes)) = (&mut known.value, schemes.value) {
            known.extend(schemes);
        }
    }
}

/// Lets the API invoke the functions of its authorizers.
pub(super) fn allow(api: &str, auth: &Map, from: &Resource, output: &mut Output) {
    for (name, written) in entries(auth.get("Authorizers")) {
        let written = entries(Some(&written));
        let is_off = written.get("DisableFunctionDefaultPermissions").and_then(Node::to_text);
        if is_off.as_deref() == Some("true") {
            continue;
        }
        if let Some(function) = written.get("FunctionArn") {
            let id = format!("{api}{name}AuthorizerPermission");
            permissions::allow_authorizer((&id, api), function.clone(), from, output);
        }
    }
}

/// The paths of an API that a `ResourcePolicy` at an event speaks of: its own in every stage, whatever the method.
///
/// **Source**: SAM's translator, `SwaggerEditor.add_resource_policy`: lists of events are written for their paths.
pub(super) fn policed(path: &str) -> String {
    let segment = |part: &str| if part.starts_with('{') { "*".to_owned() } else { part.to_owned() };
    let path = path.strip_suffix('/').filter(|path| !path.is_empty()).unwrap_or(path);
    let path: Vec<String> = path.split('/').map(segment).collect();
    format!("execute-api:/*/*{}", path.join("/"))
}

/// The lists of a `ResourcePolicy` of networks.
const NETWORKS: [&str; 6] = [
    "IntrinsicVpcBlacklist",
    "IntrinsicVpcWhitelist",
    "IntrinsicVpceBlacklist",
    "IntrinsicVpceWhitelist",
    "SourceVpcBlacklist",
    "SourceVpcWhitelist",
];

/// The statements of a `ResourcePolicy`: those that are written, and those that its lists of accounts, addresses and networks
/// mean for a resource. An empty list says nothing, as in SAM.
///
/// # Errors
/// The names that it does not know.
pub(super) fn statements(policy: &Node, resource: &str) -> Result<Vec<Node>, Vec<String>> {
    let line = policy.line;
    let statement = |effect: &str, principal: Node, condition: Option<Node>| {
        let text = |text: &str| Node::text(line, text);
        let action = text("execute-api:Invoke");
        let all = [
            ("Effect", text(effect)),
            ("Principal", principal),
            ("Action", action),
            ("Resource", text(resource)),
        ];
        map(line, all.into_iter().chain(condition.map(|condition| ("Condition", condition))))
    };
    let mut statements = Vec::new();
    let mut unknown = Vec::new();
    for (name, listed) in entries(Some(policy)) {
        let is_empty = listed.as_list().is_some_and(<[Node]>::is_empty);
        let unless = |operators: [&str; 2], key: &str| {
            let operator = operators[usize::from(name.ends_with("Blacklist"))];
            let condition = map(line, [(operator, map(line, [(key, listed.clone())]))]);
            let everybody = || Node::text(line, "*");
            vec![
                statement("Allow", everybody(), None),
                statement("Deny", everybody(), Some(condition)),
            ]
        };
        statements.extend(match name.as_str() {
            "CustomStatements" => match listed.as_list() {
                Some(all) => all.to_vec(),
                None => vec![listed],
            },
            known if is_empty && known.ends_with("list") => Vec::new(),
            "AwsAccountWhitelist" => vec![statement("Allow", map(line, [("AWS", listed)]), None)],
            "AwsAccountBlacklist" => vec![statement("Deny", map(line, [("AWS", listed)]), None)],
            "IpRangeWhitelist" | "IpRangeBlacklist" => {
                unless(["NotIpAddress", "IpAddress"], "aws:SourceIp")
            }
            network if NETWORKS.contains(&network) => {
                let is_endpoint = network.starts_with("IntrinsicVpce");
                let key = if is_endpoint { "aws:SourceVpce" } else { "aws:SourceVpc" };
                unless(["StringNotEquals", "StringEquals"], key)
            }
            _ => {
                unknown.push(name);
                Vec::new()
            }
        });
    }
    if unknown.is_empty() { Ok(statements) } else { Err(unknown) }
}

/// What an operation asks for that says nothing itself.
struct Defaults {
    authorizer: Option<String>,
    needs_key: bool,
}

impl Defaults {
    fn of(auth: &Map, method: &str) -> Self {
        let is = |name: &str, text: &str| {
            auth.get(name).and_then(Node::to_text).as_deref() == Some(text)
        };
        let holds = |unless: &str| method != "options" || !is(unless, "false");
        let authorizer = auth.get("DefaultAuthorizer").and_then(Node::to_text);
        Self {
            authorizer: authorizer.filter(|_| holds("AddDefaultAuthorizerToCorsPreflight")),
            needs_key: is("ApiKeyRequired", "true") && holds("AddApiKeyRequiredToCorsPreflight"),
        }
    }
}

/// Writes what an operation asks of its callers: what its event says, or else the defaults.
fn guard(operation: &mut Map, defaults: &Defaults, line: usize) {
    let own = entries(operation.shift_remove("auth").as_ref());
    if operation.contains_key("security") || operation.contains_key("x-amazon-apigateway-auth") {
        return;
    }
    let named = own.get("Authorizer").and_then(Node::to_text);
    let name = named.or_else(|| defaults.authorizer.clone()).unwrap_or_else(|| "NONE".to_owned());
    let needs_key = own.get("ApiKeyRequired").and_then(Node::to_text);
    let needs_key = needs_key.map_or(defaults.needs_key, |text| text == "true");
    let mut required = Map::new();
    match name.as_str() {
        "NONE" => {}
        "AWS_IAM" => {
            let auth = map(line, [("type", Node::text(line, "AWS_IAM"))]);
            operation.insert("x-amazon-apigateway-auth".to_owned(), auth);
        }
        _ => {
            let scopes = own.get("AuthorizationScopes").cloned();
            required.insert(name, scopes.unwrap_or_else(|| list(line, Vec::new())));
        }
    }
    if needs_key {
        required.insert("api_key".to_owned(), list(line, Vec::new()));
    }
    if !required.is_empty() {
        let required = Node { line, value: Value::Map(required) };
        operation.insert("security".to_owned(), list(line, vec![required]));
    }
}

/// An authorizer of SAM as a security scheme of OpenAPI.
fn authorizer(written: &Map, line: usize) -> Node {
    let identity = entries(written.get("Identity"));
    let text = |map: &Map, name: &str| map.get(name).and_then(Node::to_text);
    let header = text(&identity, "Header").unwrap_or_else(|| "Authorization".to_owned());
    let mut parts = Map::new();
    let mut set = |name: &str, node: Node| parts.insert(name.to_owned(), node);
    if let Some(pools) = written.get("UserPoolArn") {
        set("type", Node::text(line, "cognito_user_pools"));
        let pools = match &pools.value {
            Value::List(_) => pools.clone(),
            _ => list(line, vec![pools.clone()]),
        };
        set("providerARNs", pools);
    } else {
        let arn = written.get("FunctionArn").cloned().unwrap_or_else(|| Node::text(line, ""));
        let uri = [
            Node::text(line, "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"),
            arn,
            Node::text(line, "/invocations"),
        ];
        let joined = list(line, vec![Node::text(line, ""), list(line, uri.to_vec())]);
        set("authorizerUri", map(line, [("Fn::Join", joined)]));
        let is_request = text(written, "FunctionPayloadType").as_deref() == Some("REQUEST");
        set("type", Node::text(line, if is_request { "request" } else { "token" }));
        if is_request {
            let mut sources = Vec::new();
            for (name, prefix) in [
                ("Headers", "method.request.header."),
                ("QueryStrings", "method.request.querystring."),
                ("StageVariables", "stageVariables."),
                ("Context", "context."),
            ] {
                let named = identity.get(name).and_then(Node::as_list).unwrap_or_default();
                let named = named.iter().filter_map(Node::to_text);
                sources.extend(named.map(|name| format!("{prefix}{name}")));
            }
            set("identitySource", Node::text(line, sources.join(",")));
        }
    }
    if let Some(expression) = identity.get("ValidationExpression") {
        set("identityValidationExpression", expression.clone());
    }
    if let Some(seconds) = identity.get("ReauthorizeEvery") {
        set("authorizerResultTtlInSeconds", seconds.clone());
    }
    let parts = Node { line, value: Value::Map(parts) };
    map(
        line,
        [
            ("type", Node::text(line, "apiKey")),
            ("name", Node::text(line, header)),
            ("in", Node::text(line, "header")),
            ("x-amazon-apigateway-authorizer", parts),
        ],
    )
}
