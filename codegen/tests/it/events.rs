//! What messages come to on the bus: patterns, schedules and queues as EventBridge and SQS take them.

use codegen::diag::{Diagnostic, render::render_text};
use codegen::emit::{Crates, emit};
use codegen::model::{RuleTrigger, System};
use codegen::source::SourceMap;
use codegen::{Resolved, resolve};
use serde_json::{Value, json};

/// The contracts of these services, each with its AsyncAPI document from `channels` on.
fn sources(services: &[(&str, &str)]) -> SourceMap {
    let mut sources = SourceMap::default();
    sources.add("spec/defaults.yaml", "events: {bus: Events, source: 'com.{service}'}\n");
    for (name, text) in services {
        let head = format!("asyncapi: 3.0.0\ninfo: {{title: {name}, version: 1.0.0}}\n");
        sources.add(format!("spec/{name}/asyncapi.yaml"), head + text);
    }
    sources
}

fn system(services: &[(&str, &str)]) -> System {
    let sources = sources(services);
    let Resolved { system, diagnostics, .. } = resolve(&sources);
    system.unwrap_or_else(|| panic!("{}", render_text(&diagnostics, &sources, false)))
}

fn said(services: &[(&str, &str)]) -> Vec<String> {
    let all = resolve(&sources(services)).diagnostics;
    let line = |one: &Diagnostic| {
        let parts = [one.message.as_str()].into_iter().chain(one.help.iter().map(String::as_str));
        format!("{}: {}", one.code, parts.collect::<Vec<_>>().join("; "))
    };
    all.iter().map(line).collect()
}

fn trigger(system: &System) -> &RuleTrigger {
    let receives = system.services.iter().flat_map(|service| &service.receives);
    let mut rules = receives.filter_map(|receive| receive.delivery.rule());
    &rules.next().unwrap().trigger
}

/// A receiver of messages with these sources and detail-types.
fn receiver(messages: &[(Option<&str>, &str)]) -> Value {
    let one = |(at, (source, of)): (usize, &(Option<&str>, &str))| {
        let source = source.map_or(String::new(), |of| format!("x-amazon-events-source: {of}, "));
        format!(
            "      M{at}: {{{source}x-amazon-events-detail-type: {of}, payload: {{type: object, required: [a{at}], properties: {{a{at}: {{type: string}}}}}}}}\n"
        )
    };
    let messages: String = messages.iter().enumerate().map(one).collect();
    let text = format!(
        "channels:\n  c:\n    messages:\n{messages}operations:\n  hear: {{action: receive, channel: {{$ref: '#/channels/c'}}, x-external: true, x-lambda: {{onFailure: Gone}}}}\n"
    );
    match trigger(&system(&[("a", &text)])) {
        RuleTrigger::Pattern(pattern) => pattern.clone(),
        RuleTrigger::Schedule(_) => unreachable!(),
    }
}

#[test]
fn a_rule_takes_its_messages_and_no_others() {
    let cases = [
        // Every source with every detail-type: two lists.
        (
            vec![(Some("a"), "X"), (Some("a"), "Y"), (Some("b"), "Y"), (Some("b"), "X")],
            json!({"source": ["a", "b"], "detail-type": ["X", "Y"]}),
        ),
        (
            vec![(Some("a"), "X"), (Some("b"), "Y"), (Some("a"), "Z")],
            json!({"$or": [
                {"source": ["a"], "detail-type": ["X", "Z"]},
                {"source": ["b"], "detail-type": ["Y"]},
            ]}),
        ),
        (
            vec![(Some("a"), "X"), (None, "Y")],
            json!({"$or": [{"source": ["a"], "detail-type": ["X"]}, {"detail-type": ["Y"]}]}),
        ),
        (vec![(None, "X"), (None, "Y")], json!({"detail-type": ["X", "Y"]})),
    ];
    for (messages, pattern) in cases {
        assert_eq!(receiver(&messages), pattern, "{messages:?}");
    }
}

/// A channel with a pattern of its own, and a receiver.
fn with_pattern(pattern: &str) -> String {
    format!(
        "channels:\n  c:\n    messages: {{M: {{payload: {{$ref: '#/components/schemas/P'}}}}}}\n    bindings: {{x-eventbridge: {{bus: B, pattern: {pattern}}}}}\noperations:\n  hear: {{action: receive, channel: {{$ref: '#/channels/c'}}, x-external: true, x-lambda: {{onFailure: Gone}}}}\ncomponents:\n  schemas:\n    P: {{type: object, required: [n, id, day], properties: {{n: {{type: [string, 'null']}}, id: {{type: string, format: uuid}}, day: {{type: string, format: date}}, name: {{type: string, maxLength: 3}}}}}}\n"
    )
}

#[test]
fn null_in_a_pattern_is_no_text() {
    let system = system(&[("a", &with_pattern("{detail: {n: [null]}}"))]);
    let files = emit(&system, &Crates::default());
    let template = files.get("infra/template.yaml").unwrap();
    let text = r#"{"detail":{"n":[null]},"detail-type":["M"]}"#;
    let shown: String = template.lines().filter(|line| line.contains("EventPattern")).collect();
    assert!(shown.contains(text), "{shown}\n{template}");
    let rules = files.get("cdk/rules.ts").unwrap();
    assert!(rules.contains("addPropertyOverride(") && rules.contains(text), "{rules}");
    assert!(!rules.contains("'null'"), "{rules}");
}

#[test]
fn a_pattern_that_matches_nothing_or_is_refused_is_told() {
    let why = |pattern: &str| said(&[("a", &with_pattern(pattern))]);
    for (pattern, part) in [
        ("{detail: [light]}", "`detail` is an object there"),
        ("{detail: [{exists: true}]}", "`detail` is an object there"),
        ("{account: [12]}", "`account` is a string there"),
        ("{region: {a: [b]}}", "`region` is a string there"),
        ("{detail: {id: [{cidr: 10.0.0.0/8}]}}", "`id`"),
        ("{detail: {id: [{prefix: zz}]}}", "`id`"),
        ("{detail: {day: [{prefix: '20-'}]}}", "`day`"),
        ("{detail: {day: [{suffix: '-3x'}]}}", "`day`"),
        ("{detail: {name: [{prefix: abcd}]}}", "`name`"),
        ("{detail: {}}", "no empty object"),
        ("{detail: {o: {}}}", "no empty object"),
    ] {
        let said = why(pattern);
        assert!(said.iter().any(|one| one.contains(part)), "{pattern}: {said:?}");
    }
    for fine in [
        "{account: ['12']}",
        "{resources: [{prefix: 'arn:'}]}",
        "{resources: [{exists: false}]}",
        "{detail: {id: [{prefix: 3F}], day: [{prefix: '2026-'}], name: [{suffix: abc}]}}",
    ] {
        let said = why(fine);
        assert!(said.iter().all(|one| !one.contains("pattern")), "{fine}: {said:?}");
    }
}

#[test]
fn a_pattern_keeps_the_limits_of_eventbridge() {
    let long = format!("{{detail: {{n: [{}]}}}}", vec!["aaaaaaaaaaaaaaa"; 300].join(", "));
    let said_long = said(&[("a", &with_pattern(&long))]);
    assert!(said_long.iter().any(|one| one.contains("EventBridge allows 4096")), "{said_long:?}");
    let or = |field: &str| {
        let ways: Vec<String> = (0..11).map(|n| format!("{{{field}: [v{n}]}}")).collect();
        format!("{{$or: [{}]}}", ways.join(", "))
    };
    let deep = format!(
        "{{detail: {{$or: [{{n: [a]}}, {{name: [b]}}], x: {}, y: {}, z: {}}}}}",
        or("n"),
        or("n"),
        or("n")
    );
    let open = with_pattern(&deep).replace("properties: {n", "properties: {x: {}, y: {}, z: {}, n");
    let said_many = said(&[("a", &open)]);
    let text = "make 2662 combinations, but EventBridge allows 1000";
    assert!(said_many.iter().any(|one| one.contains(text)), "{said_many:?}");
}

/// A receiver of a schedule's events with this input.
fn scheduled(input: &Value) -> String {
    format!(
        "channels:\n  c:\n    messages: {{M: {{payload: {{type: object, properties: {{note: {{type: string}}}}}}}}}}\n    bindings: {{x-eventbridge: {{bus: default, schedule: rate(5 minutes), input: {input}}}}}\noperations:\n  hear: {{action: receive, channel: {{$ref: '#/channels/c'}}, x-lambda: {{onFailure: Gone}}}}\n"
    )
}

#[test]
fn the_input_of_a_schedule_holds_no_places() {
    let input = json!({"note": "see <id> and <aws.events.event> \"q\""});
    let system = system(&[("a", &scheduled(&input))]);
    let RuleTrigger::Schedule(schedule) = trigger(&system) else { unreachable!() };
    let template = schedule.template();
    assert_eq!(template.matches('<').count(), 2, "{template}");
    let filled = template.replace("<id>", "\"1\"").replace("<time>", "\"2\"");
    let event: Value = serde_json::from_str(&filled).unwrap();
    assert_eq!(event["detail"], input);
    let long = json!({"note": "a".repeat(8_100)});
    let said = said(&[("a", &scheduled(&long))]);
    assert!(said.iter().any(|one| one.contains("EventBridge allows 8192")), "{said:?}");
}

#[test]
fn what_only_receivers_have_is_told_of_channels_that_are_sent_to() {
    let text = "channels:\n  c:\n    messages: {M: {payload: {type: object}}}\n    bindings: {x-eventbridge: {bus: B, pattern: {detail: {a: [b]}}, deadLetterQueue: D, retryPolicy: {maximumRetryAttempts: 1}, ruleName: R}}\noperations:\n  tell: {action: send, channel: {$ref: '#/channels/c'}}\n";
    let said = said(&[("a", text)]);
    for key in ["pattern", "deadLetterQueue", "retryPolicy", "ruleName"] {
        assert!(said.iter().any(|one| one.contains(&format!("`{key}` is for"))), "{key}: {said:?}");
    }
}

/// A receiver with a queue of these settings.
fn queued(queue: &str, rule: &str) -> String {
    format!(
        "channels:\n  c:\n    messages: {{M: {{payload: {{type: object}}}}}}\n    bindings:\n      sqs: {{queue: {{{queue}}}}}\n      x-eventbridge: {{bus: B{rule}}}\noperations:\n  hear: {{action: receive, channel: {{$ref: '#/channels/c'}}, x-external: true}}\n"
    )
}

#[test]
fn queues_are_as_sqs_takes_them() {
    let why = |queue: &str, rule: &str| said(&[("a", &queued(queue, rule))]);
    let limit = "fifoThroughputLimit: perMessageGroupId";
    for scope in ["", "deduplicationScope: queue, "] {
        let said = why(&format!("name: Q.fifo, fifoQueue: true, {scope}{limit}"), "");
        assert!(said.iter().any(|one| one.starts_with("bad-queue: ")), "{scope}: {said:?}");
    }
    let fine = why(
        &format!("name: Q.fifo, fifoQueue: true, deduplicationScope: messageGroup, {limit}"),
        "",
    );
    assert!(fine.iter().all(|one| !one.starts_with("bad-queue: ")), "{fine:?}");
    let plain = why(&format!("name: Q, fifoQueue: false, {limit}"), "");
    assert!(plain.iter().any(|one| one.contains("`fifoThroughputLimit`")), "{plain:?}");
    // What could not be delivered has no order, so there is no `fifoQueue` to set.
    let failures = why("name: Q, fifoQueue: false", ", deadLetterQueue: R.fifo");
    assert!(failures.iter().any(|one| one.ends_with("write `R`")), "{failures:?}");
}

/// A sender of a message, and a receiver that refers to it.
const SENDER: &str = "channels:\n  c:\n    messages: {M: {$ref: '#/components/messages/M'}, N: {$ref: '#/components/messages/N'}}\noperations:\n  tell: {action: send, channel: {$ref: '#/channels/c'}}\ncomponents:\n  messages:\n    M: {x-amazon-events-detail-type: Order, payload: {type: object, required: [m], properties: {m: {type: string}}}}\n    N: {x-amazon-events-detail-type: Order, x-amazon-events-source: other, payload: {type: object, required: [n], properties: {n: {type: string}}}}\n";
const RECEIVER: &str = "channels:\n  c: {messages: {M: {$ref: '../a/asyncapi.yaml#/components/messages/M'}}}\noperations:\n  hear: {action: receive, channel: {$ref: '#/channels/c'}, x-lambda: {onFailure: Gone}}\n";

#[test]
fn a_received_message_is_that_of_the_service_that_sends_it() {
    // Another message has the same detail-type, so only the message itself says which source is meant.
    let system_of = system(&[("a", SENDER), ("b", RECEIVER)]);
    let message = &system_of.services[1].receives[0].messages[0];
    assert_eq!(message.source.as_deref(), Some("com.a"));
    // A detail-type with the name of a service has that of the sender.
    let plain = SENDER.replace("x-amazon-events-detail-type: Order, ", "");
    let mut sources = sources(&[("a", &plain), ("b", RECEIVER)]);
    let defaults =
        "events: {bus: Events, source: 'com.{service}', detailType: '{service}.{message}'}\n";
    let mut changed = SourceMap::default();
    changed.add("spec/defaults.yaml", defaults);
    for (_, file) in sources.files().filter(|(_, file)| !file.path.ends_with("defaults.yaml")) {
        changed.add(file.path.clone(), file.text.clone());
    }
    std::mem::swap(&mut sources, &mut changed);
    let resolved = resolve(&sources).system.unwrap();
    assert_eq!(resolved.services[1].receives[0].messages[0].detail_type, "a.M");
    // Where nobody sends it, that is told.
    let own = "channels:\n  c: {messages: {M: {payload: {type: object}}}}\noperations:\n  hear: {action: receive, channel: {$ref: '#/channels/c'}, x-external: true}\n";
    let mut alone = SourceMap::default();
    alone.add("spec/defaults.yaml", defaults);
    alone.add(
        "spec/b/asyncapi.yaml",
        format!("asyncapi: 3.0.0\ninfo: {{title: b, version: 1.0.0}}\n{own}"),
    );
    let said = resolve(&alone).diagnostics;
    assert!(
        said.iter().any(|one| one.message.contains("no single service is known to send `M`")),
        "{said:?}"
    );
}

#[test]
fn a_payload_that_is_wrapped_is_correlated_where_it_is() {
    let text = "channels:\n  c:\n    messages: {M: {payload: {type: array, items: {type: string}}, correlationId: {location: '$message.payload#/0'}}}\noperations:\n  tell: {action: send, channel: {$ref: '#/channels/c'}}\n";
    let said = said(&[("a", text)]);
    assert!(said.iter().all(|one| !one.starts_with("correlation-nowhere")), "{said:?}");
    let system = system(&[("a", text)]);
    let correlation = system.services[0].sends[0].message.correlation.as_ref();
    assert_eq!(correlation.map(|one| one.pointer.as_str()), Some("/data/0"));
}

#[test]
fn a_payload_of_properties_without_a_type_is_an_object() {
    let of = |payload: &str| {
        format!(
            "channels:\n  c: {{messages: {{M: {{payload: {payload}}}}}}}\noperations: {{tell: {{action: send, channel: {{$ref: '#/channels/c'}}}}}}\n"
        )
    };
    let text = of("{properties: {a: {type: string}}, required: [a]}");
    let services = [("a", text.as_str())];
    let found = said(&services);
    assert!(found.iter().any(|one| one.starts_with("untyped-object: ")), "{found:?}");
    let message = &system(&services).services[0].sends[0].message;
    let fields = system(&services).services[0].types[message.payload.0].clone();
    assert!(matches!(fields.kind, codegen::model::TypeKind::Struct(_)), "{fields:?}");
    // One that may be null is wrapped, as any that is no object.
    let null = of("{type: object, nullable: true, properties: {a: {type: string}}}");
    let wrapped = said(&[("a", &null)]);
    assert!(wrapped.iter().any(|one| one.contains("`{\"data\": …}`")), "{wrapped:?}");
    system(&[("a", &null)]);
    // Properties alone, of any name, are an object as well.
    system(&[("a", &of("{additionalProperties: {type: string}}"))]);
}

#[test]
fn a_detail_type_of_an_address_is_one_of_events() {
    let text = |address: &str, keys: &str| {
        format!(
            "channels:\n  c:\n    {address}\n    parameters: {{id: {{location: $message.payload#/id{keys}}}}}\n    messages: {{F: {{payload: {{type: object, properties: {{id: {{type: string}}, of: {{type: string, enum: [a]}}}}}}}}}}\noperations: {{tell: {{action: send, channel: {{$ref: '#/channels/c'}}}}}}\n"
        )
    };
    let said = |defaults: &str, text: &str| {
        let mut sources = SourceMap::default();
        sources
            .add("spec/defaults.yaml", format!("events: {{bus: Events, source: a{defaults}}}\n"));
        let head = "asyncapi: 3.0.0\ninfo: {title: T, version: 1.0.0}\n";
        sources.add("spec/a/asyncapi.yaml", format!("{head}{text}"));
        let all = resolve(&sources).diagnostics.into_iter();
        all.filter(|one| one.code == "parameter-in-address")
            .map(|one| one.message)
            .collect::<Vec<_>>()
    };
    let by_address = ", detailType: '{address}:{message}'";
    let template = said(by_address, &text("address: 'users/{id}'", ""));
    assert!(template[0].contains("`users/{id}:F` literally"), "{template:?}");
    let none = text("address: null", "")
        .replace("    parameters: {id: {location: $message.payload#/id}}\n", "");
    assert!(said(by_address, &none)[0].contains("`:F`"));
    assert_eq!(said("", &text("address: 'users/{id}'", "")), [""; 0]);
    // Values that only the parameter names bound nothing.
    let bound = said("", &text("address: 'users/{id}'", ", enum: [x, y], default: x"));
    assert_eq!(bound.len(), 2, "{bound:?}");
    let same = text("address: 'users/{id}'", ", enum: [a]").replace("#/id", "#/of");
    assert_eq!(said("", &same), [""; 0]);
}

#[test]
fn fields_of_events_that_a_contract_cannot_ask_for_are_told_so() {
    for (pattern, help) in [
        ("{time: [{prefix: '2026'}]}", "a field of `detail`"),
        ("{$or: [{account: [a]}, {region: [b]}]}", "inside `detail`"),
    ] {
        let said = said(&[("a", &with_pattern(pattern))]);
        let fault = said.iter().find(|one| one.starts_with("bad-pattern: ")).unwrap();
        assert!(
            fault.contains("is not supported in the pattern") && fault.contains(help),
            "{fault}"
        );
    }
}

#[test]
fn a_pattern_that_lets_none_of_the_values_through_is_an_error() {
    let reaches = |kind: &str, pattern: &str| {
        let text = format!(
            "channels:\n  c:\n    messages:\n      M: {{x-amazon-events-source: a, payload: {{type: object, required: [kind], properties: {{kind: {kind}}}}}}}\n    bindings: {{x-eventbridge: {{bus: Bus, ruleName: r, pattern: {{detail: {{kind: [{pattern}]}}}}}}}}\noperations:\n  hear: {{action: receive, channel: {{$ref: '#/channels/c'}}, x-external: true}}\n"
        );
        let said = said(&[("a", &text)]);
        !said.iter().any(|one| one.starts_with("pattern-unreachable: "))
    };
    let kind = "{type: string, enum: [Alpha, beta, gamma, 10.0.0.7]}";
    for never in [
        "{wildcard: '*zz*'}",
        "{wildcard: 'a*a'}",
        "{wildcard: 'b*m*a'}",
        "{cidr: 10.0.1.0/24}",
        "{prefix: {equals-ignore-case: x}}",
        "{anything-but: {prefix: [Al, be, ga, '10']}}",
        "{anything-but: {suffix: [a, '7']}}",
        "{anything-but: {equals-ignore-case: [alpha, BETA, gamma, 10.0.0.7]}}",
        "{anything-but: {wildcard: ['*a', '*.*']}}",
        "{anything-but: [Alpha, beta, gamma, 10.0.0.7]}",
    ] {
        assert!(!reaches(kind, never), "{never}");
    }
    for may in [
        "{wildcard: 'b*a'}",
        "{wildcard: '*mm*'}",
        "{wildcard: beta}",
        "{cidr: 10.0.0.0/24}",
        "{cidr: 0.0.0.0/0}",
        "{prefix: {equals-ignore-case: al}}",
        "{anything-but: {prefix: [Al, be, ga]}}",
        "{anything-but: {suffix: a}}",
        "{anything-but: {equals-ignore-case: [alpha, BETA]}}",
        "{anything-but: {wildcard: '*a'}}",
        "{anything-but: beta}",
    ] {
        assert!(reaches(kind, may), "{may}");
    }
    let text = "{type: string}";
    assert!(!reaches(text, "{anything-but: {wildcard: '*'}}"));
    assert!(reaches(text, "{anything-but: {wildcard: '*a'}}"));
    let number = "{type: integer, enum: [1, 2]}";
    assert!(!reaches(number, "{anything-but: [1, 2]}") && reaches(number, "{anything-but: 1}"));
}
