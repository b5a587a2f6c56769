//! What an operation publishes (`x-publishes`): an event that is described still may be one that nobody sends.
//!
//! An event that is not described any more, or otherwise, is told of by [`super::event`], and not again here.

use super::finding::{Findings, Site};
use crate::model::{Message, Service};

/// Compares what an operation published and publishes, each as places in what its service sends.
pub(super) fn compare(report: &mut Findings, site: &Site, [old, new]: [(&Service, &[usize]); 2]) {
    let described = new.0.sends.iter().map(|sent| &sent.message);
    let described: Vec<&Message> = described.collect();
    let (before, after) = (messages(old), messages(new));
    let is_in = |message: &Message, list: &[&Message]| list.iter().any(|one| is_same(one, message));
    for gone in before.iter().filter(|was| !is_in(was, &after) && is_in(was, &described)) {
        let rule = match is_published(new.0, gone) {
            true => "event-publication-removed",
            false => "event-publication-ended",
        };
        report.add(rule, site, &gone.name.wire, "");
    }
    for came in after.iter().filter(|is| !is_in(is, &before)) {
        report.add("event-publication-added", site, "", &came.name.wire);
    }
}

/// Whether any operation of a service publishes an event.
fn is_published(service: &Service, message: &Message) -> bool {
    let published = service.operations.iter().map(|one| &one.publishes);
    let all = published.chain(service.receives.iter().map(|one| &one.publishes));
    all.flat_map(|published| messages((service, published))).any(|one| is_same(one, message))
}

fn messages<'a>((service, published): (&'a Service, &[usize])) -> Vec<&'a Message> {
    published.iter().filter_map(|at| Some(&service.sends.get(*at)?.message)).collect()
}

/// Whether two messages are one event; its versions count as one.
fn is_same(one: &Message, other: &Message) -> bool {
    let on_the_bus = (&one.source, &one.detail_type) == (&other.source, &other.detail_type);
    one.name.wire == other.name.wire || on_the_bus
}
