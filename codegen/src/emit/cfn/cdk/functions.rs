//! The functions, each with its role and log group.

use super::super::value::{Map, Value};
use super::super::{authorizer, functions as plain, names, roles};
use super::data::{assign, seconds};
use super::group::{Group, Member};
use super::scope::Scope;
use super::ts::Ts;
use crate::model::{Architecture, Function, System};

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
        let props = props(
            function,
            plain::description(service, function),
            plain::environment(system, service, function),
            &roles::contract_statements(system, service, function),
            scope,
        );
        group.statements.push(assign(&id, "ContractFunction", props));
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
        ("environment", Some(scope.value(&environment.into()))),
        (
            "statements",
            Some(Ts::List(statements.iter().map(|one| statement(one, scope)).collect())),
        ),
    ])
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
