//! What differs between stages: the template's parameters, and the conditions that follow from them.
//!
//! Every parameter has a default that suits a stage for development, so the template can be deployed as it is.
//! `infra/stages/*.toml` hold the values of each stage. A parameter that nothing in the template uses is left out.

use super::authorizer::token_schemes;
use super::tables;
use super::template::Template;
use super::value::{Map, Value, reference};
use crate::model::{Existing, StreamView, System, VariableValue};

/// How parameters are grouped where people fill them in.
const GROUPS: [(&str, &[&str]); 6] = [
    ("Stage", &["StageName", "LogLevel", "LogRetentionDays", "TracingMode"]),
    (
        "Functions",
        &[
            "MemoryMiB",
            "Architecture",
            "ReservedConcurrency",
            "Release",
            "VpcSubnetIds",
            "VpcSecurityGroupIds",
        ],
    ),
    ("API", &["ThrottleRate", "ThrottleBurst", "RequestValidation", "ManageApiAccount"]),
    ("Callers", &["AuthorizationCacheSeconds", "KeyRate", "KeyBurst", "KeyRequestsPerDay"]),
    ("Data", &["PointInTimeRecovery", "DeletionProtection"]),
    ("Alarms", &["AlarmTopicArn", "MaxQueueAgeSeconds", "MaxLatencyMs"]),
];

/// Completes a template with the parameters and conditions that it uses.
pub(super) fn add_parameters(system: &System, template: &mut Template) {
    let used = template.names();
    template.conditions =
        conditions().into_iter().filter(|(name, _)| used.contains(*name)).collect();
    let used = template.names();
    let is_used = |name: &str| used.contains(name);
    let of_tokens = token_parameters(system);
    let of_tables = table_parameters(system);
    let of_functions = variable_parameters(system);
    let fixed = parameters().into_iter().filter(|(name, _)| is_used(name));
    let fixed = fixed.map(|(name, declaration)| (name.to_owned(), declaration));
    template.parameters = fixed
        .chain(of_tokens.clone())
        .chain(of_tables.clone())
        .chain(of_functions.clone())
        .collect();
    let groups: Vec<_> = GROUPS
        .iter()
        .map(|(label, names)| {
            let used = names.iter().filter(|name| is_used(name)).map(|name| (*name).to_owned());
            let of_system = match *label {
                "Callers" => of_tokens.as_slice(),
                "Data" => of_tables.as_slice(),
                "Functions" => of_functions.as_slice(),
                _ => &[],
            };
            let of_system = of_system.iter().map(|(name, _)| name.clone());
            (label, used.chain(of_system).collect::<Vec<_>>())
        })
        .filter(|(_, names)| !names.is_empty())
        .map(|(label, names)| {
            Map::new().with("Label", Map::new().with("default", *label)).with("Parameters", names)
        })
        .collect();
    let mut local = local_values(&of_tokens);
    for (name, declaration) in &of_functions {
        if declaration.get("Default").is_none() {
            local.insert(name.as_str(), "local");
        }
    }
    for (name, arn) in local_streams(system) {
        local.insert(&name, arn);
    }
    for (name, value) in LOCAL_RELEASE.into_iter().filter(|(name, _)| is_used(name)) {
        local.insert(name, value);
    }
    let on_a_stage = [
        ("LocalParameters", local),
        ("LocalTables", tables::local_tables(system)),
        ("LocalExports", tables::local_exports(system)),
        ("LocalSecrets", super::functions::local_secrets(system)),
    ];
    for (key, values) in on_a_stage.into_iter().filter(|(_, values)| !values.is_empty()) {
        template.metadata.insert(key, values);
    }
    template
        .metadata
        .insert("AWS::CloudFormation::Interface", Map::new().with("ParameterGroups", groups));
}

/// The names of all parameters and conditions that a template of the system may have.
pub(super) fn names(system: &System) -> impl Iterator<Item = String> {
    let of_system = [token_parameters, table_parameters, variable_parameters];
    let of_system = of_system.into_iter().flat_map(move |parameters| parameters(system));
    let fixed = parameters().into_iter().chain(conditions()).map(|(name, _)| name.to_owned());
    fixed.chain(of_system.map(|(name, _)| name))
}

/// Who issues tokens, for whom, and where the keys are: for each scheme. What the contract says is the default; without
/// it every stage has to say it, or is not deployed.
fn token_parameters(system: &System) -> Vec<(String, Map)> {
    let mut parameters = Vec::new();
    for (scheme, rules) in token_schemes(system) {
        let name = &scheme.name;
        let said = |what: &str, about: String, default: Option<String>, pattern: &str| {
            let declaration = Map::new()
                .with("Type", "String")
                .with_some("Default", default)
                .with("Description", about)
                .with("AllowedPattern", pattern);
            (format!("{}{what}", scheme.spelled.pascal), declaration)
        };
        let audience = (!rules.audience.is_empty()).then(|| rules.audience.join(","));
        parameters.extend([
            said(
                "Issuer",
                format!("The issuer (claim iss) of tokens of the scheme {name}."),
                rules.issuer.clone(),
                "^https://.+$",
            ),
            said(
                "Audience",
                format!("The audience (claim aud) of tokens of the scheme {name}: one or several, separated by commas."),
                audience,
                "^.+$",
            ),
            said(
                "Jwks",
                format!("The URL of the JSON Web Key Set of the scheme {name}; empty to use the issuer's metadata."),
                Some(rules.jwks.clone().unwrap_or_default()),
                "^(https://.+)?$",
            ),
        ]);
    }
    parameters
}

/// What each stage says of the environment of functions; a variable of several functions once.
fn variable_parameters(system: &System) -> Vec<(String, Map)> {
    let mut parameters: Vec<(String, Map)> = vec![];
    for (_, function) in super::names::functions(system) {
        for variable in &function.settings.environment {
            let VariableValue::Stage(default) = &variable.value else { continue };
            let name = variable.parameter();
            if parameters.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let about = format!("The environment variable {} of functions.", variable.name);
            let declaration = Map::new()
                .with("Type", "String")
                .with_some("Default", default.as_deref())
                .with("Description", about)
                .with_some("AllowedPattern", default.is_none().then_some("^.+$"));
            parameters.push((name, declaration));
        }
    }
    parameters
}

/// The names of tables that are there already, which may differ from stage to stage.
fn table_parameters(system: &System) -> Vec<(String, Map)> {
    let named = tables::existing(system).filter(|(_, existing)| **existing == Existing::Named);
    let named = named.map(|(whole, _)| {
        let name = &whole.table.name.wire;
        let declaration = text(name, &format!("The table {name}, which is there already."))
            .with("AllowedPattern", "^[A-Za-z0-9_.-]{3,255}$");
        (tables::name_parameter(whole.table), declaration)
    });
    let streams = tables::existing(system).filter_map(|(whole, _)| Some((whole.stream?, whole)));
    let streams = streams.map(|(view, whole)| {
        let name = &whole.table.name.wire;
        let or_more =
            if view == StreamView::BOTH { "" } else { ", or NEW_AND_OLD_IMAGES, which has more" };
        let about = format!(
            "The ARN of the stream of the table {name}, which must have the view {}{or_more}.",
            view.name()
        );
        let declaration = Map::new().with("Type", "String").with("Description", about).with(
            "AllowedPattern",
            "^arn:[a-z-]+:dynamodb:[a-z0-9-]+:[0-9]{12}:table/.+/stream/.+$",
        );
        (tables::stream_parameter(whole.table), declaration)
    });
    named.chain(streams).collect()
}

/// The streams of tables that are there already, as a stage on this machine has them.
fn local_streams(system: &System) -> impl Iterator<Item = (String, String)> {
    let streams = tables::existing(system).filter(|(whole, _)| whole.stream.is_some());
    streams.map(|(whole, _)| {
        let name = tables::local_name(whole.table);
        let arn = format!("arn:aws:dynamodb:us-east-1:000000000000:table/{name}/stream/local");
        (tables::stream_parameter(whole.table), arn)
    })
}

/// What a stage on this machine takes for parameters that have no default.
fn local_values(parameters: &[(String, Map)]) -> Map {
    let open = parameters.iter().filter(|(_, declaration)| declaration.get("Default").is_none());
    open.map(|(name, _)| {
        let value = if name.ends_with("Issuer") {
            crate::model::LOCAL_ISSUER
        } else {
            crate::model::LOCAL_AUDIENCE
        };
        (name.clone(), value)
    })
    .collect()
}

/// The names that a value refers to: `Ref`, the condition of `Fn::If`, and `${…}` in `Fn::Sub`.
pub(super) fn names_in(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::List(values) => values.iter().for_each(|value| names_in(value, names)),
        Value::Map(map) => {
            for (key, value) in map.iter() {
                match (key, value) {
                    ("Ref", Value::Text(name)) => names.push(name.clone()),
                    ("Fn::Sub", Value::Text(text) | Value::Block(text)) => {
                        names.extend(substituted_names(text).map(str::to_owned));
                    }
                    ("Fn::GetAtt", Value::List(path)) => {
                        if let Some(Value::Text(name)) = path.first() {
                            names.push(name.clone());
                        }
                    }
                    ("Fn::If", Value::List(parts)) => {
                        if let Some(Value::Text(name)) = parts.first() {
                            names.push(name.clone());
                        }
                        parts.iter().skip(1).for_each(|value| names_in(value, names));
                    }
                    (_, value) => names_in(value, names),
                }
            }
        }
        Value::Text(_) | Value::Block(_) | Value::Int(_) | Value::Number(_) | Value::Bool(_) => {}
    }
}

/// The logical ids in the `${…}` of a text, without attributes and without `${!literal}`.
fn substituted_names(text: &str) -> impl Iterator<Item = &str> {
    text.split("${").skip(1).filter_map(|rest| {
        let (inside, _) = rest.split_once('}')?;
        let name = inside.split('.').next().unwrap_or(inside);
        (!name.starts_with('!')).then_some(name)
    })
}

fn conditions() -> Vec<(&'static str, Map)> {
    let differs = |name: &str, from: &str| {
        let equals = Map::new().with("Fn::Equals", [reference(name), from.into()]);
        Map::new().with("Fn::Not", [equals])
    };
    let is =
        |name: &str, value: &str| Map::new().with("Fn::Equals", [reference(name), value.into()]);
    vec![
        ("OverridesMemory", differs("MemoryMiB", "0")),
        ("OverridesArchitecture", differs("Architecture", "contract")),
        ("ReservesConcurrency", is("ReservedConcurrency", "contract")),
        ("Traces", is("TracingMode", "Active")),
        ("FunctionsValidate", is("RequestValidation", "function")),
        ("GatewayValidates", is("RequestValidation", "gateway")),
        ("LimitsKeys", differs("KeyRequestsPerDay", "0")),
        ("ManagesApiAccount", is("ManageApiAccount", "true")),
        ("NotifiesOfAlarms", differs("AlarmTopicArn", "")),
    ]
}

fn parameters() -> Vec<(&'static str, Map)> {
    let stage = stage_parameters().into_iter().chain(size_parameters()).chain(release_parameters());
    stage.chain(caller_parameters()).chain(watch_parameters()).collect()
}

fn stage_parameters() -> Vec<(&'static str, Map)> {
    vec![
        (
            "StageName",
            text("dev", "The stage, which is also the first segment of the API's path.")
                .with("AllowedPattern", "^[A-Za-z0-9_-]{1,32}$"),
        ),
        (
            "LogLevel",
            choice(&["INFO", "DEBUG", "WARN", "ERROR", "OFF"], "Minimum log level of functions."),
        ),
        (
            "LogRetentionDays",
            number(30, "Log retention in days.").with("AllowedValues", RETENTION_DAYS.to_vec()),
        ),
        (
            "TracingMode",
            choice(&["Active", "PassThrough"], "Whether to trace requests with X-Ray."),
        ),
        (
            "PointInTimeRecovery",
            flag(true, "Whether tables have point-in-time recovery for the last 35 days."),
        ),
        (
            "DeletionProtection",
            flag(
                false,
                "Whether tables have deletion protection. Tables are retained when the stack is deleted, with or without it.",
            ),
        ),
    ]
}

fn size_parameters() -> Vec<(&'static str, Map)> {
    vec![
        (
            "MemoryMiB",
            number(
                0,
                "Memory of every function in MiB, 128 to 10240; 0 uses the contract's value.",
            )
            .with("MinValue", 0_u32)
            .with("MaxValue", 10_240_u32),
        ),
        (
            "Architecture",
            choice(
                &["contract", "arm64", "x86_64"],
                "Architecture of the packaged binaries; contract uses the contract's value.",
            ),
        ),
        (
            "ReservedConcurrency",
            choice(
                &["contract", "none"],
                "Whether functions use the reserved concurrency in their contracts; none for accounts with a low limit.",
            ),
        ),
        (
            "ThrottleRate",
            number(2000, "Steady-state request rate limit of the API, per second.")
                .with("MinValue", 1_u32),
        ),
        (
            "ThrottleBurst",
            number(1000, "Burst limit of the API's requests.").with("MinValue", 1_u32),
        ),
        (
            "RequestValidation",
            choice(
                &["function", "gateway"],
                "Which part refuses invalid requests: the function, which lists every violation, or the gateway, \
         which avoids the invocation but reports only the first violation.",
            ),
        ),
        (
            "ManageApiAccount",
            flag(
                false,
                "Whether the stack sets the role with which API Gateway writes logs in this account and region. Exactly one \
         stack of an account has to set it; without it, no stage with logs can be deployed.",
            ),
        ),
    ]
}

/// What every stage with an alias or a network has to say.
fn release_parameters() -> Vec<(&'static str, Map)> {
    let required = |about: &str, pattern: &str| {
        Map::new().with("Type", "String").with("Description", about).with("AllowedPattern", pattern)
    };
    vec![
        (
            "Release",
            required(
                "The release that is deployed, such as a commit. Another value publishes new versions of the functions \
                 that have an alias; codegen deploy sets it.",
                "^[A-Za-z0-9._-]{1,64}$",
            ),
        ),
        (
            "VpcSubnetIds",
            required(
                "The subnets of functions in a network, separated by commas.",
                "^subnet-[0-9a-f]+(,subnet-[0-9a-f]+)*$",
            ),
        ),
        (
            "VpcSecurityGroupIds",
            required(
                "The security groups of functions in a network, separated by commas.",
                "^sg-[0-9a-f]+(,sg-[0-9a-f]+)*$",
            ),
        ),
    ]
}

/// What a stage on this machine takes for them.
const LOCAL_RELEASE: [(&str, &str); 3] =
    [("Release", "local"), ("VpcSubnetIds", "subnet-0"), ("VpcSecurityGroupIds", "sg-0")];

fn caller_parameters() -> Vec<(&'static str, Map)> {
    vec![
        (
            "AuthorizationCacheSeconds",
            number(
                300,
                "How long the gateway caches an authorizer decision for a token and route, in seconds, 0 to 3600.",
            )
            .with("MinValue", 0_u32)
            .with("MaxValue", 3600_u32),
        ),
        (
            "KeyRate",
            number(100, "Steady-state request rate limit of an API key, per second.")
                .with("MinValue", 1_u32),
        ),
        (
            "KeyBurst",
            number(100, "Burst limit of an API key's requests.").with("MinValue", 1_u32),
        ),
        (
            "KeyRequestsPerDay",
            number(0, "Daily request quota of an API key; 0 for unlimited.")
                .with("MinValue", 0_u32),
        ),
    ]
}

fn watch_parameters() -> Vec<(&'static str, Map)> {
    vec![
        (
            "AlarmTopicArn",
            text("", "The SNS topic that alarms notify; empty for none.")
                .with("AllowedPattern", "^(arn:[a-z-]+:sns:[a-z0-9-]+:[0-9]{12}:.+)?$"),
        ),
        (
            "MaxQueueAgeSeconds",
            number(300, "Alarm when the oldest message in a queue is older than this, in seconds.")
                .with("MinValue", 1_u32),
        ),
        (
            "MaxLatencyMs",
            number(1000, "Alarm when the p99 latency of the API exceeds this, in milliseconds.")
                .with("MinValue", 1_u32),
        ),
    ]
}

/// The periods that CloudWatch Logs knows.
const RETENTION_DAYS: [u32; 14] = [1, 3, 5, 7, 14, 30, 60, 90, 120, 180, 365, 731, 1827, 3653];

fn text(default: &str, description: &str) -> Map {
    Map::new().with("Type", "String").with("Default", default).with("Description", description)
}

fn number(default: u32, description: &str) -> Map {
    Map::new().with("Type", "Number").with("Default", default).with("Description", description)
}

/// The first value is the default.
fn choice(values: &[&str], description: &str) -> Map {
    let default = values.first().copied().unwrap_or_default();
    text(default, description).with("AllowedValues", values.to_vec())
}

fn flag(default: bool, description: &str) -> Map {
    text(&default.to_string(), description).with("AllowedValues", ["true", "false"])
}
