//! The module of one workflow: its data, its state, and a function for each step.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::drawable::drawable;
use super::lead::jumps;
use super::names;
use super::promise::emit_promises;
use super::statics::Statics;
use super::step::{Carried, Part};
use super::value::{Scope, input_field, output_field};
use crate::emit::rust::{ident, lines_doc};
use crate::model::{DataFile, Input, Service, System, Target, Workflow};
use crate::text::{Code, Words, pretty, raw, rust_text};
use crate::values::Drawn;

/// The file of a workflow. `statics` are what the module of the system has for all of them.
pub(super) fn emit_module(
    system: &System,
    index: usize,
    workflow: &Workflow,
    statics: &Statics,
) -> String {
    let head = [
        format!("`{}`: {}", workflow.id.wire, names::summary(workflow)),
        String::new(),
        format!("- **Source** `{}`", workflow.origin.pointer),
    ];
    let jumps = jumps(workflow);
    let parts =
        workflow.steps.iter().map(|step| Part { system, statics, workflow, step, jumps }.emit());
    let mut items =
        vec![emit_promises(system, statics, workflow), emit_data(system, statics, index, workflow)];
    items.push(emit_state(system, workflow));
    items.push(emit_run(system, workflow, jumps));
    items.extend(jumps.then(|| emit_next(workflow)));
    items.extend(parts);
    let items: Vec<Code> = items.into_iter().filter(|one| !one.is_empty()).map(Code::of).collect();
    let imports = pretty(imports(system, &items, statics));
    rust_text(&head, std::iter::once(imports).chain(items.into_iter().map(Code::pretty)))
}

/// What the code of a module uses, by the words in it.
fn imports(system: &System, items: &[Code], statics: &Statics) -> TokenStream {
    let Words { words, roots } = Words::of(items);
    let used = |names: &[&str]| -> Vec<proc_macro2::Ident> {
        names.iter().filter(|name| words.contains(**name)).map(|name| ident(name)).collect()
    };
    let harness = used(&[
        "Accepted",
        "Again",
        "Answer",
        "Cause",
        "Entry",
        "Failed",
        "Input",
        "Invariant",
        "KeptBy",
        "Outputs",
        "Carrier",
        "Promise",
        "Share",
        "Sighting",
        "Tries",
        "Value",
        "Visit",
        "Workflow",
        "expect",
    ]);
    let criteria = used(&[&names::CRITERIA[..], &["typed"]].concat());
    let ordering = used(&["Ordering"]).into_iter().map(|_| {
        quote!(
            use std::cmp::Ordering;
        )
    });
    // Spelled in parts: only what this crate itself uses is written in one piece.
    let (std, time, here) = (ident("std"), ident("time"), ident("crate"));
    let duration = used(&["Duration"]).into_iter().map(|_| {
        quote!(
            use #std::#time::Duration;
        )
    });
    let json = used(&["json"]).into_iter().map(|_| {
        quote!(
            use serde_json::json;
        )
    });
    let criteria = (!criteria.is_empty()).then(|| quote!(use harness::criteria::{#(#criteria),*};));
    let services = system.services.iter().filter(|service| !service.operations.is_empty());
    let services: BTreeMap<&str, &Service> =
        services.map(|service| (service.name.snake.as_str(), service)).collect();
    let services = services.into_values().filter(|one| roots.contains(&names::service(one)));
    let services: Vec<TokenStream> = services.map(names::service_import).collect();
    let services = (!services.is_empty()).then(|| quote!(use client::{#(#services),*};));
    let request = used(&["request"]).into_iter().map(|_| {
        quote!(
            use #here::request;
        )
    });
    let statics: Vec<&Ident> = words.iter().filter_map(|word| statics.imported(word)).collect();
    let statics = (!statics.is_empty()).then(|| quote!(use #here::system::{#(#statics),*};));
    quote! {
        #(#ordering)*
        #(#duration)*
        #services
        use harness::{#(#harness),*};
        #criteria
        #(#json)*
        #(#request)*
        #statics
    }
}

fn emit_data(system: &System, statics: &Statics, index: usize, workflow: &Workflow) -> TokenStream {
    let (name, id, summary) =
        (names::constant(workflow), names::workflow_id(system, workflow), names::summary(workflow));
    let weight: f64 = workflow.load.weight.parse().unwrap_or(1.0);
    let weight = Literal::f64_unsuffixed(weight);
    let before = Literal::u32_unsuffixed(before(system, index));
    // One that runs before the load is no share of it.
    let load = match before.to_string().as_str() {
        "0" => quote!(weight: #weight,),
        _ => quote!(before: #before,),
    };
    let operations = operations(system, statics, workflow);
    let promises = workflow.promises();
    let promises: Vec<_> = promises.iter().map(|owed| names::promise(owed.kept)).collect();
    let promises = (!promises.is_empty()).then(|| quote!(promises: &[#(&#promises),*],));
    let inputs = workflow.inputs.iter().flat_map(|inputs| &inputs.list).map(emit_input);
    let outputs = drawn(system, workflow).into_iter().map(|(from, output, _)| {
        let name = format!("{}.{output}", from.id.wire);
        let workflow = names::workflow_id(system, from);
        quote!(Input::output(#name, #workflow, #output))
    });
    let inputs = inputs.chain(outputs);
    let docs = lines_doc(&[&summary]);
    quote! {
        #docs
        pub static #name: Workflow = Workflow {
            id: #id,
            summary: #summary,
            #load
            operations: &[#(&#operations),*],
            #promises
            inputs: &[#(#inputs),*],
            run: |visit| Box::pin(run(visit)),
            ..Workflow::NEW
        };
    }
}

/// How often a workflow runs before the load: once, where others depend on it and nothing else is said.
pub(super) fn before(system: &System, index: usize) -> u32 {
    let list = system.workflow_list();
    let is_needed = list.iter().any(|other| other.depends_on.contains(&index));
    list[index].load.before.unwrap_or_default().max(u32::from(is_needed))
}

/// The operations that a workflow may call, those of workflows that it calls or leads to too.
fn operations<'s>(system: &System, statics: &'s Statics, workflow: &Workflow) -> Vec<&'s Ident> {
    let mut found: Vec<&Ident> = vec![];
    let mut open = vec![workflow];
    let mut seen = vec![];
    while let Some(workflow) = open.pop() {
        if seen.contains(&&workflow.id) {
            continue;
        }
        seen.push(&workflow.id);
        for step in &workflow.steps {
            let actions = step.on_success.iter().chain(&step.on_failure);
            let led_to =
                actions.filter_map(|action| system.workflow_list().get(action.workflow()?));
            open.extend(led_to);
            match &step.target {
                Target::Operation(reference) => {
                    let name = statics.operation(*reference);
                    if !found.contains(&name) {
                        found.push(name);
                    }
                }
                Target::Workflow(called) => open.extend(system.workflow_list().get(*called)),
                _ => {}
            }
        }
    }
    found
}

fn emit_input(input: &Input) -> TokenStream {
    let name = &input.name.wire;
    let data = &input.data;
    let drawn = match &data.file {
        _ if data.unique => quote!(Input::unique(#name)),
        Some(DataFile { path, column, .. }) => {
            let column = column.as_ref().unwrap_or(name);
            quote!(Input::file(#name, #path, #column))
        }
        None => {
            let schema = raw(&drawable(&input.schema, Drawn::of(input)).to_string());
            quote!(Input::schema(#name, #schema))
        }
    };
    let values = data.values.filter(|_| !data.unique).map(|values| {
        let values = Literal::u64_unsuffixed(values);
        quote!(values: #values,)
    });
    let skew = data.skew.as_ref().and_then(|skew| skew.parse().ok()).map(|skew| {
        let skew = Literal::f64_unsuffixed(skew);
        quote!(skew: #skew,)
    });
    match values.is_none() && skew.is_none() {
        true => drawn,
        false => quote!(Input { #values #skew ..#drawn }),
    }
}

/// The outputs of workflows before the load that a workflow reads, each with its field.
fn drawn<'s>(
    system: &'s System,
    workflow: &Workflow,
) -> Vec<(&'s Workflow, &'s str, proc_macro2::Ident)> {
    let is_called =
        |index| workflow.steps.iter().any(|step| step.target == Target::Workflow(index));
    let carried = carried(system, workflow).into_iter();
    carried
        .filter(|(index, ..)| !is_called(*index))
        .map(|(_, other, wire, field)| (other, wire, field))
        .collect()
}

/// The fields of a state, each with what it holds.
fn fields(system: &System, workflow: &Workflow) -> Vec<(proc_macro2::Ident, String)> {
    let mut fields = vec![];
    for input in workflow.inputs.iter().flat_map(|inputs| &inputs.list) {
        let field = input_field(workflow, &input.name.wire);
        fields.extend(field.map(|field| (field, format!("`{}`, an input.", input.name.wire))));
    }
    for step in &workflow.steps {
        for output in &step.outputs {
            let field = output_field(step, &output.name.wire);
            let docs = format!("`{}` of the step `{}`.", output.name.wire, step.id.wire);
            fields.extend(field.map(|field| (field, docs)));
        }
    }
    for (_, other, wire, field) in carried(system, workflow) {
        fields.push((field, format!("`{wire}` of the workflow `{}`.", other.id.wire)));
    }
    fields
}

/// The outputs of other workflows that a workflow reads: which workflow, the output, and its field.
fn carried<'s>(
    system: &'s System,
    workflow: &Workflow,
) -> Vec<(usize, &'s Workflow, &'s str, Ident)> {
    let carried = Carried::by(workflow);
    let all = system.workflow_list().iter().enumerate();
    all.flat_map(|(index, other)| {
        let read = carried.from(other).into_iter();
        read.map(move |(wire, field)| (index, other, wire, field))
    })
    .collect()
}

fn emit_state(system: &System, workflow: &Workflow) -> TokenStream {
    let fields = fields(system, workflow);
    let docs = lines_doc(&[format!("The state of one run of `{}`.", workflow.id.wire)]);
    let draw = emit_draw(system, workflow);
    let fields = fields.into_iter().map(|(field, docs)| {
        let docs = lines_doc(&[docs]);
        quote!(#docs pub #field: Value,)
    });
    quote! {
        #docs
        #[derive(Debug, Clone, Default)]
        pub struct State { #(#fields)* }
        #draw
    }
}

/// The function that draws the inputs of a state.
fn emit_draw(system: &System, workflow: &Workflow) -> TokenStream {
    let inputs = workflow.inputs.iter().flat_map(|inputs| &inputs.list).filter_map(|input| {
        let (field, wire) = (input_field(workflow, &input.name.wire)?, &input.name.wire);
        Some(quote!(#field: visit.input(#wire)))
    });
    let drawn = drawn(system, workflow).into_iter().map(|(from, output, field)| {
        let name = format!("{}.{output}", from.id.wire);
        quote!(#field: visit.input(#name))
    });
    let given: Vec<_> = inputs.chain(drawn).collect();
    let rest = (given.len() < fields(system, workflow).len()).then(|| quote!(..Self::default()));
    let (visit, state) = match given.len() {
        0 => (quote!(_visit), quote!(Self::default())),
        _ => (quote!(visit), quote!(Self { #(#given,)* #rest })),
    };
    quote! {
        impl State {
            /// With the inputs of a visit.
            #[must_use]
            pub fn draw(#visit: &mut Visit<'_>) -> Self {
                #state
            }
        }
    }
}

/// The workflow as a whole.
fn emit_run(system: &System, workflow: &Workflow, jumps: bool) -> TokenStream {
    let walk = match jumps {
        false => {
            let calls = workflow.steps.iter().map(names::function);
            quote!(#(#calls(visit, state).await?;)*)
        }
        true => {
            let arms = workflow.steps.iter().map(|step| {
                let (variant, function) = (ident(&step.id.pascal), names::function(step));
                quote!(Next::#variant => #function(visit, state).await?,)
            });
            quote! {
                let mut next = Next::default();
                loop {
                    next = match next {
                        #(#arms)*
                        Next::End => break,
                    };
                }
            }
        }
    };
    let scope = Scope { system, workflow, step: None };
    let outputs = workflow.outputs.iter().map(|output| {
        let (wire, value) = (&output.name.wire, scope.owned(&output.value));
        quote!(visit.output(#wire, #value);)
    });
    let docs = lines_doc(&["Runs the steps with its own inputs."]);
    quote! {
        #docs
        pub async fn run(visit: &mut Visit<'_>) -> Result<(), Cause> {
            let state = &mut State::draw(visit);
            #walk
            #(#outputs)*
            Ok(())
        }
    }
}

/// What comes next, where steps say so.
fn emit_next(workflow: &Workflow) -> TokenStream {
    let steps = workflow.steps.iter().enumerate().map(|(at, step)| {
        let (variant, docs) =
            (ident(&step.id.pascal), lines_doc(&[format!("The step `{}`.", step.id.wire)]));
        let default = (at == 0).then(|| quote!(#[default]));
        quote!(#docs #default #variant,)
    });
    quote! {
        /// What comes next.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub enum Next {
            #(#steps)*
            /// Nothing.
            End,
        }
    }
}
