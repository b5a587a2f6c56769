//! What a function is given besides memory and time: its network, storage, layers, permissions, variables and versions.
//!
//! Hand-written code relies on these, and no schema says how, so whatever is taken from it is at least a warning.

use std::collections::BTreeSet;

use super::delivery::compare_amounts;
use super::finding::{Direction, Findings, Site};
use crate::model::{
    Function, FunctionSettings, SecretSource, Service, Shift, Statement, Store, TableAccess,
    Variable, VariableValue,
};

/// MiB of `/tmp` where the contract says nothing.
const STORAGE_MIB: u32 = 512;

/// Compares what a function is given.
pub(super) fn compare(report: &mut Findings, site: &Site, old: &Function, new: &Function) {
    let (old, new) = (&old.settings, &new.settings);
    if old.in_vpc != new.in_vpc {
        let words =
            |is_inside| if is_inside { "in the network of the stage" } else { "outside it" };
        report.add("function-network-changed", site, words(old.in_vpc), words(new.in_vpc));
    }
    let storage = |of: &FunctionSettings| of.ephemeral_storage_mib.unwrap_or(STORAGE_MIB);
    let ids = ["function-storage-decreased", "function-storage-increased"];
    compare_amounts(report, site, storage(old), storage(new), ids);
    compare_layers(report, site, &old.layers, &new.layers);
    compare_statements(report, site, &old.statements, &new.statements);
    compare_versions(report, site, old, new);
    let level = |level: &Option<String>| level.clone().unwrap_or_else(|| "the default".to_owned());
    if old.log_level != new.log_level {
        let (from, to) = (level(&old.log_level), level(&new.log_level));
        report.add("function-log-level-changed", site, from, to);
    }
    if old.system_log_level != new.system_log_level {
        let (from, to) = (level(&old.system_log_level), level(&new.system_log_level));
        report.add("function-system-log-level-changed", site, from, to);
    }
    compare_variables(report, site, &old.environment, &new.environment);
}

/// Layers by name: another version of one is no other layer.
fn compare_layers(report: &mut Findings, site: &Site, old: &[String], new: &[String]) {
    let named = |layer: &str| match layer.rsplit_once(':') {
        Some((name, version)) if version.bytes().all(|byte| byte.is_ascii_digit()) => {
            name.to_owned()
        }
        _ => layer.to_owned(),
    };
    let partner = |layer: &String, others: &[String]| {
        others.iter().find(|other| named(other) == named(layer)).cloned()
    };
    for was in old {
        match partner(was, new) {
            None => report.add("function-layer-removed", site, was, ""),
            Some(is) if is != *was => report.add("function-layer-changed", site, was, is),
            Some(_) => {}
        }
    }
    for is in new.iter().filter(|is| partner(is, old).is_none()) {
        report.add("function-layer-added", site, "", is);
    }
    let order = |layers: &[String], others: &[String]| -> Vec<String> {
        let both = layers.iter().filter(|layer| partner(layer, others).is_some());
        both.map(|layer| named(layer)).collect()
    };
    let (was, is) = (order(old, new), order(new, old));
    if was != is {
        report.add("function-layers-reordered", site, was.join(", "), is.join(", "));
    }
}

/// What the role allows by itself, action by action.
fn compare_statements(report: &mut Findings, site: &Site, old: &[Statement], new: &[Statement]) {
    let rights = |statements: &[Statement]| -> BTreeSet<String> {
        let of = |one: &Statement| {
            let on = |action: &String| {
                let action = action.clone();
                one.resources.iter().map(move |of| format!("`{action}` on `{of}`"))
            };
            one.actions.iter().flat_map(on).collect::<Vec<_>>()
        };
        statements.iter().flat_map(of).collect()
    };
    let (old, new) = (rights(old), rights(new));
    let only = |of: &BTreeSet<String>, other: &BTreeSet<String>| {
        of.difference(other).cloned().collect::<Vec<_>>().join(" and ")
    };
    let (removed, added) = (only(&old, &new), only(&new, &old));
    if !removed.is_empty() {
        report.add("function-permission-removed", site, removed, "");
    }
    if !added.is_empty() {
        report.add("function-permission-added", site, "", added);
    }
}

/// Versions of the function: those that are kept ready, and how invocations move to a new one.
fn compare_versions(
    report: &mut Findings,
    site: &Site,
    old: &FunctionSettings,
    new: &FunctionSettings,
) {
    let ready = |of: &FunctionSettings| {
        of.live.as_ref().and_then(|live| live.provisioned_concurrency).unwrap_or(0)
    };
    let ids = ["function-ready-concurrency-decreased", "function-ready-concurrency-increased"];
    compare_amounts(report, site, ready(old), ready(new), ids);
    let words = |of: &FunctionSettings| match &of.live {
        None => "at once, without versions".to_owned(),
        Some(live) => match live.shift {
            None | Some(Shift::AllAtOnce) => "all at once".to_owned(),
            Some(Shift::Canary(step)) => {
                format!("{} %, and the rest after {} minutes", step.percent, step.minutes)
            }
            Some(Shift::Linear(step)) => {
                format!("{} % more every {} minutes", step.percent, step.minutes)
            }
        },
    };
    if words(old) != words(new) {
        report.add("function-deployment-changed", site, words(old), words(new));
    }
}

fn compare_variables(report: &mut Findings, site: &Site, old: &[Variable], new: &[Variable]) {
    let part = |name: &str, spans: [Option<&Variable>; 2]| {
        let [was, is] = spans.map(|variable| variable.map(|one| one.origin.span));
        site.part(format!("variable {name}"), Direction::Wiring, was, is)
    };
    for was in old {
        let is = new.iter().find(|is| is.name == was.name);
        let site = part(&was.name, [Some(was), is]);
        match is {
            None => report.add("function-variable-removed", &site, &was.name, ""),
            Some(is) => compare_values(report, &site, &was.value, &is.value),
        }
    }
    for is in new.iter().filter(|is| old.iter().all(|was| was.name != is.name)) {
        let site = part(&is.name, [None, Some(is)]);
        let id = match &is.value {
            VariableValue::Text(_) | VariableValue::Stage(Some(_)) => "function-variable-added",
            VariableValue::Stage(None) => "function-variable-without-default",
            VariableValue::Secret(_) => "function-secret-added",
        };
        report.add(id, &site, "nothing", words(&is.value));
    }
}

fn compare_values(report: &mut Findings, site: &Site, old: &VariableValue, new: &VariableValue) {
    match (old, new) {
        (VariableValue::Secret(was), VariableValue::Secret(is)) => {
            if stored(was) != stored(is) {
                report.add("function-secret-changed", site, stored(was), stored(is));
            }
            if was.refresh_seconds != is.refresh_seconds {
                let (from, to) = (was.refresh_seconds, is.refresh_seconds);
                report.add("function-secret-refresh-changed", site, from, to);
            }
        }
        (old, new) if old == new => {}
        (_, VariableValue::Secret(_)) => {
            report.add("function-secret-added", site, words(old), words(new));
        }
        (_, VariableValue::Stage(None)) => {
            report.add("function-variable-without-default", site, words(old), words(new));
        }
        (old, new) => report.add("function-variable-changed", site, words(old), words(new)),
    }
}

/// What a variable holds, in words.
fn words(value: &VariableValue) -> String {
    match value {
        VariableValue::Text(text) => format!("`{text}`"),
        VariableValue::Stage(None) => "what each stage sets".to_owned(),
        VariableValue::Stage(Some(default)) => format!("what each stage sets, else `{default}`"),
        VariableValue::Secret(source) => stored(source),
    }
}

/// Where a value is stored, in words.
fn stored(source: &SecretSource) -> String {
    let store = match source.store {
        Store::Secrets => "secret",
        Store::Parameters => "parameter",
    };
    let key = source.key.as_ref().map(|key| format!("the key `{key}` of ")).unwrap_or_default();
    let kms = source.kms_key.as_ref().map(|key| format!(", encrypted with `{key}`"));
    format!("{key}the {store} `{}`{}", source.id, kms.unwrap_or_default())
}

/// Compares what hand-written code of an operation may do with tables (`x-dynamodb-access`). What follows from a table that
/// came or went is told there.
pub(super) fn compare_access(
    report: &mut Findings,
    site: &Site,
    [old, new]: [(&Service, Vec<&TableAccess>); 2],
) {
    let has = |service: &Service, right: &(String, String)| {
        service.tables.iter().any(|table| table.name.wire == right.0)
    };
    let (before, after) = (rights(&old), rights(&new));
    let only = |of: &BTreeSet<(String, String)>, others: &BTreeSet<_>, other: &Service| {
        let one = |right: &(String, String)| format!("`{}` on `{}`", right.1, right.0);
        let only = of.difference(others).filter(|right| has(other, right));
        only.map(one).collect::<Vec<_>>().join(" and ")
    };
    let removed = only(&before, &after, new.0);
    let added = only(&after, &before, old.0);
    if !removed.is_empty() {
        report.add("table-access-removed", site, removed, "");
    }
    if !added.is_empty() {
        report.add("table-access-added", site, "", added);
    }
}

/// Tables, each with what may be done with it.
fn rights((service, access): &(&Service, Vec<&TableAccess>)) -> BTreeSet<(String, String)> {
    let mut rights = BTreeSet::new();
    for access in access {
        let table = service.table(access.table);
        let actions = access.actions.iter().map(|action| action.name().to_owned());
        let indexes = access.indexes.iter().filter_map(|at| table.indexes.get(*at));
        let queries = indexes.map(|index| format!("query of the index {}", index.name.wire));
        rights.extend(actions.chain(queries).map(|right| (table.name.wire.clone(), right)));
    }
    rights
}
