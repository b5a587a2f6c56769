//! Versions, the alias `live` that everything invokes, and how CodeDeploy moves it to a new version.
//!
//! A version is made anew when its description changes, which is the stage's parameter `Release`: every release publishes
//! the functions that have an alias.

use super::alarms;
use super::events::ALIAS;
use super::names;
use super::roles::document;
use super::template::{Resource, Retention};
use super::value::{Map, Value, attribute, reference, substitute};
use crate::model::{Function, Live, Service, Shift, ShiftStep, System};

/// The logical id of CodeDeploy's application.
const APPLICATION: &str = "Deployments";

/// The logical id of CodeDeploy's role.
const PERMISSIONS: &str = "DeploymentPermissions";

/// The functions with an alias.
fn all(system: &System) -> impl Iterator<Item = (&Service, &Function, &Live)> {
    names::functions(system).filter_map(|(service, function)| {
        Some((service, function, function.settings.live.as_ref()?))
    })
}

/// The logical id of a function's version.
pub(super) fn version_id(function: &Function) -> String {
    format!("{}Version", names::function_id(function))
}

/// The version and the alias of each function that has one.
pub(super) fn versions(system: &System) -> Vec<Resource> {
    all(system).flat_map(|(_, function, live)| [version(function), alias(function, live)]).collect()
}

fn version(function: &Function) -> Resource {
    let properties = Map::new()
        .with("FunctionName", reference(&names::function_id(function)))
        .with("Description", reference("Release"));
    let mut version = Resource::new(version_id(function), "AWS::Lambda::Version", properties);
    // Invocations may still go to it while the alias moves, and back to it when an alarm goes off.
    version.retention = Some(Retention::Keep);
    version
}

fn alias(function: &Function, live: &Live) -> Resource {
    let provisioned = live
        .provisioned_concurrency
        .map(|number| Map::new().with("ProvisionedConcurrentExecutions", number));
    let properties = Map::new()
        .with("FunctionName", reference(&names::function_id(function)))
        .with("FunctionVersion", attribute(&version_id(function), "Version"))
        .with("Name", ALIAS)
        .with_some("ProvisionedConcurrencyConfig", provisioned);
    let mut alias = Resource::new(names::invoked_id(function), "AWS::Lambda::Alias", properties)
        .declared_at(&function.origin.pointer);
    alias.update_policy = update_policy(function, live).unwrap_or_default();
    alias
}

/// What CodeDeploy does when the alias gets another version.
fn update_policy(function: &Function, live: &Live) -> Option<Map> {
    let update = Map::new()
        .with("ApplicationName", reference(APPLICATION))
        .with("DeploymentGroupName", reference(&group_of(function, live)?));
    Some(Map::new().with("CodeDeployLambdaAliasUpdate", update))
}

/// The logical id of the group that moves the alias, where one does.
pub(super) fn group_of(function: &Function, live: &Live) -> Option<String> {
    live.shift.map(|_| group_id(function))
}

fn group_id(function: &Function) -> String {
    format!("{}Deployment", names::function_id(function))
}

/// CodeDeploy's application, its role, and a group for each function whose invocations it moves.
pub(super) fn deployments(system: &System) -> Vec<Resource> {
    let mut groups = groups(system);
    if !groups.is_empty() {
        groups.splice(..0, [application(), permissions()]);
    }
    groups
}

/// The group of each function whose invocations CodeDeploy moves, and its steps.
pub(super) fn groups(system: &System) -> Vec<Resource> {
    let shifted = all(system).filter_map(|(of, one, live)| Some((of, one, live.shift?)));
    let groups = shifted.flat_map(|(service, function, shift)| {
        let steps = steps(function, shift);
        let group = group(system, service, function, shift);
        steps.into_iter().chain([group])
    });
    groups.collect()
}

fn application() -> Resource {
    let properties = Map::new().with("ComputePlatform", "Lambda");
    Resource::new(APPLICATION, "AWS::CodeDeploy::Application", properties)
}

fn permissions() -> Resource {
    let trust = Map::new()
        .with("Effect", "Allow")
        .with("Principal", Map::new().with("Service", "codedeploy.amazonaws.com"))
        .with("Action", "sts:AssumeRole");
    let policy: Value = substitute(
        "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited",
    );
    let role = Map::new()
        .with("AssumeRolePolicyDocument", document(vec![trust]))
        .with("ManagedPolicyArns", [policy]);
    Resource::new(PERMISSIONS, "AWS::IAM::Role", role)
}

/// The steps of a function's deployments, where there are any.
fn steps(function: &Function, shift: Shift) -> Option<Resource> {
    let (kind, name, ShiftStep { percent, minutes }) = match shift {
        Shift::AllAtOnce => return None,
        Shift::Canary(step) => ("TimeBasedCanary", "Canary", step),
        Shift::Linear(step) => ("TimeBasedLinear", "Linear", step),
    };
    let step = Map::new()
        .with(format!("{name}Percentage"), percent)
        .with(format!("{name}Interval"), minutes);
    let routing = Map::new().with("Type", kind).with(kind, step);
    let properties =
        Map::new().with("ComputePlatform", "Lambda").with("TrafficRoutingConfig", routing);
    let id = format!("{}Steps", group_id(function));
    Some(Resource::new(id, "AWS::CodeDeploy::DeploymentConfig", properties))
}

/// A group of one function: it moves in steps, and back when one of its alarms goes off.
fn group(system: &System, service: &Service, function: &Function, shift: Shift) -> Resource {
    let config: Value = match shift {
        Shift::AllAtOnce => "CodeDeployDefault.LambdaAllAtOnce".into(),
        _ => reference(&format!("{}Steps", group_id(function))),
    };
    let watched = alarms::of_release(system, service, function).into_iter();
    let alarms: Vec<Map> = watched.map(|id| Map::new().with("Name", reference(&id))).collect();
    let events = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"];
    let style = Map::new()
        .with("DeploymentType", "BLUE_GREEN")
        .with("DeploymentOption", "WITH_TRAFFIC_CONTROL");
    let properties = Map::new()
        .with("ApplicationName", reference(APPLICATION))
        .with("ServiceRoleArn", attribute(PERMISSIONS, "Arn"))
        .with("DeploymentConfigName", config)
        .with("DeploymentStyle", style)
        .with("AutoRollbackConfiguration", Map::new().with("Enabled", true).with("Events", events))
        .with("AlarmConfiguration", Map::new().with("Enabled", true).with("Alarms", alarms));
    Resource::new(group_id(function), "AWS::CodeDeploy::DeploymentGroup", properties)
        .declared_at(&function.origin.pointer)
}
