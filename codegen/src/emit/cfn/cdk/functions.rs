//! The functions, each with its role and log group.

use super::super::events::ALIAS;
use super::super::value::{Map, Value};
use super::super::{authorizer, functions as plain, live as plain_live, names, roles};
use super::data::{assign, seconds};
use super::group::{Group, Member};
use super::scope::{Scope, member};
use super::ts::Ts;
use crate::model::{Architecture, Function, Live, System};

/// The functions of all services.
pub(super) fn functions(system: &System, scope: &Scope) -> Group {
    let mut group = Group {
        class: "Functions",
        docs: "The functions, each with a role that allows only what its contract needs.",
        ..Group::default()
    };
    for (service, function) in names::functions(system) {
        let id = names::function_id(function);
        group.members.push(Member::declared(&id, "ContractFunction", &function.origin.pointer));
        let statements = roles::use_network(function).into_iter();
        let statements: Vec<Map> =
            statements.chain(roles::contract_statements(system, service, function)).collect();
        let props = props(
            function,
            plain::description(service, function),
            plain::environment(system, service, function),
            &statements,
            scope,
        );
        group.statements.push(assign(&id, "ContractFunction", props));
        if let Some(one) = &function.settings.live {
            add_live(&mut group, function, one);
        }
    }
    if let Some(function) = system.authorizer() {
        let id = names::function_id(&function);
        group.members.push(Member::declared(&id, "ContractFunction", &function.origin.pointer));
        let (about, environment) = (authorizer::DESCRIPTION, authorizer::environment(system));
        let props = props(&function, about.to_owned(), environment, &[], scope);
        group.statements.push(assign(&id, "ContractFunction", props));
    }
    group
}

/// The version and the alias of a function.
fn add_live(group: &mut Group, function: &Function, live: &Live) {
    let (version, alias) = (plain_live::version_id(function), names::invoked_id(function));
    let of_version = Ts::object([
        ("lambda", Some(Ts::code(format!("this.{}", member(&names::function_id(function)))))),
        ("description", Some(Ts::code("settings.release"))),
        ("removalPolicy", Some(Ts::code("RemovalPolicy.RETAIN"))),
    ]);
    let provisioned = live.provisioned_concurrency.map(|number| Ts::code(number.to_string()));
    let of_alias = Ts::object([
        ("aliasName", Some(Ts::text(ALIAS))),
        ("version", Some(Ts::code(format!("this.{}", member(&version))))),
        ("provisionedConcurrentExecutions", provisioned),
    ]);
    let docs = "The version that the last release published.".to_owned();
    group.members.push(Member { id: version.clone(), class: "lambda.Version", docs });
    group.statements.push(assign(&version, "lambda.Version", of_version));
    let docs = "The alias that everything invokes.".to_owned();
    group.members.push(Member { id: alias.clone(), class: "lambda.Alias", docs });
    group.statements.push(assign(&alias, "lambda.Alias", of_alias));
    let Some(group_id) = plain_live::group_of(function, live) else { return };
    let arguments = vec![Ts::code(format!("this.{}", member(&alias))), Ts::text(group_id)];
    group.statements.push(Ts::Call("moveInSteps".into(), arguments).statement(4, ""));
}

fn props(
    function: &Function,
    description: String,
    environment: Map,
    statements: &[Map],
    scope: &Scope,
) -> Ts {
    let sizes = &function.settings;
    let architecture = match sizes.architecture {
        Architecture::Arm64 => "arm64",
        Architecture::X86_64 => "x86_64",
    };
    let number = |number: u32| Ts::code(number.to_string());
    Ts::object([
        ("settings", Some(Ts::code("settings"))),
        ("packages", Some(Ts::code("packages"))),
        ("binary", Some(Ts::text(&function.name.wire))),
        ("description", Some(Ts::text(description))),
        ("memoryMiB", Some(number(sizes.memory_mib))),
        ("timeout", Some(seconds(sizes.timeout_seconds))),
        ("architecture", Some(Ts::text(architecture))),
        (
            "reservedConcurrency",
            sizes.reserved_concurrency.map(|reserved| {
                Ts::Either(
                    "settings.reservedConcurrency === 'contract'".into(),
                    Box::new(number(reserved)),
                    Box::new(Ts::code("undefined")),
                )
            }),
        ),
        ("ephemeralStorageMiB", sizes.ephemeral_storage_mib.map(number)),
        ("layers", layers(function, scope)),
        ("network", sizes.in_vpc.then(|| network(scope))),
        ("systemLogLevel", sizes.system_log_level.as_deref().map(Ts::text)),
        ("environment", Some(scope.value(&environment.into()))),
        (
            "statements",
            Some(Ts::List(statements.iter().map(|one| statement(one, scope)).collect())),
        ),
    ])
}

fn layers(function: &Function, scope: &Scope) -> Option<Ts> {
    let layers = &function.settings.layers;
    let all = layers.iter().map(|layer| scope.value(&plain::text(layer))).collect();
    (!layers.is_empty()).then_some(Ts::List(all))
}

/// The network of the stage, with the CDK's names.
fn network(scope: &Scope) -> Ts {
    let plain = plain::network();
    let entry = |(key, value): (&str, &Value)| (member(key), scope.value(value));
    Ts::Object(plain.iter().map(entry).collect())
}

/// A statement of a policy: `new iam.PolicyStatement({ … })`.
pub(super) fn statement(statement: &Map, scope: &Scope) -> Ts {
    let list = |key: &str| {
        statement.get(key).map(|value| match value {
            Value::List(_) => scope.value(value),
            one => Ts::List(vec![scope.value(one)]),
        })
    };
    let denies = statement.get("Effect") == Some(&"Deny".into());
    let principals = statement.get("Principal").map(|principal| {
        let principal = match principal {
            Value::Map(map) => match map.get("Service") {
                Some(service) => Ts::call("new iam.ServicePrincipal", scope.value(service)),
                None => Ts::call("new iam.ArnPrincipal", scope.value(principal)),
            },
            _ => Ts::code("new iam.StarPrincipal()"),
        };
        Ts::List(vec![principal])
    });
    let props = Ts::object([
        ("sid", statement.get("Sid").map(|sid| scope.value(sid))),
        ("effect", denies.then(|| Ts::code("iam.Effect.DENY"))),
        ("principals", principals),
        ("actions", list("Action")),
        ("resources", list("Resource")),
        ("conditions", statement.get("Condition").map(|condition| scope.value(condition))),
    ]);
    Ts::call("new iam.PolicyStatement", props)
}
