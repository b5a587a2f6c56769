//! `consumers record`: what somebody uses, from what a browser, a proxy, a test or a running stage recorded.
//!
//! Owns the reading of HTTP archives (HAR 1.2). An exchange counts when it meets a route of the contracts; a first segment
//! that is a stage's is left out. Of a body that was there and cannot be read, all is used. The file is merged by hand: one
//! that is there is not replaced.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, bail};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::Value as Json;

use super::arguments::{Arguments, ConsumersAction};
use super::report::count;
use super::{Exit, Folders, print};
use crate::model::{Operation, Parameter, ParameterLocation, System};
use crate::output;
use crate::policy::{CONSUMERS_FOLDER, pointers};
use crate::read;
use crate::source::SourceMap;
use scalars::pointer::escape;

/// Where a stage has what it received, as an HTTP archive.
const ARCHIVE: &str = "/_stage/requests.har";

/// What is used of a route.
#[derive(Default)]
struct Used {
    reads: BTreeSet<String>,
    sends: BTreeSet<String>,
    /// Whether a response had a body that cannot be read.
    reads_unread: bool,
    /// The same of requests.
    sends_unread: bool,
}

/// A recorded body.
enum Body {
    None,
    Json(Json),
    /// It was there, and nobody knows what was in it.
    Unread,
}

/// Runs the command.
pub(super) fn run(
    arguments: &Arguments,
    folders: &Folders,
    sources: &SourceMap,
    action: &ConsumersAction,
) -> Result<Exit> {
    let ConsumersAction::Record { name, har, stage } = action;
    let Some(system) = crate::resolve(sources).system else {
        bail!("the contracts are invalid; run `codegen check`");
    };
    if name.is_empty()
        || !name.chars().all(|sign| sign.is_ascii_alphanumeric() || "-_".contains(sign))
    {
        bail!("`{name}` is not a valid consumer name: use letters, digits, `-` and `_`");
    }
    let mut used: BTreeMap<String, Used> = BTreeMap::new();
    let mut n_foreign = 0;
    for file in har {
        let text = read::given_text(file)?;
        let text = text.with_context(|| format!("the file {} does not exist", file.display()))?;
        let named = file.display().to_string();
        n_foreign += read_archive(&named, &text, &system, &mut used)?;
    }
    if let Some(stage) = stage {
        let text = super::console::get(stage, folders, ARCHIVE)?;
        n_foreign += read_archive(stage, &text, &system, &mut used)?;
    }
    if used.is_empty() {
        bail!(
            "no recorded request matches a route of the contracts ({} ignored)",
            count(n_foreign, "request")
        );
    }
    let path = folders.spec.join(CONSUMERS_FOLDER).join(format!("{name}.yaml"));
    if !output::write_once(&path, &written(&used))? {
        bail!("{} already exists; remove it, or choose another name", path.display());
    }
    if !arguments.quiet {
        print(&format!(
            "wrote {}: {}; {} without a matching route\n",
            super::package::shown(&path),
            count(used.len(), "operation"),
            count(n_foreign, "recorded request")
        ))?;
        let n_unread = used.values().filter(|one| one.reads_unread || one.sends_unread).count();
        if n_unread > 0 {
            print(&format!(
                "{} with a body that is no JSON or was not recorded: all of it counts as used\n",
                count(n_unread, "operation")
            ))?;
        }
    }
    Ok(Exit::Clean)
}

/// Takes the exchanges of an archive in; answers with how many met no route.
fn read_archive(
    named: &str,
    text: &str,
    system: &System,
    used: &mut BTreeMap<String, Used>,
) -> Result<usize> {
    let archive: Json =
        serde_json::from_str(text).with_context(|| format!("{named} is not valid JSON"))?;
    let Some(entries) = archive["log"]["entries"].as_array() else {
        bail!("{named} is not an HTTP archive: it has no `log.entries`");
    };
    let mut n_foreign = 0;
    for entry in entries {
        let (request, response) = (&entry["request"], &entry["response"]);
        let method = request["method"].as_str().unwrap_or_default();
        let url = request["url"].as_str().unwrap_or_default();
        let Some(operation) = operation(system, method, path_of(url)) else {
            n_foreign += 1;
            continue;
        };
        let used = used.entry(format!("{method} {}", operation.path.text)).or_default();
        // Fields of forms are listed one by one.
        let is_form = names(&request["postData"]["params"]).next().is_some();
        match body(&request["postData"], request["bodySize"].as_i64().is_some_and(|n| n > 0)) {
            Body::Json(sent) => pointers(&sent, "", &mut used.sends),
            Body::Unread => used.sends_unread |= !is_form,
            Body::None => {}
        }
        used.sends.extend(names(&request["queryString"]).map(|name| of_query(operation, name)));
        used.sends
            .extend(names(&request["postData"]["params"]).map(|name| format!("/{}", escape(name))));
        used.sends.extend(declared(operation, ParameterLocation::Header, &request["headers"]));
        used.sends.extend(declared(operation, ParameterLocation::Cookie, &request["cookies"]));
        if response["status"].as_u64().is_none_or(|status| status >= 400) {
            continue;
        }
        match body(&response["content"], has_body(operation, response)) {
            Body::Json(read) => pointers(&read, "", &mut used.reads),
            Body::Unread => used.reads_unread = true,
            Body::None => {}
        }
    }
    Ok(n_foreign)
}

/// Whether a response had a body, whatever of it was recorded: by its size, else by its contract. A client that has the answer
/// already (304) reads that.
fn has_body(operation: &Operation, response: &Json) -> bool {
    let status = response["status"].as_u64();
    let sizes = [&response["content"]["size"], &response["bodySize"]];
    let size = sizes.into_iter().filter_map(Json::as_i64).find(|size| *size >= 0);
    let is_promised =
        || operation.responses.iter().any(|one| one.is_success() && !one.contents.is_empty());
    match (status, size) {
        (Some(304), _) => true,
        (Some(204 | 205), _) => false,
        (_, Some(size)) => size > 0,
        _ => operation.method.as_str() != "HEAD" && is_promised(),
    }
}

/// The body that a part of an archive has as text, in Base64 where it says so; `is_there` where another part says that there
/// was one.
fn body(content: &Json, is_there: bool) -> Body {
    let text = content["text"].as_str().filter(|text| !text.is_empty());
    let Some(text) = text else { return if is_there { Body::Unread } else { Body::None } };
    let read = match content["encoding"].as_str() {
        Some("base64") => {
            STANDARD.decode(text).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok())
        }
        _ => serde_json::from_str(text).ok(),
    };
    read.map_or(Body::Unread, Body::Json)
}

/// The name of the parameter that a name in a query belongs to: deep objects write their members in brackets.
fn of_query(operation: &Operation, sent: &str) -> String {
    let decoded = scalars::percent::decode_text(sent);
    let owner = decoded.split('[').next().unwrap_or_default();
    let is_there = |name: &str| {
        let is_it =
            |one: &Parameter| one.location == ParameterLocation::Query && one.name.wire == name;
        operation.parameters.iter().any(is_it)
    };
    let known = [sent, &decoded, owner].into_iter().find(|name| is_there(name));
    known.unwrap_or(&decoded).to_owned()
}

/// The names in a list of pairs.
fn names(pairs: &Json) -> impl Iterator<Item = &str> {
    pairs.as_array().into_iter().flatten().filter_map(|pair| pair["name"].as_str())
}

/// Those of the pairs that the contract names, as it does: clients send many others, whatever the contract.
fn declared(
    operation: &Operation,
    location: ParameterLocation,
    pairs: &Json,
) -> impl Iterator<Item = String> {
    let is_sent = move |parameter: &&Parameter| {
        let name = &parameter.name.wire;
        let is_it = |sent: &str| match location {
            ParameterLocation::Header => sent.eq_ignore_ascii_case(name),
            _ => sent == name,
        };
        parameter.location == location && names(pairs).any(is_it)
    };
    operation.parameters.iter().filter(is_sent).map(|parameter| parameter.name.wire.clone())
}

/// The path of a URL, as it is written there.
fn path_of(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').map_or("/", |at| &rest[at..]);
    path.split(['?', '#']).next().unwrap_or(path)
}

/// The operation that a request meets: the one with the fewest parameters in its path, with a stage's segment before it or
/// without.
fn operation<'a>(system: &'a System, method: &str, path: &str) -> Option<&'a Operation> {
    let below = path.get(1..).and_then(|rest| rest.find('/')).map(|at| &path[at + 1..]);
    let operations = || system.services.iter().flat_map(|service| &service.operations);
    [Some(path), below].into_iter().flatten().find_map(|path| {
        let meets = |template: &str| {
            let (template, path): (Vec<_>, Vec<_>) =
                (template.split('/').collect(), path.split('/').collect());
            template.len() == path.len()
                && template.iter().zip(&path).all(|(one, other)| one == other || one.contains('{'))
        };
        let own = operations().filter(|one| one.method.as_str() == method && meets(&one.path.text));
        own.min_by_key(|one| one.path.text.matches('{').count())
    })
}

fn written(used: &BTreeMap<String, Used>) -> String {
    let list = |fields: &BTreeSet<String>| {
        let fields: Vec<_> =
            fields.iter().map(|field| Json::from(field.as_str()).to_string()).collect();
        format!("[{}]", fields.join(", "))
    };
    let mut out = "# What a consumer uses, from recorded requests. Add fields that it reads but that were absent in the recording.\noperations:\n".to_owned();
    for (route, used) in used {
        out.push_str(&format!("  {}:\n", Json::from(route.as_str())));
        for (key, fields, is_unread) in
            [("reads", &used.reads, used.reads_unread), ("sends", &used.sends, used.sends_unread)]
        {
            out.push_str(&match is_unread {
                true => format!("    # {key}: all, since a recorded body could not be read\n"),
                false => format!("    {key}: {}\n", list(fields)),
            });
        }
    }
    out
}
