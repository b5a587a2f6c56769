//! The events of a service: a publisher with a method for each message that it sends, and a trait with a method for
//! each message of a receive operation.

use std::collections::BTreeMap;

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs::{doc, lines_doc};
use super::tables;
use super::types::{Scope, ident};
use crate::model::{
    Delivery, Destination, Docs, Message, Name, Receive, Service, StreamDelivery, StreamView,
    System,
};
use crate::text::{FileSet, rust_file};

/// `src/events.rs`; nothing for a service that neither sends nor receives.
pub(super) fn emit_events(system: &System, service: &Service, files: &mut FileSet) {
    if service.sends.is_empty() && service.receives.is_empty() {
        return;
    }
    let consumers = service.receives.iter().map(|receive| &receive.id.pascal);
    let names = consumers.flat_map(|name| [name.clone(), format!("{name}Consumer")]);
    let names = names.chain(["Publisher".to_owned()]);
    let scope = Scope::new(service, "crate::model").reserving(names);
    let mut items: Vec<TokenStream> = Vec::new();
    if !service.sends.is_empty() {
        items.extend(emit_publisher(&scope, system));
    }
    items.extend(service.receives.iter().flat_map(|receive| emit_receive(&scope, receive)));
    items.insert(0, scope.imports());
    let head = vec![format!("The events of the {} service.", service.name.wire)];
    files.insert(format!("{}/src/events.rs", service.name.kebab), rust_file(&head, items));
}

/// The facts of a message that decide where it goes and who takes it.
fn facts(message: &Message) -> Vec<(&'static str, String)> {
    let mut facts = vec![
        ("From", message.source.as_ref().map_or("any source".to_owned(), |one| format!("`{one}`"))),
        ("Type", format!("`{}`", message.detail_type)),
    ];
    facts.extend(message.version.map(|version| ("Version", version.to_string())));
    facts
}

fn emit_publisher(scope: &Scope<'_>, system: &System) -> [TokenStream; 2] {
    let (aws, bus) = (scope.runtime("Aws"), scope.runtime("Bus"));
    let name_of = |wire: &str| -> Option<&Name> {
        system.buses.iter().map(|bus| &bus.name).find(|name| name.wire == wire)
    };
    let mut buses: BTreeMap<&str, &Name> = BTreeMap::new();
    for sent in &scope.service.sends {
        let Destination::Bus(wire) = &sent.destination;
        buses.extend(name_of(wire).map(|name| (wire.as_str(), name)));
    }
    let fields = buses.values().map(|name| {
        let field = ident(&name.snake);
        quote!(#field: #bus,)
    });
    let values = buses.values().map(|name| {
        let (field, variable) = (ident(&name.snake), system.bus_variable(name));
        quote!(#field: #bus::new(aws, #variable))
    });
    let methods = scope.service.sends.iter().filter_map(|sent| {
        let Destination::Bus(wire) = &sent.destination;
        let field = ident(&buses.get(wire.as_str())?.snake);
        Some(emit_send(scope, &sent.message, &field))
    });
    let methods: TokenStream = methods.collect();
    let docs = lines_doc(&["Publishes the events of the service. Cheap to clone."]);
    let new =
        lines_doc(&["Creates a publisher for the buses in the function's environment variables."]);
    [
        quote! {
            #docs
            #[derive(Debug, Clone)]
            pub struct Publisher { #(#fields)* }
        },
        quote! {
            impl Publisher {
                #new
                #[must_use]
                pub fn new(aws: &#aws) -> Self {
                    Self { #(#values),* }
                }

                #methods
            }
        },
    ]
}

/// The methods for one message: for one event, and for many in as few calls as can be.
fn emit_send(scope: &Scope<'_>, message: &Message, bus: &Ident) -> TokenStream {
    let (one, all) = (ident(&message.name.snake), all_name(scope.service, message));
    let (source, detail_type) =
        (message.source.as_deref().unwrap_or_default(), &message.detail_type);
    let payload = scope.model(message.payload);
    let (context, entry, error) =
        (scope.runtime("Context"), scope.runtime("Entry"), scope.runtime("PublishError"));
    let result = scope.prelude("std::result", "Result");
    let docs = doc(&message.docs, "Publishes an event.", &facts(message), &message.origin);
    let errors =
        lines_doc(&["", "# Errors", "The bus refused the event, or the result is unknown."]);
    let docs_all = lines_doc(&[
        &format!("Publishes several events, each like [`Self::{}`].", message.name.bare()),
        "",
        "# Errors",
        "The bus refused some of the events, or the result is unknown.",
    ]);
    quote! {
        #docs
        #errors
        pub async fn #one(&self, cx: &#context, event: &#payload) -> #result<(), #error> {
            self.#bus.publish(cx, #entry::new(#source, #detail_type, event)).await
        }

        #docs_all
        pub async fn #all(&self, cx: &#context, events: &[#payload]) -> #result<(), #error> {
            self.#bus.publish_each(cx, #source, #detail_type, events).await
        }
    }
}

/// The method for many events, told apart from the methods of other messages.
fn all_name(service: &Service, message: &Message) -> Ident {
    // `self_` has an underscore already.
    let mut name = format!("{}_all", message.name.bare().trim_end_matches('_'));
    while service.sends.iter().any(|sent| sent.message.name.snake == name) {
        name.push_str("_events");
    }
    ident(&name)
}

/// A method of a receiver: its name, and what it takes.
pub(super) struct Method {
    pub(super) name: Ident,
    /// `event`, or `change` of an item.
    pub(super) argument: Ident,
    pub(super) ty: TokenStream,
    /// What it takes, in words.
    pub(super) what: String,
}

/// The methods of a receiver: one for each message, or the one that takes the changes of a table.
pub(super) fn methods(scope: &Scope<'_>, receive: &Receive) -> Vec<Method> {
    if let Some(stream) = receive.delivery.stream() {
        let item = scope.service.table(stream.table).item;
        let name = &scope.service.type_def(item).name.wire;
        return vec![Method {
            name: ident("changed"),
            argument: ident("change"),
            ty: change(scope, stream),
            what: format!("a change of `{name}`"),
        }];
    }
    let method = |message: &Message| Method {
        name: ident(&message.name.snake),
        argument: ident("event"),
        ty: scope.model(message.payload),
        what: format!("`{}`", message.name.wire),
    };
    receive.messages.iter().map(method).collect()
}

/// The names of the types that a change has: the item's, the key's.
pub(super) fn seen(service: &Service, stream: &StreamDelivery) -> impl Iterator<Item = String> {
    let table = service.table(stream.table);
    let (view, item) = (stream.view, service.type_def(table.item).name.pascal.clone());
    let key = (view != StreamView::BOTH).then(|| tables::key_name(service, table));
    (view.new || view.old).then_some(item).into_iter().chain(key)
}

/// `Change<Position>`; the key in place of an item that the view does not have.
fn change(scope: &Scope<'_>, stream: &StreamDelivery) -> TokenStream {
    let table = scope.service.table(stream.table);
    let change = scope.runtime("Change");
    let seen = |has_item: bool| match has_item {
        true => scope.model(table.item),
        false => scope.beside_tables(&tables::key_name(scope.service, table)),
    };
    let new = seen(stream.view.new);
    match stream.view.new == stream.view.old {
        true => quote!(#change<#new>),
        false => {
            let old = seen(stream.view.old);
            quote!(#change<#new, #old>)
        }
    }
}

/// What the documentation of each method says.
fn method_docs(scope: &Scope<'_>, receive: &Receive) -> Vec<TokenStream> {
    if let Some(stream) = receive.delivery.stream() {
        let table = scope.service.table(stream.table);
        let facts = [("Table", format!("`{}`", table.name.wire))];
        return vec![doc(
            &Docs::default(),
            "Processes a change of an item.",
            &facts,
            &table.origin,
        )];
    }
    let schedule = receive.delivery.rule().and_then(|rule| rule.schedule());
    let of = |message: &Message| {
        let mut facts = facts(message);
        facts.extend(schedule.map(|one| ("Schedule", format!("`{}`", one.expression))));
        doc(&message.docs, &message.name.wire, &facts, &message.origin)
    };
    receive.messages.iter().map(of).collect()
}

fn emit_receive(scope: &Scope<'_>, receive: &Receive) -> [TokenStream; 3] {
    let (name, consumer) =
        (format_ident!("{}", receive.id.pascal), format_ident!("{}Consumer", receive.id.pascal));
    let (context, error) = (scope.runtime("EventContext"), scope.runtime("EventError"));
    let (future, result) =
        (scope.prelude("std::future", "Future"), scope.prelude("std::result", "Result"));
    let methods = methods(scope, receive).into_iter().zip(method_docs(scope, receive));
    let methods = methods.map(|(Method { name, argument, ty, .. }, docs)| {
        quote! {
            #docs
            fn #name(&self, cx: &#context, #argument: #ty)
                -> impl #future<Output = #result<(), #error>> + Send;
        }
    });
    let docs = doc(&receive.docs, &receive.id.wire, &[], &receive.origin);
    let definition = quote! {
        #docs
        pub trait #name: Send + Sync + 'static {
            #(#methods)*
        }
    };
    let serve = serve(&receive.delivery);
    let what = if receive.delivery.stream().is_some() { "changes" } else { "events" };
    let docs = lines_doc(&[format!(
        "Dispatches {what} to an implementation of [`{}`]. Pass it to [`runtime::{serve}`].",
        receive.id.pascal
    )]);
    let new = lines_doc(&["Creates a consumer that calls these methods."]);
    let wrapper = quote! {
        #docs
        #[derive(Debug, Clone)]
        pub struct #consumer<C>(C);

        impl<C: #name> #consumer<C> {
            #new
            #[must_use]
            pub const fn new(consumer: C) -> Self {
                Self(consumer)
            }
        }
    };
    [definition, wrapper, emit_dispatch(scope, receive)]
}

/// The function of the runtime that runs a receiver.
pub(super) const fn serve(delivery: &Delivery) -> &'static str {
    match delivery {
        Delivery::Queue(_) => "serve_queue",
        Delivery::Direct(_) => "serve_event",
        Delivery::Stream(_) => "serve_stream",
    }
}

/// How a consumer finds the method.
fn emit_dispatch(scope: &Scope<'_>, receive: &Receive) -> TokenStream {
    let (name, consumer) =
        (format_ident!("{}", receive.id.pascal), format_ident!("{}Consumer", receive.id.pascal));
    let (context, error) = (scope.runtime("EventContext"), scope.runtime("EventError"));
    let result = scope.prelude("std::result", "Result");
    let (id, service) = (receive.id.plain(), &scope.service.name.wire);
    if let Some(stream) = receive.delivery.stream() {
        let (handler, change) = (scope.runtime("StreamHandler"), change(scope, stream));
        let item = scope.model(scope.service.table(stream.table).item);
        let view = |has_item| scope.runtime(if has_item { "WholeItem" } else { "KeyOnly" });
        let (new, old) = (view(stream.view.new), view(stream.view.old));
        return quote! {
            impl<C: #name> #handler for #consumer<C> {
                type Item = #item;
                type New = #new;
                type Old = #old;

                const SERVICE: &'static str = #service;
                const OPERATION: &'static str = #id;

                async fn handle(&self, cx: &#context, change: #change) -> #result<(), #error> {
                    self.0.changed(cx, change).await
                }
            }
        };
    }
    let (handler, event) = (scope.runtime("EventHandler"), scope.runtime("Event"));
    let arms = receive.messages.iter().map(|message| {
        let source = message.source.as_ref().map_or(quote!(_), |source| quote!(#source));
        let (method, detail_type) = (ident(&message.name.snake), &message.detail_type);
        let version = match message.version {
            Some(version) => {
                let version = proc_macro2::Literal::i64_unsuffixed(version);
                quote!(Some(#version))
            }
            None => quote!(_),
        };
        quote! {
            (#source, #detail_type, #version) => self.0.#method(cx, event.decode()?).await,
        }
    });
    quote! {
        impl<C: #name> #handler for #consumer<C> {
            const SERVICE: &'static str = #service;
            const OPERATION: &'static str = #id;

            async fn handle(&self, cx: &#context, event: &#event) -> #result<(), #error> {
                match (event.source(), event.detail_type(), event.version()) {
                    #(#arms)*
                    _ => Err(event.unknown()),
                }
            }
        }
    }
}
