//! The bodies that read: one item by its key, or a page of many.

use proc_macro2::TokenStream;
use quote::quote;

use super::Body;
use crate::emit::rust::forms::resolved;
use crate::emit::rust::operations::answers::successes;
use crate::emit::rust::types::{ident, others};
use crate::model::{KeySource, Page, QueryBy, ScalarKind, TypeId, TypeKind, TypeRef};

impl Body<'_> {
    pub(super) fn get(&self, key: &KeySource, consistent: bool) -> TokenStream {
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

    pub(super) fn list(&self, by: Option<&QueryBy>, page: &Page, consistent: bool) -> TokenStream {
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
    pub(super) fn query(&self, by: &QueryBy, consistent: bool) -> TokenStream {
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
    pub(super) fn page(&self, query: TokenStream, page: &Page) -> TokenStream {
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
            let refused = self.refusal_with(400, || problem, "a page token that is none");
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
        let TypeKind::Struct(object) = &self.scope.service.type_def(ty).kind else {
            return self.success(&quote!(page.items), None);
        };
        let name = self.scope.model(ty);
        let fields = object.fields.iter().map(|field| {
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
        let others = others(object).map(|(name, _)| quote!(#name: Default::default()));
        let fields = fields.chain(others);
        self.success(&quote!(#name { #(#fields),* }), None)
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
