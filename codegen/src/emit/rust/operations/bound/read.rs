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
            (self.refusal_arm(404, "the item does not exist"), self.other_errors());
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
        let handle = self.handle();
        let query = self.choose(by, consistent).with(&self.filters(filter));
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
            match #handle.count(query).await {
                Ok(count) => #done,
                #fallback
            }
        }
    }

    /// The query of one partition, or of everything where the parameter that names it is absent.
    fn choose(&self, by: Option<&QueryBy>, consistent: bool) -> Asked {
        let query = self.scope.runtime("Query");
        let all_consistent = consistent.then(|| quote!(.consistent()));
        let Some(by) = by else { return Asked::chain(quote!(#query::all()#all_consistent)) };
        let parameter = &self.operation.parameters[by.partition];
        if is_there(parameter) {
            return self.query(by, consistent && by.index.is_none());
        }
        let field = ident(&parameter.name.snake);
        let chosen = self.partition(by, &quote!(#field), consistent && by.index.is_none());
        let sorted = by.sort.as_ref().map(|sort| self.sorted(sort));
        let key = self.index_of(by).filter(|_| sorted.is_some());
        let key = key.map(|index| quote!(.sort_key_of(#index)));
        Asked {
            first: quote! {
                match &input.#field {
                    Some(#field) => #chosen,
                    None => #query::all()#all_consistent #key #sorted,
                }
            },
            is_chain: false,
        }
    }

    /// The query of one partition or several.
    pub(super) fn query(&self, by: &QueryBy, consistent: bool) -> Asked {
        let partition = ident(&self.operation.parameters[by.partition].name.snake);
        Asked::chain(self.partition(by, &quote!(&input.#partition), consistent))
    }

    fn partition(&self, by: &QueryBy, value: &TokenStream, consistent: bool) -> TokenStream {
        let query = self.scope.runtime("Query");
        let index = self.index_of(by).map(|index| quote!(.index(#index)));
        let consistent = consistent.then(|| quote!(.consistent()));
        let descending = by.descending.then(|| quote!(.descending()));
        let make = if by.several { quote!(partitions) } else { quote!(partition) };
        let further = by.further.iter().map(|at| {
            let field = ident(&self.operation.parameters[*at].name.snake);
            quote!(.further(&input.#field))
        });
        let sorted = by.sort.as_ref().map(|sort| self.sorted(sort));
        quote!(#query::#make(#value)#index #(#further)* #consistent #descending #sorted)
    }

    /// What is asked of the sort key: less where a parameter is absent.
    fn sorted(&self, sort: &SortBy) -> TokenStream {
        let single = |method: &str, at: usize| {
            let method = ident(method);
            self.if_there(&self.operation.parameters[at], |value| quote!(.#method(#value)))
        };
        match sort {
            SortBy::Compare(comparison, at) => single(method(*comparison), *at),
            SortBy::BeginsWith(at) => single("sort_begins_with", *at),
            SortBy::Between(least, greatest) => {
                let ends = [*least, *greatest].map(|at| &self.operation.parameters[at]);
                let [a, b] = ends.map(|end| ident(&end.name.snake));
                if ends.into_iter().all(is_there) {
                    return quote!(.sort_between(&input.#a, &input.#b));
                }
                let [a, b] = ends.map(|end| {
                    let field = ident(&end.name.snake);
                    match is_there(end) {
                        true => quote!(Some(&input.#field)),
                        false => quote!(input.#field.as_ref()),
                    }
                });
                quote!(.sort_within(#a, #b))
            }
        }
    }

    /// `.sort(&input.day)`, or `.maybe(input.day.as_ref(), |query, day| query.sort(day))` where the parameter may be absent.
    fn if_there(
        &self,
        parameter: &Parameter,
        with: impl Fn(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let field = ident(&parameter.name.snake);
        if is_there(parameter) {
            return with(quote!(&input.#field));
        }
        let with = with(quote!(#field));
        quote!(.maybe(input.#field.as_ref(), |query, #field| query #with))
    }

    /// The filters; one of a parameter that is absent asks nothing.
    fn filters(&self, terms: &[Term]) -> TokenStream {
        terms.iter().map(|term| self.filter(term)).collect()
    }

    fn filter(&self, term: &Term) -> TokenStream {
        let mut names: Vec<Ident> = vec![];
        for (_, operand) in &term.values {
            let Operand::Parameter(at) = operand else { continue };
            let parameter = &self.operation.parameters[*at];
            let name = ident(&parameter.name.snake);
            if !is_there(parameter) && !names.contains(&name) {
                names.push(name);
            }
        }
        let condition = self.term(term, &|field| match names.contains(field) {
            true => quote!(#field),
            false => quote!(&input.#field),
        });
        let Some((first, others)) = names.split_first() else {
            return quote!(.filter(#condition));
        };
        let (mut values, mut pattern) = (quote!(input.#first.as_ref()), quote!(#first));
        for other in others {
            values = quote!(#values.zip(input.#other.as_ref()));
            pattern = quote!((#pattern, #other));
        }
        quote!(.maybe(#values, |query, #pattern| query.filter(#condition)))
    }

    /// `ProductIndexes::BY_CATEGORY`
    fn index_of(&self, by: &QueryBy) -> Option<TokenStream> {
        let index = &self.table.indexes[by.index?];
        let indexes = indexes_name(self.scope.service, self.table);
        let indexes = self.scope.from("crate::tables", &indexes);
        let constant = ident(&index.name.screaming);
        Some(quote!(#indexes::#constant))
    }

    /// Reads a page by `query` and answers with it; everything, where no client can ask for a page.
    pub(super) fn page(&self, query: Asked, page: &Page, filter: &[Term]) -> TokenStream {
        let (handle, filters) = (self.handle(), self.filters(filter));
        let limit = page.limit.map(|limit| {
            let parameter = &self.operation.parameters[limit];
            let get = self.is_newtype(&parameter.ty).then(|| quote!(.get()));
            let field = ident(&parameter.name.snake);
            match is_there(parameter) {
                true => quote!(.limit(input.#field #get)),
                false => quote!(.maybe(input.#field, |query, limit| query.limit(limit #get))),
            }
        });
        // Where nothing leads to a next page, all that was asked for is in this one.
        if page.next.is_none() {
            let read = if page.limit.is_none() { quote!(all) } else { quote!(first) };
            let query = query.with(&quote!(#filters #limit));
            let found = self.success_items(&quote!(items), None, page.items_field.as_ref(), None);
            let fallback = self.other_errors();
            return quote! {
                #query
                match #handle.#read(query).await {
                    Ok(items) => #found,
                    #fallback
                }
            };
        }
        let next = page.next.map(|next| {
            let field = ident(&self.operation.parameters[next].name.snake);
            quote!(.after(input.#field.as_ref().map(runtime::to_text)))
        });
        let query = query.with(&quote!(#filters #limit #next));
        let bad_token = page.next.map(|next| {
            let error = self.scope.runtime("TableError");
            let pointer = format!("/query/{}", self.operation.parameters[next].name.wire);
            let problem = self.scope.runtime("Problem");
            let problem = quote!(#problem::bad_page_token(#pointer));
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
            let name = ident(&field.name.snake);
            if field.name == *items_field {
                return quote!(#name: #items);
            }
            match next.filter(|_| next_field == Some(&field.name)) {
                None => quote!(#name: Default::default()),
                Some(next) if self.is_plain_string(&field.ty) => quote!(#name: #next),
                Some(next) => quote!(#name: runtime::rules::page_token(#next)?),
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

/// How a query begins.
pub(super) struct Asked {
    first: TokenStream,
    /// Whether calls can follow, as they cannot after a `match`.
    is_chain: bool,
}

impl Asked {
    fn chain(first: TokenStream) -> Self {
        Self { first, is_chain: true }
    }

    /// `let query = …;` with these calls.
    fn with(self, calls: &TokenStream) -> TokenStream {
        let first = self.first;
        match self.is_chain || calls.is_empty() {
            true => quote!(let query = #first #calls;),
            false => quote!(let query = #first; let query = query #calls;),
        }
    }
}

/// Whether a parameter always has a value.
fn is_there(parameter: &Parameter) -> bool {
    parameter.required || parameter.default.is_some()
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
