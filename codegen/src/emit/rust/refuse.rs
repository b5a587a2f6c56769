//! Refusals of the runtime's own in the words of a contract: how each form of errors is made, and where it is used.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::docs::lines_doc;
use super::types::{Scope, ident};
use crate::model::{ErrorForm, ErrorMade, ProblemField, Service, TypeRef};

/// The methods of the trait `Operations` that make errors in forms which the contract does not map.
pub(super) fn emit_methods(scope: &Scope<'_>) -> Vec<TokenStream> {
    let method = |(name, ty): (Ident, &TypeRef)| {
        let (problem, ty) = (scope.runtime("Problem"), scope.rust_type(ty));
        let docs = lines_doc(&[
            "Converts an error that the runtime finds, such as a request that violates the contract, to the contract's error format.",
        ]);
        quote!(#docs fn #name(&self, problem: &#problem) -> #ty;)
    };
    unmapped(scope.service).into_iter().map(method).collect()
}

/// The types of the forms that the contract does not map, each with the method that makes it.
pub(super) fn unmapped(service: &Service) -> Vec<(Ident, &TypeRef)> {
    let mut methods: Vec<(Ident, &TypeRef)> = vec![];
    for form in service.errors.forms.iter().filter(|form| form.made == ErrorMade::Method) {
        let name = method_name(service, form);
        if methods.iter().all(|(known, _)| *known != name) {
            methods.push((name, &form.ty));
        }
    }
    methods
}

/// `to_api_error`
fn method_name(service: &Service, form: &ErrorForm) -> Ident {
    let named = |form: &ErrorForm| match &form.ty {
        TypeRef::Named(id) => {
            format!("to_{}", service.type_def(*id).name.bare())
        }
        _ => "to_error".to_owned(),
    };
    let mut name = named(form);
    // Types without a name have one method each, apart from that of a schema which is called `Error`.
    let by_method = service.errors.forms.iter().filter(|one| one.made == ErrorMade::Method);
    let mut others: Vec<&TypeRef> = vec![];
    for one in by_method.filter(|one| named(one) == name) {
        if !others.contains(&&one.ty) {
            others.push(&one.ty);
        }
    }
    others.sort_by_key(|ty| !matches!(ty, TypeRef::Named(_)));
    if let Some(place @ 1..) = others.iter().position(|ty| **ty == form.ty) {
        name = format!("{name}_{}", place + 1);
    }
    while service.operations.iter().any(|operation| operation.id.snake == name) {
        name.push_str("_form");
    }
    ident(&name)
}

/// The method `refuse` of the routes; nothing where all errors are problem documents.
pub(super) fn emit_refuse(scope: &Scope<'_>) -> Option<TokenStream> {
    let errors = &scope.service.errors;
    if errors.forms.is_empty() {
        return None;
    }
    let (problem, reply) = (scope.runtime("Problem"), scope.runtime("Reply"));
    let option = scope.option(&quote!(&str));
    let mut by_form: BTreeMap<Option<usize>, BTreeMap<&str, Vec<u16>>> = BTreeMap::new();
    for (operation, status, form) in &errors.others {
        let id = scope.service.operations[*operation].id.plain();
        by_form.entry(*form).or_default().entry(id).or_default().push(*status);
    }
    let arms = by_form.iter().flat_map(|(form, operations)| {
        let reply = tell(scope, *form);
        let mut same: BTreeMap<&Vec<u16>, Vec<&str>> = BTreeMap::new();
        for (id, statuses) in operations {
            same.entry(statuses).or_default().push(id);
        }
        let arms = same.into_iter().map(move |(statuses, ids)| {
            let statuses = statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
            quote!((Some(#(#ids)|*), #(#statuses)|*) => #reply,)
        });
        arms.collect::<Vec<_>>()
    });
    let arms: Vec<TokenStream> = arms.collect();
    let usual = tell(scope, errors.usual);
    let body = match arms.as_slice() {
        [] => usual,
        arms => quote!(match (operation, problem.status) { #(#arms)* _ => #usual, }),
    };
    let operation = if arms.is_empty() { quote!(_) } else { quote!(operation) };
    Some(quote! {
        fn refuse(&self, #operation: #option, problem: #problem) -> #reply { #body }
    })
}

/// The reply that tells of `problem` in a form.
fn tell(scope: &Scope<'_>, form: Option<usize>) -> TokenStream {
    let reply = scope.runtime("Reply");
    let Some(form) = form.map(|form| &scope.service.errors.forms[form]) else {
        return quote!(#reply::problem(problem));
    };
    let media_type = &form.media_type;
    let fields = match &form.made {
        ErrorMade::Object(fields) => fields,
        ErrorMade::Text => {
            return quote!(#reply::text(problem.status, #media_type, &problem.to_text()));
        }
        ErrorMade::Method => {
            let name = method_name(scope.service, form);
            return quote!(#reply::json(problem.status, #media_type, &self.operations.#name(&problem)));
        }
    };
    let members = fields.iter().map(|(name, field)| {
        let field = member(scope, field);
        quote!((#name, #field))
    });
    quote!(#reply::json(problem.status, #media_type, &problem.to_object(&[#(#members),*])))
}

/// `ProblemField::Detail`
fn member(scope: &Scope<'_>, field: &ProblemField) -> TokenStream {
    let ty = scope.runtime("ProblemField");
    match field {
        ProblemField::Title => quote!(#ty::Title),
        ProblemField::Detail => quote!(#ty::Detail),
        ProblemField::Status => quote!(#ty::Status),
        ProblemField::StatusText => quote!(#ty::StatusText),
        ProblemField::Code => quote!(#ty::Code),
        ProblemField::Type => quote!(#ty::Type),
        ProblemField::Instance => quote!(#ty::Instance),
        ProblemField::RequestId => quote!(#ty::RequestId),
        ProblemField::Violations(pointer, detail) => quote!(#ty::Violations(#pointer, #detail)),
        ProblemField::ViolationTexts => quote!(#ty::ViolationTexts),
        ProblemField::Literal(json) => quote!(#ty::Literal(#json)),
    }
}
