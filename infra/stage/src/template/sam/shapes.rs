//! The shape of what SAM's transform reads: a value of another kind, or under another name, would be passed over, and what
//! it was to protect would be open.

use super::nodes::Map;
use super::subject;
use crate::template::Resource;
use crate::template::error::Fault;
use crate::template::syntax::{Node, Value};

/// What a property must be.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    Map,
    /// `true` or `false`.
    Flag,
    Text,
    FlagOrMap,
    /// A map with no other names than these.
    Of(&'static [&'static str]),
    /// The same, or text.
    TextOrOf(&'static [&'static str]),
    /// A list of texts.
    Texts,
    Number,
}

/// What functions may say of the callers of one route.
const AUTH_OF_EVENT: Shape = Shape::Of(&[
    "ApiKeyRequired",
    "AuthorizationScopes",
    "Authorizer",
    "InvokeRole",
    "OverrideApiAuth",
    "ResourcePolicy",
]);

const CORS: Shape =
    Shape::TextOrOf(&["AllowCredentials", "AllowHeaders", "AllowMethods", "AllowOrigin", "MaxAge"]);

const GATEWAY_RESPONSE: Shape =
    Shape::Of(&["ResponseParameters", "ResponseTemplates", "StatusCode"]);

/// Properties by the type they are of; `*` is any name.
const SHAPES: [(&str, &str, Shape); 41] = [
    ("Function", "Environment", Shape::Map),
    ("Function", "EventInvokeConfig", Shape::Map),
    ("Function", "Events", Shape::Map),
    ("Function", "Events.*", Shape::Map),
    ("Function", "Events.*.Properties", Shape::Map),
    ("Function", "Events.*.Properties.Auth", AUTH_OF_EVENT),
    ("Function", "Events.*.Properties.Auth.ApiKeyRequired", Shape::Flag),
    ("Function", "Events.*.Properties.Auth.Authorizer", Shape::Text),
    ("Function", "Events.*.Properties.RequestModel", Shape::Map),
    ("Function", "FunctionUrlConfig", Shape::Map),
    ("Api", "Auth", Shape::Map),
    ("Api", "Auth.AddApiKeyRequiredToCorsPreflight", Shape::Flag),
    ("Api", "Auth.AddDefaultAuthorizerToCorsPreflight", Shape::Flag),
    ("Api", "Auth.ApiKeyRequired", Shape::Flag),
    ("Api", "Auth.Authorizers", Shape::Map),
    ("Api", "Auth.Authorizers.*", Shape::Map),
    ("Api", "Auth.Authorizers.*.Identity", Shape::Map),
    ("Api", "Auth.Authorizers.*.Identity.Context", Shape::Texts),
    ("Api", "Auth.Authorizers.*.Identity.Headers", Shape::Texts),
    ("Api", "Auth.Authorizers.*.Identity.QueryStrings", Shape::Texts),
    ("Api", "Auth.Authorizers.*.Identity.StageVariables", Shape::Texts),
    ("Api", "Auth.DefaultAuthorizer", Shape::Text),
    ("Api", "Auth.UsagePlan", Shape::Map),
    ("Api", "Cors", CORS),
    ("Api", "GatewayResponses", Shape::Map),
    ("Api", "GatewayResponses.*", GATEWAY_RESPONSE),
    (
        "Api",
        "GatewayResponses.*.ResponseParameters",
        Shape::Of(&["Headers", "Paths", "QueryStrings"]),
    ),
    ("Api", "GatewayResponses.*.StatusCode", Shape::Number),
    ("Api", "Models", Shape::Map),
    ("HttpApi", "Auth", Shape::Map),
    ("HttpApi", "Auth.Authorizers", Shape::Map),
    ("HttpApi", "Auth.Authorizers.*", Shape::Map),
    ("HttpApi", "Auth.Authorizers.*.Identity", Shape::Map),
    ("HttpApi", "Auth.Authorizers.*.Identity.Context", Shape::Texts),
    ("HttpApi", "Auth.Authorizers.*.Identity.Headers", Shape::Texts),
    ("HttpApi", "Auth.Authorizers.*.Identity.QueryStrings", Shape::Texts),
    ("HttpApi", "Auth.Authorizers.*.Identity.StageVariables", Shape::Texts),
    ("HttpApi", "Auth.Authorizers.*.JwtConfiguration", Shape::Map),
    ("HttpApi", "Auth.DefaultAuthorizer", Shape::Text),
    ("HttpApi", "CorsConfiguration", Shape::FlagOrMap),
    ("SimpleTable", "PrimaryKey", Shape::Of(&["Name", "Type"])),
];

/// The types that may have globals, and the properties that these may set.
///
/// **Source**: AWS SAM specification, "Globals section".
const GLOBAL: [(&str, &[&str]); 8] = [
    (
        "Api",
        &[
            "AccessLogSetting",
            "AlwaysDeploy",
            "Auth",
            "BinaryMediaTypes",
            "CacheClusterEnabled",
            "CacheClusterSize",
            "CanarySetting",
            "Cors",
            "DefinitionUri",
            "Domain",
            "EndpointAccessMode",
            "EndpointConfiguration",
            "GatewayResponses",
            "MergeDefinitions",
            "MethodSettings",
            "MinimumCompressionSize",
            "Name",
            "OpenApiVersion",
            "PropagateTags",
            "SecurityPolicy",
            "TracingEnabled",
            "Variables",
        ],
    ),
    ("CapacityProvider", &[]),
    (
        "Function",
        &[
            "Architectures",
            "AssumeRolePolicyDocument",
            "AutoPublishAlias",
            "AutoPublishAliasAllProperties",
            "CapacityProviderConfig",
            "CodeSigningConfigArn",
            "CodeUri",
            "DeadLetterQueue",
            "DeploymentPreference",
            "Description",
            "DurableConfig",
            "Environment",
            "EphemeralStorage",
            "EventInvokeConfig",
            "FileSystemConfigs",
            "FunctionScalingConfig",
            "FunctionUrlConfig",
            "Handler",
            "KmsKeyArn",
            "Layers",
            "LoggingConfig",
            "MemorySize",
            "PermissionsBoundary",
            "PropagateTags",
            "ProvisionedConcurrencyConfig",
            "PublishToLatestPublished",
            "RecursiveLoop",
            "ReservedConcurrentExecutions",
            "RolePath",
            "Runtime",
            "RuntimeManagementConfig",
            "SnapStart",
            "SourceKMSKeyArn",
            "Tags",
            "TenancyConfig",
            "Timeout",
            "Tracing",
            "VersionDeletionPolicy",
            "VpcConfig",
        ],
    ),
    (
        "HttpApi",
        &[
            "AccessLogSettings",
            "Auth",
            "CorsConfiguration",
            "DefaultRouteSettings",
            "Domain",
            "FailOnWarnings",
            "PropagateTags",
            "RouteSettings",
            "StageVariables",
            "Tags",
        ],
    ),
    ("LayerVersion", &["PublishLambdaVersion"]),
    ("SimpleTable", &["SSESpecification"]),
    ("StateMachine", &["PropagateTags"]),
    ("WebSocketApi", &[]),
];

/// What is wrong with `Globals`.
pub(super) fn of_globals(globals: Option<&Node>) -> Vec<Fault> {
    let Some(globals) = globals else { return Vec::new() };
    let refused = |message: String, line: usize| Fault::new("template", message).at(line);
    let Some(sections) = globals.as_map() else {
        let message = format!("`Globals` must be a map, not {}", globals.kind());
        return vec![refused(message, globals.line)];
    };
    let mut faults = Vec::new();
    for (name, node) in sections {
        let Some((_, known)) = GLOBAL.iter().find(|(known, _)| known == name) else {
            let known: Vec<&str> = GLOBAL.iter().map(|(known, _)| *known).collect();
            let message = format!(
                "`Globals.{name}` is not a section of globals: these are {}",
                known.join(", ")
            );
            faults.push(refused(message, node.line));
            continue;
        };
        let Some(properties) = node.as_map() else {
            let message = format!("`Globals.{name}` must be a map, not {}", node.kind());
            faults.push(refused(message, node.line));
            continue;
        };
        // Types that the stage does not have are refused as such.
        let mut properties = properties.iter().filter(|_| !known.is_empty());
        if let Some((property, node)) = properties.find(|(one, _)| !known.contains(&one.as_str())) {
            let message = format!(
                "`Globals.{name}` may not have `{property}`: SAM takes {}",
                known.join(", ")
            );
            faults.push(refused(message, node.line));
        }
    }
    faults
}

/// What is wrong with the properties of a resource of SAM, globals included.
pub(super) fn of_resource(kind: &str, id: &str, resource: &Resource) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (_, path, shape) in SHAPES.iter().filter(|(of, ..)| *of == kind) {
        let names: Vec<&str> = path.split('.').collect();
        look(&resource.properties, &names, "", &mut |trail, node| {
            if let Some(wrong) = wrong(node, *shape) {
                let message = format!("property `{trail}` {wrong}");
                faults.push(Fault::new(subject(id, resource), message).at(node.line));
            }
        });
    }
    faults
}

/// Visits each node at a path, with the path that is written there.
fn look(map: &Map, path: &[&str], trail: &str, visit: &mut impl FnMut(&str, &Node)) {
    let Some((name, rest)) = path.split_first() else { return };
    for (key, node) in map.iter().filter(|(key, _)| *name == "*" || *name == key.as_str()) {
        let trail = if trail.is_empty() { key.clone() } else { format!("{trail}.{key}") };
        match (rest.is_empty(), node.as_map()) {
            (true, _) => visit(&trail, node),
            (false, Some(inner)) => look(inner, rest, &trail, visit),
            (false, None) => {}
        }
    }
}

fn wrong(node: &Node, shape: Shape) -> Option<String> {
    if node.value == Value::Null {
        return None;
    }
    let is_map = node.as_map().is_some();
    let text = node.to_text();
    let is_flag = matches!(text.as_deref(), Some("true" | "false"));
    let is_text = text.is_some();
    let is_number = || text.as_deref().is_some_and(|text| text.parse::<u32>().is_ok());
    let are_texts = || {
        let function = node.as_map().is_some_and(|map| map.keys().any(|key| is_function(key)));
        function
            || node.as_list().is_some_and(|items| items.iter().all(|item| item.to_text().is_some()))
    };
    let (is_right, wanted) = match shape {
        Shape::Map | Shape::Of(_) => (is_map, "a map"),
        Shape::Flag => (is_flag, "true or false, written out"),
        Shape::Text => (is_text, "a name, written out"),
        Shape::TextOrOf(_) => (is_text || is_map, "text or a map"),
        Shape::FlagOrMap => (is_flag || is_map, "true, false or a map"),
        Shape::Texts => (are_texts(), "a list of texts"),
        Shape::Number => (is_map || is_number(), "a number"),
    };
    if !is_right {
        let kind = node.kind();
        return Some(format!("must be {wanted}, not {kind}"));
    }
    let (Shape::Of(known) | Shape::TextOrOf(known)) = shape else { return None };
    let unknown =
        node.as_map()?.keys().find(|key| !known.contains(&key.as_str()) && !is_function(key));
    unknown.map(|name| format!("has no `{name}`: it may have {}", known.join(", ")))
}

/// Whether a key of a map makes it an intrinsic function.
fn is_function(key: &str) -> bool {
    key == "Ref" || key.starts_with("Fn::")
}
