//! What must hold of any template, whatever the contracts: checked over systems of random shape.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail loudly")]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::parameters::names_in;
use super::template::{Resource, Template};
use super::value::{Map, Value, attribute};
use super::{names, roles, template};
use crate::emit::sample;
use crate::model::*;

/// Systems with random deliveries, grants, sizes and buses.
fn systems() -> impl Strategy<Value = System> {
    let actions = proptest::sample::subsequence(
        vec![
            TableAction::Get,
            TableAction::Put,
            TableAction::Update,
            TableAction::Delete,
            TableAction::Query,
            TableAction::Scan,
        ],
        0..=6,
    );
    (actions, any::<[bool; 6]>(), 0..=3_usize).prop_map(|(actions, flags, n_receives)| {
        let [indexed, has_api, publishes, dead_letters, reserved, on_default_bus] = flags;
        let mut system = sample::system();
        let [catalogue, warehouse] = system.services.as_mut_slice() else { unreachable!() };
        let access = &mut catalogue.functions[0].access[0];
        access.actions = actions;
        access.indexes = if indexed { vec![0] } else { Vec::new() };
        catalogue.functions[0].settings.reserved_concurrency = reserved.then_some(7);
        if !has_api {
            catalogue.operations.clear();
            catalogue.functions.clear();
        }
        warehouse.receives.truncate(n_receives);
        warehouse.functions.truncate(n_receives);
        for receive in &mut warehouse.receives {
            let rule = match &mut receive.delivery {
                Delivery::Queue(delivery) => {
                    if !dead_letters {
                        delivery.dead_letter = None;
                    }
                    &mut delivery.rule
                }
                Delivery::Direct(delivery) => {
                    if !dead_letters {
                        delivery.on_failure = None;
                    }
                    &mut delivery.rule
                }
                Delivery::Stream(_) => continue,
            };
            if on_default_bus {
                rule.bus = "default".into();
            }
            rule.dead_letter = dead_letters.then(|| sample::queue("Undelivered"));
        }
        if !publishes {
            warehouse.functions.iter_mut().for_each(|function| function.publishes.clear());
        }
        system
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn holds_together(system in systems()) {
        let template = template(&system);
        let by_id = by_id(&template);
        check_references(&template, &by_id);
        check_nothing_unused(&template);
        check_functions(&system, &by_id);
        check_least_privilege(&system, &by_id);
        check_rules(&by_id);
        check_queues(&by_id);
        check_dead_letters_are_watched(&template);
        prop_assert_eq!(&template, &super::template(&system), "the same model is the same template");
        check_divided(system, &template);
    }
}

/// A stack for each service: each template holds together, and all have together what one would have.
fn check_divided(system: System, whole: &Template) {
    let system = System { layout: StackLayout::PerService, ..system };
    let divided = super::templates(&system, super::resources(&system));
    let mut ids = BTreeSet::new();
    for (file, template) in &divided {
        check_references(template, &by_id(template));
        check_nothing_unused(template);
        check_no_circle(template);
        let own = template.resources().filter(|one| one.kind != "AWS::CloudFormation::Stack");
        own.for_each(|one| assert!(ids.insert(&one.id), "{file}: {} twice", one.id));
    }
    assert_eq!(ids, whole.resources().map(|one| &one.id).collect());
}

/// Resources can be made one after the other: none needs one that needs it.
fn check_no_circle(template: &Template) {
    let mut left: BTreeSet<String> = template.resources().map(|one| one.id.clone()).collect();
    let needs = names_used(template);
    loop {
        let waiting: BTreeSet<String> = needs
            .iter()
            .filter(|(by, name)| left.contains(by) && left.contains(name))
            .map(|(by, _)| by.clone())
            .collect();
        if waiting.is_empty() {
            return;
        }
        assert!(waiting.len() < left.len(), "these need each other: {waiting:?}");
        left = waiting;
    }
}

fn by_id(template: &Template) -> BTreeMap<&str, &Resource> {
    let mut by_id = BTreeMap::new();
    for resource in template.resources() {
        assert!(by_id.insert(resource.id.as_str(), resource).is_none(), "{} twice", resource.id);
        let plain = resource.id.chars().all(|c| c.is_ascii_alphanumeric());
        assert!(plain, "`{}` is not a logical ID", resource.id);
    }
    by_id
}

/// Every name that anything in the template refers to, with who does.
fn names_used(template: &Template) -> Vec<(String, String)> {
    let mut used = Vec::new();
    let mut add = |by: &str, value: &Value| {
        let mut names = Vec::new();
        names_in(value, &mut names);
        used.extend(names.into_iter().map(|name| (by.to_owned(), name)));
    };
    for resource in template.resources() {
        resource.properties.iter().for_each(|(_, value)| add(&resource.id, value));
    }
    for part in [&template.conditions, &template.outputs] {
        part.iter().for_each(|(name, value)| add(name, value));
    }
    let conditional = template.resources().filter_map(|one| Some((one.id.clone(), one.condition?)));
    used.extend(conditional.map(|(id, condition)| (id, condition.to_owned())));
    let ordered = template.resources().map(|one| (&one.id, &one.after));
    used.extend(
        ordered.flat_map(|(id, after)| after.iter().map(|one| (id.clone(), (*one).into()))),
    );
    used
}

fn check_references(template: &Template, by_id: &BTreeMap<&str, &Resource>) {
    for (by, name) in names_used(template) {
        let known = name.starts_with("AWS::")
            || by_id.contains_key(name.as_str())
            || template.parameters.get(&name).is_some()
            || template.conditions.get(&name).is_some();
        assert!(known, "`{by}` refers to `{name}`, which is nowhere");
    }
}

/// Resources that act by being there: nothing has to refer to them.
const ENDS: [&str; 9] = [
    "AWS::ApiGateway::Account",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::DynamoDB::Table",
    "AWS::Events::Rule",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Permission",
    "AWS::SQS::QueuePolicy",
];

fn check_nothing_unused(template: &Template) {
    let used: BTreeSet<_> = names_used(template).into_iter().map(|(_, name)| name).collect();
    for (name, _) in template.parameters.iter().chain(template.conditions.iter()) {
        assert!(used.contains(name), "nothing uses `{name}`");
    }
    for resource in template.resources().filter(|one| !ENDS.contains(&one.kind)) {
        assert!(used.contains(&resource.id), "nothing uses `{}`", resource.id);
    }
}

fn map<'v>(map: &'v Map, key: &str) -> &'v Map {
    match map.get(key) {
        Some(Value::Map(map)) => map,
        other => panic!("`{key}` is {other:?}"),
    }
}

fn list<'v>(map: &'v Map, key: &str) -> &'v [Value] {
    match map.get(key) {
        Some(Value::List(list)) => list,
        other => panic!("`{key}` is {other:?}"),
    }
}

fn check_functions(system: &System, by_id: &BTreeMap<&str, &Resource>) {
    for (_, function) in names::functions(system) {
        let id = names::function_id(function);
        let resource = by_id[id.as_str()];
        let role = attribute(&format!("{id}Role"), "Arn");
        assert_eq!(resource.properties.get("Role"), Some(&role));
        assert_eq!(by_id[format!("{id}Role").as_str()].kind, "AWS::IAM::Role");
        assert_eq!(by_id[format!("{id}LogGroup").as_str()].kind, "AWS::Logs::LogGroup");
        let Some(Value::Text(code)) = resource.properties.get("Code") else { panic!("no code") };
        assert!(code.ends_with(&format!("/{}", function.name.wire)));
        assert_eq!(resource.metadata.get("Binary"), Some(&(&function.name.wire).into()));
        assert_eq!(resource.metadata.get("SkipBuild"), Some(&true.into()), "SAM would build it");
        let invokers = by_id.values().filter(|resource| {
            let points_here = ["FunctionName", "FunctionName"]
                .iter()
                .any(|key| resource.properties.get(key) == Some(&super::value::reference(&id)));
            points_here
                && matches!(
                    resource.kind,
                    "AWS::Lambda::Permission" | "AWS::Lambda::EventSourceMapping"
                )
        });
        assert_eq!(invokers.count(), 1, "{id} is invoked in just one way");
    }
}

/// The statements of a function's role as pairs of action and resource.
fn granted(role: &Resource) -> BTreeSet<(String, String)> {
    let Value::Map(policy) = &list(&role.properties, "Policies")[0] else { panic!("no policy") };
    let mut granted = BTreeSet::new();
    for statement in list(map(policy, "PolicyDocument"), "Statement") {
        let Value::Map(statement) = statement else { panic!("no statement") };
        let resources = match statement.get("Resource") {
            Some(Value::List(resources)) => resources.clone(),
            Some(one) => vec![one.clone()],
            None => panic!("no resource"),
        };
        for action in list(statement, "Action") {
            let Value::Text(action) = action else { panic!("no action") };
            granted.extend(resources.iter().map(|one| (action.clone(), format!("{one:?}"))));
        }
    }
    granted
}

/// What the model says a function may do, in the same form.
fn expected(system: &System, service: &Service, function: &Function) -> BTreeSet<(String, String)> {
    let mut expected = BTreeSet::new();
    let id = names::function_id(function);
    let mut add = |actions: &[&str], resource: Value| {
        expected.extend(actions.iter().map(|one| ((*one).to_owned(), format!("{resource:?}"))));
    };
    let logs = ["logs:CreateLogStream", "logs:PutLogEvents"];
    add(&logs, attribute(&format!("{id}LogGroup"), "Arn"));
    add(&["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*".into());
    for access in &function.access {
        let table = service.table(access.table);
        for action in &access.actions {
            add(&[roles::iam_action(*action)], super::tables::arn_of(table, ""));
        }
        for index in &access.indexes {
            let name = &table.indexes[*index].name.wire;
            add(&["dynamodb:Query"], super::tables::arn_of(table, &format!("/index/{name}")));
        }
    }
    for index in &function.publishes {
        let Destination::Bus(bus) = &service.sends[*index].destination;
        add(&["events:PutEvents"], names::bus_arn(system, bus));
    }
    if let Trigger::Receive(index) = function.trigger {
        match &service.receives[index].delivery {
            Delivery::Queue(delivery) => add(
                &["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
                attribute(&names::queue_id(&delivery.queue), "Arn"),
            ),
            Delivery::Direct(delivery) => {
                if let Some(queue) = &delivery.on_failure {
                    add(&["sqs:SendMessage"], attribute(&names::queue_id(queue), "Arn"));
                }
            }
            Delivery::Stream(delivery) => {
                let stream = super::tables::stream_of(service.table(delivery.table));
                let read =
                    ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"];
                add(&read, stream);
                add(&["dynamodb:ListStreams"], "*".into());
                if let Some(queue) = &delivery.on_failure {
                    add(&["sqs:SendMessage"], attribute(&names::queue_id(queue), "Arn"));
                }
            }
        }
    }
    expected
}

fn check_least_privilege(system: &System, by_id: &BTreeMap<&str, &Resource>) {
    for (service, function) in names::functions(system) {
        let role = by_id[roles::role_id(function).as_str()];
        assert_eq!(granted(role), expected(system, service, function), "{}", function.name.wire);
    }
}

/// Rules match on arrays only, and every queue that a rule sends to lets it.
fn check_rules(by_id: &BTreeMap<&str, &Resource>) {
    for rule in by_id.values().filter(|resource| resource.kind == "AWS::Events::Rule") {
        check_pattern(rule.properties.get("EventPattern").unwrap());
        let Value::Map(target) = &list(&rule.properties, "Targets")[0] else { panic!() };
        let dead_letters = target.get("DeadLetterConfig").map(|_| map(target, "DeadLetterConfig"));
        let arns = [Some(target), dead_letters].into_iter().flatten().map(|map| map.get("Arn"));
        for arn in arns {
            let Some(Value::Map(arn)) = arn else { panic!("no target") };
            let Value::Text(id) = &list(arn, "Fn::GetAtt")[0] else { panic!("no id") };
            if by_id[id.as_str()].kind == "AWS::SQS::Queue" {
                let policy = &by_id[format!("{id}Policy").as_str()].properties;
                let text = format!("{policy:?}");
                let rule_arn = format!("{:?}", attribute(&rule.id, "Arn"));
                assert!(text.contains("TakeFromRules"), "{id} takes nothing from rules");
                assert!(text.contains(&rule_arn), "{id} takes nothing from {}", rule.id);
            }
        }
    }
}

fn check_pattern(pattern: &Value) {
    let Value::Map(map) = pattern else { panic!("a pattern is a map, not {pattern:?}") };
    for (key, value) in map.iter() {
        match value {
            Value::List(values) => assert!(!values.is_empty(), "`{key}` matches nothing"),
            nested => check_pattern(nested),
        }
    }
}

fn check_queues(by_id: &BTreeMap<&str, &Resource>) {
    for queue in by_id.values().filter(|resource| resource.kind == "AWS::SQS::Queue") {
        assert_eq!(queue.properties.get("SqsManagedSseEnabled"), Some(&true.into()));
        assert!(queue.properties.get("KmsMasterKeyId").is_none(), "EventBridge could not deliver");
        assert!(by_id.contains_key(format!("{}Policy", queue.id).as_str()));
        let name = format!("{:?}", queue.properties.get("QueueName"));
        let is_fifo = queue.properties.get("FifoQueue").is_some();
        assert_eq!(name.contains(".fifo"), is_fifo, "{}", queue.id);
    }
}

/// A queue that takes what others gave up has an alarm, and takes redriven messages from no queue but theirs.
fn check_dead_letters_are_watched(template: &Template) {
    let alarms: BTreeSet<_> = template
        .resources()
        .filter(|resource| resource.kind == "AWS::CloudWatch::Alarm")
        .map(|resource| resource.id.as_str())
        .collect();
    for queue in template.resources().filter(|resource| resource.kind == "AWS::SQS::Queue") {
        let holds_failures = queue.properties.get("RedriveAllowPolicy").is_some();
        let suffix = if holds_failures { "NotEmpty" } else { "Age" };
        assert!(alarms.contains(format!("{}{suffix}", queue.id).as_str()), "{}", queue.id);
    }
}

/// The document's own text decides the deployment's id: the same text keeps it, another changes it.
#[test]
fn a_deployment_follows_its_document() {
    let deployment = |system: &System| {
        let template = template(system);
        let mut ids = template.resources().filter(|one| one.kind == "AWS::ApiGateway::Deployment");
        ids.next().unwrap().id.clone()
    };
    let before = deployment(&sample::system());
    assert_eq!(before, deployment(&sample::system()));
    let mut system = sample::system();
    system.services[0].functions[0].settings.timeout_seconds = 20;
    assert_eq!(before, deployment(&system), "a function's size is no part of the document");
    system.services[0].operations[1].path.segments[0] = Segment::Literal("thing".into());
    assert_ne!(before, deployment(&system));
}

#[test]
fn a_model_never_refuses_what_the_function_accepts() {
    let template = template(&sample::system());
    let api = template.resources().find(|one| one.id == "Api").unwrap();
    let components = map(map(&api.properties, "Body"), "components");
    let item = map(map(components, "schemas"), "CatalogueItem");
    let properties = map(item, "properties");
    assert_eq!(properties.get("id"), Some(&Map::new().into()), "read-only, so sent in vain");
    assert_eq!(map(properties, "price").get("type"), Some(&Value::from("number")));
    assert_eq!(map(properties, "price").get("minimum"), Some(&Value::number("0.01")));
    assert_eq!(item.get("additionalProperties"), Some(&false.into()));
}

#[test]
fn wrong_methods_reach_the_router() {
    let template = template(&sample::system());
    let api = template.resources().find(|one| one.id == "Api").unwrap();
    for (path, methods) in map(map(&api.properties, "Body"), "paths").iter() {
        let Value::Map(methods) = methods else { panic!("{path} has no methods") };
        assert!(methods.get("x-amazon-apigateway-any-method").is_some(), "{path}");
    }
}
