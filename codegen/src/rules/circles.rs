//! Receivers whose own events lead back to them: one event would go round without end, and nothing of AWS stops it.

use std::collections::{BTreeMap, VecDeque};

use crate::diag::{Sink, catalog::rules as fault};
use crate::model::{Receive, Service, System, TableAction};

use super::{reaches, receivers};

/// A receiver, with whose it is.
type Receiver<'a> = (&'a Service, &'a Receive);

pub(super) fn check(system: &System, sink: &Sink) {
    let all: Vec<Receiver<'_>> = receivers(system).collect();
    let next: Vec<Vec<(usize, String)>> = all.iter().map(|one| caused_by(*one, &all)).collect();
    let mut told: Vec<usize> = vec![];
    for first in 0..all.len() {
        let Some(circle) = shortest(first, &next) else { continue };
        if circle.iter().any(|(at, _)| told.contains(at)) {
            continue;
        }
        told.extend(circle.iter().map(|(at, _)| *at));
        let steps = circle.iter().map(|(at, causes)| format!("`{}` {causes}", all[*at].1.id.wire));
        sink.report(fault::event_circle(all[first].1.origin.span, &steps.collect::<Vec<_>>()));
    }
}

/// The receivers that a receiver causes to run, each with how.
fn caused_by((service, receive): Receiver<'_>, all: &[Receiver<'_>]) -> Vec<(usize, String)> {
    let mut found = vec![];
    for (at, (other, runs)) in all.iter().enumerate() {
        let published = receive
            .publishes
            .iter()
            .map(|index| &service.sends[*index])
            .find(|sent| runs.messages.iter().any(|message| reaches(sent, runs, message)));
        if let Some(sent) = published {
            let (name, to) = (&sent.message.name.wire, &runs.id.wire);
            found.push((at, format!("publishes `{name}` to `{to}`")));
        } else if let Some(table) = written(service, receive, other, runs) {
            let to = &runs.id.wire;
            found.push((at, format!("writes to `{table}`, whose stream `{to}` reads")));
        }
    }
    found
}

/// The table that a receiver writes to and whose stream another one reads.
fn written<'a>(
    service: &'a Service,
    receive: &Receive,
    other: &Service,
    runs: &Receive,
) -> Option<&'a str> {
    let stream = runs.delivery.stream().filter(|_| other.name == service.name)?;
    let writes = |action: &TableAction| {
        use TableAction::{BatchWrite, Delete, Put, Update};
        matches!(action, Put | Update | Delete | BatchWrite)
    };
    let mut access = receive.access.iter();
    let is_written =
        access.any(|access| access.table == stream.table && access.actions.iter().any(writes));
    is_written.then(|| service.table(stream.table).name.wire.as_str())
}

/// The shortest way from a receiver back to it, each with how it causes the next.
fn shortest(first: usize, next: &[Vec<(usize, String)>]) -> Option<Vec<(usize, &str)>> {
    let mut came: BTreeMap<usize, (usize, &str)> = BTreeMap::new();
    let mut open = VecDeque::from([first]);
    while let Some(at) = open.pop_front() {
        for (to, causes) in &next[at] {
            if came.contains_key(to) {
                continue;
            }
            came.insert(*to, (at, causes));
            if *to == first {
                let mut circle = vec![];
                let mut end = first;
                while let Some((before, causes)) = came.get(&end) {
                    circle.insert(0, (*before, *causes));
                    end = *before;
                    if end == first {
                        return Some(circle);
                    }
                }
            }
            open.push_back(*to);
        }
    }
    None
}
