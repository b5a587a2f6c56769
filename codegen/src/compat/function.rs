//! Functions: renamed ones, and those that get less of what they had.
//!
//! A function is the same when it serves the same routes or the same receive operation, whatever it is called and
//! whichever folder its contract stands in.

use super::delivery::compare_amounts;
use super::finding::{Direction, Findings, Site};
use super::setting;
use crate::model::{Function, Operation, Service, System, Trigger};
use std::collections::BTreeSet;

/// A function with what it does, by which it is known again.
struct Known<'a> {
    function: &'a Function,
    work: BTreeSet<String>,
}

/// Compares all functions.
pub(super) fn compare(report: &mut Findings, old: &System, new: &System) {
    let after = functions(new);
    for was in functions(old) {
        let name = &was.function.name.wire;
        let by_name = after.iter().find(|is| is.function.name.wire == *name);
        let shared = |is: &&Known<'_>| was.work.intersection(&is.work).next().is_some();
        let Some(is) = by_name.or_else(|| after.iter().find(shared)) else { continue };
        let spans = [was.function, is.function].map(|function| Some(function.origin.span));
        let site = Site::new(format!("function {name}"), Direction::Wiring, spans[0], spans[1]);
        if by_name.is_none() {
            report.add("function-renamed", &site, name, &is.function.name.wire);
        }
        compare_settings(report, &site, was.function, is.function);
        setting::compare(report, &site, was.function, is.function);
    }
}

fn compare_settings(report: &mut Findings, site: &Site, old: &Function, new: &Function) {
    let (old, new) = (&old.settings, &new.settings);
    let ids = ["function-timeout-decreased", "function-timeout-increased"];
    compare_amounts(report, site, old.timeout_seconds, new.timeout_seconds, ids);
    let ids = ["function-memory-decreased", "function-memory-increased"];
    compare_amounts(report, site, old.memory_mib, new.memory_mib, ids);
    // Without a reservation, a function may take all that the account has left.
    let limit = |reserved: Option<u32>| reserved.unwrap_or(u32::MAX);
    let words = |reserved: Option<u32>| match reserved {
        Some(count) => count.to_string(),
        None => "no reservation".to_owned(),
    };
    let (from, to) = (old.reserved_concurrency, new.reserved_concurrency);
    if from != to {
        let id = if limit(to) < limit(from) {
            "function-concurrency-decreased"
        } else {
            "function-concurrency-increased"
        };
        report.add(id, site, words(from), words(to));
    }
    if old.architecture != new.architecture {
        let name = |architecture| match architecture {
            crate::model::Architecture::Arm64 => "arm64",
            crate::model::Architecture::X86_64 => "x86_64",
        };
        let (from, to) = (name(old.architecture), name(new.architecture));
        report.add("function-architecture-changed", site, from, to);
    }
}

fn functions(system: &System) -> Vec<Known<'_>> {
    let of = |service| move |function| Known { function, work: work(service, function) };
    let services = system.services.iter();
    services.flat_map(|service| service.functions.iter().map(of(service))).collect()
}

/// The routes or the receive operation of a function. The names of path parameters do not matter.
fn work(service: &Service, function: &Function) -> BTreeSet<String> {
    match function.trigger {
        Trigger::Api => service.operations.iter().map(route).collect(),
        Trigger::Receive(index) => {
            let receive = service.receives.get(index);
            receive.map(|receive| format!("receive {}", receive.id.wire)).into_iter().collect()
        }
    }
}

fn route(operation: &Operation) -> String {
    format!("{} {}", operation.method.as_str(), operation.path.shape().join("/"))
}
