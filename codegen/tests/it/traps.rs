//! What AWS accepts and what then delivers nothing: read off the text of templates, without the generator's own terms.
//!
//! Neither cfn-lint nor an emulator sees these. Each check is shown to see its fault.

use std::path::{Path, PathBuf};

use codegen::{compile, read};
use serde_json::{Value, json};

/// A template by what its resources are.
struct Stack<'t>(&'t Value);

impl<'t> Stack<'t> {
    /// The resources of a type, with their ids.
    fn of_type(&self, kind: &str) -> impl Iterator<Item = (&'t str, &'t Value)> {
        let resources = self.0["Resources"].as_object().unwrap();
        resources
            .iter()
            .filter(move |(_, resource)| resource["Type"] == kind)
            .map(|(id, resource)| (id.as_str(), &resource["Properties"]))
    }

    /// The id and properties of the resource of a type that an ARN is the attribute of.
    fn behind(&self, kind: &str, arn: &Value) -> Option<(&'t str, &'t Value)> {
        let id = arn["Fn::GetAtt"][0].as_str()?;
        self.of_type(kind).find(|(one, _)| *one == id)
    }

    /// The statements of the policies of a queue.
    fn statements(&self, queue: &str) -> Vec<&'t Value> {
        let is_of = |policy: &&Value| list(&policy["Queues"]).any(|one| one["Ref"] == queue);
        self.of_type("AWS::SQS::QueuePolicy")
            .map(|(_, policy)| policy)
            .filter(is_of)
            .flat_map(|policy| list(&policy["PolicyDocument"]["Statement"]))
            .collect()
    }
}

/// The items of a list; a single value is a list of one, as IAM has it.
fn list(value: &Value) -> impl Iterator<Item = &Value> {
    let items = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    items.iter().filter(|item| !item.is_null())
}

/// Everything by which events would be lost.
fn faults(template: &Value) -> Vec<String> {
    let stack = Stack(template);
    let mut faults = Vec::new();
    for (rule, properties) in stack.of_type("AWS::Events::Rule") {
        pattern_faults(rule, &properties["EventPattern"], &mut faults);
        for target in list(&properties["Targets"]) {
            for arn in [&target["Arn"], &target["DeadLetterConfig"]["Arn"]] {
                rule_faults(&stack, rule, arn, &mut faults);
            }
            let queue = stack.behind("AWS::SQS::Queue", &target["Arn"]);
            let is_fifo = queue.is_some_and(|(_, queue)| queue["FifoQueue"] == true);
            if is_fifo && target["SqsParameters"]["MessageGroupId"].is_null() {
                faults.push(format!("{rule} sends to a FIFO queue without a message group"));
            }
        }
    }
    for (function, properties) in stack.of_type("AWS::Lambda::Function") {
        if properties["Code"].as_str().is_none_or(str::is_empty) {
            faults.push(format!("{function} has no code"));
        }
    }
    for (_, mapping) in stack.of_type("AWS::Lambda::EventSourceMapping") {
        poller_faults(&stack, mapping, &mut faults);
    }
    faults
}

/// EventBridge matches nothing against a value that is not in a list.
fn pattern_faults(rule: &str, pattern: &Value, faults: &mut Vec<String>) {
    for (key, value) in pattern.as_object().into_iter().flatten() {
        match value {
            Value::Object(_) => pattern_faults(rule, value, faults),
            Value::Array(values) if !values.is_empty() => {}
            _ => faults.push(format!("{rule} matches `{key}` against what is no list")),
        }
    }
}

/// A rule reaches only what lets it.
fn rule_faults(stack: &Stack<'_>, rule: &str, arn: &Value, faults: &mut Vec<String>) {
    let from_rule = |source: &Value| list(source).any(|arn| arn["Fn::GetAtt"][0] == rule);
    if let Some((queue, properties)) = stack.behind("AWS::SQS::Queue", arn) {
        let lets = |statement: &&Value| {
            statement["Effect"] == "Allow"
                && statement["Principal"]["Service"] == "events.amazonaws.com"
                && list(&statement["Action"]).any(|action| action == "sqs:SendMessage")
                && from_rule(&statement["Condition"]["ArnEquals"]["aws:SourceArn"])
        };
        if !stack.statements(queue).iter().any(lets) {
            faults.push(format!("{queue} takes nothing from {rule}"));
        }
        let key = properties["KmsMasterKeyId"].as_str().unwrap_or_default();
        if key.contains("alias/aws/") {
            faults.push(format!("{queue} has a key that {rule} cannot use"));
        }
    }
    if let Some((function, _)) = stack.behind("AWS::Lambda::Function", arn) {
        let lets = |(_, permission): (&str, &Value)| {
            permission["FunctionName"]["Ref"] == function && from_rule(&permission["SourceArn"])
        };
        if !stack.of_type("AWS::Lambda::Permission").any(lets) {
            faults.push(format!("{function} may not be invoked by {rule}"));
        }
    }
}

/// One bad change must not fail the batch before it, and a change that is given up must be told to somebody.
fn stream_faults(stack: &Stack<'_>, mapping: &Value, faults: &mut Vec<String>) {
    let function = mapping["FunctionName"]["Ref"].as_str().unwrap();
    if mapping["FunctionResponseTypes"] != json!(["ReportBatchItemFailures"]) {
        faults.push(format!("one bad change fails the whole batch of {function}"));
    }
    let told = &mapping["DestinationConfig"]["OnFailure"]["Destination"];
    let is_told = stack.behind("AWS::SQS::Queue", told).is_some();
    if mapping["MaximumRetryAttempts"].is_u64() != is_told {
        faults.push(format!(
            "changes that {function} gives up are told to nobody, or never given up"
        ));
    }
}

/// A message must stay hidden until its batch was given up, be tried often enough, and then be kept long enough.
fn poller_faults(stack: &Stack<'_>, mapping: &Value, faults: &mut Vec<String>) {
    // Only a stream has a position to start at.
    if mapping["StartingPosition"].is_string() {
        return stream_faults(stack, mapping, faults);
    }
    let Some((id, queue)) = stack.behind("AWS::SQS::Queue", &mapping["EventSourceArn"]) else {
        return faults.push("a poller polls no queue".into());
    };
    let function = &stack.0["Resources"][mapping["FunctionName"]["Ref"].as_str().unwrap()];
    let seconds = |value: &Value| value.as_u64().unwrap_or_default();
    let window = seconds(&mapping["MaximumBatchingWindowInSeconds"]);
    let least = 6 * seconds(&function["Properties"]["Timeout"]) + window;
    if seconds(&queue["VisibilityTimeout"]) < least {
        faults.push(format!("{id} shows messages again before {least} s"));
    }
    let redrive = &queue["RedrivePolicy"];
    // A queue without dead letters is a warning on its contract, and nobody's trap.
    if let Some((_, dead)) = stack.behind("AWS::SQS::Queue", &redrive["deadLetterTargetArn"]) {
        let kept = |queue: &Value| seconds(&queue["MessageRetentionPeriod"]);
        if kept(dead) < kept(queue) {
            faults.push(format!("dead letters of {id} expire before their time"));
        }
        if seconds(&redrive["maxReceiveCount"]) < 5 {
            faults.push(format!("{id} gives up too soon"));
        }
    }
    if list(&mapping["FunctionResponseTypes"]).all(|one| one != "ReportBatchItemFailures") {
        faults.push(format!("one bad message of {id} fails its whole batch"));
    }
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The template that a folder of contracts comes to.
fn template(spec: &Path) -> Value {
    let compiled = compile(&read::read_spec(spec).unwrap()).unwrap();
    serde_saphyr::from_str(compiled.files.get("infra/template.yaml").unwrap()).unwrap()
}

#[test]
fn templates_fall_into_no_trap() {
    let cases = repository().join("codegen/tests/cases/template");
    let mut specs: Vec<_> = std::fs::read_dir(cases)
        .unwrap()
        .map(|entry| entry.unwrap().path().join("spec"))
        .chain([repository().join("spec")])
        .collect();
    specs.sort();
    for spec in specs {
        assert_eq!(faults(&template(&spec)), Vec::<String>::new(), "{}", spec.display());
    }
}

/// Changes one value of the shop's template, and expects one fault.
fn check_trap(pointer: &str, value: Value, expected: &str) {
    let mut template = template(&repository().join("spec"));
    let place = template.pointer_mut(&format!("/Resources{pointer}"));
    *place.unwrap_or_else(|| panic!("there is no {pointer}")) = value;
    let found = faults(&template);
    assert!(found.iter().any(|fault| fault == expected), "{pointer}: {found:?}");
}

#[test]
fn each_trap_is_seen() {
    let policy = "/OrderQueuePolicy/Properties";
    let rule = "/OrderQueueRule/Properties";
    let queue = "/OrderQueue/Properties";
    let poller = "/OrderingCheckoutFunctionPoller/Properties";
    check_trap(
        &format!("{policy}/Queues"),
        json!([]),
        "OrderQueue takes nothing from OrderQueueRule",
    );
    check_trap(
        &format!("{policy}/PolicyDocument/Statement/0/Condition/ArnEquals/aws:SourceArn"),
        json!([{ "Fn::GetAtt": ["AnotherRule", "Arn"] }]),
        "OrderQueue takes nothing from OrderQueueRule",
    );
    check_trap(
        "/OrderRuleDeadLetterQueuePolicy/Properties/PolicyDocument/Statement/0/Action",
        json!("sqs:ReceiveMessage"),
        "OrderRuleDeadLetterQueue takes nothing from OrderQueueRule",
    );
    check_trap(
        &format!("{rule}/EventPattern/source"),
        json!("com.swn.basket.checkoutbasket"),
        "OrderQueueRule matches `source` against what is no list",
    );
    check_trap(
        &format!("{rule}/EventPattern/detail-type"),
        json!([]),
        "OrderQueueRule matches `detail-type` against what is no list",
    );
    check_trap("/ProductFunction/Properties/Code", json!(""), "ProductFunction has no code");
    check_trap(
        queue,
        json!({ "KmsMasterKeyId": "alias/aws/sqs" }),
        "OrderQueue has a key that OrderQueueRule cannot use",
    );
    check_trap(
        queue,
        json!({ "FifoQueue": true }),
        "OrderQueueRule sends to a FIFO queue without a message group",
    );
    check_trap(
        &format!("{queue}/VisibilityTimeout"),
        json!(59),
        "OrderQueue shows messages again before 60 s",
    );
    check_trap(
        "/OrderDeadLetterQueue/Properties/MessageRetentionPeriod",
        json!(60),
        "dead letters of OrderQueue expire before their time",
    );
    let redrive = format!("{queue}/RedrivePolicy");
    check_trap(&format!("{redrive}/maxReceiveCount"), json!(4), "OrderQueue gives up too soon");
    check_trap(
        &format!("{poller}/FunctionResponseTypes"),
        json!([]),
        "one bad message of OrderQueue fails its whole batch",
    );
    check_trap(&format!("{poller}/EventSourceArn"), json!("?"), "a poller polls no queue");
    check_trap(
        &format!("{rule}/Targets/0/Arn"),
        json!({ "Fn::GetAtt": ["ProductFunction", "Arn"] }),
        "ProductFunction may not be invoked by OrderQueueRule",
    );
}
