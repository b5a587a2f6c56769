//! The bodies that read: one item by its key, or a page of many.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Body;
use crate::emit::rust::forms::resolved;
use crate::emit::rust::operations::answers::successes;
use crate::emit::rust::tables::{indexes_name, key_name};
use crate::emit::rust::types::{ident, others};
use crate::model::{
    KeyAttribute, KeySource, Name, Operand, Page, Parameter, QueryBy, ScalarKind, Service, SortBy,
    SortComparison, Term, TypeId, TypeKind, TypeRef,
};

impl Body<'_> {
    pub(super) fn get(&self, key: &KeySource, consistent: bool) -> TokenStream {
        let (handle, key) = (self.handle(), self.key(key, false));
        let call = if consistent { quote!(get_consistent) } else { quote!(get) };
        let (missing, fallback) =
            (self.refusal(404, "the item does not exist"), self.other_errors());
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

    /// Several items by their keys.
    pub(super) fn batch_get(
        &self,
        partition: Option<usize>,
        keys: usize,
        items_field: Option<&Name>,
        consistent: bool,
    ) -> TokenStream {
        let handle = self.handle();
        let call = if consistent { quote!(get_all_consistent) } else { quote!(get_all) };
        let listed = ident(&self.operation.parameters[keys].name.snake);
        let one = |attribute: &KeyAttribute| {
            let (name, ty) = (ident(&attribute.name.snake), &self.operation.parameters[keys].ty);
            let item = list_item(self.scope.service, ty);
            let value = match item.is_some_and(|item| *item == attribute.ty) {
                true => quote!(one),
                false => self.read_text(&attribute.name.wire, &quote!(&runtime::to_text(&one))),
            };
            quote!(#name: #value)
        };
        let key = &self.table.key;
        let fields = match (partition, &key.sort) {
            (Some(at), Some(sort)) => {
                let name = ident(&key.partition.name.snake);
                let value = self.converted(at, &key.partition.ty, true);
                let sort = one(sort);
                quote!(#name: #value, #sort)
            }
            _ => one(&key.partition),
        };
        let key_name = key_name(self.scope.service, self.table);
        let key_name = self.scope.from("crate::tables", &key_name);
        let vec = self.scope.prelude("std::vec", "Vec");
        let found = self.success_items(&quote!(items), None, items_field, None);
        let fallback = self.other_errors();
        quote! {
            let mut keys = #vec::with_capacity(input.#listed.len());
            for one in input.#listed {
                keys.push(#key_name { #fields });
            }
            match #handle.#call(&keys).await {
                Ok(items) => #found,
                #fallback
            }
        }
    }

    pub(super) fn list(
        &self,
        by: Option<&QueryBy>,
        page: &Page,
        filter: &[Term],
        consistent: bool,
    ) -> TokenStream {
        let query = self.choose(by, consistent);
        self.page(query, page, filter)
    }

    /// How many items there are.
    pub(super) fn count(
        &self,
        by: Option<&QueryBy>,
        field: Option<&Name>,
        filter: &[Term],
        consistent: bool,
    ) -> TokenStream {
        let (handle, query, filters) =
            (self.handle(), self.choose(by, consistent), self.filters(filter));
        let number = self.read_text("count", &quote!(&count.to_string()));
        let value = match (field, self.page_type()) {
            (Some(field), Some(ty)) => {
                let (name, field) = (self.scope.model(ty), ident(&field.snake));
                let others = self.others_of(ty);
                quote!(#name { #field: #number, #others })
            }
            _ => number,
        };
        let (done, fallback) = (self.success(&value, None), self.other_errors());
        quote! {
            #query
            #filters
            match #handle.count(query).await {
                Ok(count) => #done,
                #fallback
            }
        }
    }

    /// The query of one partition, or of everything where the parameter that names it is absent.
    fn choose(&self, by: Option<&QueryBy>, consistent: bool) -> TokenStream {
        let query = self.scope.runtime("Query");
        let all_consistent = consistent.then(|| quote!(.consistent()));
        let Some(by) = by else { return quote!(let query = #query::all()#all_consistent;) };
        let parameter = &self.operation.parameters[by.partition];
        if parameter.required || parameter.default.is_some() {
            return self.query(by, consistent && by.index.is_none());
        }
        let field = ident(&parameter.name.snake);
        let base = self.partition(by, &quote!(#field), consistent && by.index.is_none());
        let sorted = self.sorted(by);
        let chosen = match sorted.is_empty() {
            true => base,
            false => quote!({ let query = #base; #sorted query }),
        };
        quote! {
            let query = match &input.#field {
                Some(#field) => #chosen,
                None => #query::all()#all_consistent,
            };
        }
    }

    /// The query of one partition or several.
    pub(super) fn query(&self, by: &QueryBy, consistent: bool) -> TokenStream {
        let partition = ident(&self.operation.parameters[by.partition].name.snake);
        let base = self.partition(by, &quote!(&input.#partition), consistent);
        let sorted = self.sorted(by);
        quote!(let query = #base; #sorted)
    }

    fn partition(&self, by: &QueryBy, value: &TokenStream, consistent: bool) -> TokenStream {
        let query = self.scope.runtime("Query");
        let index = self.index(by);
        let consistent = consistent.then(|| quote!(.consistent()));
        let descending = by.descending.then(|| quote!(.descending()));
        let make = if by.several { quote!(partitions) } else { quote!(partition) };
        quote!(#query::#make(#value)#index #consistent #descending)
    }

    /// What is asked of the sort key: less where a parameter is absent.
    fn sorted(&self, by: &QueryBy) -> TokenStream {
        let Some(sort) = &by.sort else { return TokenStream::new() };
        let single = |method: &str, at: usize| {
            let method = ident(method);
            self.if_there(at, |value| quote!(query.#method(#value)))
        };
        match sort {
            SortBy::Compare(comparison, at) => single(method(*comparison), *at),
            SortBy::BeginsWith(at) => single("sort_begins_with", *at),
            SortBy::Between(least, greatest) => {
                let [one, other] = [*least, *greatest].map(|at| &self.operation.parameters[at]);
                let is_there = |one: &Parameter| one.required || one.default.is_some();
                let [a, b] = [one, other].map(|one| ident(&one.name.snake));
                match (is_there(one), is_there(other)) {
                    (true, true) => {
                        quote!(let query = query.sort_between(&input.#a, &input.#b);)
                    }
                    (true, false) => quote! {
                        let query = match &input.#b {
                            Some(#b) => query.sort_between(&input.#a, #b),
                            None => query.sort_at_least(&input.#a),
                        };
                    },
                    (false, true) => quote! {
                        let query = match &input.#a {
                            Some(#a) => query.sort_between(#a, &input.#b),
                            None => query.sort_at_most(&input.#b),
                        };
                    },
                    (false, false) => quote! {
                        let query = match (&input.#a, &input.#b) {
                            (Some(#a), Some(#b)) => query.sort_between(#a, #b),
                            (Some(#a), None) => query.sort_at_least(#a),
                            (None, Some(#b)) => query.sort_at_most(#b),
                            (None, None) => query,
                        };
                    },
                }
            }
        }
    }

    /// `let query = …;` with the value of a parameter, or the query as it is where there is none.
    fn if_there(&self, at: usize, with: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
        let parameter = &self.operation.parameters[at];
        let field = ident(&parameter.name.snake);
        if parameter.required || parameter.default.is_some() {
            let with = with(quote!(&input.#field));
            return quote!(let query = #with;);
        }
        let with = with(quote!(#field));
        quote! {
            let query = match &input.#field {
                Some(#field) => #with,
                None => query,
            };
        }
    }

    /// The filters; one of a parameter that is absent asks nothing.
    fn filters(&self, terms: &[Term]) -> TokenStream {
        let statements = terms.iter().map(|term| {
            let mut optional: Vec<&Parameter> = vec![];
            for (_, operand) in &term.values {
                let Operand::Parameter(at) = operand else { continue };
                let parameter = &self.operation.parameters[*at];
                let is_there = parameter.required || parameter.default.is_some();
                if !is_there && !optional.contains(&parameter) {
                    optional.push(parameter);
                }
            }
            let names: Vec<Ident> = optional.iter().map(|one| ident(&one.name.snake)).collect();
            let condition = self.term(term, &|field| match names.contains(field) {
                true => quote!(#field),
                false => quote!(&input.#field),
            });
            match names.as_slice() {
                [] => quote!(let query = query.filter(#condition);),
                [name] => quote! {
                    let query = match &input.#name {
                        Some(#name) => query.filter(#condition),
                        None => query,
                    };
                },
                names => quote! {
                    let query = match (#(&input.#names),*) {
                        (#(Some(#names)),*) => query.filter(#condition),
                        _ => query,
                    };
                },
            }
        });
        quote!(#(#statements)*)
    }

    /// `.index(ProductIndexes::BY_CATEGORY)`
    fn index(&self, by: &QueryBy) -> Option<TokenStream> {
        let index = &self.table.indexes[by.index?];
        let indexes = indexes_name(self.scope.service, self.table);
        let indexes = self.scope.from("crate::tables", &indexes);
        let constant = ident(&index.name.screaming);
        Some(quote!(.index(#indexes::#constant)))
    }

    /// Reads a page by `query` and answers with it; everything, where no client can ask for a page.
    pub(super) fn page(&self, query: TokenStream, page: &Page, filter: &[Term]) -> TokenStream {
        let (handle, filters) = (self.handle(), self.filters(filter));
        if page.next.is_none() && page.limit.is_none() {
            let found = self.success_items(&quote!(items), None, page.items_field.as_ref(), None);
            let fallback = self.other_errors();
            return quote! {
                #query
                #filters
                match #handle.all(query).await {
                    Ok(items) => #found,
                    #fallback
                }
            };
        }
        let limit = page.limit.map(|limit| {
            let parameter = &self.operation.parameters[limit];
            let get = self.is_newtype(&parameter.ty).then(|| quote!(.get()));
            let field = ident(&parameter.name.snake);
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
                quote!(#problem::violation(#pointer, "found a string that is not the token of a previous page"));
            let refused = self.refusal_with(400, || problem, "an invalid page token");
            quote!(Err(#error::BadToken) => #refused,)
        });
        let done = self.success_items(
            &quote!(page.items),
            Some(&quote!(page.next)),
            page.items_field.as_ref(),
            page.next_field.as_ref(),
        );
        let fallback = self.other_errors();
        quote! {
            #query
            #filters
            #limit
            #next
            match #handle.page(query).await {
                Ok(page) => #done,
                #bad_token
                #fallback
            }
        }
    }

    /// The success with items in it, and what asks for the next ones.
    fn success_items(
        &self,
        items: &TokenStream,
        next: Option<&TokenStream>,
        items_field: Option<&Name>,
        next_field: Option<&Name>,
    ) -> TokenStream {
        let (Some(items_field), Some(ty)) = (items_field, self.page_type()) else {
            return self.success(items, None);
        };
        let TypeKind::Struct(object) = &self.scope.service.type_def(ty).kind else {
            return self.success(items, None);
        };
        let name = self.scope.model(ty);
        let fields = object.fields.iter().map(|field| {
            let (name, wire) = (ident(&field.name.snake), &field.name.wire);
            if field.name == *items_field {
                return quote!(#name: #items);
            }
            match next.filter(|_| next_field == Some(&field.name)) {
                None => quote!(#name: Default::default()),
                Some(next) if self.is_plain_string(&field.ty) => quote!(#name: #next),
                Some(next) => quote! {
                    #name: match #next {
                        Some(next) => Some(runtime::rules::decode_value(#wire, &next)?),
                        None => None,
                    }
                },
            }
        });
        let others = self.others_of(ty);
        self.success(&quote!(#name { #(#fields,)* #others }), None)
    }

    /// `others: Default::default()`, where a type keeps what the contract does not name.
    fn others_of(&self, ty: TypeId) -> Option<TokenStream> {
        let TypeKind::Struct(object) = &self.scope.service.type_def(ty).kind else { return None };
        others(object).map(|(name, _)| quote!(#name: Default::default()))
    }

    /// The object that the success response is, seen through aliases.
    fn page_type(&self) -> Option<TypeId> {
        let body = successes(self.operation).first()?.json()?;
        let mut ty = &body.ty;
        loop {
            let TypeRef::Named(id) = ty else { return None };
            match &self.scope.service.type_def(*id).kind {
                TypeKind::Alias(target) => ty = target,
                _ => return Some(*id),
            }
        }
    }

    fn is_newtype(&self, ty: &TypeRef) -> bool {
        let TypeRef::Named(id) = resolved(self.scope.service, ty) else { return false };
        matches!(self.scope.service.type_def(*id).kind, TypeKind::Newtype(_))
    }

    fn is_plain_string(&self, ty: &TypeRef) -> bool {
        matches!(resolved(self.scope.service, ty), TypeRef::Scalar(ScalarKind::String))
    }
}

/// The method that compares the sort key.
fn method(comparison: SortComparison) -> &'static str {
    match comparison {
        SortComparison::Equal => "sort",
        SortComparison::Less => "sort_less_than",
        SortComparison::AtMost => "sort_at_most",
        SortComparison::Greater => "sort_greater_than",
        SortComparison::AtLeast => "sort_at_least",
    }
}

/// What a list holds, aliases seen through.
fn list_item<'a>(service: &'a Service, ty: &'a TypeRef) -> Option<&'a TypeRef> {
    match resolved(service, ty) {
        TypeRef::List(list) => Some(&list.item),
        _ => None,
    }
}
