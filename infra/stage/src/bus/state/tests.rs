//! Rules, targets and schedules as data: what is routed, refused and due.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]
use super::*;
use crate::bus::event::NewEvent;
use uuid::Uuid;

fn state() -> BusState {
    let origin = Origin { region: "r".to_owned(), account: "1".to_owned() };
    BusState::new(origin, 0)
}

fn rule(name: &str, bus: Option<&str>, pattern: &str) -> NewRule {
    NewRule {
        name: name.to_owned(),
        bus: bus.map(str::to_owned),
        pattern: Some(pattern.to_owned()),
        ..NewRule::default()
    }
}

fn scheduled(name: &str, schedule: &str) -> NewRule {
    NewRule { pattern: None, schedule: Some(schedule.to_owned()), ..rule(name, None, "") }
}

fn event(state: &BusState) -> Event {
    let new = NewEvent {
        source: Some("s".to_owned()),
        detail_type: Some("T".to_owned()),
        detail: Some("{}".to_owned()),
        ..NewEvent::default()
    };
    new.seal(Uuid::nil(), 0, state.origin()).unwrap()
}

fn routed(state: &BusState, bus: Option<&str>) -> Vec<String> {
    state.route(bus, &event(state)).iter().map(|rule| rule.name.clone()).collect()
}

#[test]
fn events_reach_the_enabled_rules_of_their_bus() {
    let mut state = state();
    let arn = state.create_bus("shop", BusSettings::default(), 0).unwrap();
    assert_eq!(arn, "arn:aws:events:r:1:event-bus/shop");
    state.put_rule(rule("all", Some("shop"), r#"{"source":["s"]}"#), 0).unwrap();
    state.put_rule(rule("none", Some(&arn), r#"{"source":["x"]}"#), 0).unwrap();
    let arn_of_rule = state.put_rule(rule("off", Some("shop"), r#"{"source":["s"]}"#), 0).unwrap();
    assert_eq!(arn_of_rule, "arn:aws:events:r:1:rule/shop/off");
    state.enable(Some("shop"), "off", false, 0).unwrap();
    assert_eq!(routed(&state, Some("shop")), ["all"]);
    assert_eq!(routed(&state, Some(&arn)), ["all"]);
    assert!(routed(&state, None).is_empty());
    assert!(routed(&state, Some("nowhere")).is_empty());
    assert!(routed(&state, Some("arn:aws:events:r:2:event-bus/shop")).is_empty());
}

#[test]
fn putting_a_rule_again_changes_it_and_keeps_its_targets() {
    let mut state = state();
    state.put_rule(rule("a", None, r#"{"source":["x"]}"#), 0).unwrap();
    let target = Target::new("t", "arn:aws:sqs:r:1:q");
    state.put_targets(None, "a", vec![target.clone()]).unwrap();
    state.put_rule(rule("a", None, r#"{"source":["s"]}"#), 0).unwrap();
    assert_eq!(routed(&state, None), ["a"]);
    assert_eq!(state.rule(None, "a").unwrap().targets, [Arc::new(target)]);
    assert!(state.delete_rule(None, "a").is_err());
    let ids = ["t".to_owned(), "u".to_owned()];
    assert_eq!(state.remove_targets(None, "a", &ids).unwrap(), ["u"]);
    state.delete_rule(None, "a").unwrap();
    state.delete_rule(None, "a").unwrap();
    assert!(state.rule(None, "a").is_err());
}

#[test]
fn targets_are_taken_all_or_none() {
    let mut state = state();
    state.put_rule(rule("a", None, r#"{"source":["s"]}"#), 0).unwrap();
    let good = |id: &str| Target::new(id, "arn:aws:lambda:r:1:function:f");
    for bad in [
        Target::new("", "arn:aws:sqs:r:1:q"),
        Target::new("t", "arn:aws:kinesis:r:1:stream/s"),
        Target::new("t", "q"),
        Target::new("t", "arn:aws:sqs:r:1:q.fifo"),
        Target { message_group_id: Some("g".to_owned()), ..good("t") },
        Target {
            message_group_id: Some("$.".to_owned()),
            ..Target::new("t", "arn:aws:sqs:r:1:q.fifo")
        },
        Target { dead_letter_arn: Some("arn:aws:sns:r:1:t".to_owned()), ..good("t") },
        Target {
            retry: crate::bus::retry::RetryPolicy { max_retries: 186, max_age_s: 60 },
            ..good("t")
        },
    ] {
        assert!(state.put_targets(None, "a", vec![good("ok"), bad.clone()]).is_err(), "{bad:?}");
    }
    assert!(state.rule(None, "a").unwrap().targets.is_empty());
    let six = (0..6).map(|n| good(&format!("t{n}"))).collect();
    assert!(matches!(state.put_targets(None, "a", six), Err(BusError::LimitExceeded(_))));
}

#[test]
fn rules_and_buses_are_refused_by_what_is_wrong_with_them() {
    let mut state = state();
    state.create_bus("shop", BusSettings::default(), 0).unwrap();
    let code = |error: BusError| error.code().0;
    let put = |state: &mut BusState, new| code(state.put_rule(new, 0).unwrap_err());
    assert_eq!(put(&mut state, rule("a b", None, "{}")), "ValidationException");
    assert_eq!(put(&mut state, rule("a", None, "{}")), "InvalidEventPatternException");
    assert_eq!(put(&mut state, rule("a", Some("x"), "{}")), "ResourceNotFoundException");
    assert_eq!(
        put(&mut state, NewRule { pattern: None, ..rule("a", None, "") }),
        "ValidationException"
    );
    assert_eq!(put(&mut state, scheduled("a", "rate(1 second)")), "ValidationException");
    let elsewhere = NewRule { bus: Some("shop".to_owned()), ..scheduled("a", "rate(1 day)") };
    assert_eq!(put(&mut state, elsewhere), "ValidationException");
    let odd = NewRule { state: Some("ON".to_owned()), ..scheduled("a", "rate(1 day)") };
    assert_eq!(put(&mut state, odd), "ValidationException");
    let again = state.create_bus("shop", BusSettings::default(), 0).unwrap_err();
    assert_eq!(code(again), "ResourceAlreadyExistsException");
    assert_eq!(code(state.delete_bus("default").unwrap_err()), "ValidationException");
    state.put_rule(rule("a", Some("shop"), r#"{"source":["s"]}"#), 0).unwrap();
    assert_eq!(code(state.delete_bus("shop").unwrap_err()), "ValidationException");
}

#[test]
fn scheduled_rules_are_due_once_per_firing_and_missed_ones_are_made_up_for_once() {
    let mut state = state();
    state.put_rule(scheduled("minute", "rate(1 minute)"), 0).unwrap();
    state.put_rule(scheduled("hour", "rate(1 hour)"), 0).unwrap();
    assert_eq!(state.next_ms(), Some(60_000));
    assert!(state.due(59_999).is_empty());
    assert_eq!(state.due(60_000).len(), 1);
    assert!(state.due(60_000).is_empty());
    assert_eq!(state.due(3_600_000).len(), 2);
    assert_eq!(state.next_ms(), Some(3_660_000));
    state.enable(None, "minute", false, 3_600_000).unwrap();
    assert_eq!(state.next_ms(), Some(7_200_000));
}

#[test]
fn a_schedule_that_is_made_due_fires_once_more_and_keeps_its_times() {
    let mut state = state();
    state.put_rule(scheduled("hour", "rate(1 hour)"), 0).unwrap();
    state.put_rule(rule("event", None, r#"{"source":["s"]}"#), 0).unwrap();
    state.make_due("hour", 5).unwrap();
    assert_eq!(state.due(5).len(), 1);
    assert_eq!(state.next_ms(), Some(3_600_000));
    let code = |error: BusError| error.code().0;
    assert_eq!(code(state.make_due("event", 5).unwrap_err()), "ValidationException");
    assert_eq!(code(state.make_due("nobody", 5).unwrap_err()), "ResourceNotFoundException");
    state.enable(None, "hour", false, 5).unwrap();
    assert_eq!(code(state.make_due("hour", 5).unwrap_err()), "ValidationException");
}
