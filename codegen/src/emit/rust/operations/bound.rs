//! The generated bodies: what `x-dynamodb` binds an operation to.
//!
//! Each is a function `run` of the tables and the input, short enough to read and to copy where a rule needs more.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::answers::{Payload, answering, error_name, input_name, output_name, successes};
use crate::emit::rust::docs::lines_doc;
use crate::emit::rust::forms::{self, resolved};
use crate::emit::rust::tables::key_name;
use crate::emit::rust::types::{Scope, ident};
use crate::model::{
    Binding, BoundAction, Docs, Guard, KeySource, Location, Operation, Page, QueryBy, ScalarKind,
    StructType, Table, TypeKind, TypeRef,
};

/// The body of a bound operation; none when the operation is not bound.
pub(super) fn emit_run(scope: &Scope<'_>, operation: &Operation) -> Option<TokenStream> {
    let binding = operation.binding.as_ref()?;
    let body = Body { scope, operation, table: scope.service.table(binding.table) };
    let statements = body.statements(binding);
    let (tables, result) =
        (scope.from("crate::tables", "Tables"), scope.prelude("std::result", "Result"));
    let (input, output, error) =
        (input_name(operation), output_name(operation), error_name(operation));
    let docs = lines_doc(&[
        "The body that the contract binds the operation to.".to_owned(),
        String::new(),
        format!("- **Source** `{}`", binding.origin.pointer),
    ]);
    Some(quote! {
        #docs
        pub(super) async fn run(tables: &#tables, input: #input) -> #result<#output, #error> {
            #statements
        }
    })
}

/// What a body is made from.
struct Body<'a> {
    scope: &'a Scope<'a>,
    operation: &'a Operation,
    table: &'a Table,
}

impl Body<'_> {
    fn statements(&self, binding: &Binding) -> TokenStream {
        match &binding.action {
            BoundAction::Get { key, consistent } => self.get(key, *consistent),
            BoundAction::Create { on_exists, generated_key, location } => {
                let key = generated_key.as_ref().map(|name| name.wire.as_str());
                self.create(*on_exists, key, location.as_ref())
            }
            BoundAction::Put { guard } => self.put(guard.as_ref()),
            BoundAction::Replace { key, guard } => self.replace(key, guard.as_ref()),
            BoundAction::Delete { key, must_exist, guard } => {
                self.delete(key, *must_exist, guard.as_ref())
            }
            BoundAction::Query { by, page, consistent } => {
                let query = self.query(by, *consistent && by.index.is_none());
                self.page(query, page)
            }
            BoundAction::List { by, page, consistent } => self.list(by.as_ref(), page, *consistent),
        }
    }

    /// `tables.product`
    fn handle(&self) -> TokenStream {
        let name = ident(&self.table.name.snake);
        quote!(tables.#name)
    }

    /// The key from the parameters: `ProductKey { id: input.id }`.
    fn key(&self, source: &KeySource, keep: bool) -> TokenStream {
        let name = key_name(self.scope.service, self.table);
        let name = self.scope.from("crate::tables", &name);
        let mut fields = vec![(&self.table.key.partition, source.partition)];
        fields.extend(self.table.key.sort.as_ref().zip(source.sort));
        let fields = fields.into_iter().map(|(attribute, parameter)| {
            let field = ident(&attribute.name.snake);
            let value = self.converted(parameter, &attribute.ty, keep);
            quote!(#field: #value)
        });
        quote!(#name { #(#fields),* })
    }

    /// A parameter's value as a type that holds the same, mostly the very same type.
    fn converted(&self, parameter: usize, to: &TypeRef, keep: bool) -> TokenStream {
        let parameter = &self.operation.parameters[parameter];
        let field = ident(&parameter.name.snake);
        if parameter.ty == *to && !keep {
            return quote!(input.#field);
        }
        if parameter.ty == *to {
            return quote!(Clone::clone(&input.#field));
        }
        let wire = &parameter.name.wire;
        self.read_text(wire, &quote!(&runtime::to_text(&input.#field)))
    }

    /// A value of a type that is yet to be inferred, from a text that is right by construction.
    fn read_text(&self, what: &str, text: &TokenStream) -> TokenStream {
        quote!(runtime::rules::decode_value(#what, #text)?)
    }

    fn get(&self, key: &KeySource, consistent: bool) -> TokenStream {
        let (handle, key) = (self.handle(), self.key(key, false));
        let call = if consistent { quote!(get_consistent) } else { quote!(get) };
        let (missing, fallback) = (self.refusal(404, "nothing has this key"), self.other_errors());
        let found = self.success(&quote!(item), None);
        quote! {
            let key = #key;
            match #handle.#call(&key).await {
                Ok(Some(item)) => #found,
                Ok(None) => #missing,
                #fallback
            }
        }
    }

    fn create(
        &self,
        on_exists: Option<u16>,
        generated_key: Option<&str>,
        location: Option<&Location>,
    ) -> TokenStream {
        let (handle, item) = (self.handle(), self.item(generated_key, None));
        let (done, written) =
            (self.success(&quote!(item), location), self.scope.runtime("Written"));
        let exists = self.refusal(on_exists.unwrap_or(409), "something has this key already");
        let (large, fallback) = (self.too_large(), self.other_errors());
        let write = match generated_key {
            Some(_) => quote!(#handle.create(&item)),
            None => {
                let (condition, stored) = (self.scope.runtime("Condition"), self.stored_type());
                quote!(#handle.put_if(&item, #condition::item_absent::<#stored>()))
            }
        };
        quote! {
            #item
            match #write.await {
                Ok(#written::Done) => #done,
                Ok(#written::Refused(_)) => #exists,
                #large
                #fallback
            }
        }
    }

    fn put(&self, guard: Option<&Guard>) -> TokenStream {
        let (handle, item) = (self.handle(), self.item(None, None));
        let done = self.success(&quote!(item), None);
        let (large, fallback) = (self.too_large(), self.other_errors());
        let Some(guard) = guard else {
            return quote! {
                #item
                match #handle.put(&item).await {
                    Ok(()) => #done,
                    #large
                    #fallback
                }
            };
        };
        let (written, condition) = (self.scope.runtime("Written"), self.guard(guard));
        let refused = self.refusal(guard.status, "the condition of the contract does not hold");
        quote! {
            #item
            let condition = #condition;
            match #handle.put_if(&item, condition).await {
                Ok(#written::Done) => #done,
                Ok(#written::Refused(_)) => #refused,
                #large
                #fallback
            }
        }
    }

    fn replace(&self, key: &KeySource, guard: Option<&Guard>) -> TokenStream {
        let (handle, item) = (self.handle(), self.item(None, Some(key)));
        let stored = self.stored_type();
        let done = self.success(&quote!(item), None);
        let missing = self.refusal(404, "nothing has this key");
        let (large, fallback) = (self.too_large(), self.other_errors());
        let (condition, written) = (self.scope.runtime("Condition"), self.scope.runtime("Written"));
        let further = guard.map(|guard| {
            let guard = self.guard(guard);
            quote!(.and(#guard))
        });
        let refused = guard.map(|guard| {
            let refused = self.refusal(guard.status, "the condition of the contract does not hold");
            quote!(Ok(#written::Refused(Some(_))) => #refused,)
        });
        quote! {
            #item
            let condition = #condition::item_exists::<#stored>()#further;
            match #handle.put_if(&item, condition).await {
                Ok(#written::Done) => #done,
                #refused
                Ok(#written::Refused(_)) => #missing,
                #large
                #fallback
            }
        }
    }

    fn delete(&self, key: &KeySource, must_exist: bool, guard: Option<&Guard>) -> TokenStream {
        let (handle, key) = (self.handle(), self.key(key, false));
        let (done, fallback) = (self.success(&quote!(()), None), self.other_errors());
        let exists = || {
            let (condition, stored) = (self.scope.runtime("Condition"), self.stored_type());
            quote!(#condition::item_exists::<#stored>())
        };
        let condition = match (must_exist, guard) {
            (false, None) => {
                return quote! {
                    let key = #key;
                    match #handle.delete(&key).await {
                        Ok(()) => #done,
                        #fallback
                    }
                };
            }
            (true, None) => exists(),
            (false, Some(guard)) => self.guard(guard),
            (true, Some(guard)) => {
                let (exists, guard) = (exists(), self.guard(guard));
                quote!(#exists.and(#guard))
            }
        };
        let written = self.scope.runtime("Written");
        let refused = guard.map(|guard| {
            let refused = self.refusal(guard.status, "the condition of the contract does not hold");
            quote!(Ok(#written::Refused(Some(_))) => #refused,)
        });
        // What is not there is gone already, unless the contract tells the two apart.
        let gone = match must_exist {
            true => self.refusal(404, "nothing has this key"),
            false => done.clone(),
        };
        quote! {
            let key = #key;
            let condition = #condition;
            match #handle.delete_if(&key, condition).await {
                Ok(#written::Done) => #done,
                #refused
                Ok(#written::Refused(_)) => #gone,
                #fallback
            }
        }
    }

    fn list(&self, by: Option<&QueryBy>, page: &Page, consistent: bool) -> TokenStream {
        let query = self.scope.runtime("Query");
        let consistently = |yes: bool| yes.then(|| quote!(.consistent()));
        let all_consistent = consistently(consistent);
        let Some(by) = by else {
            return self.page(quote!(let query = #query::all()#all_consistent;), page);
        };
        let parameter = &self.operation.parameters[by.partition];
        let field = ident(&parameter.name.snake);
        let index = self.index(by);
        let by_consistent = consistently(consistent && by.index.is_none());
        let choose = quote! {
            let query = match &input.#field {
                Some(#field) => #query::partition(#field)#index #by_consistent,
                None => #query::all()#all_consistent,
            };
        };
        self.page(choose, page)
    }

    /// The query of one partition.
    fn query(&self, by: &QueryBy, consistent: bool) -> TokenStream {
        let query = self.scope.runtime("Query");
        let partition = ident(&self.operation.parameters[by.partition].name.snake);
        let index = self.index(by);
        let consistent = consistent.then(|| quote!(.consistent()));
        let base = quote!(let query = #query::partition(&input.#partition)#index #consistent;);
        let Some(sort) = by.sort.map(|sort| &self.operation.parameters[sort]) else { return base };
        let field = ident(&sort.name.snake);
        if sort.required || sort.default.is_some() {
            return quote!(#base let query = query.sort(&input.#field););
        }
        quote! {
            #base
            let query = match &input.#field {
                Some(#field) => query.sort(#field),
                None => query,
            };
        }
    }

    /// `.index("byCategory", KeyNames { … })`
    fn index(&self, by: &QueryBy) -> Option<TokenStream> {
        let index = &self.table.indexes[by.index?];
        let (name, names) = (&index.name.wire, self.scope.runtime("KeyNames"));
        let partition = &index.key.partition.name.wire;
        let sort = match &index.key.sort {
            Some(sort) => {
                let sort = &sort.name.wire;
                quote!(Some(#sort))
            }
            None => quote!(None),
        };
        Some(quote!(.index(#name, #names { partition: #partition, sort: #sort })))
    }

    /// Reads a page by `query` and answers with it.
    fn page(&self, query: TokenStream, page: &Page) -> TokenStream {
        let handle = self.handle();
        let limit = page.limit.map(|limit| {
            let parameter = &self.operation.parameters[limit];
            let field = ident(&parameter.name.snake);
            let get = self.is_newtype(&parameter.ty).then(|| quote!(.get()));
            match parameter.required || parameter.default.is_some() {
                true => quote!(let query = query.limit(input.#field #get);),
                false => quote! {
                    let query = match input.#field {
                        Some(limit) => query.limit(limit #get),
                        None => query,
                    };
                },
            }
        });
        let next = page.next.map(|next| {
            let field = ident(&self.operation.parameters[next].name.snake);
            quote!(let query = query.after(input.#field.as_ref().map(runtime::to_text));)
        });
        let bad_token = page.next.map(|next| {
            let error = self.scope.runtime("TableError");
            let pointer = format!("/query/{}", self.operation.parameters[next].name.wire);
            let problem = self.scope.runtime("Problem");
            let problem =
                quote!(#problem::violation(#pointer, "found a text that no page before gave out"));
            let refused = self.refusal_with(400, &problem, "a page token that is none");
            quote!(Err(#error::BadToken) => #refused,)
        });
        let (done, fallback) = (self.success_page(page), self.other_errors());
        quote! {
            #query
            #limit
            #next
            match #handle.page(query).await {
                Ok(page) => #done,
                #bad_token
                #fallback
            }
        }
    }

    /// The success with a page in it.
    fn success_page(&self, page: &Page) -> TokenStream {
        let (Some(items), Some(ty)) = (&page.items_field, self.page_type()) else {
            return self.success(&quote!(page.items), None);
        };
        let TypeKind::Struct(fields) = &self.scope.service.type_def(ty).kind else {
            return self.success(&quote!(page.items), None);
        };
        let name = self.scope.model(ty);
        let fields = fields.fields.iter().map(|field| {
            let (name, wire) = (ident(&field.name.snake), &field.name.wire);
            if field.name == *items {
                return quote!(#name: page.items);
            }
            if page.next_field.as_ref() != Some(&field.name) {
                return quote!(#name: Default::default());
            }
            if self.is_plain_string(&field.ty) {
                return quote!(#name: page.next);
            }
            quote! {
                #name: match page.next {
                    Some(next) => Some(runtime::rules::decode_value(#wire, &next)?),
                    None => None,
                }
            }
        });
        self.success(&quote!(#name { #(#fields),* }), None)
    }

    /// The object that the success response is, seen through aliases.
    fn page_type(&self) -> Option<crate::model::TypeId> {
        let body = successes(self.operation).first()?.body.as_ref()?;
        let mut ty = &body.ty;
        loop {
            let TypeRef::Named(id) = ty else { return None };
            match &self.scope.service.type_def(*id).kind {
                TypeKind::Alias(target) => ty = target,
                _ => return Some(*id),
            }
        }
    }

    /// `let item = …;`: what is to be stored, of the body and of the key in the path.
    fn item(&self, generated_key: Option<&str>, key: Option<&KeySource>) -> TokenStream {
        let service = self.scope.service;
        let Some(TypeRef::Named(sent)) = self.operation.body.as_ref().map(|body| &body.ty) else {
            return quote!(let item = input.body;);
        };
        let sent_def = service.type_def(*sent);
        let stored_def = service.type_def(self.table.item);
        let (TypeKind::Struct(sent_type), TypeKind::Struct(stored_type)) =
            (&sent_def.kind, &stored_def.kind)
        else {
            return quote!(let item = input.body;);
        };
        let same = key.map(|key| self.same_keys(key, sent_type));
        if *sent == self.table.item {
            return quote!(#same let item = input.body;);
        }
        let stored = self.stored_type();
        let fields = stored_type.fields.iter().map(|field| {
            let name = ident(&field.name.snake);
            let wire = field.name.wire.as_str();
            let sent = sent_type.fields.iter().find(|sent| sent.name.wire == wire);
            if let Some(sent) = sent {
                let value = forms::converted_field(self.scope, &quote!(body.#name), sent, field);
                return quote!(#name: #value);
            }
            if generated_key == Some(wire) {
                let value = self.random_key(wire, &field.ty);
                return quote!(#name: #value);
            }
            match key.and_then(|key| self.key_parameter(key, wire)) {
                Some(parameter) => {
                    let value = self.converted(parameter, &field.ty, false);
                    quote!(#name: #value)
                }
                None => quote!(#name: Default::default()),
            }
        });
        quote! {
            #same
            let body = input.body;
            let item = #stored { #(#fields),* };
        }
    }

    /// The parameter that a key attribute comes from.
    fn key_parameter(&self, key: &KeySource, attribute: &str) -> Option<usize> {
        if self.table.key.partition.name.wire == attribute {
            return Some(key.partition);
        }
        let sort = self.table.key.sort.as_ref().filter(|sort| sort.name.wire == attribute);
        sort.and(key.sort)
    }

    /// A body that has a key of its own must have the one that the path has.
    fn same_keys(&self, key: &KeySource, sent: &StructType) -> TokenStream {
        let has_own = |wire: &str| sent.fields.iter().find(|field| field.name.wire == wire);
        let attributes = std::iter::once(&self.table.key.partition).chain(&self.table.key.sort);
        let checks = attributes.filter_map(|attribute| {
            let own = has_own(&attribute.name.wire)?;
            let parameter = self.key_parameter(key, &own.name.wire)?;
            let (field, parameter) =
                (ident(&own.name.snake), ident(&self.operation.parameters[parameter].name.snake));
            let pointer = format!("/body/{}", own.name.wire);
            let problem = self.scope.runtime("Problem");
            let problem =
                quote!(#problem::violation(#pointer, "found another key than in the path"));
            let refused = self.refusal_with(400, &problem, "a body with another key than its path");
            Some(quote! {
                if runtime::to_text(&input.body.#field) != runtime::to_text(&input.#parameter) {
                    return #refused;
                }
            })
        });
        quote!(#(#checks)*)
    }

    /// A random UUID as the type of a key.
    fn random_key(&self, wire: &str, ty: &TypeRef) -> TokenStream {
        let uuid = self.scope.runtime("Uuid");
        match resolved(self.scope.service, ty) {
            TypeRef::Scalar(ScalarKind::Uuid) => quote!(#uuid::new_v4()),
            _ => self.read_text(wire, &quote!(&runtime::to_text(&#uuid::new_v4()))),
        }
    }

    fn is_newtype(&self, ty: &TypeRef) -> bool {
        let TypeRef::Named(id) = resolved(self.scope.service, ty) else { return false };
        matches!(self.scope.service.type_def(*id).kind, TypeKind::Newtype(_))
    }

    fn is_plain_string(&self, ty: &TypeRef) -> bool {
        matches!(resolved(self.scope.service, ty), TypeRef::Scalar(ScalarKind::String))
    }

    /// The type of the table's items.
    fn stored_type(&self) -> TokenStream {
        self.scope.model(self.table.item)
    }

    /// `Condition::written("attribute_not_exists(#checkout)", &[("#checkout", "checkout")])`
    fn guard(&self, guard: &Guard) -> TokenStream {
        let condition = self.scope.runtime("Condition");
        let (expression, names) = placeholders(&guard.expression, &guard.attributes);
        let names = names.iter().map(|(mark, name)| quote!((#mark, #name)));
        quote!(#condition::written(#expression, &[#(#names),*]))
    }

    /// `Ok(…)` with the value as the first success has it.
    fn success(&self, value: &TokenStream, location: Option<&Location>) -> TokenStream {
        let all = successes(self.operation);
        let Some(response) = all.first() else { return quote!(Ok(())) };
        let (variant, output) = (ident(&response.name.pascal), output_name(self.operation));
        let is_enum = all.len() > 1;
        let held = match Payload::of(response) {
            Payload::Nothing if is_enum => return quote!(Ok(#output::#variant)),
            Payload::Nothing => return quote!(Ok(())),
            Payload::Body | Payload::Problem => value.clone(),
            Payload::Struct => {
                let name = super::answers::struct_name(self.operation, response);
                let headers = response.headers.iter().map(|header| {
                    let field = ident(&header.name.snake);
                    let is_location = header.name.wire.eq_ignore_ascii_case("location");
                    match location.filter(|_| is_location) {
                        Some(location) => {
                            let text = self.location(location);
                            let text = self.read_text(&header.name.wire, &quote!(&#text));
                            match header.required {
                                true => quote!(#field: #text),
                                false => quote!(#field: Some(#text)),
                            }
                        }
                        None => quote!(#field: Default::default()),
                    }
                });
                let body = response.body.as_ref().map(|_| quote!(body: #value));
                quote!(#name { #(#headers,)* #body })
            }
        };
        if is_enum { quote!(Ok(#output::#variant(#held))) } else { quote!(Ok(#held)) }
    }

    /// `runtime::fill_path("/product/{id}", &[&item.id])`
    fn location(&self, location: &Location) -> TokenStream {
        let path = &location.path;
        let values = location.parameters.iter().map(|(_, property)| ident(&property.snake));
        quote!(runtime::fill_path(#path, &[#(&item.#values),*]))
    }

    /// `Err(…)` with the declared response that answers with a status, in the contract's words.
    fn refusal(&self, status: u16, otherwise: &str) -> TokenStream {
        let says = answering(self.operation, status).and_then(|response| says(&response.docs));
        let detail = says.unwrap_or(otherwise);
        let (problem, status_text) =
            (self.scope.runtime("Problem"), Literal::u16_unsuffixed(status));
        self.refusal_with(status, &quote!(#problem::new(#status_text, #detail)), detail)
    }

    /// `Err(…)` with a problem; a failure where the contract declares no problem of that status.
    fn refusal_with(&self, status: u16, problem: &TokenStream, otherwise: &str) -> TokenStream {
        let error = error_name(self.operation);
        let response = answering(self.operation, status);
        match response.map(|response| (response, Payload::of(response))) {
            Some((response, payload)) if !response.is_success() && status != 500 => {
                let variant = ident(&response.name.pascal);
                match payload {
                    Payload::Problem => return quote!(Err(#error::#variant(#problem))),
                    Payload::Nothing => return quote!(Err(#error::#variant)),
                    Payload::Body | Payload::Struct => {}
                }
            }
            _ => {}
        }
        let failure = self.scope.runtime("Failure");
        quote!(Err(#error::Unexpected(#failure::message(#otherwise))))
    }

    /// The arm for an item that the table does not take, where the contract has an answer to it.
    fn too_large(&self) -> Option<TokenStream> {
        answering(self.operation, 413)?;
        let error = self.scope.runtime("TableError");
        let refused = self.refusal(413, "the item is too large to be stored");
        Some(quote!(Err(#error::TooLarge { .. }) => #refused,))
    }

    /// The arms for what the contract does not speak of.
    fn other_errors(&self) -> TokenStream {
        let busy = answering(self.operation, 503).map(|_| {
            let refused = self.refusal(503, "the table is asked for too much");
            quote!(Err(error) if error.is_throttled() => #refused,)
        });
        quote! {
            #busy
            Err(error) => Err(error.into()),
        }
    }
}

/// What a response says of itself, in a line.
fn says(docs: &Docs) -> Option<&str> {
    let text = docs.summary.as_deref().or(docs.description.as_deref())?;
    text.lines().map(str::trim).find(|line| !line.is_empty())
}

/// An expression with a placeholder for each attribute name, and what the placeholders stand for.
fn placeholders(expression: &str, attributes: &[String]) -> (String, Vec<(String, String)>) {
    let is_part = |character: char| character.is_alphanumeric() || "_-".contains(character);
    let mark = |name: &str| -> String {
        let plain = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' });
        std::iter::once('#').chain(plain).collect()
    };
    let mut out = String::new();
    let mut rest = expression;
    while let Some(start) = rest.find(is_part) {
        let end = rest[start..].find(|c| !is_part(c)).map_or(rest.len(), |length| start + length);
        let word = &rest[start..end];
        out.push_str(&rest[..start]);
        match attributes.iter().any(|name| name == word) && !out.ends_with('#') {
            true => out.push_str(&mark(word)),
            false => out.push_str(word),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    (out, attributes.iter().map(|name| (mark(name), name.clone())).collect())
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    fn check(expression: &str, attributes: &[&str], expected: &str) {
        let attributes: Vec<String> = attributes.iter().map(ToString::to_string).collect();
        let (text, names) = placeholders(expression, &attributes);
        assert_eq!(text, expected);
        assert_eq!(names.len(), attributes.len());
    }

    #[test]
    fn names_become_placeholders_and_functions_stay() {
        check("attribute_not_exists(checkout)", &["checkout"], "attribute_not_exists(#checkout)");
        check(
            "attribute_exists(a.b) AND size < a-b",
            &["a", "b", "size", "a-b"],
            "attribute_exists(#a.#b) AND #size < #a_b",
        );
    }
}
