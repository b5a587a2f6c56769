//! Lambda functions with their log groups.

use super::authorizer;
use super::names;
use super::roles;
use super::tables;
use super::template::Resource;
use super::value::{Map, Value, attribute, either, only_if, reference, substitute};
use crate::model::{Architecture, Function, Service, Store, System, VariableValue};

/// Where packaged binaries lie, relative to the template: a folder for each function that holds `bootstrap`.
const PACKAGES: &str = "../../target/lambda";

/// The logical id of a function's log group.
pub(super) fn log_group_id(function: &Function) -> String {
    format!("{}LogGroup", names::function_id(function))
}

/// Log group, role and function, for each function of a service.
pub(super) fn functions(system: &System) -> impl Iterator<Item = Resource> {
    names::functions(system).flat_map(|(service, function)| {
        let statements = roles::contract_statements(system, service, function);
        let environment = environment(system, service, function);
        deployed(function, description(service, function), environment, statements)
    })
}

/// The same for the authorizer, where there is one.
pub(super) fn authorizer(system: &System) -> impl Iterator<Item = Resource> {
    let function = system.authorizer().map(|function| {
        let environment = authorizer::environment(system);
        deployed(&function, authorizer::DESCRIPTION.to_owned(), environment, Vec::new())
    });
    function.into_iter().flatten()
}

/// A function with its role and log group.
fn deployed(
    function: &Function,
    description: String,
    environment: Map,
    statements: Vec<Map>,
) -> [Resource; 3] {
    [
        function_resource(function, description, environment),
        roles::role(function, statements),
        log_group(function),
    ]
}

fn log_group(function: &Function) -> Resource {
    let name = substitute(format!("/aws/lambda/{}", names::physical(&function.name.wire)));
    let properties = Map::new()
        .with("LogGroupName", name)
        .with("RetentionInDays", reference("LogRetentionDays"));
    Resource::new(log_group_id(function), "AWS::Logs::LogGroup", properties)
}

fn function_resource(function: &Function, description: String, environment: Map) -> Resource {
    let settings = &function.settings;
    let binary = &function.name.wire;
    let architecture = match settings.architecture {
        Architecture::Arm64 => "arm64",
        Architecture::X86_64 => "x86_64",
    };
    // The function itself leaves lines out, by `LOG_LEVEL`; without a level, Lambda leaves out what is below INFO.
    let logging = Map::new()
        .with("ApplicationLogLevel", "TRACE")
        .with("LogFormat", "JSON")
        .with("LogGroup", reference(&log_group_id(function)))
        .with_some("SystemLogLevel", settings.system_log_level.as_deref());
    let layers: Vec<Value> = settings.layers.iter().map(|layer| text(layer)).collect();
    let storage = settings.ephemeral_storage_mib.map(|size| Map::new().with("Size", size));
    let reserved =
        settings.reserved_concurrency.map(|reserved| only_if("ReservesConcurrency", reserved));
    let properties = Map::new()
        .with("FunctionName", substitute(names::physical(binary)))
        .with("Description", description)
        .with("Runtime", "provided.al2023")
        .with("Handler", "bootstrap")
        .with("Code", format!("{PACKAGES}/{binary}"))
        .with(
            "Architectures",
            [either("OverridesArchitecture", reference("Architecture"), architecture)],
        )
        .with("MemorySize", either("OverridesMemory", reference("MemoryMiB"), settings.memory_mib))
        .with("Timeout", settings.timeout_seconds)
        .with_some("ReservedConcurrentExecutions", reserved)
        .with_some("EphemeralStorage", storage)
        .with_some("Layers", (!layers.is_empty()).then_some(layers))
        .with_some("VpcConfig", settings.in_vpc.then(network))
        .with("Role", attribute(&roles::role_id(function), "Arn"))
        .with("TracingConfig", Map::new().with("Mode", reference("TracingMode")))
        .with("LoggingConfig", logging)
        .with("Environment", Map::new().with("Variables", environment));
    let mut resource =
        Resource::new(names::function_id(function), "AWS::Lambda::Function", properties)
            .declared_at(&function.origin.pointer);
    // SAM takes the packaged folder as it is; the binary's name serves tools that run functions without packages.
    resource.metadata = Map::new().with("Binary", binary).with("SkipBuild", true);
    resource
}

/// The network of the stage.
pub(super) fn network() -> Map {
    let list = |parameter: &str| {
        Map::new().with("Fn::Split", Value::List(vec![",".into(), reference(parameter)]))
    };
    Map::new()
        .with("SubnetIds", list("VpcSubnetIds"))
        .with("SecurityGroupIds", list("VpcSecurityGroupIds"))
}

/// What the function does, within the 256 characters that Lambda allows.
pub(super) fn description(service: &Service, function: &Function) -> String {
    let text = match function.trigger {
        crate::model::Trigger::Api => format!("REST operations of {}", service.title),
        crate::model::Trigger::Receive(index) => {
            let receive = &service.receives[index];
            receive.docs.summary.clone().unwrap_or_else(|| receive.id.wire.clone())
        }
    };
    text.chars().take(256).collect()
}

/// The names of what the function may use, where its metrics belong, and how much it logs.
pub(super) fn environment(system: &System, service: &Service, function: &Function) -> Map {
    let mut used: Vec<(String, Value)> = vec![];
    for access in &function.access {
        let table = service.table(access.table);
        let name = format!("{}_TABLE", table.name.screaming);
        if !used.iter().any(|(known, _)| *known == name) {
            used.push((name, tables::name_of(table)));
        }
    }
    let buses = roles::buses_of(service, function).into_iter().map(|name| {
        let bus = system.buses.iter().find(|bus| bus.name.wire == name);
        let variable = bus.map_or("DEFAULT_BUS".into(), |bus| system.bus_variable(&bus.name));
        (variable, names::bus_name(system, name))
    });
    let log_level = function.settings.log_level.as_deref();
    let watched: [(String, Value); 2] = [
        ("METRICS_NAMESPACE".into(), reference("AWS::StackName")),
        ("LOG_LEVEL".into(), log_level.map_or_else(|| reference("LogLevel"), Value::from)),
    ];
    // Lambda makes a version only of what changed, and a release is to make one of every function.
    let release = function.settings.live.as_ref().map(|_| ("RELEASE".into(), reference("Release")));
    let own = function.settings.environment.iter().map(|variable| {
        let value = match &variable.value {
            VariableValue::Text(value) => text(value),
            VariableValue::Stage(_) => reference(&variable.parameter()),
            VariableValue::Secret(source) => text(&source.id),
        };
        (variable.in_environment(), value)
    });
    used.into_iter().chain(buses).chain(watched).chain(release).chain(own).collect()
}

/// What functions read that is stored outside of the stack, by function and variable: a stage on this machine asks for it
/// before it starts.
pub(super) fn local_secrets(system: &System) -> Map {
    let mut all = Map::new();
    for (_, function) in names::functions(system) {
        for variable in &function.settings.environment {
            let Some(source) = variable.secret() else { continue };
            let kind = match source.store {
                Store::Secrets => "Secret",
                Store::Parameters => "Parameter",
            };
            let secret = Map::new()
                .with(kind, text(&source.id))
                .with_some("Key", source.key.as_deref())
                .with("DeclaredAt", variable.origin.pointer.as_str());
            all.insert(format!("{}.{}", function.name.wire, variable.name), secret);
        }
    }
    all
}

/// A text of a contract, in which `${AWS::…}` are pseudo parameters.
pub(super) fn text(text: &str) -> Value {
    match text.contains("${") {
        true => substitute(text),
        false => text.into(),
    }
}
