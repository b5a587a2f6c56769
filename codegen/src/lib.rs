//! The generator: from OpenAPI, AsyncAPI and Arazzo contracts to handlers, wiring and infrastructure.
//!
//! The pipeline is `read → resolve → check → emit → write`. Each stage is a module with one input and one output
//! type:
//!
//! - [`read`] reads the contract files into a [`source::SourceMap`].
//! - [`parse`] turns their text into trees with positions.
//! - [`lower`] resolves the trees to the [`model`], which is what the contracts mean.
//! - `rules` checks the model as a whole.
//! - [`emit`] turns the model into a [`text::FileSet`].
//!
//! Everything but `read` is a pure function of the files. [`lint`] applies rules of style and safety, [`compat`]
//! compares two models and finds breaking changes, and [`policy`] sets the levels of both. `package` builds the
//! functions for deployment, and `survey` reports which documents of a folder are accepted.

pub mod cli;
pub mod compat;
pub mod derive;
pub mod diag;
mod edit;
mod editor;
pub mod emit;
mod inclusion;
pub mod lint;
pub mod lower;
pub mod model;
pub mod output;
mod package;
pub mod parse;
pub mod policy;
pub mod read;
mod rules;
mod scaffold;
pub mod source;
mod survey;
pub mod text;
mod values;

use std::collections::BTreeMap;

use diag::{Diagnostic, Sink};
use lower::Trees;
use model::System;
use source::SourceMap;
use text::FileSet;

/// The result of resolving contracts.
#[derive(Debug)]
pub struct Resolved {
    /// The system; absent when the diagnostics contain an error.
    pub system: Option<System>,
    /// The diagnostics, by file and position.
    pub diagnostics: Vec<Diagnostic>,
    /// What [`generate_from`] needs of what was made on the way.
    pub made: Made,
}

/// What resolving contracts makes beside the system.
#[derive(Debug, Default)]
pub struct Made {
    /// The trees of the contracts, of which workflows are derived.
    trees: Trees,
    /// The template, where it was measured.
    template: Option<emit::Written>,
}

/// The result of compiling contracts.
#[derive(Debug)]
pub struct Compiled {
    /// The system that the contracts describe.
    pub system: System,
    /// The generated files.
    pub files: FileSet,
    /// Diagnostics other than errors.
    pub warnings: Vec<Diagnostic>,
}

/// Resolves contracts to a system, or to everything that is wrong with them.
#[must_use]
pub fn resolve(sources: &SourceMap) -> Resolved {
    resolve_and(sources, |_, _, _| {})
}

/// Resolves contracts, and applies every rule of [`lint`], including rules that are off. A [`policy`] selects the
/// findings. Contracts with errors are given to the rules that read their text alone.
#[must_use]
pub fn check(sources: &SourceMap) -> Resolved {
    let mut resolved = resolve_and(sources, lint::check);
    if resolved.system.is_none() {
        // What is wrong comes first: style can wait.
        resolved.diagnostics.sort_by_key(|one| one.severity != diag::Severity::Error);
    }
    resolved
}

fn resolve_and(
    sources: &SourceMap,
    further: impl FnOnce(&lower::ContractSet<'_>, Option<&System>, &Sink),
) -> Resolved {
    let sink = Sink::default();
    let trees = lower::trees(sources, &sink);
    let web = lower::ContractSet::of(sources, &trees, &sink);
    let system = web.lower(&sink);
    if let Some(system) = &system {
        rules::check(system, &sources.stacks, &sink);
    }
    if system.is_none() && !sink.has_errors() && !sources.is_empty() {
        sink.report(diag::catalog::document::unexplained());
    }
    let system = system.filter(|_| !sink.has_errors());
    let resources = system.as_ref().map(emit::resources);
    let both = system.as_ref().zip(resources.as_ref());
    both.into_iter().for_each(|(system, resources)| check_logical_ids(system, resources, &sink));
    let system = system.filter(|_| !sink.has_errors());
    system.iter().for_each(|system| check_functions(system, &sink));
    let both = system.as_ref().zip(resources);
    let template = both.and_then(|(system, resources)| checked_template(system, resources, &sink));
    let system = system.filter(|_| !sink.has_errors());
    further(&web, system.as_ref(), &sink);
    drop(web);
    let made = Made { trees, template };
    Resolved { system, diagnostics: sink.into_sorted(sources), made }
}

/// Whether everything in the template has a logical id of its own.
fn check_logical_ids(system: &System, resources: &emit::Resources, sink: &Sink) {
    for emit::Clash { id, second, first } in emit::clashes(system, resources) {
        let first = first.map(|one| (one.origin.span, one.kind, one.name));
        let Some(second) = second else {
            let at = system.services.first().map(|service| service.origin.span).unwrap_or_default();
            sink.report(diag::catalog::rules::logical_id_of_unknown(at, &id));
            continue;
        };
        let second = (second.origin.span, second.kind, second.name);
        sink.report(diag::catalog::rules::logical_id_twice(&id, second, first));
    }
}

/// Whether AWS takes the settings of each function.
fn check_functions(system: &System, sink: &Sink) {
    use diag::catalog::functions as fault;
    for size in emit::function_sizes(system) {
        let (at, name) = (size.function.origin.span, &size.function.name.wire);
        let (found, most) = (size.variable_bytes, limits::LAMBDA_VARIABLE_BYTES);
        if found > most as usize {
            sink.report(fault::variables_too_large(at, name, found, most));
        }
        let (found, most) = (size.policy_characters, limits::IAM_ROLE_POLICY);
        if found > most as usize {
            sink.report(fault::policy_too_large(at, name, found, most));
        }
    }
}

/// The templates, checked against the limits of CloudFormation. Small systems are not measured, because they are far
/// from every limit.
fn checked_template(
    system: &System,
    resources: emit::Resources,
    sink: &Sink,
) -> Option<emit::Written> {
    use diag::catalog::rules as fault;
    const SMALL: usize = 40;
    let parts = |service: &model::Service| {
        let variables = service.functions.iter().map(|one| one.settings.environment.len());
        let others = service.operations.len() + service.receives.len() + service.tables.len();
        others + variables.sum::<usize>()
    };
    let first = system.services.first()?;
    if system.services.iter().map(parts).sum::<usize>() <= SMALL {
        return None;
    }
    let at = first.origin.span;
    let templates = emit::written(system, resources);
    let sizes = templates.sizes();
    for (index, size) in sizes.iter().enumerate() {
        let stack = match (system.layout, index) {
            // So many do not fit into nested stacks either.
            (model::StackLayout::Single, _)
                if size.n_resources > limits::NESTED_RESOURCES as usize =>
            {
                fault::StackOf::Shared
            }
            (model::StackLayout::Single, _) => fault::StackOf::System,
            (model::StackLayout::PerService, 0) => fault::StackOf::Shared,
            (model::StackLayout::PerService, _) => fault::StackOf::Service,
        };
        for (found, most, what) in [
            (size.n_resources, limits::TEMPLATE_RESOURCES, "resources"),
            (size.n_outputs, limits::TEMPLATE_OUTPUTS, "outputs"),
            (size.n_parameters, limits::TEMPLATE_PARAMETERS, "parameters"),
            (size.n_bytes, limits::TEMPLATE_BYTES, "bytes"),
        ] {
            if found > most as usize {
                let (file, by_type) = (&size.file, &size.by_type);
                let excess = fault::Excess { file, what, found, most, by_type, stack };
                sink.report(fault::template_too_large(at, &excess));
            }
        }
    }
    let all: usize = sizes.iter().map(|size| size.n_resources).sum();
    let is_nested = system.layout == model::StackLayout::PerService;
    if is_nested && all > limits::NESTED_RESOURCES as usize {
        sink.report(fault::stacks_too_large(at, all, limits::NESTED_RESOURCES));
    }
    Some(templates)
}

/// All files of a system. Where its contracts have no workflows and the workspace has a harness to run some, these are
/// derived.
#[must_use]
pub fn generate(sources: &SourceMap, system: &System, crates: &emit::Crates) -> FileSet {
    match is_derived(system, crates) {
        true => {
            let made = Made { trees: lower::trees(sources, &Sink::default()), template: None };
            generate_from(sources, made, &mut system.clone(), crates)
        }
        false => emit::emit(system, crates),
    }
}

/// The same, with what resolving the contracts made, which is not made again. The system has the derived workflows only
/// meanwhile.
#[must_use]
pub fn generate_from(
    sources: &SourceMap,
    made: Made,
    system: &mut System,
    crates: &emit::Crates,
) -> FileSet {
    let Made { trees, template } = made;
    let is_derived = is_derived(system, crates);
    if is_derived {
        system.workflows = Some(derived(sources, trees, system));
    }
    let template = template.unwrap_or_else(|| emit::written(system, emit::resources(system)));
    let files = emit::emit_with(system, crates, template);
    if is_derived {
        system.workflows = None;
    }
    files
}

fn is_derived(system: &System, crates: &emit::Crates) -> bool {
    system.workflows.is_none() && crates.harness.is_some()
}

/// The workflows that a system's contracts imply. One that they refuse is left out, which is told.
fn derived(sources: &SourceMap, mut trees: Trees, system: &System) -> model::Workflows {
    let mut derived = derive::derive(system);
    let mut kept = std::mem::take(&mut derived.workflows);
    let mut notes = std::mem::take(&mut derived.notes);
    let folder = sources.folder();
    let (mut workflows, document) = loop {
        let document = derived.document(&kept);
        let mut all = sources.clone();
        let file = all.add(derive::path(folder), document.clone());
        let sink = Sink::default();
        let tree = parse::json::read(file, &document);
        let tree = tree.or_else(|| parse::yaml::parse(file, &document, &sink));
        trees.extend(tree.map(|tree| (file, tree)));
        let workflows = lower::lower_workflows(&all, &trees, &system.services, &sink);
        if workflows.is_some() || kept.is_empty() {
            break (workflows.unwrap_or_else(lower::no_workflows), document);
        }
        let faults = sink.into_sorted(&all);
        let is_error = |one: &&Diagnostic| one.severity == diag::Severity::Error;
        let errors: Vec<&Diagnostic> = faults.iter().filter(is_error).collect();
        let refused = refused(trees.get(&file), kept.len(), &errors);
        for (at, workflow) in std::mem::take(&mut kept).into_iter().enumerate() {
            match refused.get(&at) {
                Some(why) => {
                    notes.push(format!("{} is left out: {why}", workflow["workflowId"]));
                }
                None => kept.push(workflow),
            }
        }
    };
    for workflow in &mut workflows.list {
        // Generated code names the place where the document is written to.
        let steps = workflow.steps.iter_mut().map(|step| &mut step.origin);
        for origin in steps.chain([&mut workflow.origin]) {
            if let Some(below) = origin.pointer.strip_prefix(&format!("{folder}/")) {
                origin.pointer = format!("generated/{below}");
            }
        }
    }
    let derived = Some(model::Derived { document, notes });
    model::Workflows { derived, ..workflows }
}

/// Which workflows of a document errors are about, each with the first of them. An error about the document as a whole,
/// or about another file, refuses them all.
fn refused<'e>(
    tree: Option<&parse::Node>,
    n_workflows: usize,
    errors: &[&'e Diagnostic],
) -> BTreeMap<usize, &'e str> {
    let list = tree.and_then(|tree| tree.get("workflows"));
    let spans: Vec<_> =
        list.into_iter().flat_map(|list| list.items()).map(|one| one.span).collect();
    let mut refused = BTreeMap::new();
    for error in errors {
        let at = error.primary.span;
        let inside = |span: &source::Span| {
            span.file == at.file && span.start <= at.start && at.end <= span.end
        };
        if let Some(at) = spans.iter().position(inside) {
            refused.entry(at).or_insert(error.message.as_str());
        }
    }
    if refused.is_empty() {
        let why = errors.first().map_or("", |error| error.message.as_str());
        refused = (0..n_workflows).map(|at| (at, why)).collect();
    }
    refused
}

/// Generates all files, for a workspace that has everything that their manifests inherit.
///
/// # Errors
/// All diagnostics, when they contain an error.
pub fn compile(sources: &SourceMap) -> Result<Compiled, Vec<Diagnostic>> {
    let Resolved { system, diagnostics, .. } = resolve(sources);
    match system {
        Some(system) => {
            let files = emit::emit(&system, &emit::Crates::default());
            Ok(Compiled { system, files, warnings: diagnostics })
        }
        None => Err(diagnostics),
    }
}
