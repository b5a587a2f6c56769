//! Physical names: the stack's name and a dash come before each, and the whole must fit AWS' limit.

use std::collections::BTreeSet;

use super::receivers;
use crate::diag::{
    Sink,
    catalog::rules::{self as fault, PhysicalName},
};
use crate::model::System;
use crate::source::{Span, Stack};

/// Room that a stack's name should have at least, where nobody knows its name: `shop-production` needs 15.
const ROOM: u32 = 15;

pub(super) fn check(system: &System, stacks: &[Stack], sink: &Sink) {
    let mut seen = BTreeSet::new();
    for (kind, name, most, at) in names(system) {
        if !seen.insert((kind, name)) {
            continue;
        }
        let length = u32::try_from(name.chars().count()).unwrap_or(u32::MAX);
        let found = PhysicalName { kind, name, most };
        let room = most.saturating_sub(length.saturating_add(1));
        let too_long = |stack: &&Stack| stack.name.chars().count() > room as usize;
        if let Some(stack) = stacks.iter().find(too_long) {
            sink.report(fault::name_beyond_limit(at, &found, &stack.name, &stack.file));
        } else if stacks.is_empty() && room < ROOM {
            sink.report(fault::name_leaves_no_room(at, &found, room));
        }
    }
}

/// Every name that a stack's name comes before: its kind, the name, the limit, and its place.
fn names(system: &System) -> Vec<(&'static str, &str, u32, Span)> {
    let mut names = vec![];
    for service in &system.services {
        let functions = service.functions.iter();
        names.extend(
            functions.map(|one| {
                ("function", one.name.wire.as_str(), limits::LAMBDA_NAME, one.origin.span)
            }),
        );
        let tables = service.tables.iter();
        names.extend(
            tables.map(|one| {
                ("table", one.name.wire.as_str(), limits::DYNAMODB_NAME, one.origin.span)
            }),
        );
    }
    for (_, receive) in receivers(system) {
        if let Some(rule) = receive.delivery.rule() {
            names.push(("rule", &rule.name.wire, limits::EVENT_RULE_NAME, receive.origin.span));
        }
        names.extend(
            receive.delivery.queues().map(|one| {
                ("queue", one.name.wire.as_str(), limits::SQS_QUEUE_NAME, one.origin.span)
            }),
        );
    }
    let buses = system.buses.iter().filter(|bus| bus.name.wire != "default");
    names.extend(
        buses.map(|one| ("bus", one.name.wire.as_str(), limits::EVENT_BUS_NAME, one.origin.span)),
    );
    names
}
