//! Conditions of generated bodies, and the arms of what they refuse.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Body;
use crate::emit::rust::tables::fields_name;
use crate::emit::rust::types::ident;
use crate::model::{Field, Name, Operand, Term, TypeKind, TypeRef};

impl Body<'_> {
    /// `TicketFields::STATUS`
    pub(super) fn field(&self, name: &Name) -> TokenStream {
        let fields = fields_name(self.scope.service, self.table.item);
        let fields = self.scope.from("crate::tables", &fields);
        let constant = ident(&name.screaming);
        quote!(#fields::#constant)
    }

    /// The properties of the table's items.
    pub(super) fn item_fields(&self) -> &[Field] {
        match &self.scope.service.type_def(self.table.item).kind {
            TypeKind::Struct(item) => &item.fields,
            _ => &[],
        }
    }

    /// `let if_match = …;`
    pub(super) fn if_match(&self) -> Option<TokenStream> {
        let parameter = &self.operation.parameters[self.binding.if_match?];
        let field = ident(&parameter.name.snake);
        Some(match parameter.required || parameter.default.is_some() {
            true => quote!(let if_match = Some(runtime::to_text(&input.#field));),
            false => quote!(let if_match = input.#field.as_ref().map(runtime::to_text);),
        })
    }

    /// `let must_be_new = …;`
    pub(super) fn must_be_new(&self) -> Option<TokenStream> {
        let parameter = &self.operation.parameters[self.binding.if_none_match?];
        let field = ident(&parameter.name.snake);
        Some(match parameter.required || parameter.default.is_some() {
            true => {
                quote!(let must_be_new = runtime::must_be_new(Some(&runtime::to_text(&input.#field)));)
            }
            false => quote! {
                let must_be_new = input.#field.as_ref().map(runtime::to_text);
                let must_be_new = runtime::must_be_new(must_be_new.as_deref());
            },
        })
    }

    /// The condition that an item is at the version that the client names.
    pub(super) fn version_matches(&self) -> Option<TokenStream> {
        let version = self.table.version.as_ref().filter(|_| self.binding.if_match.is_some())?;
        let field = self.field(version);
        Some(quote!(#field.tagged(if_match.as_deref())))
    }

    /// The condition of the contract.
    pub(super) fn guard(&self) -> Vec<TokenStream> {
        let term = self.binding.guard.as_ref().and_then(|guard| guard.term.as_ref());
        term.map(|term| self.term(term, &|field| quote!(&input.#field))).into_iter().collect()
    }

    /// `Condition::written("#status = :status", &[("#status", "status")]).value(":status", &input.status)`
    pub(super) fn term(
        &self,
        term: &Term,
        parameter: &dyn Fn(&Ident) -> TokenStream,
    ) -> TokenStream {
        let condition = self.scope.runtime("Condition");
        let expression = &term.expression;
        let names = term.names.iter().map(|(mark, name)| quote!((#mark, #name)));
        let values = term.values.iter().map(|(mark, operand)| {
            let value = match operand {
                Operand::Literal(value, ty) => {
                    let value = self.preset(value, ty);
                    quote!(&#value)
                }
                Operand::Parameter(at) => {
                    parameter(&ident(&self.operation.parameters[*at].name.snake))
                }
                Operand::Body(name) => {
                    let field = ident(&name.snake);
                    quote!(&input.body.#field)
                }
                Operand::Now => {
                    let now = self.scope.runtime("Timestamp");
                    quote!(&#now::now())
                }
            };
            quote!(.value(#mark, #value))
        });
        quote!(#condition::written(#expression, &[#(#names),*]) #(#values)*)
    }

    /// A value of the contract as one of this type.
    pub(super) fn preset(&self, value: &serde_json::Value, ty: &TypeRef) -> TokenStream {
        let (text, rust) = (value.to_string(), self.scope.rust_type(ty));
        match self.scope.reader(ty) {
            Some(read) => quote!(runtime::preset_as::<#rust>(#text, #read)),
            None => quote!(runtime::preset::<#rust>(#text)),
        }
    }

    /// The condition that the states of `item` follow those that are there.
    pub(super) fn states_follow(&self, item: &TokenStream) -> Option<TokenStream> {
        let condition = (!self.table.states.is_empty()).then(|| self.scope.runtime("Condition"))?;
        Some(quote!(#condition::states_follow(&#item)))
    }

    /// `.follow_states()`, where one of these properties is or holds a state.
    pub(super) fn follow<'f>(
        &self,
        properties: impl IntoIterator<Item = &'f str>,
    ) -> Option<TokenStream> {
        let states = &self.table.states;
        let mut properties = properties.into_iter();
        let has_states = properties.any(|property| states.iter().any(|one| one.is_in(property)));
        has_states.then(|| quote!(.follow_states()))
    }

    /// The answer when the condition of the contract does not hold.
    pub(super) fn guard_refusal(&self) -> Option<TokenStream> {
        let guard = self.binding.guard.as_ref()?;
        Some(self.refusal_arm(guard.status, "the condition in the contract is not met"))
    }

    /// The arms for an item that is there and is refused: for its version, then for the contract's condition.
    pub(super) fn refusals(&self, refused: &TokenStream) -> TokenStream {
        self.refused_arms(|found| quote!(Ok(#refused(Some(#found)))))
    }

    /// The same for an outcome that always has the item.
    pub(super) fn refused_arms(&self, of: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
        let guard = self.guard_refusal();
        let version = self.table.version.as_ref().filter(|_| self.binding.if_match.is_some());
        let changed = version.map(|version| {
            let version = ident(&version.snake);
            let changed = self.refusal_arm(412, "the item has another version");
            match &guard {
                Some(_) => {
                    let pattern = of(quote!(found));
                    quote!(#pattern if !runtime::if_match(if_match.as_deref(), &found.#version) => #changed,)
                }
                None => {
                    let pattern = of(quote!(_));
                    quote!(#pattern => #changed,)
                }
            }
        });
        let pattern = of(quote!(_));
        let guard = guard.map(|guard| quote!(#pattern => #guard,));
        quote!(#changed #guard)
    }
}
