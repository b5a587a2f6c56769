//! `lib.rs`: the service, and the traits of its contract crate, each method of which calls a rule.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Begun, Implementation, Of, Part, laid_out};
use crate::emit::rust::docs::lines_doc;
use crate::emit::rust::events::{self, Method};
use crate::emit::rust::mock::error_methods;
use crate::emit::rust::operations::answers::{error_name, input_name, output_name};
use crate::emit::rust::operations::bound::fill_name;
use crate::emit::rust::operations::{fill_method, has_bindings};
use crate::emit::rust::types::{Scope, ident};
use crate::model::{Message, Operation};

impl Begun<'_> {
    pub(super) fn lib(&self, parts: &[Part<'_>]) -> String {
        let scope = self.scope();
        let (aws, clone) = (scope.runtime("Aws"), scope.prelude("std::clone", "Clone"));
        let mut fields = Vec::new();
        let mut values = Vec::new();
        if !self.service.tables.is_empty() {
            let tables = scope.from(&self.contract, "Tables");
            let docs = lines_doc(&["The service's tables."]);
            fields.push(quote!(#docs pub tables: #tables));
            values.push(quote!(tables: #tables::new(aws)));
        }
        if !self.service.sends.is_empty() {
            let publisher = scope.from(&self.contract, "Publisher");
            let docs = lines_doc(&["Publishes the events of the service."]);
            fields.push(quote!(#docs pub publisher: #publisher));
            values.push(quote!(publisher: #publisher::new(aws)));
        }
        let settings = self.has_settings.then(|| {
            let settings = scope.from(&self.contract, "Settings");
            let docs = lines_doc(&["What the function is given: variables, secrets, parameters."]);
            fields.push(quote!(#docs pub settings: #settings));
            values.push(quote!(settings));
            quote!(, settings: #settings)
        });
        let name = &self.service.name.wire;
        let docs = lines_doc(&[format!("The {name} service.")]);
        let new = lines_doc(&[
            "Creates the service with the tables and buses in the function's environment variables.",
        ]);
        let unused =
            (fields.len() == usize::from(settings.is_some())).then(|| quote!(let _ = aws;));
        let definition = quote! {
            #docs
            #[derive(Debug, #clone)]
            pub struct Service { #(#fields,)* }
        };
        let construction = quote! {
            impl Service {
                #new
                #[must_use]
                pub fn new(aws: &#aws #settings) -> Self {
                    #unused
                    Self { #(#values,)* }
                }
            }
        };
        let mut items = vec![definition, construction];
        items.extend(self.implementations(&scope, parts));
        let mut modules: Vec<&str> = parts.iter().map(|part| part.module.as_str()).collect();
        modules.sort_unstable_by_key(|module| module.trim_start_matches("r#"));
        let modules = modules.into_iter().map(ident);
        items.insert(0, scope.imports());
        items.insert(0, quote!(#(mod #modules;)*));
        laid_out(
            &[format!("Business rules of the {name} service, one file for each operation.")],
            &items,
        )
    }

    /// The traits of the contract crate, each method calling its implementation.
    fn implementations(&self, scope: &Scope<'_>, parts: &[Part<'_>]) -> Vec<TokenStream> {
        let mut items = Vec::new();
        if !self.service.operations.is_empty() {
            let operations = scope.from(&self.contract, "Operations");
            let tables = has_bindings(self.service).then(|| {
                let tables = scope.from(&self.contract, "Tables");
                quote!(fn tables(&self) -> &#tables { &self.tables })
            });
            let methods = parts.iter().filter_map(|part| match part.of {
                Of::Operation(one) => Some(self.operation_method(scope, part, one)),
                Of::Fill(one) => self.fill_method(scope, part, one),
                Of::Receive(_) => None,
            });
            let errors = error_methods(scope, &self.contract);
            items.push(quote! {
                impl #operations for Service {
                    #tables
                    #(#methods)*
                    #(#errors)*
                }
            });
        }
        for part in parts {
            let Of::Receive(receive) = part.of else { continue };
            let name = scope.from(&self.contract, &receive.id.pascal);
            let methods = events::methods(scope, receive);
            let methods = methods.iter().map(|one| receiving_method(scope, part, one));
            items.push(quote!(impl #name for Service { #(#methods)* }));
        }
        items
    }

    fn operation_method(&self, scope: &Scope<'_>, part: &Part<'_>, one: &Operation) -> TokenStream {
        let (module, name) = (ident(&part.module), ident(&one.id.snake));
        let (signature, result) = self.operation_signature(scope, one);
        quote! {
            async fn #name(&self, #signature) -> #result {
                #module::#name(self, cx, input).await
            }
        }
    }

    fn fill_method(
        &self,
        scope: &Scope<'_>,
        part: &Part<'_>,
        one: &Operation,
    ) -> Option<TokenStream> {
        let (module, name) = (ident(&part.module), fill_method(self.service, one)?);
        let (signature, result) = self.fill_signature(scope, one);
        Some(quote! {
            async fn #name(&self, #signature) -> #result {
                #module::#module(self, cx, input).await
            }
        })
    }

    pub(super) fn fill_signature(
        &self,
        scope: &Scope<'_>,
        operation: &Operation,
    ) -> (TokenStream, TokenStream) {
        let of = |name: Ident| scope.from(&self.contract, &name.to_string());
        let (input, fill, error) =
            (of(input_name(operation)), of(fill_name(operation)), of(error_name(operation)));
        let context = scope.runtime("Context");
        let result = scope.prelude("std::result", "Result");
        (quote!(cx: &#context, input: &#input), quote!(#result<#fill, #error>))
    }

    pub(super) fn operation_signature(
        &self,
        scope: &Scope<'_>,
        operation: &Operation,
    ) -> (TokenStream, TokenStream) {
        let of = |name: Ident| scope.from(&self.contract, &name.to_string());
        let (input, output, error) =
            (of(input_name(operation)), of(output_name(operation)), of(error_name(operation)));
        let context = scope.runtime("Context");
        let result = scope.prelude("std::result", "Result");
        (quote!(cx: &#context, input: #input), quote!(#result<#output, #error>))
    }

    /// The method that bound operations need, which needs no implementation.
    pub(super) fn tables(&self) -> Option<Implementation> {
        has_bindings(self.service).then(|| Implementation {
            module: String::new(),
            file: String::new(),
            of_trait: "Operations".to_owned(),
            contract_imports: vec!["Tables".to_owned()],
            runtime_imports: Vec::new(),
            methods: vec![(
                "tables".to_owned(),
                "fn tables(&self) -> &Tables { &self.tables }".to_owned(),
            )],
        })
    }

    pub(super) fn described(&self, part: &Part<'_>) -> Implementation {
        let scope = self.scope();
        let text = |tokens: TokenStream| tokens.to_string();
        let of = |name: &Ident| name.to_string();
        let (of_trait, contract_imports, runtime_imports, methods) = match part.of {
            Of::Operation(one) => (
                "Operations".to_owned(),
                [input_name(one), output_name(one), error_name(one)].iter().map(of).collect(),
                vec!["Context".to_owned()],
                vec![(one.id.snake.clone(), text(self.operation_method(&scope, part, one)))],
            ),
            Of::Fill(one) => {
                let method = self.fill_method(&scope, part, one).unwrap_or_default();
                let name = fill_method(self.service, one).map(|name| name.to_string());
                (
                    "Operations".to_owned(),
                    [input_name(one), fill_name(one), error_name(one)].iter().map(of).collect(),
                    vec!["Context".to_owned()],
                    vec![(name.unwrap_or_default(), text(method))],
                )
            }
            Of::Receive(one) => {
                let payload =
                    |message: &Message| self.service.type_def(message.payload).name.pascal.clone();
                let methods = events::methods(&scope, one);
                let methods = methods.iter().map(|method| {
                    let text = text(receiving_method(&scope, part, method));
                    (method.name.to_string(), text)
                });
                let stream = one.delivery.stream();
                let seen = stream.into_iter().flat_map(|one| events::seen(self.service, one));
                let imports = one.messages.iter().map(payload).chain(seen);
                let imports = imports.chain([one.id.pascal.clone()]);
                let change = stream.map(|_| "Change".to_owned());
                (
                    one.id.pascal.clone(),
                    imports.collect(),
                    change
                        .into_iter()
                        .chain(["EventContext", "EventError"].map(str::to_owned))
                        .collect(),
                    methods.collect(),
                )
            }
        };
        Implementation {
            module: part.module.clone(),
            file: self.file(part),
            of_trait,
            contract_imports,
            runtime_imports,
            methods,
        }
    }
}

/// A method of a receiver that calls its implementation.
fn receiving_method(scope: &Scope<'_>, part: &Part<'_>, method: &Method) -> TokenStream {
    let (module, Method { name, argument, .. }) = (ident(&part.module), method);
    let (signature, result) = receiving_signature(scope, method);
    quote! {
        async fn #name(&self, #signature) -> #result {
            #module::#name(self, cx, #argument).await
        }
    }
}

pub(super) fn receiving_signature(
    scope: &Scope<'_>,
    method: &Method,
) -> (TokenStream, TokenStream) {
    let (context, error) = (scope.runtime("EventContext"), scope.runtime("EventError"));
    let result = scope.prelude("std::result", "Result");
    let Method { argument, ty, .. } = method;
    (quote!(cx: &#context, #argument: #ty), quote!(#result<(), #error>))
}
